// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station/scope"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// choose takes the row of what is asked with a text, by the arrow keys.
func (b *bench) choose(t *testing.T, st *Screen, w fyne.Window, text string) {
	t.Helper()
	var i int
	b.Settle(t, func() bool {
		for i = range st.View.Rows {
			if st.View.Rows[i].Text == text {
				return st.Model.form != nil
			}
		}
		return false
	})
	for range i + 1 { // the first arrow marks the first row
		uitest.Press(w, fyne.KeyDown)
	}
	uitest.Type(w, "\n")
}

// lines are those of the scope, as they stand on the left.
func (q *Screen) lines() string {
	var all []string
	for _, r := range q.View.Rows {
		all = append(all, strings.TrimRight(r.Text+strings.TrimRight("|"+strings.TrimSpace(r.Under), "|"), " "))
	}
	return strings.Join(all, "\n")
}

func TestAScopeIsBuiltByChoosingAndCountedAtEachChange(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF2)
	if !strings.Contains(st.page(), "No condition yet") {
		t.Fatalf("an empty scope says\n%s", st.page())
	}
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "lot")
	b.choose(t, st, w, "2607A")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "3 units") })
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "firmware")
	b.choose(t, st, w, "from (included)")
	b.choose(t, st, w, "R07A08")
	uitest.Press(w, fyne.KeyF6) // brackets around it
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "module")
	uitest.Type(w, "EG25\n") // of which the record has none to choose: it is typed
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyF4) // not
	want := "ALL of these|2 lines\n  lot|2607A\n  NOT ANY of these|2 lines\n    firmware|≥ R07A08\n    module|EG25"
	if got := st.lines(); got != want {
		t.Errorf("it stands there as\n%s\nnot\n%s", got, want)
	}
	if said := st.page(); !strings.Contains(said, "lot:2607A and not (firmware>=R07A08 or module:EG25)") {
		t.Errorf("as text it is\n%s", said)
	}
	b.Settle(t, func() bool { return strings.Contains(st.page(), "3 units") })
	uitest.Press(w, fyne.KeyF8)
	b.Settle(t, func() bool { return st.View.Table != nil })
	uitest.TakeFirst(w)
	b.unitHistory(t, st, "CL-000101")
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return st.View.Table != nil && !st.Model.looks })
	uitest.Press(w, fyne.KeyEscape)
	if st.lines() != want {
		t.Errorf("on the way back the scope is\n%s", st.lines())
	}
	uitest.Press(w, fyne.KeyEscape)
	if st.Model.open != nil || st.Model.list != nil {
		t.Error("escape does not lead home")
	}
}

func TestAScopeIsChangedWithThePointerAndAWrongValueIsToldAndNotTaken(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	st.Model.openScopeBuilder()
	uitest.Press(w, fyne.KeyF2)
	b.choose(t, st, w, "range of IMEIs")
	b.choose(t, st, w, "98000042")
	uitest.Type(w, "22060\n22003\n")
	b.says(t, st, "The range of SNRs ends before it begins.")
	uitest.Type(w, "22100\n")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "snr:98000042/22060..22100") })
	row := st.Rows.Size().Height / 8
	st.Rows.Tapped(&fyne.PointEvent{Position: fyne.NewPos(40, row)})
	tapAct(t, st, "F7")
	b.Settle(t, func() bool { return strings.Contains(st.page(), "No condition yet") })
	if st.Model.person.Name == "" {
		t.Error("nobody is signed in any more")
	}
}

// tapAct taps the control of a key.
func tapAct(t *testing.T, st *Screen, key string) {
	t.Helper()
	for x := float32(5); x < st.Acts.Size().Width; x += 10 {
		for y := float32(5); y < st.Acts.Size().Height; y += 20 {
			before := st.View.Acts
			i := slices.IndexFunc(before, func(a widget.Action) bool { return a.Key == key })
			if i < 0 {
				t.Fatalf("there is no %s", key)
			}
			if st.Acts.At(fyne.NewPos(x, y)) == i {
				st.Acts.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
				return
			}
		}
	}
	t.Fatalf("%s is not seen", key)
}

func TestALateCountIsNotShownForAnotherScope(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	slow := make(chan struct{})
	st.Model.services.ScopeCount = func(ctx context.Context, e scope.Expr) (int, error) {
		if scope.Text(e) == "lot:2607A" {
			select {
			case <-slow:
			case <-ctx.Done():
				return 0, ctx.Err()
			}
			return 1, nil
		}
		return 2, nil
	}
	uitest.Press(w, fyne.KeyF2)
	s := st.Model.built
	first := s.whole.add(scope.Is{Field: scope.Lot, Value: "2607A"})
	s.showLines(first)
	st.Model.redraw()
	if !strings.Contains(st.page(), "Counting") {
		t.Errorf("while it counts the page says\n%s", st.page())
	}
	s.showLines(s.whole.add(scope.Is{Field: scope.Lot, Value: "2607B"}))
	close(slow)
	b.Settle(t, func() bool { return strings.Contains(st.page(), "2 units") })
	b.Drain()
	if strings.Contains(st.page(), "1 unit") {
		t.Errorf("the count of an earlier scope is shown:\n%s", st.page())
	}
}

func TestLinesOfAScopeBecomeTheExpressionThatTheyShow(t *testing.T) {
	lot := func(v string) scope.Expr { return scope.Is{Field: scope.Lot, Value: v} }
	root := &scopeNode{}
	a := root.add(lot("A"))
	a.add(lot("B"))
	check := func(want string) {
		t.Helper()
		if got := scope.Text(root.expr()); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	check("lot:A and lot:B")
	root.any = true
	check("lot:A or lot:B")
	root.enclose().not = true // the whole is a line in it now
	check("not (lot:A or lot:B)")
	root.add(lot("C"))
	check("not (lot:A or lot:B) and lot:C")
	a.remove()
	check("not lot:B and lot:C")
	root.remove()
	if root.expr() != nil {
		t.Error("what is empty is an expression")
	}
}
