// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// settled waits until the screen has taken all that was scanned.
func (b *bench) settled(t *testing.T, o *Screen, s State) {
	t.Helper()
	b.Settle(t, func() bool { return o.Model.State() == s && !o.Model.looking && len(o.Model.queue) == 0 })
	b.Drain()
}

func TestWhatOpensTheGate(t *testing.T) {
	for _, c := range []struct {
		name, scans string
		want        State
		notice      string
		tries       int // wrong ones that the record was told of
	}{
		{"a badge alone does not", "B-OP\n", Proving, "", 0},
		{"a wrong PIN does not, and counts", "B-OP\n111222\n", Proving, "That is not the PIN. Type it again.", 1},
		{"the right one after it does", "B-OP\n111222\n482913\n", Choosing, "", 1},
		{"a serial is no PIN and does not count", "B-OP\nCL-000142\n", Proving, "A PIN has six to twelve digits.", 0},
		{"an IMEI neither", "B-OP\n980000420001012\n", Proving, "A PIN has six to twelve digits.", 0},
		{"a slip of two digits neither", "B-OP\n48\n", Proving, "A PIN has six to twelve digits.", 0},
		{"Enter alone neither, but is told that nothing came", "B-OP\n\n\n", Proving, "Nothing arrived. Type it again.", 0},
		{"a scanner that sends CR and LF tells nothing of the kind", "B-OP\n\n", Proving, "", 0},
		{"a badge begins its bearer's own sign-in", "B-OP\nB-O2\n482913\n", Choosing, "", 0},
		{"a PIN typed twice is no scan", "B-OP\n482913\n482913\nWO-118204\n", Ready, "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
			uitest.Type(w, c.scans)
			b.settled(t, o, c.want)
			if got := o.Model.view().Face.Notice; got != c.notice || b.Tries != c.tries {
				t.Errorf("the notice says %q, want %q; %d wrong tries, want %d", got, c.notice, b.Tries, c.tries)
			}
			if who := o.Model.person.Name; strings.Contains(c.scans, "B-O2") && who != "J. Brandt" {
				t.Errorf("%s is signed in", who)
			}
		})
	}
}

func TestAPINIsNeverOnTheScreen(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	seen := func() string {
		b.Drain()
		var all []string
		uitest.Texts(w.Content(), 0, 0, func(text *canvas.Text, _ uitest.Area) { all = append(all, text.Text) })
		return strings.Join(all, "\n")
	}
	uitest.Type(w, "B-OP\n482") // before the record has said whose badge it is
	if s := seen(); strings.Contains(s, "482") {
		t.Errorf("typed early it shows:\n%s", s)
	}
	b.at(t, o, Proving)
	uitest.Type(w, "91")
	if s := seen(); strings.Contains(s, "48291") {
		t.Errorf("asked for it shows:\n%s", s)
	}
	uitest.Type(w, "4\n")
	b.Settle(t, func() bool { return o.Model.notice != "" })
	if s := seen(); strings.Contains(s, "482914") {
		t.Errorf("when it was wrong it shows:\n%s", s)
	}
}

func TestWhoDoesNotGetInIsToldWhyAndWhoCanHelp(t *testing.T) {
	for _, c := range []struct {
		name      string
		set       func(*bench)
		scans     string
		word, say string
	}{
		{"after too many tries", func(b *bench) { b.Barred = station.Refuse(station.AccountLocked, "p1") }, "B-OP\n482913\n", "LOCKED OUT", "Ask an admin to unlock it."},
		{"whose training has run out", func(b *bench) { b.Refusal = station.Refuse(station.TrainingExpired, "2026-06-30") }, "B-OP\n", "NO SIGN-IN", "Renew the training; an admin then enters the new date."},
		{"who has neither PIN nor password", func(b *bench) { b.None = "B-OP" }, "B-OP\n", "NO SIGN-IN", "Ask an admin to set one."},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench()
			c.set(b)
			o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
			uitest.Type(w, c.scans)
			b.settled(t, o, Barred)
			f := o.Model.view().Face
			if f.Tone != widget.Lock || f.Word != c.word || f.Say[1] != c.say {
				t.Errorf("%+v", f)
			}
			b.Refusal, b.Barred, b.None = nil, nil, ""
			uitest.Type(w, "B-O2\n482913\n") // the next in line is not held up
			b.settled(t, o, Choosing)
		})
	}
}

func TestChangingOverInTheShiftAsksTheNewPersonOnly(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Type(w, "B-O2\n")
	b.settled(t, o, Proving)
	uitest.Press(w, fyne.KeyEscape)
	if o.Model.State() != Ready || o.Model.person.ID != "p1" {
		t.Fatalf("escape led to %s of %s", o.Model.State(), o.Model.person.ID)
	}
	uitest.Type(w, "CL-000142\n") // between units nobody is asked
	b.at(t, o, Labelling)
}

func TestALeadsBadgeAloneAllowsNoLabel(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	for _, s := range scenes {
		if s.name == "locked" {
			s.play(t, b, o, w)
		}
	}
	uitest.Type(w, "B-LD\n")
	b.settled(t, o, Proving)
	if v := o.Model.view(); !v.Striped || !v.Secret {
		t.Errorf("while the lead is asked: %+v", v)
	}
	uitest.Type(w, "111222\n")
	b.Settle(t, func() bool { return o.Model.notice != "" })
	uitest.Press(w, fyne.KeyEscape)
	if o.Model.State() != Locked || o.Model.run.checking {
		t.Fatalf("a lead without PIN led to %s", o.Model.State())
	}
	uitest.Type(w, "B-LD\n482913\n")
	b.Settle(t, func() bool { return o.Model.State() == Labelling && !o.Model.run.checking })
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Passed)
	if p := o.Model.result.Print; p.Approver != "p3" {
		t.Errorf("%+v", p)
	}
}

func TestANewPIN(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n")
	b.settled(t, o, Proving)
	uitest.Press(w, fyne.KeyF2)
	uitest.Type(w, "482913\n")
	b.settled(t, o, Renewing)
	uitest.Type(w, "48\n771203\n771204\n")
	b.settled(t, o, Renewing)
	if got := o.Model.notice; got != "The two are not the same. Begin again." || len(b.Secrets) > 0 {
		t.Errorf("%q, %v", got, b.Secrets)
	}
	uitest.Type(w, "482913\n482913\n")
	b.Settle(t, func() bool { return o.Model.signIn.no != nil })
	if say := o.Model.view().Face.Say[0]; !strings.HasSuffix(say, "it is the one that was set before.") {
		t.Errorf("%q", say)
	}
	uitest.Type(w, "771203\n771203\n")
	b.settled(t, o, Choosing)
	if b.Secrets["p1"] != "771203" {
		t.Errorf("the record has %v", b.Secrets)
	}
}

func TestAPasswordThatIsTooOldIsRenewedOnTheSpot(t *testing.T) {
	b := newBench()
	b.Asked, b.Barred = station.Password, station.Refuse(station.SecretExpired, "password")
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n"+uitest.LongPassword+"\n")
	b.settled(t, o, Renewing)
	if say := o.Model.view().Face.Say[0]; say != "The password is too old: use it only to choose another." {
		t.Errorf("%q", say)
	}
	uitest.Type(w, "a better horse\na better horse\n")
	b.settled(t, o, Choosing)
}

func TestAPINThatAnAdminSetLeadsToOnesOwn(t *testing.T) {
	b := newBench()
	b.Barred = station.Refuse(station.SecretNotOwn, "PIN")
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n"+uitest.PIN+"\n")
	b.settled(t, o, Renewing)
	if say := o.Model.view().Face.Say[0]; say != "Somebody else set this PIN: use it only to choose your own." {
		t.Errorf("%q", say)
	}
	uitest.Press(w, fyne.KeyEscape)
	if o.Model.State() != SignIn {
		t.Fatalf("Escape led to %s", o.Model.State())
	}
	uitest.Type(w, "B-OP\n"+uitest.PIN+"\n771203\n771203\n")
	b.settled(t, o, Choosing)
}

func TestWhoeverHasChosenWhatSomebodyMustConfirmIsToldSo(t *testing.T) {
	b := newBench()
	b.Barred, b.Unconfirmed = station.Refuse(station.SecretNotOwn, "PIN"), true
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-QA\n"+uitest.PIN+"\n771203\n771203\n")
	b.settled(t, o, Barred)
	if f := o.Model.view().Face; f.Code != string(station.SecretUnconfirmed) || b.Secrets["p4"] != "771203" {
		t.Errorf("%+v, %v", f, b.Secrets)
	}
}

func TestFirstStartMakesAnAdminAndLeadsNowhereElse(t *testing.T) {
	b := newBench()
	all := b.People
	b.People = nil
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "\np-1\nAnn Admin\nB-NEW\nshort\n")
	uitest.Press(w, fyne.KeyF1)
	o.Model.Pick(0)
	b.Drain()
	if v := o.Model.view(); v.State != FirstTime || v.Face.Word != "PASSWORD" || !v.Secret {
		t.Fatalf("%+v", v.Face)
	}
	uitest.Press(w, fyne.KeyEscape)
	uitest.Type(w, "B-1\n"+uitest.LongPassword+"\nnot the same at all\n")
	if got := o.Model.view().Face; got.Word != "PASSWORD" || got.Notice != "The two are not the same. Begin again." {
		t.Errorf("%+v", got)
	}
	uitest.Type(w, uitest.LongPassword+"\n"+uitest.LongPassword+"\n")
	b.settled(t, o, SignIn)
	if p := b.People["B-1"]; p.ID != "p-1" || p.Name != "Ann Admin" || b.Secrets["p-1"] != uitest.LongPassword {
		t.Errorf("%+v", p)
	}
	for badge, p := range all {
		b.People[badge] = p
	}
	uitest.Type(w, "B-1\n"+uitest.LongPassword+"\n")
	b.Settle(t, func() bool { return o.Model.notice == "This badge may not work at the bench. Call the lead." })
}
