// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"slices"
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
		if got := c.order.CanMakeUnits(); got != c.want {
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

// refused is the code of a refusal; "" when there is none.
func refused(err error) Code {
	var no *Refusal
	if errors.As(err, &no) {
		return no.Finding.Code
	}
	return ""
}

func TestAnOrderIsHeldUpByWhatIsNotAccountedFor(t *testing.T) {
	open := LabelReconciliation{Printed: 5, Applied: 2, Open: 3, Discrepancies: 1}
	for name, c := range map[string]struct {
		order OrderState
		want  []Blocker
	}{
		"all accounted for":      {OrderState{OrderCounts: OrderCounts{Order: "WO-1", Passed: 2}, Labels: LabelReconciliation{Printed: 2, Applied: 2}}, nil},
		"an order without units": {OrderState{OrderCounts: OrderCounts{Order: "WO-1"}}, nil},
		"units": {
			OrderState{OrderCounts: OrderCounts{Order: "WO-1", InProcess: 1, Reworked: 2, Quarantined: 3, Alarms: 4}},
			[]Blocker{{UnitsInProcess, "WO-1", 1}, {UnitsReworked, "WO-1", 2}, {UnitsQuarantined, "WO-1", 3}, {AlarmsOpen, "WO-1", 4}},
		},
		"labels":                 {OrderState{OrderCounts: OrderCounts{Order: "WO-1"}, Labels: open}, []Blocker{{LabelsOpen, "WO-1", 3}, {LabelsDiffer, "WO-1", 1}}},
		"labels one of two ways": {OrderState{OrderCounts: OrderCounts{Order: "WO-1"}, Labels: LabelReconciliation{Printed: 1, Open: 1}}, []Blocker{{LabelsOpen, "WO-1", 1}}},
		"labels explained":       {OrderState{OrderCounts: OrderCounts{Order: "WO-1"}, Labels: open, Explained: true}, nil},
	} {
		if got := c.order.Blockers(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestALotIsReleasedOnceItsOrdersAreClosedAndAUnitWaits(t *testing.T) {
	done := OrderState{OrderCounts: OrderCounts{Order: "WO-1", Closed: true, Passed: 2}}
	for name, c := range map[string]struct {
		orders []OrderState
		want   []Blocker
	}{
		"one order":             {[]OrderState{done}, nil},
		"one without a unit":    {[]OrderState{done, {OrderCounts: OrderCounts{Order: "WO-2", Closed: true}}}, nil},
		"nothing passed":        {[]OrderState{{OrderCounts: OrderCounts{Order: "WO-2", Closed: true}}}, []Blocker{{Kind: NothingPassed}}},
		"no order":              {nil, []Blocker{{Kind: NothingPassed}}},
		"one that is open":      {[]OrderState{done, {OrderCounts: OrderCounts{Order: "WO-2", Passed: 1}}}, []Blocker{{Kind: OrderOpen, Order: "WO-2"}}},
		"a unit came back":      {[]OrderState{{OrderCounts: OrderCounts{Order: "WO-1", Closed: true, Passed: 1, Quarantined: 1}}}, []Blocker{{UnitsQuarantined, "WO-1", 1}}},
		"a flagged unit":        {[]OrderState{{OrderCounts: OrderCounts{Order: "WO-1", Closed: true, Passed: 2, Flagged: 1}}}, []Blocker{{UnitsFlagged, "WO-1", 1}}},
		"everything in its way": {[]OrderState{{OrderCounts: OrderCounts{Order: "WO-2", InProcess: 1}}}, []Blocker{{UnitsInProcess, "WO-2", 1}, {Kind: OrderOpen, Order: "WO-2"}, {Kind: NothingPassed}}},
	} {
		got := LotBlockers(c.orders)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		want := Code("")
		if len(c.want) > 0 {
			want = LotNotReady
		}
		if code := refused(AllowRelease(got)); code != want {
			t.Errorf("%s: %q, want %q", name, code, want)
		}
	}
}

func TestALotIsDoneWithWhenItIsApprovedAndNothingWaits(t *testing.T) {
	for _, c := range []struct {
		waiting int
		signed  []Meaning
		want    bool
	}{
		{0, nil, false},
		{0, []Meaning{Review}, false},
		{0, []Meaning{Review, Approval}, true},
		{1, []Meaning{Approval}, false},
	} {
		if got := LotReleased(c.waiting, c.signed); got != c.want {
			t.Errorf("%d wait, signed %v: %v", c.waiting, c.signed, got)
		}
	}
}

func TestLabelsAreExplainedOnceAndOnlyWhereSomeAreNotAccountedFor(t *testing.T) {
	settled, open := LabelReconciliation{Printed: 1, Applied: 1}, LabelReconciliation{Printed: 1, Open: 1}
	for _, c := range []struct {
		labels    LabelReconciliation
		explained bool
		want      Code
	}{
		{LabelReconciliation{}, false, NothingDue},
		{settled, false, NothingDue},
		{settled, true, NothingDue},
		{open, true, NothingDue},
		{open, false, ""},
	} {
		if got := refused(AllowExplainLabels("WO-1", c.labels, c.explained)); got != c.want {
			t.Errorf("%+v, explained %v: %q, want %q", c.labels, c.explained, got, c.want)
		}
	}
}
