// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/record"
)

// check compares the record of a unit with what its act must have left. The
// attempts come first: with another number of them all that follows would be
// judged of the wrong one.
func check(r record.UnitView, a scenario) error {
	var got []end
	for _, t := range r.Attempts {
		got = append(got, end{t.Outcome, t.Code})
	}
	if !slices.Equal(got, a.want) {
		return fmt.Errorf("the record says %s", ends(got))
	}
	// Only the last attempt decides what must be bound: one that was stopped on
	// its way may have a binding already.
	pass := a.want[len(a.want)-1] == passed
	switch {
	case !pass && len(r.Bindings) > 0:
		return errors.New("a refused unit has a binding")
	case pass && (len(r.Bindings) != 1 || r.Bindings[0].IMEI != a.device.IMEI || r.Bindings[0].ICCID != a.device.ICCID):
		return errors.New("the unit is not bound to its device")
	case pass && r.Disposition != station.Passed:
		return fmt.Errorf("the unit is %s", r.Disposition)
	case pass && (len(r.Prints) == 0 || r.Prints[len(r.Prints)-1].State != station.PrintVerified):
		return errors.New("its label is not verified")
	}
	return nil
}

// errUnexpected says that the shift was worked and something came out wrong.
var errUnexpected = errors.New("the shift did not go as it should")

// ends is how attempts ended, in words, as the summary has it.
func ends(es []end) string {
	var words []string
	for _, e := range es {
		words = append(words, strings.TrimSpace(string(e.outcome)+" "+string(e.code)))
	}
	return strings.Join(words, ", then ")
}
