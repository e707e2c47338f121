// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/auditor"
	"bindery/ui/operator"
	"bindery/ui/quality"
	"bindery/ui/setup"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// shell plays the part of the record for those who sign in, with one order.
type shell struct {
	*uitest.Harness
	*uitest.Roster
}

func newShell() *shell { return &shell{Harness: uitest.NewHarness(), Roster: uitest.NewRoster()} }

func (b *shell) services() Services {
	return Services{
		Services: b.Services(),
		Idle:     time.Hour,
		Operator: operator.Services{
			BadgeHolder: b.BadgeHolder, SignIn: b.SignIn, SetSecret: b.SetSecret,
			Orders: func(context.Context) ([]station.Order, error) {
				return []station.Order{{ID: "WO-118204", REF: "CL4G-01", Version: 1, Lot: "2607A", Planned: 500}}, nil
			},
			Product: func(_ context.Context, ref string, version int) (station.Product, error) {
				return station.Product{REF: ref, Version: version, Name: "CardioLink 4G"}, nil
			},
		},
		Quality: emptyDesk(),
		Auditor: auditor.Services{
			ReadPage: func(context.Context, record.Node) (record.Page, error) { return record.Page{}, nil },
			Links:    func(context.Context, record.Node, int, int) ([]record.Link, int, error) { return nil, 0, nil },
		},
	}
}

// at waits for a state of the operator's screen.
func (b *shell) at(t *testing.T, o *operator.Screen, s operator.State) {
	t.Helper()
	b.Settle(t, func() bool { return o.Model.State() == s })
}

// emptyDesk is the record as quality finds it: nothing waits.
func emptyDesk() quality.Services {
	return quality.Services{
		Waiting:         func(context.Context) (map[record.WorkList]int, error) { return nil, nil },
		HistoryFiles:    func(context.Context) ([]station.HistoryFile, error) { return nil, nil },
		ReadPreferences: func(string) (quality.Preferences, error) { return quality.Preferences{}, nil },
	}
}

// library has one unit.
func library() quality.RecordReader {
	unit := record.Match{Serial: "CL-000105", Order: "WO-118204", Lot: "2607A", Disposition: station.Passed}
	return quality.RecordReader{
		Find: func(context.Context, string, int) (record.Matches, error) {
			return record.Matches{Interpreted: record.Interpreted{Took: "serial"}, Units: []record.Match{unit}}, nil
		},
		UnitHistory: func(context.Context, string) (quality.UnitHistory, error) {
			return quality.UnitHistory{UnitView: record.UnitView{Serial: unit.Serial, Order: unit.Order, Lot: unit.Lot, Disposition: unit.Disposition}}, nil
		},
	}
}

// qualityAt opens the screens of one window and signs quality in.
func qualityAt(t *testing.T, size fyne.Size) (*shell, *Station, fyne.Window) {
	t.Helper()
	b := newShell()
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
		b.at(t, st.operator, operator.Choosing)
		uitest.Press(w, fyne.KeyF2)
		if got := w.Content() == st.quality.Frame; got != desk {
			t.Errorf("%s at the desk: %v", badge, got)
		}
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, st.operator, operator.SignIn)
	}
}

func TestQualitySignsOutToTheSignIn(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyEscape)
	if w.Content() != st.operator.Frame || st.operator.Model.State() != operator.SignIn {
		t.Fatal("escape did not lead back to the sign-in")
	}
	uitest.Type(w, "B-OP\n482913\n")
	b.at(t, st.operator, operator.Choosing)
}

func TestWhoSignsInGetsTheirOwnScreenAndEscapeLeadsBack(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	b.People["B-AU"] = station.Person{ID: "p6", Name: "A. Sato", Badge: "B-AU", Role: station.Auditor}
	for badge, frame := range map[string]fyne.CanvasObject{"B-AD": st.setup.Frame, "B-AU": st.auditor.Frame, "B-QA": st.quality.Frame} {
		uitest.Press(w, fyne.KeyEscape)
		b.at(t, st.operator, operator.SignIn)
		uitest.Type(w, badge+"\n"+uitest.PIN+"\n")
		b.Settle(t, func() bool { return w.Content() == frame })
	}
}

func TestAnAdminGoesFromTheSetUpToUnitsFromBeforeAndBack(t *testing.T) {
	b, st, w := qualityAt(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyEscape)
	b.at(t, st.operator, operator.SignIn)
	uitest.Type(w, "B-AD\n"+uitest.PIN+"\n")
	b.Settle(t, func() bool { return w.Content() == st.setup.Frame })
	uitest.Press(w, fyne.KeyF7)
	b.Settle(t, func() bool {
		return w.Content() == st.quality.Frame && uitest.HasText(st.quality.Frame, "Bring in a list")
	})
	uitest.Press(w, fyne.KeyEscape)
	if w.Content() != st.setup.Frame {
		t.Error("escape does not lead back to the set-up")
	}
}
