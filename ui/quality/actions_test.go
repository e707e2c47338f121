// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// opened opens the desk on the unit CL-000101.
func opened(t *testing.T) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b, st, w := reading(t, uitest.Sizes[1])
	b.People["B-Q2"] = station.Person{ID: "p6", Name: "A. Quist", Badge: "B-Q2", Role: station.Quality}
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	return b, st, w
}

// done waits until something was written, and what lies open was read anew.
func (b *bench) done(t *testing.T, st *Screen, want ...string) {
	t.Helper()
	b.Settle(t, func() bool {
		q := st.Model
		return q.form == nil && !q.looks && strings.HasPrefix(q.call.Word, "Done")
	})
	if d := cmp.Diff(want, b.did); d != "" {
		t.Errorf("written (-want +got):\n%s", d)
	}
}

// says waits until the banner says a text.
func (b *bench) says(t *testing.T, st *Screen, want string) {
	t.Helper()
	b.Settle(t, func() bool {
		c := st.View.Call
		return strings.Contains(strings.Join(append(c.Say, c.Word), "\n"), want)
	})
}

func TestAUnitIsQuarantinedWithAReason(t *testing.T) {
	b, st, w := opened(t)
	uitest.Press(w, fyne.KeyF2)
	uitest.Type(w, "dropped on the floor\n")
	b.done(t, st, `move CL-000101 to quarantined by p4 with "": dropped on the floor`)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "dropped on the floor") })
	if say := st.Model.call.Say; len(say) != 1 || say[0] != "Written in the record, leaf 81." {
		t.Error(say)
	}
}

func TestAReworkNeedsASecondPersonAndTheirPIN(t *testing.T) {
	b, st, w := opened(t)
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "module replaced\nB-QA\n")
	b.says(t, st, "nobody approves their own work")
	uitest.Type(w, "B-OP\n")
	b.says(t, st, "only lead or quality may rework")
	uitest.Type(w, "B-LD\n")
	b.says(t, st, "K. Osei")
	if !st.View.Secret {
		t.Fatal("what is typed now can be seen")
	}
	uitest.Type(w, "111222\n")
	b.says(t, st, "The PIN is wrong for this badge")
	uitest.Type(w, uitest.PIN+"\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestAPINThatIsTypedBeforeItIsAskedForIsHiddenAndTaken(t *testing.T) {
	b, st, w := opened(t)
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "module replaced\nB-LD\n482")
	if got := st.Entry.Text(); got != "•••" {
		t.Errorf("the entry shows %q", got)
	}
	uitest.Type(w, "913\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestSomebodyWithoutASecretProvesNothing(t *testing.T) {
	b, st, w := opened(t)
	b.None = "B-LD"
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "module replaced\nB-LD\n")
	b.says(t, st, "a badge alone is not enough")
	if len(b.did) > 0 {
		t.Error(b.did)
	}
}

func TestEscapeLeavesAllAsItIsAtEveryStep(t *testing.T) {
	for _, answers := range []string{"", "module replaced\n", "module replaced\nB-LD\n"} {
		t.Run(answers, func(t *testing.T) {
			b, st, w := opened(t)
			uitest.Press(w, fyne.KeyF4)
			uitest.Type(w, answers)
			if strings.Contains(answers, "B-LD") {
				b.says(t, st, "K. Osei")
			}
			uitest.Press(w, fyne.KeyEscape)
			b.says(t, st, "Nothing was changed")
			if len(b.did) > 0 || st.Model.form != nil || st.View.Secret {
				t.Error(b.did, st.View.Secret)
			}
			uitest.Press(w, fyne.KeyEscape)
			if st.Model.open != nil {
				t.Error("the next escape does not lead back")
			}
		})
	}
}

func TestARefusalSaysWhyAndWhatToDo(t *testing.T) {
	b, st, w := opened(t)
	b.desk.refusal = station.Refuse(station.MoveNotAllowed, "passed to quarantined")
	uitest.Press(w, fyne.KeyF2)
	uitest.Type(w, "dropped\n")
	b.says(t, st, "Not done")
	b.says(t, st, "choose a move that its state allows")
}

func TestAKeyIsForWhatIsSeenAndNotForWhatComes(t *testing.T) {
	b, st, w := opened(t)
	uitest.Type(w, "CL-000102\n")
	uitest.Press(w, fyne.KeyF2) // before the next unit is there
	if st.Model.form != nil {
		t.Error("something begins with the unit that is being left")
	}
	b.unitHistory(t, st, "CL-000102")
	uitest.Press(w, fyne.KeyF2)
	b.says(t, st, "QUARANTINE CL-000102")
}

func TestOnlyWhatTheStationAllowsIsThere(t *testing.T) {
	keys := func(st *Screen) (list []string) {
		for _, a := range st.View.Acts {
			list = append(list, a.Key+" "+a.Word)
		}
		return list
	}
	b, st, w := opened(t)
	if d := cmp.Diff([]string{"F2 Quarantine", "F4 Rework", "F7 Flag", "F8 Numbers whole", "F9 Export", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit that passed, for quality (-want +got):\n%s", d)
	}
	b.disposition = station.Quarantined
	uitest.Type(w, "CL-000102\n")
	b.unitHistory(t, st, "CL-000102")
	if d := cmp.Diff([]string{"F3 Readmit", "F4 Rework", "F6 Scrap", "F7 Flag", "F8 Numbers whole", "F9 Export", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit in quarantine, for quality (-want +got):\n%s", d)
	}
	st.Show(b.People["B-LD"])
	uitest.Type(w, "CL-000102\n")
	b.unitHistory(t, st, "CL-000102")
	if d := cmp.Diff([]string{"F4 Rework", "F7 Flag", "F12 Its lot"}, keys(st)); d != "" {
		t.Errorf("a unit in quarantine, for a lead (-want +got):\n%s", d)
	}
	uitest.Press(w, fyne.KeyF6)
	if st.Model.form != nil {
		t.Error("a key that stands for nothing begins something")
	}
}

func TestALotIsSignedWithBothComponentsAnew(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	for range 5 {
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Type(w, "\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.Model.open != nil })
	for _, want := range []string{"2607A", "Ready to be released", "500", strings.Repeat("5e", 32)[:20]} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("the lot does not say %q:\n%s", want, st.page())
		}
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "B-QA\n")
	b.says(t, st, "R. Lindqvist (quality) signs: approval")
	b.says(t, st, "UTC")
	b.says(t, st, strings.Repeat("5e", 32))
	uitest.Type(w, "not the password\n")
	b.says(t, st, "The password is wrong for this badge")
	uitest.Type(w, uitest.LongPassword+"\n")
	b.done(t, st, "p4 signs lot 2607A: approval over 5e5e")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "Signature: approval") })
	if all := st.page(); !strings.Contains(all, "R. Lindqvist (quality)") || !strings.Contains(all, "+02:00") || !strings.Contains(all, "UTC") {
		t.Errorf("the signature is not shown as it must be:\n%s", all)
	}
}

func TestWhoSignsWithASecretThatSomebodyElseSetChoosesTheirOwnFirst(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	b.Barred = station.Refuse(station.SecretNotOwn, "password")
	st.Model.openScope(record.LotsToRelease)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.Model.open != nil })
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "B-QA\n"+uitest.LongPassword+"\n")
	b.says(t, st, "Somebody else set this password: use it only to choose your own.")
	uitest.Type(w, "short\n")
	b.says(t, st, "A password has at least twelve characters.")
	uitest.Type(w, "a better horse\na better horst\n")
	b.says(t, st, "The two are not the same.")
	if !st.View.Secret || len(b.did) > 0 || len(b.Secrets) > 0 {
		t.Fatalf("hidden: %v, done: %v", st.View.Secret, b.did)
	}
	uitest.Type(w, "a better horse\na better horse\n")
	b.done(t, st, "p4 signs lot 2607A: approval over 5e5e")
	if b.Secrets["p4"] != "a better horse" {
		t.Errorf("%v", b.Secrets)
	}
}

func TestASecondPersonWhosePINIsTooOldChoosesAnotherFirst(t *testing.T) {
	b, st, w := opened(t)
	b.Barred = station.Refuse(station.SecretExpired, "PIN")
	uitest.Press(w, fyne.KeyF4)
	uitest.Type(w, "module replaced\nB-LD\n"+uitest.PIN+"\n")
	b.says(t, st, "The PIN is too old")
	uitest.Type(w, "771203\n771203\n")
	b.done(t, st, `move CL-000101 to reworked by p4 with "p3": module replaced`)
}

func TestALotThatIsNotReadySaysEachReasonAndHasNoControl(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[0])
	b.left = []station.Blocker{{Kind: station.UnitsQuarantined, Order: "WO-118204", N: 2}, {Kind: station.OrderOpen, Order: "WO-118204"}}
	st.Model.openScope(record.LotsToRelease)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.Model.open != nil })
	for _, want := range []string{"Order WO-118204 has 2 units in quarantine.", "Order WO-118204 is open."} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("it does not say %q:\n%s", want, st.page())
		}
	}
	for _, a := range st.View.Acts {
		if a.Key == "F7" {
			t.Error("it can be signed")
		}
	}
}

func TestADefinitionIsApprovedWithItsFieldsInSight(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[0])
	st.Model.openScope(record.ToApprove)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.Model.open != nil })
	for _, want := range []string{"CL-4G-01 / 2", "09521234543213", `CL-\d{6}`, "acme", strings.Repeat("ac", 32), `imei = ["AT+MYIMEI?"]`, "not known to be read-only", "p-2001"} {
		if !strings.Contains(st.page(), want) {
			t.Errorf("it does not say %q:\n%s", want, st.page())
		}
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "B-QA\n")
	b.says(t, st, "signs: approval")
	uitest.Type(w, uitest.LongPassword+"\n")
	b.done(t, st, "p4 signs CL-4G-01/2: approval over 7c7c")
}

func TestADefinitionThatWasOnlyReviewedStillWaitsForItsApproval(t *testing.T) {
	offers := func(st *Screen) bool {
		return slices.ContainsFunc(st.View.Acts, func(a widget.Action) bool { return a.Key == "F7" })
	}
	for _, meaning := range station.Meanings {
		b, st, w := reading(t, uitest.Sizes[0])
		b.signatures = []record.Signature{{Meaning: meaning, Name: "A. Quist", Role: "quality", Hash: strings.Repeat("7c", 32), At: uitest.Noon, Zone: "+02:00", Leaf: 60}}
		st.Model.openScope(record.ToApprove)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil && !st.Model.looks })
		b.Drain()
		if !strings.Contains(st.page(), "Signature: "+string(meaning)) {
			t.Errorf("%s is not shown as such:\n%s", meaning, st.page())
		}
		if waits := meaning != station.Approval; offers(st) != waits || strings.Contains(st.page(), "to approve") != waits {
			t.Fatalf("after %s: approval is offered: %v\n%s", meaning, offers(st), st.page())
		}
		if meaning != station.Review {
			continue
		}
		uitest.Press(w, fyne.KeyF7)
		uitest.Type(w, "B-QA\n"+uitest.LongPassword+"\n")
		b.done(t, st, "p4 signs CL-4G-01/2: approval over 7c7c")
		b.Settle(t, func() bool { return strings.Contains(st.page(), "Signature: approval") && !offers(st) })
	}
}

func TestAnAlarmIsClosedWithAReasonButNotByWhoRaisedIt(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	alarms := func() {
		st.Model.goHome()
		st.Model.openScope(record.OpenAlarms)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
	}
	b.alarms[0].By = "p4"
	alarms()
	uitest.Press(w, fyne.KeyF7)
	if st.Model.form != nil {
		t.Fatal("one's own alarm can be closed")
	}
	b.alarms[0].By = "p1"
	alarms()
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "module was swapped at the bench\n")
	b.done(t, st, "close alarm 3 by p4: module was swapped at the bench")
	b.Settle(t, func() bool { return st.Model.list == nil })
}

func TestAnOrderIsClosed(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	st.Model.openScope(record.OpenOrders)
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.TakeFirst(w)
	b.Settle(t, func() bool { return st.Model.open != nil })
	uitest.Press(w, fyne.KeyF7)
	uitest.Type(w, "short: 40 of 500\n")
	b.done(t, st, "close order WO-118204 by p4: short: 40 of 500")
}

func TestANumberIsCopiedAndAnIdentityIsNoted(t *testing.T) {
	b, st, w := opened(t)
	take := func(name string) {
		t.Helper()
		for _, p := range st.View.Page {
			if p.ID != "" && p.Name == name {
				st.Model.Take(p.ID)
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
	b.Settle(t, func() bool { return b.clip == "980000420001012" })
	if d := cmp.Diff([]string{"copy-identity of 1 units by p4: imei"}, b.did); d != "" {
		t.Error(d)
	}
	uitest.Press(w, fyne.KeyF8)
	uitest.ShowsWhole(w)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "980000420001012") })
	if len(b.did) != 2 || b.did[1] != "show-identity of 1 units by p4: imei, iccid, imsi, eid" {
		t.Error(b.did)
	}
	uitest.Press(w, fyne.KeyEscape)
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	if strings.Contains(st.page(), "980000420001012") {
		t.Error("it is still shown whole")
	}
	st.Show(b.People["B-LD"])
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
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
		uitest.Press(w, fyne.KeyRight)
	}
	uitest.Type(w, "\n")
	if b.clip != "WO-118204" {
		t.Errorf("copied %q", b.clip)
	}
	st.Entry.TypedShortcut(&fyne.ShortcutCopy{})
	uitest.Press(w, fyne.KeyRight)
	st.Entry.TypedShortcut(&fyne.ShortcutCopy{})
	if b.clip != "2607A" {
		t.Errorf("then %q", b.clip)
	}
}

func TestARecordIsHandedOverAndCanBeCalledOff(t *testing.T) {
	b, st, w := opened(t)
	uitest.Press(w, fyne.KeyF9)
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyDown)
	uitest.Type(w, "\n")
	uitest.Type(w, "\n")
	b.done(t, st, "export unit CL-000101 as csv to exports")
	b.says(t, st, "exports/CL-000101.csv")

	b.exporting = make(chan struct{})
	uitest.Press(w, fyne.KeyF9)
	uitest.TakeFirst(w)
	uitest.Type(w, "/media/stick\n")
	b.says(t, st, "30 %")
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.Model.form == nil })
	if len(b.did) != 1 {
		t.Error(b.did)
	}
}
