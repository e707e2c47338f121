// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/ui/widget"
)

// opened opens the desk on the unit CL-000101.
func opened(t *testing.T) (*bench, *Station, fyne.Window) {
	t.Helper()
	b, st, w := reading(t, sizes[1])
	b.people["B-Q2"] = station.Person{ID: "p6", Name: "A. Quist", Badge: "B-Q2", Role: station.Quality}
	typed(w, "CL-000101\n")
	b.story(t, st, "CL-000101")
	return b, st, w
}

// done waits until something was written, and what lies open was read anew.
func (b *bench) done(t *testing.T, st *Station, want ...string) {
	t.Helper()
	b.settle(t, func() bool {
		q := st.quality.Model
		return q.form == nil && !q.looks && strings.HasPrefix(q.call.Word, "Done")
	})
	if d := cmp.Diff(want, b.did); d != "" {
		t.Errorf("written (-want +got):\n%s", d)
	}
}

// says waits until the banner says a text.
func (b *bench) says(t *testing.T, st *Station, want string) {
	t.Helper()
	b.settle(t, func() bool {
		c := st.quality.view.Call
		return strings.Contains(strings.Join(append(c.Say, c.Word), "\n"), want)
	})
}

func TestAUnitIsQuarantinedWithAReason(t *testing.T) {
	b, st, w := opened(t)
	press(w, fyne.KeyF2)
	typed(w, "dropped on the floor\n")
	b.done(t, st, `move CL-000101 to quarantined by p4 with "": dropped on the floor`)
	b.settle(t, func() bool { return strings.Contains(st.page(), "dropped on the floor") })
	if say := st.quality.Model.call.Say; len(say) != 1 || say[0] != "Written in the record, leaf 81." {
		t.Error(say)
	}
}

func TestAReworkNeedsASecondPersonAndTheirPIN(t *testing.T) {
	b, st, w := opened(t)
	press(w, fyne.KeyF4)
	typed(w, "module replaced\nB-QA\n")
	b.says(t, st, "nobody approves their own work")
	typed(w, "B-OP\n")
	b.says(t, st, "only lead or quality may rework")
	typed(w, "B-LD\n")
	b.says(t, st, "K. Osei")
	if !st.quality.view.Secret {
		t.Fatal("what is typed now can be seen")
	}
	typed(w, "111222\n")
	b.says(t, st, "is not the PIN of this badge")
	typed(w, pin+"\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestAPINThatIsTypedBeforeItIsAskedForIsHiddenAndTaken(t *testing.T) {
	b, st, w := opened(t)
	press(w, fyne.KeyF4)
	typed(w, "module replaced\nB-LD\n482")
	if got := st.quality.entry.Text(); got != "•••" {
		t.Errorf("the entry shows %q", got)
	}
	typed(w, "913\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestSomebodyWithoutASecretProvesNothing(t *testing.T) {
	b, st, w := opened(t)
	b.none = "B-LD"
	press(w, fyne.KeyF4)
	typed(w, "module replaced\nB-LD\n")
	b.says(t, st, "a badge alone is not enough")
	if len(b.did) > 0 {
		t.Error(b.did)
	}
}

func TestEscapeLeavesAllAsItIsAtEveryStep(t *testing.T) {
	for _, answers := range []string{"", "module replaced\n", "module replaced\nB-LD\n"} {
		t.Run(answers, func(t *testing.T) {
			b, st, w := opened(t)
			press(w, fyne.KeyF4)
			typed(w, answers)
			if strings.Contains(answers, "B-LD") {
				b.says(t, st, "K. Osei")
			}
			press(w, fyne.KeyEscape)
			b.says(t, st, "Nothing was changed")
			if len(b.did) > 0 || st.quality.Model.form != nil || st.quality.view.Secret {
				t.Error(b.did, st.quality.view.Secret)
			}
			press(w, fyne.KeyEscape)
			if st.quality.Model.open != nil {
				t.Error("the next escape does not lead back")
			}
		})
	}
}

func TestARefusalSaysWhyAndWhatToDo(t *testing.T) {
	b, st, w := opened(t)
	b.desk.refusal = station.Refuse(station.MoveNotAllowed, "passed to quarantined")
	press(w, fyne.KeyF2)
	typed(w, "dropped\n")
	b.says(t, st, "Not done")
	b.says(t, st, "choose a move that its state allows")
}

func TestAKeyIsForWhatIsSeenAndNotForWhatComes(t *testing.T) {
	b, st, w := opened(t)
	typed(w, "CL-000102\n")
	press(w, fyne.KeyF2) // before the next unit is there
	if st.quality.Model.form != nil {
		t.Error("something begins with the unit that is being left")
	}
	b.story(t, st, "CL-000102")
	press(w, fyne.KeyF2)
	b.says(t, st, "QUARANTINE CL-000102")
}

func TestOnlyWhatTheStationAllowsIsThere(t *testing.T) {
	keys := func(st *Station) (list []string) {
		for _, a := range st.quality.view.Acts {
			list = append(list, a.Key+" "+a.Word)
		}
		return list
	}
	b, st, w := opened(t)
	if d := cmp.Diff([]string{"F2 Quarantine", "F4 Rework", "F8 Numbers whole", "F9 Export", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit that passed, for quality (-want +got):\n%s", d)
	}
	b.disposition = station.Quarantined
	typed(w, "CL-000102\n")
	b.story(t, st, "CL-000102")
	if d := cmp.Diff([]string{"F3 Readmit", "F4 Rework", "F6 Scrap", "F8 Numbers whole", "F9 Export", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit in quarantine, for quality (-want +got):\n%s", d)
	}
	st.quality.Show(b.people["B-LD"])
	typed(w, "CL-000102\n")
	b.story(t, st, "CL-000102")
	if d := cmp.Diff([]string{"F4 Rework", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit in quarantine, for a lead (-want +got):\n%s", d)
	}
	press(w, fyne.KeyF6)
	if st.quality.Model.form != nil {
		t.Error("a key that stands for nothing begins something")
	}
}

func TestALotIsSignedWithBothComponentsAnew(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	for range 5 {
		press(w, fyne.KeyDown)
	}
	typed(w, "\n")
	b.settle(t, func() bool { return st.quality.Model.list != nil })
	takeFirst(w)
	b.settle(t, func() bool { return st.quality.Model.open != nil })
	for _, want := range []string{"2607A", "Ready to be released", "500", strings.Repeat("5e", 32)[:20]} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("the lot does not say %q:\n%s", want, st.page())
		}
	}
	press(w, fyne.KeyF7)
	typed(w, "B-QA\n")
	b.says(t, st, "R. Lindqvist (quality) signs: approval")
	b.says(t, st, "UTC")
	b.says(t, st, strings.Repeat("5e", 32))
	typed(w, "not the password\n")
	b.says(t, st, "is not the password of this badge")
	typed(w, longPassword+"\n")
	b.done(t, st, "p4 signs lot 2607A: approval over 5e5e")
	b.settle(t, func() bool { return strings.Contains(st.page(), "Signature: approval") })
	if all := st.page(); !strings.Contains(all, "R. Lindqvist (quality)") || !strings.Contains(all, "+02:00") || !strings.Contains(all, "UTC") {
		t.Errorf("the signature is not shown as it must be:\n%s", all)
	}
}

func TestWhoSignsWithASecretThatSomebodyElseSetChoosesTheirOwnFirst(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	b.barred = station.Refuse(station.SecretNotOwn, "password")
	st.quality.Model.openScope(LotsToRelease)
	b.settle(t, func() bool { return st.quality.Model.list != nil })
	takeFirst(w)
	b.settle(t, func() bool { return st.quality.Model.open != nil })
	press(w, fyne.KeyF7)
	typed(w, "B-QA\n"+longPassword+"\n")
	b.says(t, st, "Somebody else set this password: it only serves to choose one's own.")
	typed(w, "short\n")
	b.says(t, st, "A password has at least twelve characters.")
	typed(w, "a better horse\na better horst\n")
	b.says(t, st, "The two are not the same.")
	if !st.quality.view.Secret || len(b.did) > 0 || len(b.secrets) > 0 {
		t.Fatalf("hidden: %v, done: %v", st.quality.view.Secret, b.did)
	}
	typed(w, "a better horse\na better horse\n")
	b.done(t, st, "p4 signs lot 2607A: approval over 5e5e")
	if b.secrets["p4"] != "a better horse" {
		t.Errorf("%v", b.secrets)
	}
}

func TestASecondPersonWhosePINIsTooOldChoosesAnotherFirst(t *testing.T) {
	b, st, w := opened(t)
	b.barred = station.Refuse(station.SecretExpired, "PIN")
	press(w, fyne.KeyF4)
	typed(w, "module replaced\nB-LD\n"+pin+"\n")
	b.says(t, st, "The PIN is too old")
	typed(w, "771203\n771203\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestALotThatIsNotReadySaysEachReasonAndHasNoControl(t *testing.T) {
	b, st, w := reading(t, sizes[0])
	b.left = []station.Blocker{{Kind: station.UnitsQuarantined, Order: "WO-118204", N: 2}, {Kind: station.OrderOpen, Order: "WO-118204"}}
	st.quality.Model.openScope(LotsToRelease)
	b.settle(t, func() bool { return st.quality.Model.list != nil })
	takeFirst(w)
	b.settle(t, func() bool { return st.quality.Model.open != nil })
	for _, want := range []string{"Order WO-118204 has 2 units in quarantine.", "Order WO-118204 is open."} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("it does not say %q:\n%s", want, st.page())
		}
	}
	for _, a := range st.quality.view.Acts {
		if a.Key == "F7" {
			t.Error("it can be signed")
		}
	}
}

func TestADefinitionIsApprovedWithItsFieldsInSight(t *testing.T) {
	b, st, w := reading(t, sizes[0])
	st.quality.Model.openScope(ToApprove)
	b.settle(t, func() bool { return st.quality.Model.list != nil })
	takeFirst(w)
	b.settle(t, func() bool { return st.quality.Model.open != nil })
	for _, want := range []string{"CL-4G-01 / 2", "09521234543213", `CL-\d{6}`, "acme", strings.Repeat("ac", 32), `imei = ["AT+MYIMEI?"]`, "not known to read", "p-2001"} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("it does not say %q:\n%s", want, st.page())
		}
	}
	press(w, fyne.KeyF7)
	typed(w, "B-QA\n")
	b.says(t, st, "signs: approval")
	typed(w, longPassword+"\n")
	b.done(t, st, "p4 signs CL-4G-01/2: approval over 7c7c")
}

func TestADefinitionThatWasOnlyReviewedStillWaitsForItsApproval(t *testing.T) {
	offers := func(st *Station) bool {
		return slices.ContainsFunc(st.quality.view.Acts, func(a widget.Act) bool { return a.Key == "F7" })
	}
	for _, meaning := range station.Meanings {
		b, st, w := reading(t, sizes[0])
		b.signatures = []Signature{{Meaning: meaning, Name: "A. Quist", Role: "quality", Hash: strings.Repeat("7c", 32), At: noon, Zone: "+02:00", Leaf: 60}}
		st.quality.Model.openScope(ToApprove)
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		takeFirst(w)
		b.settle(t, func() bool { return st.quality.Model.open != nil && !st.quality.Model.looks })
		b.drain()
		if !strings.Contains(st.page(), "Signature: "+string(meaning)) {
			t.Errorf("%s is not shown as such:\n%s", meaning, st.page())
		}
		if waits := meaning != station.Approval; offers(st) != waits || strings.Contains(st.page(), "to approve") != waits {
			t.Fatalf("after %s: approval is offered: %v\n%s", meaning, offers(st), st.page())
		}
		if meaning != station.Review {
			continue
		}
		press(w, fyne.KeyF7)
		typed(w, "B-QA\n"+longPassword+"\n")
		b.done(t, st, "p4 signs CL-4G-01/2: approval over 7c7c")
		b.settle(t, func() bool { return strings.Contains(st.page(), "Signature: approval") && !offers(st) })
	}
}

func TestAnAlarmIsClosedWithAReasonButNotByWhoRaisedIt(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	alarms := func() {
		st.quality.Model.goHome()
		st.quality.Model.openScope(OpenAlarms)
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		takeFirst(w)
	}
	b.alarms[0].By = "p4"
	alarms()
	press(w, fyne.KeyF7)
	if st.quality.Model.form != nil {
		t.Fatal("one's own alarm can be closed")
	}
	b.alarms[0].By = "p1"
	alarms()
	press(w, fyne.KeyF7)
	typed(w, "module was swapped at the bench\n")
	b.done(t, st, "close alarm 3 by p4: module was swapped at the bench")
	b.settle(t, func() bool { return st.quality.Model.list == nil })
}

func TestAnOrderIsClosed(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	st.quality.Model.openScope(OpenOrders)
	b.settle(t, func() bool { return st.quality.Model.list != nil })
	takeFirst(w)
	b.settle(t, func() bool { return st.quality.Model.open != nil })
	press(w, fyne.KeyF7)
	typed(w, "short: 40 of 500\n")
	b.done(t, st, "close order WO-118204 by p4: short: 40 of 500")
}

func TestANumberIsCopiedAndAnIdentityIsNoted(t *testing.T) {
	b, st, w := opened(t)
	take := func(name string) {
		t.Helper()
		for _, p := range st.quality.view.Page {
			if p.ID != "" && p.Name == name {
				st.quality.Model.Take(p.ID)
				return
			}
		}
		t.Fatalf("there is no %q to take", name)
	}
	take("order")
	if b.clip != "WO-118204" || len(b.did) > 0 {
		t.Errorf("copied %q, %v", b.clip, b.did)
	}
	take("IMEI")
	b.settle(t, func() bool { return b.clip == "980000420001012" })
	if d := cmp.Diff([]string{"copy-identity of 1 units by p4: imei"}, b.did); d != "" {
		t.Error(d)
	}
	press(w, fyne.KeyF8)
	b.settle(t, func() bool { return strings.Contains(st.page(), "980000420001012") })
	if len(b.did) != 2 || b.did[1] != "show-identity of 1 units by p4: imei, iccid, eid" {
		t.Error(b.did)
	}
	press(w, fyne.KeyEscape)
	typed(w, "CL-000101\n")
	b.story(t, st, "CL-000101")
	if strings.Contains(st.page(), "980000420001012") {
		t.Error("it is still shown whole")
	}
	st.quality.Show(b.people["B-LD"])
	typed(w, "CL-000101\n")
	b.story(t, st, "CL-000101")
	b.clip = ""
	take("IMEI")
	b.says(t, st, "Not done")
	if b.clip != "" {
		t.Error("a lead has copied a whole IMEI")
	}
}

func TestTheKeysMarkAndCopyANumber(t *testing.T) {
	b, st, w := opened(t)
	for range 2 {
		press(w, fyne.KeyRight)
	}
	typed(w, "\n")
	if b.clip != "WO-118204" {
		t.Errorf("copied %q", b.clip)
	}
	st.quality.entry.TypedShortcut(&fyne.ShortcutCopy{})
	press(w, fyne.KeyRight)
	st.quality.entry.TypedShortcut(&fyne.ShortcutCopy{})
	if b.clip != "2607A" {
		t.Errorf("then %q", b.clip)
	}
}

func TestARecordIsHandedOverAndCanBeCalledOff(t *testing.T) {
	b, st, w := opened(t)
	press(w, fyne.KeyF9)
	press(w, fyne.KeyDown)
	press(w, fyne.KeyDown)
	typed(w, "\n")
	typed(w, "\n")
	b.done(t, st, "export unit CL-000101 as csv to exports")
	b.says(t, st, "exports/CL-000101.csv")

	b.exporting = make(chan struct{})
	press(w, fyne.KeyF9)
	takeFirst(w)
	typed(w, "/media/stick\n")
	b.says(t, st, "30 %")
	press(w, fyne.KeyEscape)
	b.settle(t, func() bool { return st.quality.Model.form == nil })
	if len(b.did) != 1 {
		t.Error(b.did)
	}
}
