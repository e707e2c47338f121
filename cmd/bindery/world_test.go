// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// openLists are the lists of carriers, and the world of 500 units, with which
// they are held; its README says where they come from.
const openLists = "../../station/reconcile/testdata/open"

// csvRows are the rows of a table of the world by the names of its columns.
func csvRows(ts *testscript.TestScript, name string) []map[string]string {
	f, err := os.Open(filepath.Join(openLists, name))
	ts.Check(err)
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	ts.Check(err)
	var rows []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, c := range cells {
			row[all[0][i]] = c
		}
		rows = append(rows, row)
	}
	return rows
}

// worldClock is the clock of a world whose days are past.
type worldClock struct{ now time.Time }

func (c *worldClock) Now() time.Time { return c.now }

// moved is what became of a unit of the world at a moment.
type moved struct {
	at   time.Time
	unit map[string]string
	ends bool
}

// makeWorld makes the record that the script names: the units of the world are
// bound, given up and bound again on the days that it has.
func makeWorld(ts *testscript.TestScript, _ bool, args []string) {
	ctx, clock, path := context.Background(), &worldClock{time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)}, ts.MkAbs(args[0])
	d, err := dhr.Open(ctx, path, dhr.Options{Clock: clock, Station: "bench-1"})
	ts.Check(err)
	defer d.Close()
	units, old := csvRows(ts, "world.csv"), csvRows(ts, "history.csv")
	built := map[string]map[string]string{}
	for _, u := range units {
		built[u["serial"]] = u
	}
	for _, u := range old { // which were built to the same order
		u["order"], u["ref"], u["lot"] = built[u["serial"]]["order"], built[u["serial"]]["ref"], built[u["serial"]]["lot"]
	}
	ranges := furnishWorld(ctx, ts, d, append(slices.Clone(units), old...))
	for _, m := range worldMoves(ts, units, old) {
		clock.now = m.at
		if m.ends {
			_, err = d.Move(ctx, record.MoveRequest{Serial: m.unit["serial"], To: station.Reworked, By: "lead", Second: "quality", Reason: m.unit["why"]})
			ts.Check(err)
			continue
		}
		bindRow(ctx, ts, d, m, ranges)
	}
	clock.now = time.Now() // long after, which an admin accepts
	_, err = d.SettleClock(ctx, "B-admin", "the world is past", nil)
	ts.Check(err)
}

// worldMoves is what became of the units, in its order.
func worldMoves(ts *testscript.TestScript, units, old []map[string]string) (list []moved) {
	moment := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		ts.Check(err)
		return at
	}
	given := map[string]time.Time{}
	for _, u := range old {
		given[u["serial"]] = moment(u["to"])
		list = append(list, moved{at: moment(u["from"]), unit: u}, moved{at: moment(u["to"]), unit: u, ends: true})
	}
	for _, u := range units { // what it is bound to now, it got when it gave up what it had before
		at := moment(u["bound_at"])
		if given[u["serial"]].After(at) {
			at = given[u["serial"]]
		}
		list = append(list, moved{at: at, unit: u})
	}
	slices.SortStableFunc(list, func(a, b moved) int { return a.at.Compare(b.at) })
	return list
}

// furnishWorld brings in what the units need, and tells the allocation of each
// TAC.
func furnishWorld(ctx context.Context, ts *testscript.TestScript, d *dhr.DHR, rows []map[string]string) map[string]int64 {
	brought := func(done record.Import, err error) {
		ts.Check(err)
		if len(done.Errors) > 0 {
			ts.Fatalf("%v", done.Errors)
		}
	}
	_, err := d.AddLayout(ctx, "quality", "device", []byte(stationtest.Layout))
	ts.Check(err)
	brought(d.ImportDialects(ctx, "quality", []record.DialectView{{Name: "auto", Text: station.DialectList(stationtest.Dialects())}}))
	brought(d.ImportPeople(ctx, "admin", stationtest.People()))
	products, orders, ids := map[string]bool{}, map[string]bool{}, map[string]int64{}
	for _, u := range rows {
		if ref := u["ref"]; !products[ref] {
			products[ref] = true
			p := stationtest.Product()
			p.REF, p.SerialPattern = ref, `CL-\d{7}`
			brought(d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(p)))
		}
		if tac := u["imei"][:8]; ids[tac] == 0 {
			ids[tac] = int64(len(ids) + 1)
			brought(d.ImportAllocations(ctx, "quality", []station.Allocation{
				{TAC: identity.TAC(tac), From: 0, To: 999999, Product: u["ref"], Owner: "own"},
			}))
		}
		if id := u["order"]; !orders[id] {
			orders[id] = true
			o := stationtest.Order()
			o.ID, o.REF, o.Lot, o.Planned = id, u["ref"], u["lot"], len(rows)
			brought(d.ImportOrders(ctx, "quality", []station.Order{o}))
		}
	}
	return ids
}

func bindRow(ctx context.Context, ts *testscript.TestScript, d *dhr.DHR, m moved, ranges map[string]int64) {
	r := m.unit
	_, err := d.Bind(ctx, station.Attempt{Order: r["order"], Serial: r["serial"], By: "operator", Station: "bench-1", Started: m.at},
		station.Binding{
			Serial: r["serial"], IMEI: identity.IMEI(r["imei"]), IMEI2: identity.IMEI(r["imei2"]), ICCID: identity.ICCID(r["iccid"]),
			IMSI: identity.IMSI(r["imsi"]), Allocation: ranges[r["imei"][:8]], Maker: r["maker"], Model: r["module"],
			Firmware: r["firmware"], At: m.at, By: "operator",
		})
	ts.Check(err)
}

// answered holds the last output against the answers to a list.
func answered(ts *testscript.TestScript, _ bool, args []string) {
	var want struct {
		Missing []string
		Unsure  []string `json:"missing_unsure"`
		Answers [][]any
	}
	text, err := os.ReadFile(filepath.Join(openLists, args[0]+".answers.json"))
	ts.Check(err)
	ts.Check(json.Unmarshal(text, &want))
	var got struct {
		Missing []string
		Rows    []struct {
			Line          int
			Class, Serial string
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &got))
	class, serial := map[int]string{}, map[int]string{}
	for _, r := range got.Rows {
		class[r.Line], serial[r.Line] = r.Class, r.Serial
	}
	for _, a := range want.Answers { // line, class, labels, accept, serial, damage
		line := int(a[0].(float64))
		accept, unit := fmt.Sprint(a[3]), fmt.Sprint(a[4])
		if !slices.Contains(a[3].([]any), any(class[line])) && (a[1] != "ignore" || class[line] != "") {
			ts.Fatalf("line %d is %s, said %s", line, accept, class[line])
		}
		if serial[line] != "" && unit != serial[line] {
			ts.Fatalf("line %d is of %s, said %s", line, unit, serial[line])
		}
	}
	got.Missing = slices.DeleteFunc(got.Missing, func(s string) bool { return slices.Contains(want.Unsure, s) })
	if slices.Sort(want.Missing); !slices.Equal(want.Missing, slices.Sorted(slices.Values(got.Missing))) {
		ts.Fatalf("missing are %v, said %v", want.Missing, got.Missing)
	}
}

// changed holds the changes of the last output against what the world has.
func changed(ts *testscript.TestScript, _ bool, args []string) {
	var want struct{ Changed map[string][2][]string }
	text, err := os.ReadFile(filepath.Join(openLists, args[0]+".answers.json"))
	ts.Check(err)
	ts.Check(json.Unmarshal(text, &want))
	var got struct {
		Changes []struct {
			Serial, Change string
			Before, After  []string
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &got))
	said := map[string][2][]string{}
	for _, c := range got.Changes {
		if c.Serial != "" && (c.Change != "moved" || !slices.Equal(c.Before, c.After)) { // moved alone is no other class
			said[c.Serial] = [2][]string{c.Before, c.After}
		}
	}
	if diff := cmp.Diff(want.Changed, said); diff != "" {
		ts.Fatalf("%s", diff)
	}
}
