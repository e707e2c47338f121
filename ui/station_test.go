// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/ui/quality"
	"bindery/ui/setup"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// emptyDesk is the record as quality finds it: nothing waits.
func emptyDesk() quality.Services {
	return quality.Services{
		Waiting: func(context.Context) (map[quality.WorkList]int, error) { return nil, nil },
		Own:     func(string) (quality.Preferences, error) { return quality.Preferences{}, nil },
	}
}

// library has one unit.
func library() quality.RecordReader {
	unit := quality.FoundUnit{Serial: "CL-000105", Order: "WO-118204", Lot: "2607A", Disposition: station.Passed}
	return quality.RecordReader{
		Find: func(context.Context, string, int) (string, []quality.FoundUnit, error) {
			return "serial", []quality.FoundUnit{unit}, nil
		},
		Story: func(context.Context, string) (quality.UnitHistory, error) {
			return quality.UnitHistory{Serial: unit.Serial, Order: unit.Order, Lot: unit.Lot, Disposition: unit.Disposition}, nil
		},
	}
}

// qualityAt opens the screens of one window and signs quality in.
func qualityAt(t *testing.T, size fyne.Size) (*bench, *Station, fyne.Window) {
	t.Helper()
	b := newBench()
	p := widget.Palettes[0]
	w := uitest.OpenWindow(t, p)
	none := setup.Diagnostics{Parts: func(context.Context) ([]setup.Component, error) { return nil, nil }}
	st := NewStation(t.Context(), w, p, b.services(), library(), none)
	w.Resize(size)
	uitest.Type(w, "B-QA\n"+uitest.PIN+"\n")
	b.Settle(t, func() bool { return w.Content() == st.quality.Frame })
	b.Drain()
	return b, st, w
}

func TestALeadGoesFromTheOrdersToTheDeskAndAnOperatorDoesNot(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyEscape)
	for badge, desk := range map[string]bool{"B-OP": false, "B-LD": true} {
		uitest.Type(w, badge+"\n"+uitest.PIN+"\n")
		b.at(t, st.operator, Choosing)
		uitest.Press(w, fyne.KeyF2)
		if got := w.Content() == st.quality.Frame; got != desk {
			t.Errorf("%s at the desk: %v", badge, got)
		}
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, st.operator, SignIn)
	}
}

func TestQualitySignsOutToTheSignIn(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyEscape)
	if w.Content() != st.operator.frame || st.operator.Model.State() != SignIn {
		t.Fatal("escape did not lead back to the sign-in")
	}
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, st.operator, Choosing)
}

func TestWhoSignsInGetsTheirOwnScreenAndEscapeLeadsBack(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	b.People["B-AU"] = station.Person{ID: "p6", Name: "A. Sato", Badge: "B-AU", Role: station.Auditor}
	for badge, frame := range map[string]fyne.CanvasObject{"B-AD": st.setup.Frame, "B-AU": st.auditor.Frame, "B-QA": st.quality.Frame} {
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, st.operator, SignIn)
		uitest.Type(w, badge+"\n"+uitest.PIN+"\n")
		b.Settle(t, func() bool { return w.Content() == frame })
	}
}
