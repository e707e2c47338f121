// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestAStrayScanIsKeptMaskedAndIsOfNoUnit(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	other := stationtest.Product()
	other.REF, other.SerialPattern, other.GTIN = "PM-4", `PM-\d{4}`, "04012345000016"
	dhrtest.Imported(t, "other product", func() (record.Import, error) {
		return d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(other))
	})
	before := ordersOf(t, d)
	gs1 := "010950600013435211260714\x1d10L2603\x1d21" + stationtest.Serial(1)
	for text, code := range map[string]station.Code{
		stationtest.IMEI(1):                       station.ScanIMEI,
		"\x02]C1" + stationtest.ICCID(1) + "\x03": station.ScanICCID,
		gs1:                            station.ScanLabelPassed,
		"]d2" + gs1:                    station.ScanLabelPassed,
		"PM-0001":                      station.ScanOtherProduct,
		"CL-100":                       station.ScanProduct,
		"0109506000134352":             station.ScanProduct,
		"WO-1":                         station.ScanOrder,
		"B-lost":                       station.ScanUnknown,
		stationtest.Serial(9):          "",
		"\x02" + stationtest.Serial(1): "",
	} {
		f, err := d.StrayScan(t.Context(), "WO-1", "operator", text)
		stationtest.NoError(t, err)
		if (f == nil) != (code == "") || f != nil && f.Code != code {
			t.Errorf("%q: %+v, want %q", text, f, code)
		}
	}
	want(t, "the orders", ordersOf(t, d), before)
	if n := slices.Index(storetest.Acts(t, d.Path()), "stray-scan"); n < 0 {
		t.Error("no leaf tells of it")
	}
	db, _ := storetest.Copy(t, d.Path())
	for _, body := range storetest.Column(t, db, "SELECT body FROM leaves WHERE body ->> 'what' = 'stray-scan'") {
		if strings.Contains(body, stationtest.IMEI(1)) || strings.Contains(body, stationtest.ICCID(1)) {
			t.Error("a leaf has it whole:", body)
		}
	}
	dhrtest.Sound(t, d)
}

func TestAStrayScanIsKeptOfSomebodyWhoMayProvision(t *testing.T) {
	d := dhrtest.Factory(t)
	if _, err := d.StrayScan(t.Context(), "WO-1", "auditor", stationtest.IMEI(1)); refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	if _, err := d.StrayScan(t.Context(), "WO-0", "operator", stationtest.IMEI(1)); refused(t, err) != station.OrderUnknown {
		t.Error(err)
	}
}

func ordersOf(t *testing.T, d *dhr.DHR) []station.Order {
	t.Helper()
	list, err := d.Orders(t.Context())
	stationtest.NoError(t, err)
	return list
}

func TestTheNextDeviceUnderTheSerialBeforeRaisesNoAlarmAtFirst(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	b := dhrtest.Bench(d, 7) // a device that was never seen
	r := dhrtest.Provision(t.Context(), b, stationtest.Serial(1))
	if r.Outcome != station.Aborted || !slices.ContainsFunc(r.Findings, func(f station.Finding) bool { return f.Code == station.SerialBefore }) {
		t.Fatalf("%s %+v", r.Outcome, r.Findings)
	}
	alarms := func() int {
		list, err := d.OpenAlarms(t.Context(), stationtest.Serial(1))
		stationtest.NoError(t, err)
		return len(list)
	}
	if alarms() != 0 {
		t.Error("an alarm stops the unit before")
	}
	if r := dhrtest.Provision(t.Context(), b, stationtest.Serial(1)); r.Outcome != station.Fail || alarms() != 1 {
		t.Errorf("the same again: %s %+v, %d alarms", r.Outcome, r.Findings, alarms())
	}
	dhrtest.Passes(t, b, stationtest.Serial(7))
	dhrtest.Sound(t, d)
}
