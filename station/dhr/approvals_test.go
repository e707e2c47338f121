// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// approve has a second person of quality sign the product of the factory.
func approve(t *testing.T, d *dhr.DHR) {
	t.Helper()
	addSecondOfQuality(t, d)
	signsProduct(t, d, station.Approval)
}

func addSecondOfQuality(t *testing.T, d *dhr.DHR) {
	t.Helper()
	dhrtest.Imported(t, "people", func() (record.Import, error) {
		return d.ImportPeople(t.Context(), "admin", []station.Person{{ID: "q2", Name: "Q2", Badge: "B-q2", Role: station.Quality}})
	})
	stationtest.NoError(t, d.SetSecret(t.Context(), "q2", "q2", station.Password, dhrtest.Password))
}

// signsProduct has that person sign the product of the factory.
func signsProduct(t *testing.T, d *dhr.DHR, m station.Meaning) {
	t.Helper()
	_, err := d.ApproveProduct(t.Context(), record.Signing{Badge: "B-q2", Password: dhrtest.Password, Meaning: m}, "CL-100", 1)
	stationtest.NoError(t, err)
}

func TestOnceQualityCanSignOnlyWhatIsApprovedIsBuilt(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	build(t, d, "WO-1", 1) // nobody can sign yet
	stationtest.NoError(t, d.SetSecret(ctx, "quality", "quality", station.Password, dhrtest.Password))
	refuses := func(n int) {
		t.Helper()
		r, _ := dhrtest.Try(t, dhrtest.Bench(d, n), stationtest.Serial(n), "right")
		if f := (station.Verdict{Findings: r.Findings}).First(); r.Outcome != station.Fail || f.Code != station.NotApproved {
			t.Errorf("%s %+v", r.Outcome, f)
		}
	}
	refuses(2)
	want(t, "a unit that has passed is left as it is", build(t, d, "WO-1", 1), []string{"unit-passed 2026-03-02 08:00:00 +01:00"})

	addSecondOfQuality(t, d)
	waits := func(want int) {
		t.Helper()
		list, err := d.Unapproved(ctx)
		if err != nil || len(list) != want {
			t.Errorf("%d versions wait for approval, want %d: %v", len(list), want, err)
		}
	}
	signsProduct(t, d, station.Review)
	refuses(2) // a review is no approval
	waits(1)
	signsProduct(t, d, station.Approval)
	waits(0)
	build(t, d, "WO-1", 2)
	dhrtest.Sound(t, d)
}

func TestAnotherLayoutIsAnotherVersionAndIsApprovedAgain(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "quality", "quality", station.Password, dhrtest.Password))
	approve(t, d)
	hash, err := d.AddLayout(ctx, "quality", "device", []byte("another layout"))
	stationtest.NoError(t, err)
	p := stationtest.Product()
	p.Version, p.LayoutHash = 2, hash
	dhrtest.Imported(t, "product", func() (record.Import, error) { return d.ImportProductRows(ctx, "quality", dhrtest.ProductRows(p)) })
	for version, may := range map[int]bool{1: true, 2: false} {
		if got, err := d.MayBuild(ctx, "CL-100", version); got != may || err != nil {
			t.Errorf("version %d: %v, %v", version, got, err)
		}
	}
	dhrtest.Sound(t, d)
}

func TestAPasswordOfAPersonWhoLeftIsNoSignature(t *testing.T) {
	d := dhrtest.Factory(t)
	ctx := t.Context()
	for _, id := range []string{"quality", "lead"} {
		if err := d.SetSecret(ctx, "admin", id, station.Password, dhrtest.Password); err != nil {
			t.Fatal(err)
		}
	}
	may := func() bool {
		t.Helper()
		may, err := d.MayBuild(ctx, "CL-100", 1)
		if err != nil {
			t.Fatal(err)
		}
		return may
	}
	want(t, "while quality can sign", may(), false)
	if _, err := d.RetirePerson(ctx, "admin", "quality", "left"); err != nil {
		t.Fatal(err)
	}
	want(t, "when only a lead has a password", may(), true)
}
