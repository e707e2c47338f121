// SPDX-License-Identifier: Apache-2.0

package stationtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"bindery/station"
)

// FakeDUT is a device that gives the same reading each time, or the same fault.
type FakeDUT struct {
	Reading station.Reading
	Err     error
	Stalled bool // it answers nothing until who asks gives up
}

// Identify implements station.DUT.
func (d FakeDUT) Identify(ctx context.Context, _ func(string)) (station.Reading, error) {
	if d.Stalled {
		<-ctx.Done()
		return d.Reading, ctx.Err()
	}
	return d.Reading, d.Err
}

// Labels draws labels that say what the values are, in place of dots.
type Labels struct{}

// Label implements station.Labeller.
func (Labels) Label(hash string, v station.LabelValues) (station.Label, error) {
	return fakeLabel(fmt.Sprintf("%s SN %s IMEI %s", hash, v.Serial, v.IMEI.Full())), nil
}

type fakeLabel string

func (l fakeLabel) Hash() string {
	sum := sha256.Sum256([]byte(l))
	return hex.EncodeToString(sum[:])
}

func (fakeLabel) DPI() int { return 300 }

func (l fakeLabel) Codes() []station.LabelCode {
	return []station.LabelCode{{Kind: "code128", Payload: l.Hash()}}
}

func (l fakeLabel) Encode(string) ([]byte, error) { return []byte(l), nil }

// FakePrinter keeps what it printed, in order, by job. A job that is printed
// twice stands there twice.
type FakePrinter struct {
	Jobs []string
	Err  error
}

// Print implements station.Printer.
func (p *FakePrinter) Print(ctx context.Context, job string, _ station.Label) error {
	if err := ctx.Err(); err != nil {
		return station.NewFault(station.PrinterFault, "the run was given up.", err)
	}
	if p.Err == nil {
		p.Jobs = append(p.Jobs, job)
	}
	return p.Err
}

// Printed implements station.Printer.
func (p *FakePrinter) Printed(_ context.Context, job string, _ station.Label) (station.Answer, error) {
	for _, j := range p.Jobs {
		if j == job {
			return station.Yes, nil
		}
	}
	return station.No, nil
}

// Name implements station.Printer.
func (*FakePrinter) Name() string { return "test:" }

// Scanned is the proof of a text that a scanner has sent.
var Scanned = station.Keystrokes{Keys: 64, Took: 160 * time.Millisecond, Longest: 16 * time.Millisecond}.Proof()

// Scans returns a scan-back that reads the label of the last StepLabel, and
// the watch function that has to see the run's events for that.
func Scans() (station.ScanBack, func(station.Event)) {
	var last station.Label
	scan := func(context.Context, int) (station.ScanAnswer, error) {
		return station.ScanAnswer{Text: last.Codes()[0].Payload, Proof: Scanned}, nil
	}
	watch := func(e station.Event) {
		if e.Label != nil {
			last = e.Label
		}
	}
	return scan, watch
}
