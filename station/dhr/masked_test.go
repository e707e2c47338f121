// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// held fails where the file of a record, or its log, holds a text.
func held(t *testing.T, path, what string) {
	t.Helper()
	for _, tail := range []string{"", "-wal"} {
		raw, err := os.ReadFile(path + tail)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(what)) {
			t.Errorf("the record%s holds %s", tail, what)
		}
	}
}

func TestAnIdentityThatIsScannedForASerialOrAnOrderIsNotInTheRecord(t *testing.T) {
	for _, scanned := range []string{
		"490154203237518", "49-015420-323751-8", "]C1490154203237518", "SN 49 015420 323751 8", "00490154203237518000", "8988000000000001428",
		"898800000000000AF28", "89049032000001000000000000000142",
	} {
		path := filepath.Join(t.TempDir(), "dhr.db")
		d := dhrtest.Open(t, path, stationtest.NewClock())
		dhrtest.AddFactory(t, d)
		b := dhrtest.Bench(d, 1)
		for _, ticket := range []station.Job{
			{Order: "WO-1", Serial: scanned, By: "operator"}, {Order: scanned, Serial: stationtest.Serial(1), By: "operator"},
			{Order: "WO-1", Serial: scanned, By: "nobody"},
		} {
			res := b.Provision(t.Context(), ticket, nil, nil)
			if res.Outcome != station.Fail || res.Leaf == 0 {
				t.Fatalf("%+v: %v %v", ticket, res.Outcome, res.Fault)
			}
			if told, err := json.Marshal(res); err != nil || bytes.Contains(told, []byte(scanned)) {
				t.Errorf("the result of %+v tells it: %s, %v", ticket, told, err)
			}
		}
		// Whoever calls the record itself cannot bring it in either.
		a := station.Attempt{Order: "WO-1", Serial: scanned, By: "operator", Station: "bench-1", Outcome: station.Aborted}
		a.Started, a.Ended = b.Clock.Now(), b.Clock.Now()
		if _, err := d.End(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		held(t, path, scanned)
		lines, err := d.Recent(t.Context(), "", 10)
		if err != nil || len(lines) != 4 || !strings.HasSuffix(lines[0].Serial, scanned[len(scanned)-1:]) {
			t.Errorf("%v, %v", lines, err)
		}
		dhrtest.Sound(t, d)
	}
}

func TestASerialThatLooksLikeAnIdentityStaysWholeUnderAPatternThatTakesIt(t *testing.T) {
	d := dhrtest.Open(t, filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock())
	dhrtest.AddFactory(t, d)
	p := stationtest.Product()
	p.REF, p.SerialPattern = "long", `\d{16}`
	dhrtest.Imported(t, "a product", func() (n record.Import, err error) {
		return d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(p))
	})
	o := stationtest.Order()
	o.ID, o.REF = "WO-long", p.REF
	dhrtest.Imported(t, "an order", func() (n record.Import, err error) { return d.ImportOrders(t.Context(), "quality", []station.Order{o}) })
	serial := fmt.Sprintf("2026%012d", 17)
	a := station.Attempt{Order: o.ID, Serial: serial, By: "operator", Station: "bench-1", Outcome: station.Aborted}
	a.Started, a.Ended = stationtest.NewClock().Now(), stationtest.NewClock().Now()
	if _, err := d.End(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	if lines, err := d.Recent(t.Context(), o.ID, 1); err != nil || lines[0].Serial != serial {
		t.Errorf("%v, %v", lines, err)
	}
}
