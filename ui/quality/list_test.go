// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"fmt"
	"image"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestASearchIsKeptAndForgotten(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-00012\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.Press(w, fyne.KeyF11)
	uitest.Type(w, "the twenties\n")
	if d := cmp.Diff([]Search{{"the twenties", "CL-00012"}}, b.own.Searches); d != "" {
		t.Fatal(d)
	}
	uitest.Press(w, fyne.KeyEscape)
	for range len(record.WorkLists) + 1 {
		uitest.Press(w, fyne.KeyDown)
	}
	b.Settle(t, func() bool { return !st.Model.looks })
	uitest.Press(w, fyne.KeyF11)
	if len(b.own.Searches) > 0 {
		t.Error("it is still there")
	}
	uitest.Type(w, "980000420001012\n")
	b.Settle(t, func() bool { return st.Model.status == "Nothing matches •••••••••••1012." })

	st.Model.r.Find = func(context.Context, string, int) (record.Matches, error) {
		return record.Matches{Interpreted: record.Interpreted{Took: "imei"}, Units: []record.Match{{Serial: "CL-000101"}, {Serial: "CL-000102"}}}, nil
	}
	for _, number := range []string{"980000420001012", "9800004200010"} {
		st.Model.list = nil
		uitest.Type(w, number+"\n")
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.Press(w, fyne.KeyF11)
		b.says(t, st, "A unit's number cannot be kept")
		if st.Model.form != nil {
			t.Errorf("%d digits of an IMEI would be kept", len(number))
		}
	}
}

func TestColumnsAreChosenAndAWholeIMEIIsNoted(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-0001\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	uitest.Press(w, fyne.KeyF10)
	for range 3 {
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Type(w, "\n") // the whole IMEI
	uitest.ShowsWhole(w)
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return len(b.did) == 1 && st.View.Table.Rows[0][2] == "980000420001012" })
	if d := cmp.Diff([]string{"show-identity of 40 units by p4: imei"}, b.did); d != "" {
		t.Error(d)
	}
	st.Show(b.People["B-LD"])
	uitest.Type(w, "CL-0001\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	if strings.Contains(strings.Join(st.View.Table.Rows[0], " "), "980000420001012") {
		t.Error("a lead sees a whole IMEI")
	}
}

// The history says who did what by name, and of a binding that was given up
// when, by whom and why.
func TestTheHistoryOfAUnitNamesPeopleAndTellsHowABindingWasSuperseded(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	ended := uitest.Noon.Add(-time.Minute)
	b.gaveUp = []record.BindingView{{
		ID: 3, IMEI: "980000420001038", At: uitest.Noon.Add(-time.Hour), By: "p-1001",
		Superseded: true, SupersededAt: &ended, SupersededBy: "p1", SupersededSecond: "p-1001", SupersededWhy: "noisy module",
	}}
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	all := st.page()
	for _, want := range []string{"Bound before 2026-07-14 11:00:00 · M. Alvarez (p-1001)", "superseded 2026-07-14 11:59:00", "superseded by J. Petrov (p1) · M. Alvarez (p-1001)", "reason noisy module"} {
		if !strings.Contains(all, want) {
			t.Errorf("it lacks %q:\n%s", want, all)
		}
	}
}

func TestALabelThatIsStillToBeScannedCannotBeScannedFromTheDesk(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-000101\n")
	b.unitHistory(t, st, "CL-000101")
	shown := func(print record.PrintView) image.Image {
		s := *st.Model.open.(*UnitHistory)
		if print.Binding == 0 {
			print.Binding = s.Live().ID
		}
		s.Prints = []record.PrintView{{N: 1, State: station.PrintVoid}, print}
		p := &paragraphBuilder{q: st.Model, takes: map[string]func(){}}
		s.build(p)
		for _, para := range p.paras {
			if para.Kind == widget.Picture {
				return para.Image
			}
		}
		return nil
	}
	proven := shown(record.PrintView{N: 2, State: station.PrintVerified})
	for _, due := range []station.PrintState{station.PrintIntended, station.PrintSent} {
		if got := shown(record.PrintView{N: 2, State: due}); got == nil || proven == nil || got == proven {
			t.Errorf("%s: the label is shown as that of a unit that has passed", due)
		}
	}
	s := st.Model.open.(*UnitHistory)
	if again := shown(record.PrintView{N: 1, Binding: s.Live().ID + 1, State: station.PrintVerified}); again == proven {
		t.Error("the label of a binding that was superseded stands for the one that is due")
	}
	if less := shown(record.PrintView{N: 2, State: station.PrintSent, Proof: record.LabelProofOf(station.Print{State: station.PrintSent, Proof: station.ScanProof{Method: station.ByDrawing}})}); less != proven {
		t.Error("a label that is proven as its product allows is not shown as it is")
	}
}

func TestOneGoesFromAUnitToItsLotAndFromAnAlarmToItsUnit(t *testing.T) {
	b, st, w := opened(t)
	b.signatures = []record.Signature{{Meaning: station.Approval, Name: "R. Lindqvist", Role: "quality", Hash: strings.Repeat("5e", 32), At: uitest.Noon, Zone: "+02:00", Leaf: 81,
		Holds: &record.SignatureStatus{Units: 9, Changed: []record.UnitChange{{Serial: "CL-000101", What: "quarantined", At: new(uitest.Noon), Leaf: 88}}}}}
	uitest.Press(w, fyne.KeyF12)
	b.Settle(t, func() bool { return strings.HasPrefix(st.page(), "2607A") })
	if all := st.page(); !strings.Contains(all, "Signature: approval leaf 81") || !strings.Contains(all, "14:00:00 +02:00  (12:00:00 UTC)") {
		t.Errorf("the signature is not in the lot's history:\n%s", all)
	}
	if all := st.page(); !strings.Contains(all, "Holds for 8 of 9 units") || !strings.Contains(all, "CL-000101: quarantined on ") {
		t.Errorf("that the lot changed after its signature is not said:\n%s", all)
	}
	st.Model.openScope(record.OpenAlarms)
	b.Settle(t, func() bool { return st.Model.open == nil })
	uitest.TakeFirst(w)
	uitest.Press(w, fyne.KeyF12)
	b.unitHistory(t, st, "CL-000104")
}

func TestPagesOfAListFollowOneAnother(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	all := make([]record.Match, 250)
	for i := range all {
		all[i] = record.Match{Serial: fmt.Sprintf("CL-%06d", i), Disposition: station.Passed}
	}
	st.Model.r.Find = func(_ context.Context, _ string, skip int) (record.Matches, error) {
		return record.Matches{Interpreted: record.Interpreted{Took: "order"}, Units: all[skip:min(skip+pageful, len(all))]}, nil
	}
	uitest.Type(w, "WO-118204\n")
	q := st.Model
	b.Settle(t, func() bool { return q.list != nil })
	var seen []string
	for {
		for _, r := range st.View.Table.Rows {
			seen = append(seen, r[0])
		}
		was := q.list
		for q.list == was && q.list.chosen < len(q.list.entries)-1 {
			uitest.Press(w, fyne.KeyPageDown)
		}
		uitest.Press(w, fyne.KeyPageDown)
		if len(was.entries) < pageful {
			break
		}
		b.Settle(t, func() bool { return q.list != was })
	}
	if len(seen) != len(all) || seen[len(seen)-1] != "CL-000249" || st.View.Table.Foot != "201–250" {
		t.Errorf("%d rows, foot %q", len(seen), st.View.Table.Foot)
	}
	for range 3 {
		uitest.Press(w, fyne.KeyPageUp)
	}
	for range 8 {
		uitest.Press(w, fyne.KeyPageUp)
	}
	b.Settle(t, func() bool { return q.list.skip == 100 })
	uitest.Press(w, fyne.KeyF12)
	b.Settle(t, func() bool { return q.open != nil && q.open.name() == "WO-118204" })
}

func TestControlsRowsAndNumbersCanBeTapped(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-0001\n")
	b.Settle(t, func() bool { return st.Model.list != nil })
	tap := func(in fyne.CanvasObject, text string) {
		t.Helper()
		hit := false
		uitest.Texts(in, 0, 0, func(o *canvas.Text, at uitest.Area) {
			if o.Text == text && !hit {
				hit = true
				in.(fyne.Tappable).Tapped(&fyne.PointEvent{Position: fyne.NewPos(at.X-in.Position().X+2, at.Y-in.Position().Y+2)})
			}
		})
		if !hit {
			t.Fatalf("there is no %q to tap", text)
		}
	}
	tap(st.Table, "CL-000105")
	b.unitHistory(t, st, "CL-000105")
	tap(st.Page, "WO-118204")
	if b.clip != "WO-118204" {
		t.Errorf("copied %q", b.clip)
	}
	tap(st.Rows, "CL-000107")
	b.unitHistory(t, st, "CL-000107")
	tap(st.Acts, "Quarantine")
	b.says(t, st, "QUARANTINE CL-000107")
}
