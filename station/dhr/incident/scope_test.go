// SPDX-License-Identifier: Apache-2.0

package incident_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/incident"
	"bindery/station/dhr/store/storetest"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/scope/scopetest"
	"bindery/station/stationtest"
)

// units is how many the record of these tests has.
const units = 60

// made is a record of units that differ in all that a scope can ask for.
func made(t testing.TB) *dhr.DHR {
	t.Helper()
	clock := stationtest.NewClock()
	d, err := dhr.Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), dhr.Options{
		Clock: clock, Station: "bench", Program: station.Program{Name: "bindery", Version: "v1.2.0", Commit: "0123456789ab"},
	})
	stationtest.NoError(t, err)
	t.Cleanup(func() { d.Close() })
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	stationtest.NoError(t, err)
	_, err = d.ImportDialects(t.Context(), "", []record.DialectView{{Name: "auto", Text: station.DialectList(stationtest.Dialects())}})
	stationtest.NoError(t, err)
	_, err = d.ImportProductRows(t.Context(), "", dhrtest.ProductRows(stationtest.Product()))
	stationtest.NoError(t, err)
	_, err = d.ImportAllocations(t.Context(), "", []station.Allocation{stationtest.Allocation()})
	stationtest.NoError(t, err)
	var orders []station.Order
	for i := range 3 {
		o := stationtest.Order()
		o.ID, o.Lot, o.Planned = fmt.Sprintf("WO-%d", i), fmt.Sprintf("L260%d", i/2), units
		orders = append(orders, o)
	}
	_, err = d.ImportOrders(t.Context(), "", orders)
	stationtest.NoError(t, err)
	_, err = d.ImportPeople(t.Context(), "", stationtest.People())
	stationtest.NoError(t, err)
	for n := range units {
		clock.Add(time.Hour)
		bind(t, d, n, clock.Now())
	}
	for n, to := range map[int]station.Disposition{3: station.Quarantined, 4: station.Quarantined, 5: station.Reworked, 6: station.Reworked} {
		_, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(n), To: to, By: "lead", Second: map[bool]string{true: "quality"}[to == station.Reworked], Reason: "x"})
		stationtest.NoError(t, err)
	}
	return d
}

func bind(t testing.TB, d *dhr.DHR, n int, at time.Time) {
	t.Helper()
	bindAs(t, d, n, n, at)
}

// bindAs binds the n-th unit to what the device of another says.
func bindAs(t testing.TB, d *dhr.DHR, unit, n int, at time.Time) {
	t.Helper()
	r := stationtest.Reading(n)
	r.Firmware = fmt.Sprintf("BG95M3LAR02A%02d_01.%03d", n%5, 8+n%7)
	r.Model = []string{"BG95-M3", "EG91"}[n%2]
	by := []string{"operator", "lead"}[n/7%2]
	a := station.Attempt{Order: fmt.Sprintf("WO-%d", unit%3), Serial: stationtest.Serial(unit), By: by, Station: "bench", Started: at, Reading: r}
	b := station.Binding{
		Serial: a.Serial, IMEI: identity.IMEI(r.IMEI), ICCID: identity.ICCID(r.ICCID), IMSI: identity.IMSI(r.IMSI), Allocation: 1,
		Maker: r.Manufacturer, Model: r.Model, Firmware: r.Firmware, At: at, By: by,
	}
	if n%4 == 0 {
		b.IMEI2 = identity.IMEI(stationtest.IMEI(1000 + n))
	}
	_, err := d.Bind(t.Context(), a, b)
	stationtest.NoError(t, err)
}

// facts are what the record shows of a unit.
func facts(t *testing.T, d *dhr.DHR, serial string) scopetest.UnitFacts {
	t.Helper()
	r, err := d.Show(t.Context(), serial)
	stationtest.NoError(t, err)
	u := scopetest.UnitFacts{
		Serial: serial, REF: r.REF, GTIN: r.GTIN, Lot: r.Lot, Order: r.Order, Disposition: string(r.Disposition), Made: *r.Made, Layout: "device",
	}
	for _, b := range r.Bindings {
		if b.Superseded {
			continue
		}
		u.IMEIs, u.ICCID, u.IMSI, u.EID = []string{b.IMEI}, b.ICCID, b.IMSI, b.EID
		if b.IMEI2 != "" {
			u.IMEIs = append(u.IMEIs, b.IMEI2)
		}
		u.Maker, u.Module, u.Firmware, u.Operator = b.Maker, b.Model, b.Firmware, b.By
		a := r.Attempts[len(r.Attempts)-1]
		u.Station, u.Dialect, u.Program = a.Station, a.Reading.Dialect, "1.2.0"
	}
	for _, f := range r.Flags {
		u.Flags = append(u.Flags, string(f.Flag))
	}
	for _, s := range r.SIMs {
		u.ICCID, u.IMSI, u.EID = s.ICCID, s.IMSI, s.EID
	}
	return u
}

// asked are scopes of every field, alone and joined.
func asked() []string {
	return []string{
		"tac:" + stationtest.TAC, "tac:98000042", "not tac:" + stationtest.TAC, "snr:" + stationtest.TAC + "/100007..100019",
		"snr:" + stationtest.TAC + "/101000..101020", "maker:Quectel", "not maker:Quectel", "module:EG91", "not module:EG91",
		"firmware:BG95M3LAR02A03_01.008", "firmware>=BG95M3LAR02A03", "firmware:BG95M3LAR02A01..BG95M3LAR02A02_01.010", "firmware<BG95M3LAR02A01",
		"firmware>BG95M3LAR02A03", "not firmware<=BG95M3LAR02A03", "ref:CL-100", "lot:L2601", "order:WO-0", "station:bench", "not station:bench",
		"operator:lead", "issuer:8988", "issuer:8999", "layout:device", "dialect:quectel", "dialect:other", "not dialect:quectel", "program:1.2.0",
		"program>=1.2", "program<1.2", "disposition:quarantined", "made:2026-03-03", "made>=2026-03-03", "made<2026-03-03", "made:2026-03-02..2026-03-03",
		"lot:L2600 and module:EG91", "lot:L2600 and not (module:EG91 or operator:lead)", "not (firmware>=BG95M3LAR02A03 and not disposition:reworked)",
		"flag:lost", "not flag:lost", "issuer:89882390000200000", "issuer:8999 or flag:lost",
		"in:list", "not in:list", "in:list and lot:L2600", "lot:l2600",
	}
}

func TestAScopeInTheRecordHasTheUnitsThatMatch(t *testing.T) {
	d := made(t)
	if some := sameAsFacts(t, d, units); some < 20 {
		t.Errorf("only %d scopes have some of the units", some)
	}
}

// Once the columns of scopes have come so far, counts go by them; and by the rows of
// what has changed since.
func TestAScopeIsCountedByItsColumnsAsByTheRows(t *testing.T) {
	d, ctx := made(t), t.Context()
	follow := func() {
		t.Helper()
		_, err := d.RebuildIndex(ctx, "quality", "x")
		stationtest.NoError(t, err)
	}
	follow()
	sameAsFacts(t, d, units)
	sound(t, d)
	// Another SIM in the field, a module that was exchanged, a unit that is new.
	_, err := d.ImportSubscriptions(ctx, "quality", record.SourceFile{Name: "swaps.csv", Hash: strings.Repeat("0", 64), Source: "carrier"}, []record.Subscription{
		{Serial: stationtest.Serial(9), ICCID: "8999" + stationtest.ICCID(700)[4:], From: stationtest.Start.Add(500 * time.Hour), Reason: "x"},
	})
	stationtest.NoError(t, err)
	_, err = d.Flag(ctx, "lead", record.FlagRequest{Serial: stationtest.Serial(12), Flag: "lost", Reason: "x"})
	stationtest.NoError(t, err)
	_, err = d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(11), To: station.Reworked, By: "lead", Second: "quality", Reason: "x"})
	stationtest.NoError(t, err)
	bindAs(t, d, 11, 211, stationtest.Start.Add(1000*time.Hour))
	bind(t, d, units, stationtest.Start.Add(1001*time.Hour))
	for range 2 { // by the rows, and by the columns again
		sameAsFacts(t, d, units+1)
		sound(t, d)
		follow()
	}
}

// sameAsFacts asks for all scopes, and tells how many have some of the first n units.
func sameAsFacts(t *testing.T, d *dhr.DHR, n int) (some int) {
	t.Helper()
	var all []scopetest.UnitFacts
	for i := range n {
		all = append(all, facts(t, d, stationtest.Serial(i)))
	}
	list := []string{
		stationtest.Serial(1), "cl-000002", stationtest.IMEI(5), stationtest.IMEI(7), stationtest.IMEI(1008)[:14], stationtest.ICCID(9) + "F",
		"(01)" + string(stationtest.Product().GTIN) + "(10)L2600(21)" + stationtest.Serial(12), "(01)" + string(stationtest.Product().GTIN) + "(10)L2609(21)" + stationtest.Serial(13),
	}
	zone := time.FixedZone("", 5*60*60)
	for _, text := range asked() {
		e, err := scope.Parse(text)
		stationtest.NoError(t, err)
		e, err = scope.ReadFiles(e, func(string) ([]string, error) { return list, nil })
		stationtest.NoError(t, err)
		want := []string{}
		for _, u := range all {
			if scopetest.Match(e, u, zone) {
				want = append(want, u.Serial)
			}
		}
		got := []string{}
		err = incident.Units(t.Context(), d.Reader(), e, zone, func(serial string) { got = append(got, serial) })
		counted, errOfCount := incident.Count(t.Context(), d.Reader(), e, zone)
		if errors.Join(err, errOfCount) != nil || counted != len(want) || !slices.Equal(got, want) {
			t.Errorf("%s: %d units %q, %v, %v; want %q", text, counted, got, err, errOfCount, want)
		}
		if len(want) > 0 && len(want) < n {
			some++
		}
	}
	return some
}

func TestAScopeThatTheRecordCannotAnswerIsRefused(t *testing.T) {
	d := made(t)
	for _, e := range []scope.Expr{scope.Not{Of: scope.FileExpr{Name: "list"}}} {
		var wrong *scope.ExprError
		if _, err := incident.Count(t.Context(), d.Reader(), e, time.UTC); !errors.As(err, &wrong) {
			t.Errorf("%+v: %v", e, err)
		}
	}
}

func TestMain(m *testing.M) { os.Exit(storetest.Run(m)) }
