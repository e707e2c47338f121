// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"errors"
	"strings"
	"testing"

	"bindery/station"
)

// FuzzLayout holds the parser to its promise: a layout, or mistakes that each
// have a cure; and what it takes can be drawn or is refused.
func FuzzLayout(f *testing.F) {
	for _, l := range Builtin() {
		f.Add(string(l.Text()))
	}
	f.Add("size = [20, 10]\n[repeat]\nacross = 50\ndown = 50\n[[rule]]\nat=[1,1]\nsize=[5,5]\nthick=5")
	f.Add("size = [5, 5]\n[[image]]\nat=[0,0]\nwidth=1\npng=''")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := Parse("fuzz", []byte(text))
		if err != nil {
			ms := MistakesOf(err)
			if l != nil || len(ms) == 0 {
				t.Fatalf("refused without a mistake: %v", err)
			}
			for _, m := range ms {
				if m.Message == "" || m.Cure == "" || strings.Contains(m.Message, "\n") {
					t.Fatalf("not a plain sentence: %q, %q", m.Message, m.Cure)
				}
			}
			return
		}
		if w, h := l.Size(); w*h > 100*100 || l.repeat.Across*l.repeat.Down > 10 {
			return // would be drawn too, only slowly
		}
		checkDraw(t, l, sampleUnmarked())
	})
}

// FuzzValue puts any serial, lot and name on a label: it is drawn and reads
// back, or it is refused, and no command gets into the ZPL.
func FuzzValue(f *testing.F) {
	for _, s := range []string{"CM-000142", "A(10)EVIL", "^XZ", "~HS", "\x1d10EVIL", "\u202e001", "心", "", strings.Repeat("9", 200), ">6>5", `\5E`} {
		f.Add(s, s, s)
	}
	l, err := Parse("fuzz", []byte(hostileLayout+"[[code]]\nat=[3,18]\nkind='gs1-datamatrix'\nmodule=0.375\ndata='(01){gtin}(10){lot}(21){serial}'\n[[text]]\nat=[20,25]\ncap=1\ntext='{product}'\n"))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, serial, lot, product string) {
		v := sampleUnmarked()
		v.Serial, v.Lot, v.Product = serial, lot, product
		checkDraw(t, l, v)
	})
}

func checkDraw(t *testing.T, l *Layout, v station.LabelValues) {
	t.Helper()
	label, err := l.Draw(v, 203)
	if err != nil {
		var fault *station.Fault
		if !errors.As(err, &fault) {
			t.Fatalf("not a fault: %v", err)
		}
		// Fails to read back only what a decoder cannot: that is its job to say.
		if fault.Code != station.LabelRefused && fault.Code != station.LabelSelfcheck {
			t.Fatal(err)
		}
		return
	}
	for _, format := range []string{"png", "pdf", "zpl", "zpl-native"} {
		data, err := label.Encode(format)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(format, "zpl") && (strings.Count(string(data), "^XZ") != 1 || strings.Contains(string(data), "~")) {
			t.Fatalf("%s holds another command", format)
		}
	}
	for _, c := range label.Codes() {
		if c.Kind == "gs1-datamatrix" && strings.Count(c.Payload, gs) > 1 {
			t.Fatalf("a value added a field: %q", c.Payload)
		}
	}
}
