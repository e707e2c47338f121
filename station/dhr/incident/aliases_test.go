// SPDX-License-Identifier: Apache-2.0

package incident_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

func TestAnAliasLeadsToTheUnitAndTellsNoNumber(t *testing.T) {
	d, ctx := made(t), t.Context()
	for _, text := range []string{stationtest.IMEI(7), stationtest.IMEI(1008), stationtest.ICCID(9), "001010000000011"} {
		before, err := d.Find(ctx, text)
		stationtest.NoError(t, err)
		a, err := d.GiveAlias(ctx, "quality", text, "ticket 7")
		stationtest.NoError(t, err)
		again, err := d.GiveAlias(ctx, "lead", " "+text, "ticket 8")
		if err != nil || again != a {
			t.Errorf("%s and %s, %v", a, again, err)
		}
		found, err := d.Find(ctx, strings.ToUpper(string(a)))
		if err != nil || found.Took != query.Alias || found.Value != string(a) || len(found.Units) != 1 || found.Units[0].Serial != before.Units[0].Serial ||
			found.Units[0].Binding != before.Units[0].Binding {
			t.Errorf("%s: %+v, %v", a, found, err)
		}
	}
	if found, err := d.Find(ctx, "al-0123-4567-89ab-cdef"); err != nil || len(found.Units) != 0 {
		t.Errorf("an alias that nobody gave: %+v, %v", found, err)
	}
	leaves := leavesOfAliases(t, d)
	if leaves == "" || strings.Contains(leaves, stationtest.IMEI(7)) || strings.Contains(leaves, stationtest.ICCID(9)) {
		t.Errorf("what was written of aliases: %s", leaves)
	}
	sound(t, d)
}

func TestAnAliasIsOfAnIdentityThatAUnitHasAndForWhoMay(t *testing.T) {
	d, ctx := made(t), t.Context()
	for _, c := range []struct {
		by, text, reason string
		want             station.Code
	}{
		{"operator", stationtest.IMEI(7), "x", station.PersonNotAllowed}, {"lead", stationtest.IMEI(7), " ", station.ReasonMissing},
		{"lead", stationtest.IMEI(5000), "x", station.NotRecorded}, {"lead", stationtest.Serial(7), "x", station.NotRecorded},
		{"lead", stationtest.IMEI(7)[:9], "x", station.NotRecorded}, {"lead", "", "x", station.NotRecorded},
	} {
		if _, err := d.GiveAlias(ctx, c.by, c.text, c.reason); refusedAs(err) != c.want {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAnAliasInAListIsTheUnitThatItStandsFor(t *testing.T) {
	d, ctx := made(t), t.Context()
	var list []string
	for _, text := range []string{stationtest.IMEI(7), stationtest.IMEI(1008), stationtest.ICCID(9), "001010000000011"} {
		a, err := d.GiveAlias(ctx, "quality", text, "ticket 7")
		stationtest.NoError(t, err)
		list = append(list, strings.ToUpper(string(a)))
	}
	list = append(list, stationtest.Serial(7), stationtest.IMEI(5000), "(01)"+string(stationtest.Product().GTIN)+"(10)L2609(21)"+stationtest.Serial(13))
	units := func(e scope.Expr) (got []string) {
		t.Helper()
		stationtest.NoError(t, incident.Units(ctx, d.Reader(), e, time.UTC, func(serial string) { got = append(got, serial) }))
		n, err := incident.Count(ctx, d.Reader(), e, time.UTC)
		if err != nil || n != len(got) {
			t.Errorf("%d, %v: %q", n, err, got)
		}
		return got
	}
	e := scope.ListExpr{Items: list}
	if got := units(e); !slices.Equal(got, []string{stationtest.Serial(7), stationtest.Serial(8), stationtest.Serial(9), stationtest.Serial(11)}) {
		t.Errorf("%q", got)
	}
	use, err := incident.Lists(ctx, d.Reader(), scope.And{e, scope.Not{Of: scope.ListExpr{Items: []string{stationtest.Serial(7)}, File: "a.txt", Lines: []int{3}}}})
	if err != nil || len(use) != 2 || use[0].Items != 7 || !slices.Equal(use[0].NoUnit, []int{6, 7}) || use[1].File != "a.txt" || use[1].Items != 1 || len(use[1].NoUnit) != 0 {
		t.Errorf("%+v, %v", use, err)
	}
	unknown := scope.ListExpr{Items: []string{stationtest.Serial(7), "al-0123-4567-89ab-cdef"}, File: "a.txt", Lines: []int{1, 4}}
	var wrong *scope.ExprError
	if _, err := incident.Count(ctx, d.Reader(), scope.Not{Of: unknown}, time.UTC); !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Message, "Line 4 of a.txt") {
		t.Errorf("an alias that nobody gave: %v", err)
	}
	if _, err := incident.Lists(ctx, d.Reader(), unknown); !errors.As(err, &wrong) {
		t.Errorf("an alias that nobody gave: %v", err)
	}
}

// leavesOfAliases are the bodies of all leaves that gave an alias.
func leavesOfAliases(t *testing.T, d *dhr.DHR) (all string) {
	t.Helper()
	head, err := d.Reader().Head(t.Context())
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.Reader().Leaves(t.Context(), head.Number, func(l record.LeafView) error {
		if strings.Contains(string(l.Body), `"what":"give-alias"`) {
			all += string(l.Body)
		}
		return nil
	}))
	return all
}

// A SIM whose number ends in zeros is one that a search finds, and a list takes it by
// the same rule: where a unit has or had it exactly so.
func TestAListTakesANumberThatEndsInZerosWhereASearchDoes(t *testing.T) {
	const given, live, nobodys = "89999113001050400000", "8999911300100060000", "89999113001010000000"
	d, ctx := made(t), t.Context()
	unit, err := d.Show(ctx, stationtest.Serial(7))
	stationtest.NoError(t, err)
	bound := unit.Bindings[0].At
	swapped := bound.Add(time.Millisecond)
	rows := []record.Subscription{
		{Serial: stationtest.Serial(7), ICCID: given, From: bound, To: &swapped, SaidBy: "field", Reason: "r", Row: 2},
		{Serial: stationtest.Serial(7), ICCID: live, From: swapped, SaidBy: "field", Reason: "r", Row: 3},
	}
	_, err = d.ImportSubscriptions(ctx, "quality", record.SourceFile{Name: "portal.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}, rows)
	stationtest.NoError(t, err)
	for number, found := range map[string]bool{given: true, live: true, nobodys: false} {
		m, err := d.Find(ctx, number)
		if err != nil || (m.Refused == "") != found {
			t.Errorf("a search says %+v, %v", m, err)
		}
		e := scope.ListExpr{Items: []string{number}, File: "leaked.txt", Lines: []int{3}}
		n, err := incident.Count(ctx, d.Reader(), e, time.UTC)
		var wrong *scope.ExprError
		if !found {
			if !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Message, "Line 3 of leaked.txt") || !strings.Contains(wrong.Message, "lost") {
				t.Errorf("a number that nobody has: %d units, %v", n, err)
			}
			continue
		}
		uses, err2 := incident.Lists(ctx, d.Reader(), e)
		if err := errors.Join(err, err2); err != nil || len(uses) != 1 || len(uses[0].NoUnit) != 1-n {
			t.Errorf("%d units, %+v, %v", n, uses, err)
		}
	}
}
