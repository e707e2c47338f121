// SPDX-License-Identifier: Apache-2.0

package scope_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/scope"
	"bindery/station/scope/scopetest"
)

const incident = "../query/testdata/incident/"

// rows reads a table of the shared incident set.
func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(incident + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		all = append(all, row)
	}
	return all
}

func when(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// world gives the units of the set as they are bound now, with their flags.
func world(t *testing.T) []scopetest.UnitFacts {
	t.Helper()
	flags := map[string][]string{}
	for _, r := range rows(t, "flags.csv") {
		flags[r["serial"]] = append(flags[r["serial"]], r["flag"])
	}
	var units []scopetest.UnitFacts
	for _, r := range rows(t, "world.csv") {
		u := scopetest.UnitFacts{
			Serial: r["serial"], IMEIs: []string{r["imei"]}, ICCID: r["iccid"], IMSI: r["imsi"], EID: r["eid"], Maker: r["maker"],
			Module: r["module"], Firmware: r["firmware"], REF: r["ref"], Lot: r["lot"], Order: r["order"], Station: r["station"],
			Operator: r["operator"], Disposition: r["disposition"], Made: when(t, r["bound_at"]), Flags: flags[r["serial"]],
			Layout: "device-50x25", Program: "2.0.0", Dialect: "quectel",
		}
		if r["imei2"] != "" {
			u.IMEIs = append(u.IMEIs, r["imei2"])
		}
		units = append(units, u)
	}
	if len(units) != 500 {
		t.Fatalf("the world has %d units", len(units))
	}
	return units
}

func bindings(t *testing.T) []station.SIMPeriod {
	t.Helper()
	var list []station.SIMPeriod
	for _, r := range rows(t, "world.csv") {
		list = append(list, station.SIMPeriod{Serial: r["serial"], ICCID: identity.ICCID(r["iccid"]), From: when(t, r["bound_at"])})
	}
	for _, r := range rows(t, "history.csv") {
		list = append(list, station.SIMPeriod{Serial: r["serial"], ICCID: identity.ICCID(r["iccid"]), From: when(t, r["from"]), To: when(t, r["to"])})
	}
	return list
}

// in are the serials of the units in a scope, in their order.
func in(units []scopetest.UnitFacts, e scope.Expr) []string {
	serials := []string{}
	for _, u := range units {
		if scopetest.Match(e, u, time.UTC) {
			serials = append(serials, u.Serial)
		}
	}
	slices.Sort(serials)
	return serials
}
