// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/ui/sound"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

const numLock = "NumLock is off: the keypad sends no digits."

// numbered is the order book in which a keypad's digits are a whole order.
func numbered(b *bench) {
	b.orders = []station.Order{
		{ID: "330011", REF: "CL4G-01", Version: 1, Lot: "L1", Planned: 5},
		{ID: "330033", REF: "CL4G-01", Version: 1, Lot: "L3", Planned: 5},
	}
}

func TestAKeypadWithoutNumLockChoosesNoOrder(t *testing.T) {
	for name, before := range map[string]func(fyne.Window){
		"nothing is marked":          func(fyne.Window) {},
		"another order is marked":    func(w fyne.Window) { uitest.Press(w, fyne.KeyDown) },
		"a part of it came as text":  func(w fyne.Window) { uitest.Type(w, "3300") },
		"letters came between":       func(w fyne.Window) { uitest.Press(w, "3"); uitest.Press(w, fyne.KeyA); uitest.Type(w, "a") },
		"the second half is on time": func(w fyne.Window) { uitest.Press(w, "3"); uitest.Press(w, "3") },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench()
			numbered(b)
			o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
			uitest.Type(w, "B-OP\n482913\n")
			b.at(t, o, Choosing)
			before(w)
			b.Tones.Played = nil
			uitest.Keypad(w, "330033")
			b.Drain()
			if v := o.Model.view(); v.State != Choosing || v.Face.Notice != numLock || v.Bar.Work != "" {
				t.Errorf("%s, %q, %q", v.State, v.Face.Notice, v.Bar.Work)
			}
			if len(b.Tones.Played) == 0 || o.entry.Text() != "" {
				t.Errorf("heard %v, the field holds %q", b.Tones.Played, o.entry.Text())
			}
			b.Clock.Add(time.Second) // NumLock is switched on
			for _, d := range "330033" {
				uitest.Press(w, fyne.KeyName(d))
				uitest.Type(w, string(d))
			}
			uitest.Press(w, fyne.KeyEnter)
			b.at(t, o, Ready)
			if o.Model.order.ID != "330033" {
				t.Errorf("the order became %s", o.Model.order.ID)
			}
		})
	}
}

func TestAPINThatDoesNotArriveIsTold(t *testing.T) {
	b := newBench()
	o, w := b.open(t, widget.Palettes[0], fyne.NewSize(1280, 800))
	uitest.Type(w, "B-OP\n")
	b.settled(t, o, Proving)
	uitest.Keypad(w, "482913")
	b.Drain()
	if v := o.Model.view(); v.State != Proving || v.Face.Notice != numLock || b.Tries != 0 {
		t.Errorf("%s, %q, %d tries", v.State, v.Face.Notice, b.Tries)
	}
}

func TestADigitWithoutTextIsToldBeforeEnter(t *testing.T) {
	b, o, w := atBench(t, good)
	uitest.Press(w, "3")
	b.Drain()
	if got := o.Model.view().Face.Notice; got != numLock {
		t.Errorf("the notice says %q", got)
	}
}

func TestHowALabelWasScannedGoesToTheStation(t *testing.T) {
	for _, c := range []struct {
		name string
		gap  time.Duration
		do   func(w fyne.Window)
		want station.ScanMethod
	}{
		{"a scanner", 0, nil, station.ByScanner},
		{"a scanner at 29 ms a character", 29 * time.Millisecond, nil, station.ByScanner},
		{"a person", 120 * time.Millisecond, nil, station.ByHand},
		{"a scan that was corrected", 0, func(w fyne.Window) { uitest.Type(w, "CLX"); uitest.Press(w, fyne.KeyBackspace) }, station.ByHand},
		{"a scan after what was typed and wiped out", 0, func(w fyne.Window) { uitest.Type(w, "X"); uitest.Press(w, fyne.KeyEscape) }, station.ByScanner},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got station.ScanAnswer
			b, o, w := atBench(t, func(ctx context.Context, tk station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
				walk(watch, tk.Serial, station.StepPrint)
				got, _ = scan(ctx, 0)
				return station.Result{Outcome: station.Pass, Serial: tk.Serial}
			})
			uitest.Type(w, "CL-000142\n")
			b.at(t, o, Labelling)
			if c.do != nil {
				c.do(w)
			}
			for _, r := range strings.TrimPrefix("CL-000142", o.entry.Text()) {
				b.Clock.Add(c.gap)
				uitest.Type(w, string(r))
			}
			uitest.Press(w, fyne.KeyReturn)
			b.at(t, o, Passed)
			if got.Proof.Method != c.want || got.Text != "CL-000142" || c.do == nil && got.Proof.Keys != 9 {
				t.Errorf("the station is told %+v", got)
			}
		})
	}
}

func TestWhatAScannerSendsInPlaceOfACharacterIsPartOfTheScan(t *testing.T) {
	_, o, w := atBench(t, good)
	alt := func(digits string) {
		for _, d := range digits {
			o.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyName(d), Modifier: fyne.KeyModifierAlt})
		}
	}
	ctrl := func(k fyne.KeyName) {
		o.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierControl})
	}
	ctrl("B")
	uitest.Type(w, "(10)A")
	alt("029")
	uitest.Type(w, "B")
	alt("0029")
	uitest.Type(w, "C")
	uitest.Press(w, fyne.KeyF9) // would ask for another label
	uitest.Type(w, "D")
	o.entry.TypedShortcut(&fyne.ShortcutCopy{})
	if got, want := o.entry.Text(), "\x02(10)A\x1dB\x1dC{F9}D\x03"; got != want {
		t.Errorf("the scan is %q, want %q", got, want)
	}
	uitest.Press(w, fyne.KeyEscape)
	if o.Model.State() != Ready {
		t.Errorf("the screen went to %s", o.Model.State())
	}
}

func TestRedIsForLabelsOfOtherUnits(t *testing.T) {
	for code, want := range map[station.Code]struct {
		tone  widget.ColourRole
		word  string
		sound sound.Tone
	}{
		station.LabelMismatch:   {widget.Bad, "WRONG LABEL", sound.Falling},
		station.LabelOtherUnit:  {widget.Bad, "WRONG LABEL", sound.Falling},
		station.LabelOtherCode:  {widget.Calm, "SCAN THE LABEL", sound.Repeated},
		station.LabelNotScanned: {widget.Calm, "SCAN THE LABEL", sound.Repeated},
		station.ScannerCase:     {widget.Caution, "CHECK THE SCANNER", sound.Repeated},
		station.ScannerLayout:   {widget.Caution, "CHECK THE SCANNER", sound.Repeated},
	} {
		f := station.NewFinding(code, "x")
		b, o, w := atBench(t, func(ctx context.Context, tk station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
			walk(watch, tk.Serial, station.StepPrint)
			_, _ = scan(ctx, 0)
			watch(station.Event{Step: station.StepScan, Wrong: &f})
			_, _ = scan(ctx, 1) // Escape
			return station.Result{Outcome: station.Aborted, Serial: tk.Serial}
		})
		uitest.Type(w, "CL-000142\n")
		b.at(t, o, Labelling)
		b.Tones.Played = nil
		uitest.Type(w, "CL-000777\n")
		b.Settle(t, func() bool { return o.Model.run.wrong != nil && !o.Model.run.checking })
		face := o.Model.view().Face
		if face.Tone != want.tone || face.Word != want.word || face.Say[0] != f.Message || face.Say[1] != f.Next {
			t.Errorf("%s shows %+v", code, face)
		}
		if d := cmp.Diff([]sound.Tone{want.sound}, b.Tones.Played); d != "" {
			t.Errorf("%s: %s", code, d)
		}
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, o, Stopped)
	}
}
