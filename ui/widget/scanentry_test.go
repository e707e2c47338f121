// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/station/stationtest"
)

// entry is a field in a window, which gives what was scanned.
func entry(t *testing.T) (e *ScanEntry, w fyne.Window, scanned *[]string) {
	t.Helper()
	test.NewTempApp(t)
	scanned = &[]string{}
	e = NewScanEntry(&Look{Palette: Palettes[0], Unit: 1}, ScanHooks{
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
