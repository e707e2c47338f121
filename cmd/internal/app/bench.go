// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/fixtures/dialect"
	"bindery/fixtures/port"
	"bindery/labels"
	"bindery/labels/printers"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/ui"
	"bindery/ui/screen"
)

// bench is the station, put together.
type bench struct {
	settings Settings
	dialects *dialect.Set
	dhr      *dhr.DHR
	name     atomic.Value // string: what the station is called; "" while its key is not enrolled
	layouts  *labels.Set
	printer  *watched
	clock    *clockWatch
	unsaved  atomic.Bool // the last backup failed
	empty    bool        // nobody was in the record when it was opened
	drawers  drawers
	names    nameCache
}

// open puts the station together. A record that is not there is made.
func open(ctx context.Context, s Settings) (*bench, error) {
	b := &bench{settings: s, clock: newClockWatch()}
	b.settings.DB = wire.Record(s.DB)
	b.settings.Backups = wire.Backups(s.Backups, b.settings.DB)
	var err error
	printer, err := wire.Printer(s.Printer, b.settings.DB)
	if err != nil {
		return nil, err
	}
	b.printer = &watched{Printer: printer}
	o := dhr.Options{Program: s.Program, Station: b.settings.Station, Key: b.settings.Key, Copies: os.Getenv("BINDERY_COPIES"), Passphrase: b.settings.Secrets.Passphrase}
	if b.dhr, err = wire.Open(ctx, b.settings.DB, o); err != nil {
		return nil, err
	}
	if err = b.ready(ctx); err != nil {
		b.Close() // whoever reads why may put another record in its place
		return nil, err
	}
	return b, nil
}

// ready asks the record for what the station works with all the time.
func (b *bench) ready(ctx context.Context) (err error) {
	if err = b.dhr.UseKey(ctx); err != nil {
		return err
	}
	if err = b.known(ctx); err != nil {
		return err
	}
	if b.layouts, err = wire.Layouts(ctx, b.dhr, b.settings.DPI); err != nil {
		return err
	}
	approved, err := wire.ApprovedDialects(ctx, b.dhr)
	if err != nil {
		return err
	}
	// A file that nobody approved must not keep quality from approving it here.
	if b.dialects, err = wire.ShownDialects("", approved...); err != nil {
		return err
	}
	people, err := b.dhr.People(ctx)
	b.empty = len(people) == 0
	return err
}

// known asks what the station is called. One whose key is not enrolled starts
// all the same, for an admin to enrol it at the screen.
func (b *bench) known(ctx context.Context) error {
	var f *station.Fault
	name, err := b.dhr.Station(ctx)
	b.name.Store(name)
	if errors.As(err, &f) && f.Code == station.StationNotEnrolled {
		return nil
	}
	return err
}

// stationName is what the station is called; "" while its key is not enrolled.
func (b *bench) stationName() string {
	name, _ := b.name.Load().(string) //nolint:errcheck // nothing else is stored
	return name
}

// Close closes the record.
func (b *bench) Close() { _ = b.dhr.Close() } // what was said to be done is on disk

// services is the station as the screens see it.
func (b *bench) services() ui.Services {
	return ui.Services{
		Services:     screen.Services{Station: b.stationName, Zone: wire.Clock{}.Now().Location(), Clock: wire.Clock{}},
		Idle:         b.settings.Idle,
		Empty:        b.empty,
		SetUp:        b.dhr.SetUp,
		SettleClock:  b.settleClock,
		Bearer:       b.dhr.BadgeHolder,
		SignIn:       b.dhr.SignIn,
		SetSecret:    b.setSecret,
		Orders:       b.dhr.Orders,
		Product:      b.dhr.Product,
		Recent:       b.recent,
		ClearanceDue: b.dhr.ClearanceDue,
		ClearLine:    b.clearLine,
		Provision:    b.provision,
		Health:       b.health,
		Desk:         b.desk(),
		Archive:      b.archive(),
	}
}

// settleClock accepts the clock, by an admin who has given badge and secret at
// the screen, and seen what it says.
func (b *bench) settleClock(ctx context.Context, badge, secret string) error {
	_, err := b.dhr.SettleClock(ctx, badge, "seen and confirmed at the screen", func(station.BadgeHolder) (string, error) { return secret, nil })
	return err
}

// setSecret changes a person's own, who has just proven the old one.
func (b *bench) setSecret(ctx context.Context, person string, kind station.Credential, secret string) error {
	return b.dhr.SetSecret(ctx, person, person, kind, secret)
}

func (b *bench) clearLine(ctx context.Context, order, by string, left int, reason string) error {
	_, err := b.dhr.ClearLine(ctx, order, by, left, reason)
	return err
}

func (b *bench) recent(ctx context.Context, order string, n int) ([]ui.Attempt, error) {
	lines, err := b.dhr.Recent(ctx, order, n)
	if err != nil {
		return nil, err
	}
	var as []ui.Attempt
	for _, l := range lines {
		as = append(as, ui.Attempt{Serial: l.Serial, Outcome: l.Outcome, Code: l.Code, Took: l.Took})
	}
	return as, nil
}

// provision walks one unit. The dialect is that of the order's product, which
// can change from one unit to the next.
func (b *bench) provision(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
	one := &station.Bench{
		Records: b.dhr, Binder: b.dhr, Prints: b.dhr,
		Labels: b.layouts, Printer: b.printer, Clock: wire.Clock{}, Dialects: wire.BuiltinDialects(),
		Port: func() string { return port.Stable(b.settings.Port) },
	}
	one.DUT = b.dut(ctx, t.Order)
	return one.Provision(ctx, t, scan, watch)
}

// dut is the device as the product of an order is asked.
func (b *bench) dut(ctx context.Context, order string) station.DUT {
	cfg, err := wire.Fixture(ctx, b.dhr, order, b.settings.Dialect, b.dialects)
	var fault *station.Fault
	if errors.As(err, &fault) {
		return noDUT{fault}
	}
	cfg.Port, cfg.Baud = b.settings.Port, b.settings.Baud
	dut, err := fixtures.New(cfg)
	if err != nil {
		return noDUT{station.NewFault(station.ProductNotReady, "dialect "+cfg.Dialect, err)}
	}
	return dut
}

// noDUT stands for a device that can't be asked.
type noDUT struct{ fault *station.Fault }

func (d noDUT) Identify(context.Context, func(string)) (station.Reading, error) {
	return station.Reading{}, d.fault
}

// health looks at what a unit will need, and changes none of it.
func (b *bench) health(ctx context.Context) ui.Health {
	_, noPort := os.Stat(b.settings.Port)
	h := ui.Health{Port: noPort == nil && port.CheckName(b.settings.Port) == nil, Printer: true, Record: room(b.settings.DB) > leastRoom && !b.unsaved.Load(), Clock: b.clock.well()}
	h.Unsynchronised = b.dhr.ClockState() == station.ClockNotSynchronised
	if c := b.printer.condition(ctx); c != printers.Ready && c != "" {
		h.Printer, h.Lacks = false, string(c)
	}
	return h
}

// leastRoom is the room on the disk, in bytes, below which the record is not
// well: some ten thousand units.
const leastRoom = 256 << 20

// clockWatch notices when the clock of the system is set back.
type clockWatch struct{ began time.Time }

func newClockWatch() *clockWatch { return &clockWatch{time.Now()} }

// well compares the time of day with the monotonic time that has gone by.
func (c *clockWatch) well() bool {
	now := time.Now()
	byDay := now.Round(0).Sub(c.began.Round(0))
	return now.Sub(c.began)-byDay < 2*time.Second
}
