// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// otherForms are the ways to write the n-th SIM that are not that of [stationtest.ICCID].
func otherForms(n int) []string {
	list := []string{stationtest.ICCID(n) + "F"}
	for _, f := range identity.ICCID(stationtest.ICCID(n)).Forms()[1:] {
		list = append(list, f.Full())
	}
	return list
}

// listed is a list of units from before, each under a serial of its own with an IMEI
// and one of the SIMs.
func listed(sims ...string) history.List {
	text := "serial,imei,iccid\n"
	for i, sim := range sims {
		text += fmt.Sprintf("OLD-%d,%s,%s\n", i+1, stationtest.IMEI(700+i), sim)
	}
	return dhrtest.ListOf(station.UnitList, "old.csv", []byte(text))
}

// clashesWith imports a list, gives what the SIM of each row clashes with, and withdraws it.
func clashesWith(t *testing.T, d *dhr.DHR, l history.List) (with []string) {
	t.Helper()
	files, err := history.Import(t.Context(), d, "admin", []history.List{l}, nil)
	stationtest.NoError(t, err)
	list, _, err := d.Clashes(t.Context(), files[0].ID)
	stationtest.NoError(t, err)
	for _, c := range list {
		if c.Code == station.ICCIDInUse {
			with = append(with, fmt.Sprintf("%d with %s", c.Row, c.With))
		}
	}
	dhrtest.Succeeds(t)(d.WithdrawHistory(t.Context(), "admin", files[0].ID, "tried out"))
	return with
}

func TestASIMClashesInWhateverFormAListHasIt(t *testing.T) {
	for _, form := range otherForms(1) {
		d := signing(t)
		if got := clashesWith(t, d, listed(stationtest.ICCID(1), form)); len(got) != 1 || got[0] != "3 with row 2" {
			t.Errorf("%d characters, within the list: %q", len(form), got)
		}
		ends(t, d, 1, station.Pass, "", "right")
		if got := clashesWith(t, d, listed(form)); len(got) != 1 || got[0] != "2 with unit "+stationtest.Serial(1) {
			t.Errorf("%d characters, with a unit of ours: %q", len(form), got)
		}
		files := accepted(t, d, listed(stationtest.ICCID(2)))
		if got := clashesWith(t, d, listed(otherForms(2)...)); len(got) < 3 || got[0] != fmt.Sprintf("2 with list %d, row 2", files[0].ID) {
			t.Errorf("with an accepted list: %q", got)
		}
		swapSIM(t, d, stationtest.Serial(1), stationtest.ICCID(3), "")
		if got := clashesWith(t, d, listed(otherForms(3)[0])); len(got) != 1 || got[0] != "2 with unit "+stationtest.Serial(1) {
			t.Errorf("with a swap in the field: %q", got)
		}
		dhrtest.Sound(t, d)
	}
}

// swapSIM imports a swap of the SIM of a unit; wrong is what the row is refused for,
// "" for one that is taken.
func swapSIM(t *testing.T, d *dhr.DHR, serial, iccid, wrong string) {
	t.Helper()
	unit, err := d.Show(t.Context(), serial)
	stationtest.NoError(t, err)
	s := record.Subscription{Serial: serial, ICCID: iccid, From: unit.Bindings[0].At, Row: 2}
	got, err := d.ImportSubscriptions(t.Context(), "admin", record.SourceFile{Name: "swaps.csv", Hash: strings.Repeat("a", 64), Source: "portal"}, []record.Subscription{s})
	switch {
	case err != nil:
		t.Fatal(err)
	case wrong == "" && (len(got.Errors) > 0 || got.Added != 1),
		wrong != "" && (len(got.Errors) != 1 || !strings.Contains(got.Errors[0].Message, wrong)):
		t.Errorf("swap of %s: %+v", serial, got)
	}
}

func TestASIMIsBoundToOneUnitInWhateverFormItIsRead(t *testing.T) {
	for _, form := range otherForms(1) {
		for name, holds := range map[string]func(t *testing.T, d *dhr.DHR){
			"ours":   func(t *testing.T, d *dhr.DHR) { ends(t, d, 1, station.Pass, "", "right") },
			"listed": func(t *testing.T, d *dhr.DHR) { accepted(t, d, listed(stationtest.ICCID(1))) },
			"in field": func(t *testing.T, d *dhr.DHR) {
				ends(t, d, 9, station.Pass, "", "right")
				swapSIM(t, d, stationtest.Serial(9), stationtest.ICCID(1), "")
			},
		} {
			d := signing(t)
			holds(t, d)
			r := stationtest.Reading(2)
			r.ICCID = form
			b := dhrtest.Bench(d, 2)
			b.DUT = stationtest.FakeDUT{Reading: r}
			got, _ := dhrtest.Try(t, b, stationtest.Serial(2))
			if f := (station.Verdict{Findings: got.Findings}).First(); got.Outcome != station.Fail || f.Code != station.ICCIDInUse {
				t.Errorf("%s, %d characters: %s %+v", name, len(form), got.Outcome, f)
			}
			// Whoever asks the record itself is refused by it.
			iccid, err := identity.ParseICCID(form)
			stationtest.NoError(t, err)
			a := station.Attempt{Order: "WO-1", Serial: stationtest.Serial(3), By: "operator", Started: stationtest.Start, Reading: r}
			_, err = d.Bind(t.Context(), a, station.Binding{Serial: a.Serial, IMEI: identity.IMEI(r.IMEI), ICCID: iccid, Allocation: 1, At: a.Started, By: a.By})
			if iccid != identity.ICCID(stationtest.ICCID(1)) && refused(t, err) != station.ICCIDInUse {
				t.Errorf("%s, %d characters, bound: %v", name, len(form), err)
			}
		}
	}
}

func TestASIMOfAnotherUnitIsNoSwapInWhateverForm(t *testing.T) {
	for _, form := range otherForms(1) {
		d := signing(t)
		ends(t, d, 1, station.Pass, "", "right")
		ends(t, d, 2, station.Pass, "", "right")
		swapSIM(t, d, stationtest.Serial(2), form, "unit "+stationtest.Serial(1))
	}
}

func TestASIMOfAFlaggedUnitStopsAnyUnitInWhateverForm(t *testing.T) {
	for _, form := range otherForms(1) {
		d := signing(t)
		ends(t, d, 1, station.Pass, "", "right")
		dhrtest.Succeeds(t)(d.Flag(t.Context(), "lead", record.FlagRequest{Serial: stationtest.Serial(1), Flag: station.FlagStolen, Reason: "case 7"}))
		flags, err := d.FlaggedUnits(t.Context(), station.Reading{ICCID: form})
		if err != nil || len(flags) != 1 || flags[0].Serial != stationtest.Serial(1) {
			t.Errorf("%d characters: %+v, %v", len(form), flags, err)
		}
	}
}

// An IMEI comes in whole or not at all, so that a unit of its list has no other form
// of one of ours.
func TestAnIMEIOrAnEIDInAnotherFormIsNoRowOfAList(t *testing.T) {
	imei, eid := stationtest.IMEI(1), "89049032000000000000000000000163"
	d := signing(t)
	for column, forms := range map[string][]string{
		"imei": {imei[:14], imei[:14] + "0", imei[:14] + "01", "0" + imei, imei[:2] + "-" + imei[2:], imei[:8] + " " + imei[8:]},
		"eid":  {eid[:8] + " " + eid[8:], eid[:31], eid + "0", eid[:30] + "36"},
	} {
		for _, form := range forms {
			text := "serial," + column + "\nOLD-1," + form + "\n"
			_, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", []byte(text))}, nil)
			var e *history.ListError
			if !asError(err, &e) || e.Rows[0].Row != 2 || e.Rows[0].Column != column {
				t.Errorf("%s of %d characters: %v", column, len(form), err)
			}
		}
	}
}

func TestTheSIMThatAUnitHasIsNoSwapOfItInWhateverForm(t *testing.T) {
	for _, form := range otherForms(1) {
		d := signing(t)
		ends(t, d, 1, station.Pass, "", "right")
		swapSIM(t, d, stationtest.Serial(1), form, "has this SIM already")
		swapSIM(t, d, stationtest.Serial(1), stationtest.ICCID(2), "")
	}
}
