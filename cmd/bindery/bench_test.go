// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/fixtures/dialect"
	"bindery/fixtures/dutsim"
	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// BenchmarkUnit takes units the whole way on a real record, real labels and a
// simulated DUT on a real pseudo-terminal, and tells the station's own share
// of each step. Taken off are the time that it waited for bytes of the DUT, as
// the evidence has it, and that of the paper. The share of the device step has
// the moments in it in which the line must stay quiet, for late answers.
func BenchmarkUnit(b *testing.B) {
	bench, device := benchOf(b)
	module, paper := &patient{DUT: bench.DUT}, &untimed{Printer: bench.Printer}
	bench.DUT, bench.Printer = module, paper
	took := map[station.Step][]time.Duration{}
	var whole []time.Duration
	for n := range b.N {
		device.SetIdentity(identityOf(n))
		time.Sleep(150 * time.Millisecond) // the operator takes the next unit
		paper.took = 0
		var label station.Label
		res := bench.Provision(b.Context(), station.Job{Order: "WO-B", Serial: fmt.Sprintf("CL-%06d", n), By: "p-1001"},
			func(context.Context, int) (station.ScanAnswer, error) {
				return station.ScanAnswer{Text: label.Codes()[0].Payload}, nil
			},
			func(e station.Event) {
				if e.Label != nil {
					label = e.Label
				}
			})
		if res.Outcome != station.Pass {
			b.Fatalf("unit %d: %s %v %v", n, res.Outcome, res.Findings, res.Fault)
		}
		waited := map[station.Step]time.Duration{station.StepDevice: module.waited, station.StepPrint: paper.took}
		var sum time.Duration
		for _, s := range res.Steps {
			s.Took -= waited[s.Step]
			sum += s.Took
			took[s.Step] = append(took[s.Step], s.Took)
		}
		whole = append(whole, sum)
	}
	if b.N == 1 {
		return // a first try
	}
	for _, step := range station.Steps {
		fmt.Printf("%-10s own share  p50 %8.3f ms  p99 %8.3f ms\n", step, ms(took[step], 0.5), ms(took[step], 0.99))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ms(whole, 0.5), "p50-ms")
	b.ReportMetric(ms(whole, 0.99), "p99-ms")
}

// benchOf wires a station on a new factory.
func benchOf(b *testing.B) (*station.Bench, *dutsim.SimulatedDevice) {
	b.Helper()
	c := &cli{}
	dir := filepath.Join(b.TempDir(), "factory")
	must(b, func() error { _, err := c.makeFactory(b.Context(), dir); return err })
	d, err := dhr.Open(b.Context(), c.db, dhr.Options{Clock: wire.SystemClock{}, Station: "bench"})
	must(b, func() error { return err })
	b.Cleanup(func() { _ = d.Close() })
	add := func(done record.Import, err error) {
		if err != nil || len(done.Errors) > 0 {
			b.Fatal(done.Errors, err)
		}
	}
	add(d.ImportAllocations(b.Context(), "p-5001", []station.Allocation{{TAC: "98000044", To: 999999, Product: "CL-4G-01", Owner: "own"}}))
	add(d.ImportOrders(b.Context(), "p-5001", []station.Order{{ID: "WO-B", REF: "CL-4G-01", Lot: "B", Planned: 999999}}))

	dialects, err := dialect.Load("")
	must(b, func() error { return err })
	quectel, err := dialects.ByName("quectel")
	must(b, func() error { return err })
	device, err := dutsim.Start(dutsim.Config{Identity: identityOf(0), Dialect: quectel, Unpaced: true})
	must(b, func() error { return err })
	b.Cleanup(func() { _ = device.Close() })
	link := filepath.Join(dir, "dut")
	must(b, func() error { return device.Link(link) })
	modem, err := fixtures.New(fixtures.Config{Port: link, Dialect: "quectel", Clock: wire.SystemClock{}})
	must(b, func() error { return err })
	var set *labels.LayoutSet
	must(b, func() error { set, err = wire.Layouts(b.Context(), d, 300); return err })
	printer, err := wire.Printer("", c.db)
	must(b, func() error { return err })
	return &station.Bench{
		DUT: modem, Records: d, Binder: d, Prints: d, Labels: set, Printer: printer, Clock: wire.SystemClock{}, Dialects: wire.BuiltinDialects(),
	}, device
}

func must(b *testing.B, do func() error) {
	b.Helper()
	if err := do(); err != nil {
		b.Fatal(err)
	}
}

// identityOf is the nth device.
func identityOf(n int) dutsim.Identity {
	d := device("98000044", n)
	d.EID = "" // as most devices
	return d
}

// patient keeps the time apart that was spent waiting for bytes of the DUT.
type patient struct {
	station.DUT
	waited time.Duration
}

func (p *patient) Identify(ctx context.Context, hint func(string)) (station.Reading, error) {
	r, err := p.DUT.Identify(ctx, hint)
	var before time.Duration
	p.waited = 0
	for _, e := range r.Evidence {
		if e.Dir == station.Received {
			p.waited += e.T - before
		}
		before = e.T
	}
	return r, err
}

// untimed keeps the time of the paper apart.
type untimed struct {
	station.Printer
	took time.Duration
}

func (p *untimed) Print(ctx context.Context, job string, l station.Label) error {
	began := time.Now()
	defer func() { p.took += time.Since(began) }()
	return p.Printer.Print(ctx, job, l)
}

// ms is a quantile in milliseconds.
func ms(d []time.Duration, q float64) float64 {
	slices.Sort(d)
	return d[int(q*float64(len(d)-1))].Seconds() * 1000
}
