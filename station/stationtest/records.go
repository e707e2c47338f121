// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"context"
	"errors"
	"testing"

	"bindery/station"
)

// History is a record of the factory, with its people, product, allocation and
// order, that [RunRecords] tries.
type History interface {
	station.Records
	station.Binder
	station.Prints

	// Flag sets a flag of a unit, as quality, and Unflag ends it.
	Flag(ctx context.Context, serial string, f station.Flag) error
	Unflag(ctx context.Context, serial string, f station.Flag) error
}

// RunRecords holds a record to what [station.Records] states. start is called
// once for each case and gives a record of the factory with no unit in it.
func RunRecords(t *testing.T, start func(t *testing.T) History) {
	t.Helper()
	t.Run("a new serial comes with its order and no unit", func(t *testing.T) { knowsOrderOfNewSerial(t, start(t)) })
	t.Run("a unit that was bound is known by what it holds", func(t *testing.T) { knowsBoundUnit(t, start(t)) })
	t.Run("an order that nobody knows is a refusal", func(t *testing.T) { refusesUnknownOrder(t, start(t)) })
	t.Run("an identity conflicts with the unit that holds it", func(t *testing.T) { findsHolder(t, start(t)) })
	t.Run("two units may share an IMSI", func(t *testing.T) { sharesIMSI(t, start(t)) })
	t.Run("a device of a flagged unit is told until the flag ends", func(t *testing.T) { tellsFlagged(t, start(t)) })
	t.Run("a person is found by ID, and nobody is a refusal", func(t *testing.T) { findsPeople(t, start(t)) })
	t.Run("what cannot be read is a fault", func(t *testing.T) { faultsWhenStopped(t, start(t)) })
}

func knowsOrderOfNewSerial(t *testing.T, h History) {
	t.Helper()
	c, err := h.UnitContext(t.Context(), Order().ID, Serial(1))
	if err != nil {
		t.Fatal(err)
	}
	if c.Station == "" || c.Serial != Serial(1) || c.Order.ID != Order().ID || c.Order.Lot != Order().Lot || c.Product.REF != Product().REF {
		t.Errorf("station %q, serial %s, order %+v of product %s", c.Station, c.Serial, c.Order, c.Product.REF)
	}
	if c.Unit != nil || c.Twin != "" || len(c.Alarms) > 0 || len(c.Conflicting) > 0 {
		t.Errorf("it knows a unit that is new: %+v, %q, %+v, %+v", c.Unit, c.Twin, c.Alarms, c.Conflicting)
	}
	if len(c.Allocations) != 1 || c.Allocations[0].TAC != TAC {
		t.Errorf("the allocations are %+v", c.Allocations)
	}
	if again, err := h.UnitContext(t.Context(), Order().ID, Serial(1)); err != nil || again.Unit != nil {
		t.Errorf("to ask makes a unit: %+v, %v", again.Unit, err)
	}
}

func knowsBoundUnit(t *testing.T, h History) {
	t.Helper()
	passes(t, h, 1)
	c, err := h.UnitContext(t.Context(), Order().ID, Serial(1))
	if err != nil || c.Unit == nil || c.Unit.Binding == nil || c.Unit.Print == nil {
		t.Fatalf("unit %+v, %v", c.Unit, err)
	}
	b := c.Unit.Binding
	if c.Unit.Disposition != station.Passed || c.Unit.Order != Order().ID || b.IMEI.Full() != IMEI(1) || b.ICCID.Full() != ICCID(1) || !c.Unit.Print.Applied() {
		t.Errorf("%s of order %s, bound to %s and %s, print %s", c.Unit.Disposition, c.Unit.Order, b.IMEI, b.ICCID, c.Unit.Print.State)
	}
	if c.Order.Taken != 1 || c.Order.Passed != 1 {
		t.Errorf("the order counts %d taken and %d passed", c.Order.Taken, c.Order.Passed)
	}
}

func refusesUnknownOrder(t *testing.T, h History) {
	t.Helper()
	_, err := h.UnitContext(t.Context(), "WO-NONE", Serial(1))
	refusedWith(t, err, station.OrderUnknown)
}

func findsHolder(t *testing.T, h History) {
	t.Helper()
	passes(t, h, 1)
	free := Reading(2)
	if held, err := h.ConflictingBindings(t.Context(), free); err != nil || len(held) > 0 {
		t.Errorf("what nobody holds conflicts with %+v, %v", held, err)
	}
	sameIMEI, sameSIM := free, free
	sameIMEI.IMEI, sameSIM.ICCID = IMEI(1), ICCID(1)
	for what, r := range map[string]station.Reading{"all of it": Reading(1), "the IMEI": sameIMEI, "the ICCID": sameSIM} {
		held, err := h.ConflictingBindings(t.Context(), r)
		if err != nil || len(held) != 1 || held[0].Serial != Serial(1) || held[0].IMEI.Full() != IMEI(1) {
			t.Errorf("%s: held by %+v, %v", what, held, err)
		}
	}
}

func tellsFlagged(t *testing.T, h History) {
	t.Helper()
	passes(t, h, 1)
	device, sim, imsi := Reading(2), Reading(2), Reading(2)
	device.IMEI, sim.ICCID, imsi.IMSI = IMEI(1), ICCID(1), Reading(1).IMSI
	tell := func(what string, r station.Reading, want ...station.Flag) {
		t.Helper()
		list, err := h.FlaggedUnits(t.Context(), r)
		if err != nil || len(list) != len(want) {
			t.Errorf("%s: %+v, %v; want %q", what, list, err, want)
		}
		for i, f := range list {
			if f.Serial != Serial(1) || f.Flag != want[i] || f.Since.IsZero() {
				t.Errorf("%s: %+v", what, f)
			}
		}
	}
	tell("before a flag is set", Reading(1))
	for _, f := range []station.Flag{station.FlagStolen, station.FlagInvestigation} {
		if err := h.Flag(t.Context(), Serial(1), f); err != nil {
			t.Fatal(err)
		}
	}
	tell("all of it", Reading(1), station.FlagStolen, station.FlagInvestigation)
	tell("the IMEI", device, station.FlagStolen, station.FlagInvestigation)
	tell("the ICCID", sim, station.FlagStolen, station.FlagInvestigation)
	tell("an IMSI, which may be shared", imsi)
	tell("another device", Reading(2))
	if err := h.Unflag(t.Context(), Serial(1), station.FlagStolen); err != nil {
		t.Fatal(err)
	}
	tell("after a flag has ended", Reading(1), station.FlagInvestigation)
}

func sharesIMSI(t *testing.T, h History) {
	t.Helper()
	passes(t, h, 1)
	r := Reading(2)
	r.IMSI = Reading(1).IMSI
	if held, err := h.ConflictingBindings(t.Context(), r); err != nil || len(held) > 0 {
		t.Errorf("a shared IMSI conflicts with %+v, %v", held, err)
	}
}

func findsPeople(t *testing.T, h History) {
	t.Helper()
	for _, want := range People() {
		if p, err := h.Person(t.Context(), want.ID); err != nil || p.ID != want.ID || p.Role != want.Role {
			t.Errorf("%s: %s, %s, %v", want.ID, p.ID, p.Role, err)
		}
	}
	_, err := h.Person(t.Context(), "nobody")
	refusedWith(t, err, station.PersonUnknown)
}

func faultsWhenStopped(t *testing.T, h History) {
	t.Helper()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, ofUnit := h.UnitContext(stopped, Order().ID, Serial(1))
	_, ofHolders := h.ConflictingBindings(stopped, Reading(1))
	_, ofPerson := h.Person(stopped, string(station.Operator))
	for what, err := range map[string]error{"the unit": ofUnit, "the holders": ofHolders, "the person": ofPerson} {
		var fault *station.Fault
		if !errors.As(err, &fault) {
			t.Errorf("%s: %v is no fault", what, err)
		}
	}
}

// passes has the n-th unit pass with the n-th device.
func passes(t *testing.T, h History, n int) {
	t.Helper()
	b := station.Bench{
		DUT: FakeDUT{Reading: Reading(n)}, Records: h, Binder: h, Prints: h, Labels: Labels{}, Printer: &FakePrinter{}, Clock: NewClock(), Dialects: Dialects(),
	}
	scan, watch := Scans()
	if r := b.Provision(t.Context(), station.Job{Order: Order().ID, Serial: Serial(n), By: string(station.Operator)}, scan, watch); r.Outcome != station.Pass {
		t.Fatal(r.Outcome, r.Fault)
	}
}

func refusedWith(t *testing.T, err error, code station.Code) {
	t.Helper()
	var no *station.Refusal
	if !errors.As(err, &no) || no.Finding.Code != code {
		t.Errorf("%v is no refusal %s", err, code)
	}
}
