// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"strings"
	"testing"

	"bindery/station"
)

func TestAReasonIsGivenAndHoldsNoIdentity(t *testing.T) {
	for reason, want := range map[string]station.Code{
		"left in a train": "", "ticket 7013, CL-0000014": "", "see al-abc3-4567-8901-2345": "", "lot A260001 of 2026-03-04": "",
		"INC0012345678": "", "GTIN 09521234543213": "",
		"": station.ReasonMissing, " \t": station.ReasonMissing,
		"IMEI 490154203237518 stolen": station.ReasonIdentity, "49-015420-323751-8": station.ReasonIdentity, "body 49015420323751": station.ReasonIdentity,
		"SIM 8988 0000 0000 0001 428": station.ReasonIdentity, "imsi=001010000000011": station.ReasonIdentity,
		"EID 89049032000001000000000000000142": station.ReasonIdentity, "al-4901-5420-3237-5181": station.ReasonIdentity,
	} {
		err := station.ReasonGiven(station.MayFlag, reason)
		var r *station.Refusal
		errors.As(err, &r)
		switch {
		case want == "" && err == nil:
		case r == nil || r.Finding.Code != want:
			t.Errorf("%q: %v, want %s", reason, err, want)
		case want == station.ReasonIdentity && (strings.Contains(err.Error(), reason) || !strings.Contains(r.Finding.Next, "alias")):
			t.Errorf("%q: %v %s", reason, err, r.Finding.Next)
		}
	}
}

func TestARecipientIsToldWithoutAnIdentity(t *testing.T) {
	err := station.AllowIncidentExport(station.Person{Role: station.Quality}, "desk of SIM 8988000000000001428", false, "ticket 7")
	var r *station.Refusal
	if !errors.As(err, &r) || r.Finding.Code != station.ReasonIdentity {
		t.Error(err)
	}
}

func TestWhoIsNotSignedInIsToldWhoMay(t *testing.T) {
	for p, want := range map[station.Person]string{
		{}:                                      "; nobody is signed in",
		{ID: "p1", Name: "Ann", Role: "lead"}:   "; Ann is lead",
		{ID: "p2", Name: "Bo", Role: "auditor"}: "",
	} {
		err := station.Allow(p, station.MayReveal)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want+")") {
			t.Errorf("%+v: %v, want %q", p, err, want)
		}
	}
}
