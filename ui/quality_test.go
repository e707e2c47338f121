// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/ui/look"
)

var noon = time.Date(2026, 7, 14, 12, 0, 0, 0, time.Local)

// library is a record of forty units to read in.
func library() Reader {
	return Reader{
		Find: func(_ context.Context, text string) (string, []FoundUnit, error) {
			var units []FoundUnit
			for n := range 40 {
				if s := fmt.Sprintf("CL-%06d", 101+n); strings.Contains(s, text) {
					units = append(units, FoundUnit{Serial: s, Order: "WO-118204", Lot: "2607A", IMEI: "980000420001012", Disposition: station.Passed})
				}
			}
			return "serial", units, nil
		},
		Story: func(_ context.Context, serial string) (Story, error) {
			evidence := []station.Exchange{
				{T: 4 * time.Millisecond, Dir: station.Sent, Text: []byte("AT+CGSN=1\r")},
				{T: 12 * time.Millisecond, Dir: station.Received, Text: []byte("\r\n+CGSN: \"980000420001012\"\r\n\r\nOK\r\n")},
			}
			failed := station.Attempt{Started: noon, Ended: noon.Add(2 * time.Second), By: "p-1001", Station: "Station 3", Outcome: station.Fail, Findings: []station.Finding{station.NewFinding(station.SIMIsAbsent, "")}}
			failed.Reading.Evidence = evidence
			passed := station.Attempt{Started: noon.Add(time.Minute), Ended: noon.Add(66 * time.Second), By: "p-1001", Station: "Station 3", Outcome: station.Pass}
			passed.Reading.Evidence = evidence
			return Story{
				Serial: serial, Order: "WO-118204", Lot: "2607A", REF: "CL-4G-01", Version: 1, Disposition: station.Passed, Live: 7,
				Bindings: []station.Binding{{ID: 7, IMEI: "980000420001012", ICCID: "8999900000000001012", Model: "EG25", Firmware: "R07A08", At: noon.Add(time.Minute), By: "p-1001"}},
				Attempts: []StoryAttempt{{Attempt: failed, Code: station.SIMIsAbsent}, {Attempt: passed}},
				Prints:   []station.Print{{N: 1, State: station.PrintVerified, At: noon.Add(time.Minute), By: "p-1001", Hash: strings.Repeat("5f", 32)}},
				Leaves:   5, Leaf: strings.Repeat("ab", 32),
			}, nil
		},
		Verify: func(_ context.Context, progress func(done, of int64)) (bool, string, error) {
			progress(5, 10)
			return true, "All 46 leaves are sound.", nil
		},
	}
}

// reading opens the screens and signs quality in.
func reading(t *testing.T, size fyne.Size) (*bench, *Station, fyne.Window) {
	t.Helper()
	b := newBench()
	a := test.NewTempApp(t)
	test.ApplyTheme(t, &look.Theme{Palette: look.Palettes[0]})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	st := NewStation(t.Context(), w, look.Palettes[0], b.services(), library(), workshop())
	w.Resize(size)
	typed(w, "B-QA\n482913\n")
	b.settle(t, func() bool { return w.Content() == st.quality.frame })
	return b, st, w
}

func TestQualityReadsTheStoryOfAUnit(t *testing.T) {
	b, st, w := reading(t, sizes[0])
	typed(w, "CL-0001\n")
	b.settle(t, func() bool { return st.quality.Model.story != nil })
	press(w, fyne.KeyDown)
	b.settle(t, func() bool { return st.quality.Model.story.Serial == "CL-000102" })

	var said []string
	texts(st.quality.page, 0, 0, func(text *canvas.Text, _ area) { said = append(said, text.Text) })
	all := strings.Join(said, "\n")
	for _, want := range []string{"CL-000102", "98000042•••••12", "PASS", "FAIL · sim-absent", "There is no SIM in the device.", "AT+CGSN=1"} {
		if !strings.Contains(all, want) {
			t.Errorf("the page does not say %q; it says\n%s", want, all)
		}
	}
	if strings.Contains(all, "980000420001012") {
		t.Error("the page shows a whole IMEI")
	}
	if i, j := strings.Index(all, "PASS"), strings.Index(all, "FAIL"); i > j {
		t.Error("the newest attempt does not stand first")
	}
}

func TestQualitySearchThatFindsNothingSaysSo(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	typed(w, "nonsense\n")
	b.settle(t, func() bool { return st.quality.Model.status == "Nothing fits nonsense." })
	if st.quality.Model.story != nil {
		t.Error("a story is shown for nothing")
	}
}

func TestQualityVerifiesTheRecord(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	press(w, fyne.KeyF5)
	b.settle(t, func() bool {
		return st.quality.Model.status == "The record is verified. All 46 leaves are sound."
	})
}

func TestQualitySignsOutToTheSignIn(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	press(w, fyne.KeyEscape)
	if w.Content() != st.operator.frame || st.operator.Model.State() != SignIn {
		t.Fatal("escape did not lead back to the sign-in")
	}
	typed(w, "B-OP\n482913\n")
	b.at(t, st.operator, Choosing)
}

func TestReadingFitsTheWindow(t *testing.T) {
	for _, size := range sizes {
		b, st, w := reading(t, size)
		typed(w, "CL-0001\n")
		b.settle(t, func() bool { return st.quality.Model.story != nil })
		b.drain()
		keepPicture(t, w, fmt.Sprintf("quality %.0f", size.Width))
		for _, part := range w.Content().(*fyne.Container).Objects {
			room := area{part.Position().X, part.Position().Y, part.Size().Width, part.Size().Height}
			texts(part, 0, 0, func(text *canvas.Text, at area) {
				if !at.inside(room) || text.TextSize < 20 {
					t.Errorf("at %v %q, %v px, is drawn at %v in %v", size, text.Text, text.TextSize, at, room)
				}
			})
		}
	}
}

func TestPageTurns(t *testing.T) {
	b, st, w := reading(t, sizes[1])
	typed(w, "CL-0001\n")
	b.settle(t, func() bool { return st.quality.Model.story != nil })
	sees := func(want string) bool {
		found := false
		texts(st.quality.page, 0, 0, func(text *canvas.Text, _ area) { found = found || text.Text == want })
		return found
	}
	if !sees("CL-000101") || sees("Label 1: verified") {
		t.Fatal("the page does not begin at its beginning")
	}
	for range 5 {
		press(w, fyne.KeyPageDown)
	}
	if sees("CL-000101") || !sees("Label 1: verified") {
		t.Error("page down does not lead to the end")
	}
	for range 5 {
		press(w, fyne.KeyPageUp)
	}
	if !sees("CL-000101") {
		t.Error("page up does not lead back")
	}
}
