// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
)

func TestAFlagIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]station.Flag{
		"stolen": station.FlagStolen, " STOLEN ": station.FlagStolen, "Under investigation": station.FlagInvestigation, "field action": station.FlagFieldAction,
		"field-action": station.FlagFieldAction,
	} {
		if got := station.ParseFlag(text); got != want || !got.Known() {
			t.Errorf("%q is %q", text, got)
		}
	}
	if station.ParseFlag("missing").Known() {
		t.Error("there is no such flag")
	}
}

func TestAFlagIsSetOnceForAReasonAndNotBeforeItIsKnown(t *testing.T) {
	now := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	stolen := []station.Flag{station.FlagStolen}
	for _, c := range []struct {
		what    string
		flag    station.Flag
		since   time.Time
		reason  string
		inForce []station.Flag
		want    string
	}{
		{"the first", station.FlagLost, time.Time{}, "case 7", nil, ""},
		{"since now", station.FlagLost, now, "case 7", nil, ""},
		{"another", station.FlagLost, now.Add(-time.Hour), "case 7", stolen, ""},
		{"none that is known", "missing", now, "", stolen, "flag-wrong: The unit cannot be flagged this way: missing is not a flag."},
		{"in the future", station.FlagStolen, now.Add(time.Millisecond), "", stolen, "flag-wrong: The unit cannot be flagged this way: it begins in the future."},
		{"without a reason", station.FlagStolen, now, " ", stolen, station.Refuse(station.ReasonMissing, string(station.MayFlag)).Error()},
		{"a second time", station.FlagStolen, now, "case 7", stolen, station.ErrFlagInForce.Error()},
	} {
		said(t, c.what, station.CheckFlag(c.flag, c.since, now, c.reason, c.inForce), c.want)
	}
	if !errors.Is(station.CheckFlag(station.FlagStolen, now, now, "x", stolen), station.ErrFlagInForce) {
		t.Error("a list of flags could not tell one that is in force")
	}
	said(t, "ended", station.CheckUnflag(station.FlagStolen, stolen), "")
	said(t, "ended that is not there", station.CheckUnflag(station.FlagLost, stolen), "nothing-due: This is already done: the unit does not have this flag.")
}

// said checks what a rule says; "" is that it allows.
func said(t *testing.T, what string, err error, want string) {
	t.Helper()
	got := ""
	if err != nil {
		got = err.Error()
	}
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestAUnitIsNotBoundWithAFlagNorWithTheIdentityOfOneThatHasIt(t *testing.T) {
	flagged := func(serial string) []station.Flagged {
		return []station.Flagged{{Serial: serial, Flag: station.FlagStolen}}
	}
	for _, c := range []struct {
		what        string
		own, others []station.Flagged
		want        station.Code
	}{
		{"neither", nil, nil, ""}, {"its own", flagged("A"), nil, station.UnitFlagged}, {"of another", nil, flagged("B"), station.IdentityFlagged},
		{"both", flagged("A"), flagged("B"), station.UnitFlagged},
	} {
		var no *station.Refusal
		err := station.CheckNotFlagged(c.own, c.others)
		if errors.As(err, &no); (err == nil) != (c.want == "") || no != nil && no.Finding.Code != c.want {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestWhatIsOfferedAndSaidOfFlagsIsTheOneList(t *testing.T) {
	for _, f := range station.Flags {
		open := station.FlagsToSet([]station.Flag{f})
		if slices.Contains(open, f) || len(open) != len(station.Flags)-1 {
			t.Errorf("a unit with %s is offered %v", f, open)
		}
		for _, text := range []string{station.FlagNames(), station.NewFinding(station.FlagWrong, "").Next} {
			if !strings.Contains(text, string(f)) {
				t.Errorf("%q leaves out %s", text, f)
			}
		}
	}
}
