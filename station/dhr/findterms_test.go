// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// heldBy are the values that a record has of each field, by serial.
func heldBy(t *testing.T, d *DHR) map[query.TermField]map[string][]string {
	t.Helper()
	all := map[query.TermField]map[string][]string{}
	add := func(f query.TermField, serial, value string) {
		if all[f] == nil {
			all[f] = map[string][]string{}
		}
		if value != "" {
			all[f][serial] = append(all[f][serial], value)
		}
	}
	rows, err := d.reads.QueryContext(t.Context(), `SELECT u.serial, b.imei, b.imei2, b.iccid, b.imsi, b.eid, u.work_order, o.lot, u.ref, p.gtin
		FROM units u JOIN bindings b ON b.serial = u.serial JOIN orders o ON o.id = u.work_order JOIN products p ON p.ref = u.ref AND p.version = u.version`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		v := make([]string, 10)
		if err := rows.Scan(&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9]); err != nil {
			t.Fatal(err)
		}
		for i, f := range []query.TermField{
			query.SerialField, query.IMEIField, query.IMEIField, query.ICCIDField, query.IMSIField, query.EIDField,
			query.OrderField, query.LotField, query.REFField, query.GTINField,
		} {
			add(f, v[0], v[i])
		}
	}
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	return all
}

// termsFor are terms of every kind that a value may meet, and some that it just
// does not.
func termsFor(f query.TermField, v string) []query.Term {
	n := len(v)
	terms := []query.Term{{Field: f, How: query.Exactly, Value: v}, {Field: f, How: query.Exactly, Value: v + "0"}}
	if f == query.GTINField {
		return terms
	}
	terms = append(terms, query.Term{Field: f, How: query.Folded, Value: strings.ToLower(v)}, query.Term{Field: f, How: query.Folded, Value: v[1:]})
	if f == query.REFField {
		return terms
	}
	for how, values := range map[query.How][]string{
		query.Beginning:  {v, v[:n-1], strings.ToLower(v[:3]), v[1:]},
		query.Ending:     {v, v[n-2:], strings.ToLower(v[n-3:]), v[:n-1]},
		query.Containing: {v, v[1 : n-1], strings.ToLower(v[1:3])},
		query.Pattern:    {v, v[:n-2] + "??", v[:n-1] + "*", "*" + strings.ToLower(v[n-2:]), "?" + v[1:n-1] + "?", v[:2] + "*" + v[n-1:], "*" + v[1:3] + "*", v[:n-1]},
	} {
		for _, value := range values {
			terms = append(terms, query.Term{Field: f, How: how, Value: value})
		}
	}
	return terms
}

func TestATermFindsInTheRecordWhatItMatches(t *testing.T) {
	d := generated(t, t.TempDir(), 1200)
	fields := heldBy(t, d)
	asked := 0
	for f, held := range fields {
		for _, n := range []int{0, 7, 1001, 1199} {
			for _, v := range held[stationtest.Serial(n)] {
				for _, term := range termsFor(f, v) {
					asked++
					want := []string{}
					for serial, values := range held {
						if slices.ContainsFunc(values, term.Matches) {
							want = append(want, serial)
						}
					}
					s, _ := serialsOf(query.Interpretation{Any: []query.Term{term}})
					got, err := d.pageOf(t.Context(), s, 10_000, 0)
					slices.Sort(got)
					slices.Sort(want)
					if err != nil || !slices.Equal(got, want) {
						t.Errorf("%+v finds %d units, %v; want %d", term, len(got), err, len(want))
					}
				}
			}
		}
	}
	if asked < 300 {
		t.Errorf("only %d terms were asked", asked)
	}
}

func TestAUnitMeetsAllThatALabelSays(t *testing.T) {
	d := generated(t, t.TempDir(), 20)
	gtin := string(stationtest.Product().GTIN)
	for _, c := range []struct {
		text  string
		units int
	}{
		{"(01)" + gtin + "(10)L2603(21)" + stationtest.Serial(3), 1}, {"(01)" + gtin + "(10)L2604(21)" + stationtest.Serial(3), 0},
		{"(01)09521234543213(21)" + stationtest.Serial(3), 0},
	} {
		f, err := d.Find(t.Context(), c.text)
		if err != nil || f.Took != query.UDI || len(f.Units) != c.units {
			t.Errorf("%q: %+v, %v", c.text, f, err)
		}
	}
}

func TestSeveralTextsAreEachSaidAndAllOfTheirUnitsFound(t *testing.T) {
	d := generated(t, t.TempDir(), 20)
	f, err := d.Find(t.Context(), stationtest.Serial(3)+"\n"+benchIMEI(3)+"\n8.98E+19\n"+stationtest.ICCID(7)+"F")
	if err != nil || f.Took != query.List || f.Count != 2 || len(f.Units) != 2 || len(f.Texts) != 4 || f.Refused != query.Exponent {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestManyUnitsAreFoundAPageAtATime(t *testing.T) {
	d := generated(t, t.TempDir(), 250)
	f, err := d.FindMore(t.Context(), "L2603", 200)
	if err != nil || f.Count != 250 || len(f.Units) != 50 || f.More {
		t.Errorf("%d of %d units, more %v, %v", len(f.Units), f.Count, f.More, err)
	}
	f, err = d.Find(t.Context(), "l2603")
	if err != nil || f.Value != "L2603" || f.Count != 250 || len(f.Units) != 100 || !f.More {
		t.Errorf("%q: %d of %d units, more %v, %v", f.Value, len(f.Units), f.Count, f.More, err)
	}
}

func TestOfAMomentAUnitShowsWhatItWasBoundToThen(t *testing.T) {
	swap := stationtest.Start.Add(time.Hour)
	first := foundBinding{1, true, []string{"imei 1", ""}, station.SIMPeriod{ICCID: "sim 1", From: stationtest.Start, To: swap}}
	second := foundBinding{2, false, []string{"imei 1", ""}, station.SIMPeriod{ICCID: "sim 2", From: swap}}
	sim := func(v string) query.Interpretation {
		return query.Interpretation{Any: []query.Term{{Field: query.ICCIDField, How: query.Exactly, Value: v}}}
	}
	serial := query.Interpretation{Any: []query.Term{{Field: query.SerialField, How: query.Exactly, Value: "A"}}}
	for _, c := range []struct {
		r       query.Interpretation
		at      time.Time
		binding int64
		iccid   string // shown
	}{
		{sim("sim 1"), time.Time{}, 1, "sim 2"}, {sim("sim 2"), time.Time{}, 2, "sim 2"}, {serial, time.Time{}, 2, "sim 2"},
		{sim("sim 1"), swap.Add(-1), 1, "sim 1"}, {sim("sim 1"), swap, 0, ""}, {sim("sim 2"), swap.Add(-1), 0, ""}, {sim("sim 2"), swap, 2, "sim 2"},
		{serial, swap.Add(-1), 1, "sim 1"}, {serial, swap, 2, "sim 2"}, {serial, stationtest.Start.Add(-1), 0, ""},
	} {
		u := &foundUnit{Match: record.Match{Serial: "A"}, bindings: []foundBinding{first, second}}
		u.take(second)
		m, ok := u.match(c.r, c.at)
		if ok != (c.binding != 0) || ok && (m.Binding != c.binding || m.ICCID != c.iccid || m.Live != (c.binding == 2)) {
			t.Errorf("%v at %s: %+v, %v; want %+v", c.r.Any, c.at, m, ok, c)
		}
	}
}
