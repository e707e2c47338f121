// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
	"bindery/station/identity"
)

func TestAnOrderIsBroughtInAsItIsOrNotAtAll(t *testing.T) {
	was := station.Order{ID: "WO-1", REF: "CL-1", Version: 2, Lot: "L1", Planned: 5}
	for name, c := range map[string]struct {
		edit func(*station.Order)
		ok   bool
	}{
		"the same":                       {func(*station.Order) {}, true},
		"of no version":                  {func(o *station.Order) { o.Version = 0 }, true},
		"with counts, which are no part": {func(o *station.Order) { o.Passed, o.Taken, o.Failed, o.Reworked, o.Closed = 1, 2, 3, 4, true }, true},
		"of another version":             {func(o *station.Order) { o.Version = 1 }, false},
		"of another lot":                 {func(o *station.Order) { o.Lot = "L2" }, false},
		"of another product":             {func(o *station.Order) { o.REF = "CL-2" }, false},
		"of more units":                  {func(o *station.Order) { o.Planned = 6 }, false},
	} {
		o := was
		c.edit(&o)
		if wrong := station.CheckOrderAgain(o, was); (len(wrong) == 0) != c.ok {
			t.Errorf("%s: %v", name, wrong)
		}
	}
}

func TestAKeyIsTheSameOrAnotherForPeopleToo(t *testing.T) {
	known := []string{"WO-1", "wo-2", "WO-2"}
	for key, ok := range map[string]bool{"WO-1": true, "wo-1": false, "WO-2": true, "Wo-2": false, "WO-3": true} {
		if wrong := station.CheckAlike("id", key, known); (len(wrong) == 0) != ok {
			t.Errorf("%s: %v", key, wrong)
		}
		if wrong := station.CheckOrderIsNoBadge(key, known); (len(wrong) == 0) != (key == "WO-3") {
			t.Errorf("%s, beside badges: %v", key, wrong)
		}
	}
}

func TestNoTwoRangesHaveANumberInCommon(t *testing.T) {
	span := func(tac string, from, to int) station.Allocation {
		return station.Allocation{TAC: identity.TAC("3569380" + tac), From: from, To: to, Product: "CL-1"}
	}
	for name, c := range map[string]struct {
		a            station.Allocation
		known, wrong bool
	}{
		"before":                          {span("1", 0, 9), false, false},
		"after":                           {span("1", 20, 29), false, false},
		"the same numbers of another TAC": {span("2", 10, 19), false, false},
		"the very one":                    {span("1", 10, 19), true, false},
		"its first number":                {span("1", 0, 10), false, true},
		"its last number":                 {span("1", 19, 29), false, true},
		"within":                          {span("1", 12, 13), false, true},
		"around":                          {span("1", 0, 99), false, true},
	} {
		h := span("1", 10, 19)
		h.ID = 7
		known, wrong := station.CheckRange(c.a, []station.Allocation{h})
		if known != c.known || (len(wrong) > 0) != c.wrong {
			t.Errorf("%s: known %v, %v", name, known, wrong)
		}
	}
	other := span("1", 10, 19)
	other.Product = "CL-2"
	if known, wrong := station.CheckRange(other, []station.Allocation{span("1", 10, 19)}); known || len(wrong) != 1 {
		t.Errorf("the same numbers for another product: %v, %v", known, wrong)
	}
}

func TestPeopleComeInByWhoManagesThem(t *testing.T) {
	for kind, want := range map[string]station.Permission{
		"people": station.MayManagePeople, "products": station.MayImport, "orders": station.MayImport, "allocations": station.MayImport, "layout:a": station.MayImport,
	} {
		if got := station.ImportPermission(kind); got != want {
			t.Errorf("%s: %s", kind, got)
		}
	}
}
