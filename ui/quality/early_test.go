// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"bindery/station/record"
	"bindery/ui/uitest"
)

func TestAKeyThatIsPressedWhileAUnitIsReadIsForThatUnit(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "CL-000101\n")
	uitest.Press(w, fyne.KeyF7) // at the start it would be the units from before
	if st.Model.form != nil {
		t.Fatal("something is asked before the unit is there")
	}
	b.Settle(t, func() bool { return st.Model.form != nil })
	if st.Model.open == nil || st.View.Call.Word != "FLAG CL-000101" {
		t.Errorf("F7 came to %q", st.View.Call.Word)
	}
}

func TestAKeyThatWasPressedForWhatIsNotThereIsSaidToBeDropped(t *testing.T) {
	b, st, w := reading(t, uitest.Sizes[1])
	uitest.Type(w, "nonsense\n")
	uitest.Press(w, fyne.KeyF7)
	b.Settle(t, func() bool { return !st.Model.looks })
	if st.Model.list != nil || st.Model.form != nil || !strings.Contains(st.View.Status, "F7") {
		t.Errorf("nothing was found; the entry says %q", st.View.Status)
	}
}

func TestKeysNeedNotWaitForTheNumbersAtTheStart(t *testing.T) {
	b := newBench()
	slow := make(chan struct{})
	s := b.desk.services(b)
	s.Waiting = func(context.Context) (map[record.WorkList]int, error) {
		<-slow
		return map[record.WorkList]int{record.OpenAlarms: 7}, nil
	}
	w := uitest.OpenWindow(t, deskPalette())
	st := NewScreen(t.Context(), w, deskPalette(), b.Services(), s, b.library(), func() {})
	st.Show(b.People["B-QA"])
	w.Resize(uitest.Sizes[1])
	uitest.Press(w, fyne.KeyF2)
	if st.Model.open == nil {
		t.Error("the scope does not open while what waits is counted")
	}
	close(slow)
	b.Settle(t, func() bool {
		return strings.Contains(st.Model.home.entries[4].cells[1]+st.Model.home.entries[2].cells[1], "7")
	})
	if st.Model.open == nil {
		t.Error("the numbers close what was opened meanwhile")
	}
}
