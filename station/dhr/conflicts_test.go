// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"slices"
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

// mixes are bindings with each of these numbers or another one in each place.
func mixes(of station.Binding) (list []station.Binding) {
	imei := func(n int) identity.IMEI { return identity.IMEI(stationtest.IMEI(n)) }
	for i, first := range []identity.IMEI{of.IMEI, of.IMEI2, ""} {
		for j, second := range []identity.IMEI{of.IMEI, of.IMEI2, ""} {
			for k, sim := range []identity.ICCID{of.ICCID, ""} {
				for l, chip := range []identity.EID{of.EID, ""} {
					n := 100 + ((i*3+j)*2+k)*2 + l
					b := station.Binding{Serial: fmt.Sprintf("B-%d", n), IMEI: first, IMEI2: second, ICCID: sim, EID: chip}
					if first == "" {
						b.IMEI = imei(n)
					}
					if b.IMEI != b.IMEI2 {
						list = append(list, b)
					}
				}
			}
		}
	}
	return list
}

func TestTheRecordFindsTheConflictsThatTheRuleNames(t *testing.T) {
	held := station.Binding{
		Serial: "A-1", IMEI: identity.IMEI(stationtest.IMEI(1)), IMEI2: identity.IMEI(stationtest.IMEI(2)),
		ICCID: identity.ICCID(stationtest.ICCID(1)), EID: "89049032000000000000000000000163",
	}
	if _, err := identity.ParseEID(held.EID.Full()); err != nil {
		t.Fatal(err)
	}
	row := func(b station.Binding) string {
		return strings.Join([]string{b.Serial, b.IMEI.Full(), b.IMEI2.Full(), b.ICCID.Full(), b.EID.Full()}, ",") + "\n"
	}
	const head = "serial,imei,imei2,iccid,eid\n"
	d := signing(t)
	files := accepted(t, d, dhrtest.ListOf(station.UnitList, "old.csv", []byte(head+row(held))))
	rows, want, text := mixes(held), map[string][]station.Code{}, head
	for _, b := range rows {
		want[b.Serial] = b.ConflictsWith(held)
		text += row(b)
		r := station.Reading{IMEI: b.IMEI.Full(), IMEI2: b.IMEI2.Full(), ICCID: b.ICCID.Full(), EID: b.EID.Full()}
		found, err := d.ConflictingBindings(t.Context(), r)
		if err != nil || (len(found) > 0) != (len(want[b.Serial]) > 0) {
			t.Errorf("%s: %d bindings, %v; the rule names %v", b.Serial, len(found), err, want[b.Serial])
		}
	}
	open, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "new.csv", []byte(text))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	clashes, _, err := d.Clashes(t.Context(), open[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]station.Code{}
	for _, c := range clashes {
		if c.With == fmt.Sprintf("list %d, row 2", files[0].ID) && !slices.Contains(got[c.Serial], c.Code) {
			got[c.Serial] = append(got[c.Serial], c.Code)
		}
	}
	for _, b := range rows {
		slices.Sort(got[b.Serial])
		slices.Sort(want[b.Serial])
		if !slices.Equal(got[b.Serial], want[b.Serial]) {
			t.Errorf("%s clashes by %v; the rule names %v", b.Serial, got[b.Serial], want[b.Serial])
		}
	}
}

func TestTheRecordShowsOfListsWhatCountsByTheRules(t *testing.T) {
	d := signing(t)
	list := func(name string, kind station.HistoryKind, from int) history.List {
		text := "serial,imei\n"
		if kind == station.GivenUpList {
			text = "serial,what,imei,from,to\n"
		}
		for n := range 3 {
			text += fmt.Sprintf("A-%d,", from+n)
			if kind == station.GivenUpList {
				text += "module," + stationtest.IMEI(from+n+500) + ",2026-01-01T00:00:00Z,2026-01-02T00:00:00Z\n"
				continue
			}
			text += stationtest.IMEI(from+n) + "\n"
		}
		return dhrtest.ListOf(kind, name, []byte(text))
	}
	var ids []int64
	for i, state := range station.HistoryStates {
		from := 10 * (i + 1)
		files, err := history.Import(t.Context(), d, "admin",
			[]history.List{list(string(state)+".csv", station.UnitList, from), list(string(state)+"-old.csv", station.GivenUpList, from)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, files[0].ID, files[1].ID)
		out := []record.LeftOutRow{{Row: 2, Reason: "x"}}
		dhrtest.Succeeds(t)(d.LeaveOut(t.Context(), "quality", files[0].ID, out))
		dhrtest.Succeeds(t)(d.LeaveOut(t.Context(), "quality", files[1].ID, out))
		switch state {
		case station.HistoryAccepted:
			dhrtest.Succeeds(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
			dhrtest.Succeeds(t)(d.AcceptHistory(t.Context(), signs("quality"), files[0].ID))
			dhrtest.Succeeds(t)(d.Move(t.Context(), record.MoveRequest{Serial: fmt.Sprintf("A-%d", from+2), To: station.Superseded, By: "lead", Reason: "x"}))
		case station.HistoryWithdrawn:
			dhrtest.Succeeds(t)(d.WithdrawHistory(t.Context(), "admin", files[0].ID, "x"))
		case station.HistoryOpen:
		}
	}
	if seen := rowsByState(t, d, ids); len(seen) != len(station.HistoryStates)*len(station.ImportedBindingStates) {
		t.Errorf("only these states were seen: %v", seen)
	}
	dhrtest.Sound(t, d)
}

// rowsByState checks that the rows of lists are shown which the rules name, and counts
// them by the states of the list and of the row.
func rowsByState(t *testing.T, d *dhr.DHR, lists []int64) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for _, id := range lists {
		err := d.Reader().Each(t.Context(), `SELECT f.state, b.state, b.n, EXISTS (SELECT 1 FROM accepted_bindings x WHERE x.file = b.file AND x.n = b.n)
			FROM imported_bindings b JOIN history_files f ON f.id = b.file WHERE b.file = ?`, []any{id}, func(scan func(...any) error) error {
			var list station.HistoryState
			var state station.ImportedBindingState
			var row int
			var shown bool
			err := scan(&list, &state, &row, &shown)
			seen[string(list)+" "+string(state)]++
			if want := list.Counts() && state.Counts(); shown != want {
				t.Errorf("row %d, %s, of a list that is %s: shown %v, by the rules %v", row, state, list, shown, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return seen
}
