// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"testing"
)

func TestAnOrderIsWorkedOnWhileItIsOpenOrHasUnitsInRework(t *testing.T) {
	for _, c := range []struct {
		order Order
		want  bool
	}{
		{Order{}, true},
		{Order{Reworked: 1}, true},
		{Order{Closed: true}, false},
		{Order{Closed: true, Reworked: 1}, true},
		{Order{Planned: 5, Taken: 5}, true}, // full: a unit in process may still be finished
	} {
		if got := c.order.Workable(); got != c.want {
			t.Errorf("%+v: workable is %v", c.order, got)
		}
	}
}

func TestAnOrderIsClosedOnceAndWithNothingInItsWay(t *testing.T) {
	open := []Blocker{{Kind: UnitsInProcess, Order: "WO-1", N: 2}}
	for _, c := range []struct {
		closed bool
		in     []Blocker
		want   Code
	}{
		{false, nil, ""},
		{false, open, OrderNotReady},
		{true, nil, OrderClosed},
		{true, open, OrderClosed},
	} {
		if got := refused(AllowClose("WO-1", c.closed, c.in)); got != c.want {
			t.Errorf("closed %v with %v in its way: %q, want %q", c.closed, c.in, got, c.want)
		}
	}
}

func TestAUnitThatHasPassedGetsNoOtherLabel(t *testing.T) {
	for _, d := range []Disposition{"", InProcess, Passed, Quarantined, Reworked, Scrapped, Released} {
		want := Code("")
		if d == Passed {
			want = ReprintTooLate
		}
		if got := refused(AllowReprint("S-1", d)); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

// refused is the code of a refusal; "" when there is none.
func refused(err error) Code {
	var no *Refusal
	if errors.As(err, &no) {
		return no.Finding.Code
	}
	return ""
}
