// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestALineIsClearedOfTheOrderThatItStoodFor(t *testing.T) {
	for _, c := range []struct {
		name string
		line station.LineState
		due  string // before WO-2
	}{
		{"nothing was printed yet", station.LineState{Counted: true}, ""},
		{"the first order, which nobody counted", station.LineState{Stands: "WO-2"}, ""},
		{"the same order", station.LineState{Before: "WO-1", Stands: "WO-2", Counted: true}, ""},
		{"the same order, not counted", station.LineState{Before: "WO-1", Stands: "WO-2"}, "WO-1"},
		{"another order", station.LineState{Before: "WO-0", Stands: "WO-1", Counted: true}, "WO-1"},
		{"another order, not counted", station.LineState{Before: "WO-0", Stands: "WO-1"}, "WO-1"},
	} {
		if got := c.line.Due("WO-2"); got != c.due {
			t.Errorf("%s: to be cleared of %q, want %q", c.name, got, c.due)
		}
		want := station.Code("")
		if c.due == "" {
			want = station.NothingDue
		}
		if got := refusedFor(t, c.line.AllowClear("WO-2")); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

func TestLabelsThatAreLeftAreExplainedByALeadOrQuality(t *testing.T) {
	for _, c := range []struct {
		role     station.Role
		leftover int
		reason   string
		want     station.Code
	}{
		{station.Operator, 0, "", ""},
		{station.Lead, 0, "", ""},
		{station.Auditor, 0, "", station.PersonNotAllowed},
		{station.Operator, 1, "destroyed", station.PersonNotAllowed},
		{station.Lead, 1, "destroyed", ""},
		{station.Quality, 3, "destroyed", ""},
		{station.Lead, 1, " ", station.ReasonMissing},
	} {
		if got := refusedFor(t, station.AllowClearLine(station.Person{Role: c.role}, c.leftover, c.reason)); got != c.want {
			t.Errorf("%s, %d left, %q: %q, want %q", c.role, c.leftover, c.reason, got, c.want)
		}
	}
}
