// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/station/stationtest"
)

// entry is a field in a window, which gives what was scanned.
func entry(t *testing.T) (e *ScanEntry, w fyne.Window, scanned *[]string) {
	t.Helper()
	test.NewTempApp(t)
	scanned = &[]string{}
	e = NewScanEntry(&WindowStyle{Palette: Palettes[0], Unit: 1}, ScanHooks{
		Scan: func(text string, _ station.Keystrokes) { *scanned = append(*scanned, text) },
		Key:  func(fyne.KeyName) {}, Lost: func() {}, Mute: func() {}, Post: func(f func()) { f() }, Now: stationtest.NewClock().Now,
	})
	w = test.NewTempWindow(t, e)
	w.Resize(fyne.NewSize(900, 88))
	return e, w, scanned
}

func typeIn(e *ScanEntry, text string) {
	for _, r := range text {
		if r == '\n' {
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		} else {
			e.TypedRune(r)
		}
	}
}

// shows is all that a field draws as text.
func shows(e *ScanEntry) string {
	var all strings.Builder
	for _, o := range e.root.Objects {
		if t, ok := o.(*canvas.Text); ok {
			all.WriteString(t.Text)
		}
	}
	return all.String()
}

func TestASecretIsTakenButNeverShownOrKept(t *testing.T) {
	e, w, scanned := entry(t)
	e.Secret(true)
	typeIn(e, "482913")
	if s := shows(e) + e.Text(); strings.ContainsAny(s, "0123456789") {
		t.Errorf("the field shows %q", s)
	}
	ones := w.Canvas().Capture()
	typeIn(e, "\n")
	if len(*scanned) != 1 || (*scanned)[0] != "482913" {
		t.Errorf("taken: %q", *scanned)
	}
	if held := string(e.text[:cap(e.text)]); strings.ContainsAny(held, "0123456789") {
		t.Errorf("after Enter the field still holds %q", strings.Trim(held, "\x00"))
	}
	typeIn(e, "777777")
	if !same(ones, w.Canvas().Capture()) {
		t.Error("two secrets of one length look different")
	}
	typeIn(e, "8")
	if same(ones, w.Canvas().Capture()) {
		t.Error("one character more cannot be seen")
	}
}

func same(a, b image.Image) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

func TestASecretTypedInHalfIsNotShownByWhatComesNext(t *testing.T) {
	e, _, scanned := entry(t)
	e.Secret(true)
	typeIn(e, "4829")
	e.Secret(false) // the screen has gone on
	typeIn(e, "13")
	if s := shows(e); s != "" {
		t.Errorf("the field shows %q", s)
	}
	typeIn(e, "\nCL-000142")
	if s := shows(e); s != "CL-000142" || (*scanned)[0] != "482913" {
		t.Errorf("the next scan shows %q after %q", s, *scanned)
	}
	e.Clear()
	typeIn(e, " a b ")
	e.Secret(true) // asked for while it was being typed
	if s := shows(e); s != "" {
		t.Errorf("a secret typed early shows %q", s)
	}
	typeIn(e, "\n")
	if got := (*scanned)[1]; got != " a b " {
		t.Errorf("the password came as %q", got)
	}
}

// keys types a text with the time that passes before each character, in
// milliseconds, and returns what the field has seen of it.
func keys(t *testing.T, text string, gap func(i int) int) station.Keystrokes {
	t.Helper()
	test.NewTempApp(t)
	clock, seen := stationtest.NewClock(), station.Keystrokes{}
	e := NewScanEntry(&WindowStyle{Palette: Palettes[0], Unit: 1}, ScanHooks{
		Scan: func(_ string, k station.Keystrokes) { seen = k },
		Key:  func(fyne.KeyName) {}, Lost: func() {}, Mute: func() {}, Post: func(f func()) { f() }, Now: clock.Now,
	})
	for i, r := range text {
		clock.Add(time.Duration(gap(i)) * time.Millisecond)
		e.TypedRune(r)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	return seen
}

func TestAHandThatAddsToAScanIsToldFromABusyScreen(t *testing.T) {
	const code = "01095212345432131126112710LS21S1-001000"
	for _, c := range []struct {
		name string
		gap  func(i int) int // before the character i
		want station.ScanMethod
	}{
		{"all by a scanner", func(int) int { return 4 }, station.ByScanner},
		{"a screen that stood still at the end", func(i int) int { return map[int]int{len(code) - 1: 400}[i] }, station.ByScanner},
		{"a screen that draws five times a second", func(i int) int { return map[bool]int{true: 200}[i%7 == 6] }, station.ByScanner},
		{"the last three typed after a look", func(i int) int {
			return map[int]int{len(code) - 3: 1000, len(code) - 2: 40, len(code) - 1: 40}[i]
		}, station.ByHand},
		{"the last three typed at once", func(i int) int {
			return map[int]int{len(code) - 3: 300, len(code) - 2: 140, len(code) - 1: 140}[i]
		}, station.ByHand},
		{"the first two typed", func(i int) int { return map[int]int{1: 180, 2: 480}[i] }, station.ByHand},
		{"one left out in the middle", func(i int) int { return map[int]int{20: 220, 21: 260}[i] }, station.ByHand},
	} {
		if k := keys(t, code, c.gap); k.Proof().Method != c.want || k.Keys != len(code) {
			t.Errorf("%s: %+v is %s", c.name, k, k.Proof())
		}
	}
}

func TestNothingIsDrawnInTheMidstOfAScan(t *testing.T) {
	test.NewTempApp(t)
	var waiting []func()
	e := NewScanEntry(&WindowStyle{Palette: Palettes[0], Unit: 1}, ScanHooks{
		Scan: func(string, station.Keystrokes) {}, Key: func(fyne.KeyName) {}, Lost: func() {}, Mute: func() {},
		Post: func(f func()) { f() }, Now: stationtest.NewClock().Now,
		After: func(_ time.Duration, f func()) { waiting = append(waiting, f) },
	})
	test.NewTempWindow(t, e).Resize(fyne.NewSize(900, 88))
	pass := func() { // the time that a redraw waits
		due := waiting
		waiting = nil
		for _, f := range due {
			f()
		}
	}
	e.Say("said before")
	for _, r := range "CL-000142" {
		e.TypedKey(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		e.TypedRune(r)
		if got := shows(e); got != "said before" {
			t.Fatalf("drawn in the midst of a scan: %q", got)
		}
		if r == '4' { // a scanner that takes its time
			e.TypedRune('4')
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
			pass()
		}
	}
	pass()
	pass()
	if got := shows(e); got != "CL-000142" {
		t.Errorf("after the last key the field shows %q", got)
	}
}
