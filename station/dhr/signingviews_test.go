// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestSheetsSayAllThatStandsInTheWay(t *testing.T) {
	d := dhrtest.Passed(t, 3)
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(0), To: station.Quarantined, By: "lead", Reason: "dropped"}); err != nil {
		t.Fatal(err)
	}
	order, err := d.OrderView(t.Context(), "WO-1")
	if err != nil {
		t.Fatal(err)
	}
	lot, err := d.LotView(t.Context(), order.Lot)
	if err != nil {
		t.Fatal(err)
	}
	held := station.Blocker{Kind: station.UnitsQuarantined, Order: "WO-1", N: 1}
	if diff := cmp.Diff([]station.Blocker{held}, order.Left); diff != "" {
		t.Errorf("the order (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]station.Blocker{held, {Kind: station.OrderOpen, Order: "WO-1"}}, lot.Left); diff != "" {
		t.Errorf("the lot (-want +got):\n%s", diff)
	}
	if order.Passed != 2 || order.Quarantined != 1 || order.Labels.Applied != 3 {
		t.Errorf("%+v", order)
	}
	if err := station.RefuseFor(station.LotNotReady, lot.Left); !strings.Contains(err.Error(), "order WO-1 has 1 unit in quarantine. order WO-1 is open.") {
		t.Error(err)
	}
	if _, err := d.LotView(t.Context(), "no such lot"); err == nil {
		t.Error("there is a sheet of no lot")
	}
}

func TestWhatIsSignedIsWhatWasShown(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	if err := d.SetSecret(t.Context(), "quality", "quality", station.Password, dhrtest.Password); err != nil {
		t.Fatal(err)
	}
	if _, err := d.CloseOrder(t.Context(), "WO-1", "lead", "two are enough"); err != nil {
		t.Fatal(err)
	}
	sheet, err := d.LotView(t.Context(), lotOf(t, d))
	if err != nil || len(sheet.Left) > 0 {
		t.Fatal(sheet.Left, err)
	}
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(0), To: station.Quarantined, By: "lead", Reason: "dropped"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(0), To: station.Passed, By: "quality", Second: second(t, d), Reason: "only dusty"}); err != nil {
		t.Fatal(err)
	}
	sign := func(shown string) error {
		_, err := d.ReleaseLot(t.Context(), record.Signing{Badge: "B-quality", Password: dhrtest.Password, Meaning: station.Approval, Shown: shown}, sheet.Lot)
		return err
	}
	if code := refused(t, sign(sheet.Shown)); code != station.SignedOther {
		t.Error(code)
	}
	again, err := d.LotView(t.Context(), sheet.Lot)
	if err != nil {
		t.Fatal(err)
	}
	if err := sign(again.Shown); err != nil {
		t.Fatal(err)
	}
	if again, err = d.LotView(t.Context(), sheet.Lot); err != nil || len(again.Signatures) != 1 || again.Signatures[0].Name == "" {
		t.Errorf("%+v, %v", again.Signatures, err)
	}
	dhrtest.Sound(t, d)
}

func TestADefinitionIsSignedAsItsSheetShowsIt(t *testing.T) {
	d := dhrtest.Factory(t)
	q2 := second(t, d)
	if err := d.SetSecret(t.Context(), q2, q2, station.Password, dhrtest.Password); err != nil {
		t.Fatal(err)
	}
	waiting, err := d.Unapproved(t.Context())
	if err != nil || len(waiting) != 1 {
		t.Fatal(waiting, err)
	}
	sheet, err := d.ProductView(t.Context(), waiting[0].REF, waiting[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	s := record.Signing{Badge: "B-quality2", Password: dhrtest.Password, Meaning: station.Approval, Shown: sheet.Hash}
	if _, err := d.ApproveProduct(t.Context(), s, sheet.REF, sheet.Version); err != nil {
		t.Fatal(err)
	}
	sheet, err = d.ProductView(t.Context(), sheet.REF, sheet.Version)
	if err != nil || len(sheet.Signatures) != 1 || sheet.Signatures[0].Hash != s.Shown {
		t.Errorf("%+v, %v", sheet.Signatures, err)
	}
	if waiting, err = d.Unapproved(t.Context()); err != nil || len(waiting) > 0 {
		t.Error(waiting, err)
	}
}

func TestTheDeskListsWhatWaits(t *testing.T) {
	d := dhrtest.Passed(t, 3)
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(1), To: station.Quarantined, By: "lead", Reason: "dropped"}); err != nil {
		t.Fatal(err)
	}
	midnight := stationtest.Start.Add(-8 * time.Hour)
	desk, err := d.WorkListCounts(t.Context(), midnight)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[record.WorkList]int{
		record.Quarantined: 1, record.InProcess: 0, record.OpenAlarms: 0, record.OpenOrders: 1, record.LotsToRelease: 1, record.ToApprove: 1, record.Today: 3,
	}, desk); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	serials := func(units []record.Match, err error) (list []string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range units {
			list = append(list, u.Serial)
		}
		return list
	}
	s := stationtest.Serial
	for _, c := range []struct {
		name      string
		got, want []string
	}{
		{"quarantined", serials(d.Waiting(t.Context(), station.Quarantined, 0)), []string{s(1)}},
		{"reworked", serials(d.Waiting(t.Context(), station.Reworked, 0)), nil},
		{"today", serials(d.BoundSince(t.Context(), midnight, 0)), []string{s(0), s(1), s(2)}},
		{"today but one", serials(d.BoundSince(t.Context(), midnight, 1)), []string{s(0), s(1)}},
		{"of another day", serials(d.BoundSince(t.Context(), stationtest.Start.AddDate(0, 0, 1), 0)), nil},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	found, err := d.FindMore(t.Context(), "WO-1", 2)
	if err != nil || found.Took != "order" || len(found.Units) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestOnlyWhoMaySeeAnIdentityWholeAndItIsWritten(t *testing.T) {
	d := dhrtest.Passed(t, 1)
	reveal := func(by string) error {
		_, err := d.Reveal(t.Context(), by, "copy-identity", []string{stationtest.Serial(0)}, "imei")
		return err
	}
	if code := refused(t, reveal("operator")); code != station.PersonNotAllowed {
		t.Error(code)
	}
	if err := reveal("quality"); err != nil {
		t.Fatal(err)
	}
	r, err := d.Show(t.Context(), stationtest.Serial(0))
	if err != nil {
		t.Fatal(err)
	}
	last := string(r.Leaves[len(r.Leaves)-1].Body)
	for _, want := range []string{`"what":"copy-identity"`, `"who":"quality"`, `"why":"imei"`} {
		if !strings.Contains(last, want) {
			t.Errorf("the last leaf of the unit has no %s: %s", want, last)
		}
	}
	if strings.Contains(last, stationtest.IMEI(0)) {
		t.Error("the IMEI itself is in the leaf")
	}
	dhrtest.Sound(t, d)
}

func lotOf(t *testing.T, d *dhr.DHR) string {
	t.Helper()
	o, err := d.Order(t.Context(), "WO-1")
	if err != nil {
		t.Fatal(err)
	}
	return o.Lot
}

// second is another person of quality.
func second(t *testing.T, d *dhr.DHR) string {
	t.Helper()
	people := append(stationtest.People(), station.Person{ID: "quality2", Name: "Q2", Badge: "B-quality2", Role: station.Quality})
	dhrtest.Imported(t, "people", func() (record.Import, error) { return d.ImportPeople(context.Background(), "admin", people) })
	return "quality2"
}
