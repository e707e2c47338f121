// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// passesWith provisions the n-th unit with the device of a number, in which is
// the SIM of a number.
func passesWith(t *testing.T, d *dhr.DHR, n, device, sim int) {
	t.Helper()
	b := dhrtest.Bench(d, n)
	r := stationtest.Reading(device)
	r.ICCID = stationtest.ICCID(sim)
	b.DUT = stationtest.FakeDUT{Reading: r}
	if res := dhrtest.Provision(t.Context(), b, stationtest.Serial(n)); res.Outcome != station.Pass {
		t.Fatalf("unit %d: %s %v %v", n, res.Outcome, res.Findings, res.Fault)
	}
}

// reworked opens the n-th unit for another binding.
func reworked(t *testing.T, d *dhr.DHR, n int) {
	t.Helper()
	_, err := d.Move(t.Context(), record.MoveRequest{
		Serial: stationtest.Serial(n), To: station.Reworked, By: "lead", Second: "quality", Reason: "new SIM",
	})
	if err != nil {
		t.Fatal(err)
	}
}

func bookOf(t *testing.T, d *dhr.DHR) *dhr.ReconciliationBook {
	t.Helper()
	b, err := d.Book(context.WithoutCancel(t.Context())) // the book is closed after the test, when its context has ended
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func cardOf(n, sim, device int, live bool) reconcile.Card {
	return reconcile.Card{ICCID: stationtest.ICCID(sim), Serial: stationtest.Serial(n), Live: live, IMEI: stationtest.IMEI(device)}
}

func TestASIMIsToldAsTheUnitHasItThatHadItLast(t *testing.T) {
	d := dhrtest.Factory(t)
	passesWith(t, d, 1, 1, 1)
	reworked(t, d, 1)
	passesWith(t, d, 1, 1, 11) // gives SIM 1 up
	passesWith(t, d, 2, 2, 1)
	reworked(t, d, 2)
	passesWith(t, d, 2, 12, 12) // gives it up again, with its module
	passesWith(t, d, 3, 3, 3)
	reworked(t, d, 3)
	passesWith(t, d, 3, 3, 13)
	passesWith(t, d, 4, 4, 3) // has a SIM that unit 3 gave up
	b := bookOf(t, d)
	got, err := b.Cards(t.Context(), []string{stationtest.ICCID(1), stationtest.ICCID(3), stationtest.ICCID(11), stationtest.ICCID(99), ""})
	if err != nil {
		t.Fatal(err)
	}
	want := []reconcile.Card{cardOf(2, 1, 12, false), cardOf(4, 3, 4, true), cardOf(1, 11, 1, true)}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	devices, err := b.Devices(t.Context(), []string{stationtest.IMEI(1)[:14], stationtest.IMEI(2)[:14], stationtest.IMEI(12)[:14]})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]reconcile.RecordedDevice{
		{Serial: stationtest.Serial(1), IMEI: stationtest.IMEI(1)}, {Serial: stationtest.Serial(2), IMEI: stationtest.IMEI(12)},
	}, devices); d != "" {
		t.Error(d)
	}
}

func TestTheLiveSIMsOfAnIssuerComeByTheirSerials(t *testing.T) {
	d := dhrtest.Factory(t)
	passesWith(t, d, 2, 2, 1)
	passesWith(t, d, 1, 1, 2)
	passesWith(t, d, 3, 3, 3)
	reworked(t, d, 3)
	passesWith(t, d, 3, 3, 103)
	b := bookOf(t, d)
	for prefix, want := range map[string][]reconcile.Card{
		stationtest.ICCID(1)[:7]:  {cardOf(1, 2, 1, true), cardOf(2, 1, 2, true), cardOf(3, 103, 3, true)},
		stationtest.ICCID(1)[:17]: {cardOf(1, 2, 1, true), cardOf(2, 1, 2, true)},
		stationtest.ICCID(3):      nil, // it was given up
		"8999":                    nil,
	} {
		var got []reconcile.Card
		if err := b.Live(t.Context(), prefix, func(c reconcile.Card) error { got = append(got, c); return nil }); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%d digits: %s", len(prefix), d)
		}
	}
	err := b.Live(t.Context(), "89", func(reconcile.Card) error { return dhr.ErrNotFound })
	if err != dhr.ErrNotFound { // it must come as it was
		t.Errorf("the error of who is told comes as %v", err)
	}
}

func TestABookStaysAsTheRecordWasWhenItWasOpened(t *testing.T) {
	d := dhrtest.Factory(t)
	passesWith(t, d, 1, 1, 1)
	b := bookOf(t, d)
	passesWith(t, d, 2, 2, 2)
	got, err := b.Cards(t.Context(), []string{stationtest.ICCID(1), stationtest.ICCID(2)})
	if err != nil || len(got) != 1 || got[0].Serial != stationtest.Serial(1) {
		t.Errorf("%v, %v", got, err)
	}
}
