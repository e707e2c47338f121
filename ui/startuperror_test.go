// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestAStationThatCannotStartSaysWhy(t *testing.T) {
	for _, tc := range []struct {
		err   error
		shown []string
	}{
		{station.NewFault(station.RecordNewer, "9", nil), []string{"newer program (9)", "Use the newer program", "record-newer"}},
		{station.NewFault(station.RecordLocked, "", nil), []string{"locked by another program", "then start the station again", "record-locked"}},
		{station.NewFault(station.RecordFull, "", nil), []string{"disk of the record is full", "then start the station again"}},
		{station.NewFault(station.RecordReadOnly, "/srv", nil), []string{"cannot be written (/srv)", "permission to write there"}},
		{station.NewFault(station.KeyFault, "its rights are open.", nil), []string{"signing key", "its rights are open", "Call an admin"}},
		{errors.New(`own.toml:2: there is no key "bogus"`), []string{`own.toml:2: there is no key "bogus"`, "then start the station again"}},
	} {
		test.NewTempApp(t)
		w := test.NewTempWindow(t, nil)
		left := false
		ShowStartupError(w, widget.PaletteNamed("dark"), i18n.For("en"), tc.err, func() { left = true })
		w.Resize(fyne.NewSize(1280, 800))
		var all []string
		uitest.Texts(w.Content(), 0, 0, func(text *canvas.Text, _ uitest.Area) { all = append(all, text.Text) })
		for _, want := range tc.shown {
			if said := strings.Join(all, " "); !strings.Contains(said, want) {
				t.Errorf("%v: the window says %q, want %q in it", tc.err, said, want)
			}
		}
		what, next := StartupError(i18n.For("en"), tc.err)
		if strings.Contains(next, "scan the same serial") {
			t.Errorf("%q %q: there is no unit yet", what, next)
		}
		w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if !left {
			t.Errorf("%v: Esc does not close the window", tc.err)
		}
	}
}
