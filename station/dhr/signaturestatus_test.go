// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/browse"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// releasedLot is a lot of n units, released; unit 1 of it had been scrapped.
func releasedLot(t *testing.T, n int) *dhr.DHR {
	t.Helper()
	d := dhrtest.Passed(t, n)
	approve(t, d)
	for _, to := range []station.Disposition{station.Quarantined, station.Scrapped} {
		moved(t, d, 1, to, "crushed")
	}
	if err := d.SetSecret(t.Context(), "quality", "quality", station.Password, dhrtest.Password); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CloseOrder(t.Context(), "WO-1", "lead", "enough"); err != nil {
		t.Fatal(err)
	}
	release(t, d)
	return d
}

func moved(t *testing.T, d *dhr.DHR, n int, to station.Disposition, why string) {
	t.Helper()
	m := record.MoveRequest{Serial: stationtest.Serial(n), To: to, By: "quality", Reason: why}
	if to == station.Reworked || to == station.Scrapped {
		m.Second = "q2"
	}
	if _, err := d.Move(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func release(t *testing.T, d *dhr.DHR) {
	t.Helper()
	if _, err := d.ReleaseLot(t.Context(), record.Signing{Badge: "B-quality", Password: dhrtest.Password, Meaning: station.Approval}, "L2603"); err != nil {
		t.Fatal(err)
	}
}

// holds is what is said of the signatures over the lot, the oldest first; of
// the whole lot, or of a unit.
func holds(t *testing.T, d *dhr.DHR, unit string) (list []record.SignatureStatus, text string) {
	t.Helper()
	sheet, err := d.LotView(t.Context(), "L2603")
	signatures := sheet.Signatures
	if unit != "" {
		var r record.UnitView
		r, err = d.Show(t.Context(), unit)
		signatures = slices.DeleteFunc(r.Signatures, func(s record.Signature) bool { return !strings.HasPrefix(s.Subject, "lot:") })
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range signatures {
		list = append(list, *s.Holds)
		text += strings.Join(s.Holds.Lines(strings.ToUpper), "\n") + "\n"
	}
	return list, text
}

func TestASignatureOverALotHoldsUntilAUnitChangesAndIsGivenAnew(t *testing.T) {
	d := releasedLot(t, 4)
	list, text := holds(t, d, "")
	if diff := cmp.Diff([]record.SignatureStatus{{Units: 4, Changed: []record.UnitChange{}}}, list); diff != "" || text != "It holds for all of its units (4).\n" {
		t.Fatalf("as it was signed: %s\n%s", text, diff)
	}

	moved(t, d, 2, station.Quarantined, "came back")
	moved(t, d, 2, station.Reworked, "new module")
	changedUnitIsNamed(t, d)

	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 12), stationtest.Serial(2)); r.Outcome != station.Pass {
		t.Fatal(r.Outcome, r.Findings, r.Fault)
	}
	release(t, d)
	lastSignatureHolds(t, d)
	dhrtest.Sound(t, d)
}

// changedUnitIsNamed checks that the signature over a lot of four no longer
// holds for the unit that was reworked, wherever one looks.
func changedUnitIsNamed(t *testing.T, d *dhr.DHR) {
	t.Helper()
	list, text := holds(t, d, "")
	if h := list[0]; h.Units != 4 || len(h.Changed) != 1 || h.Changed[0].Serial != stationtest.Serial(2) || h.Changed[0].What != "move-quarantined" || h.Next != 0 {
		t.Errorf("%+v", h)
	}
	for _, part := range []string{"It holds for 3 of 4 units.", "no longer for " + stationtest.Serial(2) + ": quarantined on ", "by QUALITY, leaf ", "(came back)", "sign the lot again"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not in\n%s", part, text)
		}
	}
	if _, text := holds(t, d, stationtest.Serial(2)); !strings.HasPrefix(text, "It holds no longer for "+stationtest.Serial(2)) {
		t.Error("the unit that changed:", text)
	}
	if _, text := holds(t, d, stationtest.Serial(0)); text != "It holds for "+stationtest.Serial(0)+".\n" {
		t.Error("the unit beside it:", text)
	}

	sheet, err := d.LotView(t.Context(), "L2603")
	if err != nil {
		t.Fatal(err)
	}
	page, err := browse.New(d).Page(t.Context(), record.Node{Kind: record.KindSignature, Name: fmt.Sprint(sheet.Signatures[0].ID)})
	if facts := fmt.Sprint(page.Facts); err != nil || !strings.Contains(facts, "{holds 3 / 4} {holds_not "+stationtest.Serial(2)+": ") {
		t.Errorf("the audit room says %s, %v", facts, err)
	}
}

// lastSignatureHolds checks that of two signatures over the lot the second holds
// for all, and the first says that it is there.
func lastSignatureHolds(t *testing.T, d *dhr.DHR) {
	t.Helper()
	sheet, err := d.LotView(t.Context(), "L2603")
	if err != nil {
		t.Fatal(err)
	}
	list, text := holds(t, d, "")
	if len(list) != 2 || list[0].Whole() || list[0].Next != sheet.Signatures[1].ID || !list[1].Whole() || list[1].Units != 4 || list[1].Next != 0 {
		t.Errorf("after the second release: %+v", list)
	}
	if !strings.Contains(text, "was given over the lot after it.\nIt holds for all of its units (4).\n") {
		t.Error(text)
	}
	if o := sheet.Orders[0]; o.Released != 3 || o.Scrapped != 1 {
		t.Errorf("%+v", o)
	}
}

func TestALookAtAReleasedUnitAndAScanInVainChangeNothing(t *testing.T) {
	d := releasedLot(t, 2)
	if _, err := d.Reveal(t.Context(), "quality", "show-identity", []string{stationtest.Serial(0)}, "imei"); err != nil {
		t.Fatal(err)
	}
	if r := dhrtest.Provision(t.Context(), dhrtest.Bench(d, 0), stationtest.Serial(0)); r.Outcome != station.Fail {
		t.Fatal(r.Outcome)
	}
	if list, text := holds(t, d, ""); !list[0].Whole() {
		t.Error(text)
	}
}

func TestUnitsThatComeIntoALotLaterAreNotUnderItsSignature(t *testing.T) {
	d := releasedLot(t, 2)
	o := stationtest.Order()
	o.ID = "WO-2" // of the same lot
	dhrtest.Imported(t, "an order", func() (record.Import, error) { return d.ImportOrders(t.Context(), "quality", []station.Order{o}) })
	build(t, d, "WO-2", 5)
	list, text := holds(t, d, "")
	if h := list[0]; h.Units != 2 || h.Later != 1 || len(h.Changed) != 0 || h.Whole() {
		t.Errorf("%+v", h)
	}
	if _, of := holds(t, d, stationtest.Serial(5)); !strings.Contains(text, "not under it: 1.") || !strings.Contains(of, "not under it: 1.") {
		t.Error(text, of)
	}
}
