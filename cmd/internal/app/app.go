// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/fixtures/dialect"
	"bindery/fixtures/port"
	"bindery/labels"
	"bindery/labels/printers"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/ledger"
	"bindery/station/safefile"
	"bindery/ui/operator"
)

// App is the station, put together.
//
// It holds no state of a unit: that is the record's and the screen's. What it
// keeps is what would be too slow to find out for each unit.
type App struct {
	settings  Settings
	dialects  *dialect.Set
	dhr       *dhr.DHR
	name      atomic.Value // string: what the station is called; "" while its key is not enrolled
	layouts   *labels.LayoutSet
	printer   *polledPrinter
	clock     *clockWatch
	unsaved   atomic.Bool // the last backup failed
	empty     bool        // nobody was in the record when it was opened
	renderers labelRenderers
	names     nameCache
}

// open puts the station together. A record that is not there is made. The order is
// that of what may be refused: settings, then the printer's URI, and the record
// last, which alone is made where it is not there.
func open(ctx context.Context, s Settings) (*App, error) {
	a := &App{settings: s, clock: newClockWatch()}
	a.settings.DB = wire.Record(s.DB)
	a.settings.Backups = wire.Backups(s.Backups, a.settings.DB)
	var err error
	printer, err := wire.Printer(s.Printer, a.settings.DB)
	if err != nil {
		return nil, err
	}
	a.printer = &polledPrinter{Printer: printer}
	o := dhr.Options{Program: s.Program, Station: a.settings.Station, Key: a.settings.Key, CheckpointMirror: os.Getenv("BINDERY_COPIES"), Passphrase: a.settings.Secrets.Passphrase}
	if a.dhr, err = wire.Open(ctx, a.settings.DB, o); err != nil {
		return nil, err
	}
	if err = a.load(ctx); err != nil {
		a.Close() // whoever reads why may put another record in its place
		return nil, err
	}
	return a, nil
}

// load asks the record for what the station works with all the time. The key
// comes first: it may ask for its passphrase, and a station that cannot sign must
// say so at its start and not at the first unit.
func (a *App) load(ctx context.Context) (err error) {
	if err = a.dhr.UseKey(ctx); err != nil {
		return err
	}
	if err = a.learnStationName(ctx); err != nil {
		return err
	}
	if a.layouts, err = wire.Layouts(ctx, a.dhr, a.settings.DPI); err != nil {
		return err
	}
	approved, err := wire.ApprovedDialects(ctx, a.dhr)
	if err != nil {
		return err
	}
	// A file that nobody approved must not keep quality from approving it here.
	if a.dialects, err = wire.ShownDialects("", approved...); err != nil {
		return err
	}
	people, err := a.dhr.People(ctx)
	a.empty = len(people) == 0
	return err
}

// learnStationName asks what the station is called. One whose key is not enrolled starts
// all the same, for an admin to enrol it at the screen.
func (a *App) learnStationName(ctx context.Context) error {
	var f *station.Fault
	name, err := a.dhr.Station(ctx)
	a.name.Store(name)
	if errors.As(err, &f) && f.Code == station.StationNotEnrolled {
		return nil
	}
	return err
}

// stationName is what the station is called; "" while its key is not enrolled.
func (a *App) stationName() string {
	name, _ := a.name.Load().(string) // nothing else is stored
	return name
}

// Close closes the record.
func (a *App) Close() { _ = a.dhr.Close() } // what was said to be done is on disk

// after is what screens ask for as After.
func after(d time.Duration, f func()) { time.AfterFunc(d, func() { fyne.Do(f) }) }

// settleClock accepts the clock, by an admin who has given badge and secret at
// the screen, and seen what it says.
func (a *App) settleClock(ctx context.Context, badge, secret string) error {
	_, err := a.dhr.SettleClock(ctx, badge, "seen and confirmed at the screen", func(station.BadgeHolder) (string, error) { return secret, nil })
	return err
}

// setSecret changes a person's own, who has just proven the old one.
func (a *App) setSecret(ctx context.Context, person string, kind station.Credential, secret string) error {
	return a.dhr.SetSecret(ctx, person, person, kind, secret)
}

// clearLine leaves the number of the leaf out: the operator has no use for it.
func (a *App) clearLine(ctx context.Context, order, by string, left int, reason string) error {
	_, err := a.dhr.ClearLine(ctx, order, by, left, reason)
	return err
}

// provision walks one unit. The dialect is that of the order's product, which can
// change from one unit to the next. The bench is made anew for each unit, for a
// screen that runs for weeks has seen settings, layouts and approvals change.
func (a *App) provision(ctx context.Context, t station.Job, scan station.ScanBack, watch func(station.Event)) station.Result {
	one := &station.Bench{
		Records: a.dhr, Binder: a.dhr, Prints: a.dhr,
		Labels: a.layouts, Printer: a.printer, Clock: wire.SystemClock{}, Dialects: wire.BuiltinDialects(),
		Port: func() string { return port.Stable(a.settings.Port) },
	}
	one.DUT = a.dut(ctx, t.Order)
	return one.Provision(ctx, t, scan, watch)
}

// dut is the device as the product of an order is asked. Whatever is wrong comes
// as a device that cannot be asked: so it is told at the step of the device, with
// its own sentence, and the attempt is in the record.
func (a *App) dut(ctx context.Context, order string) station.DUT {
	cfg, err := wire.Fixture(ctx, a.dhr, order, a.settings.Dialect, a.dialects)
	var fault *station.Fault
	if errors.As(err, &fault) {
		return absentDUT{fault}
	}
	cfg.Port, cfg.Baud = a.settings.Port, a.settings.Baud
	dut, err := fixtures.New(cfg)
	if err != nil {
		return absentDUT{station.NewFault(station.ProductNotReady, "dialect "+cfg.Dialect, err)}
	}
	return dut
}

// absentDUT stands for a device that can't be asked.
type absentDUT struct{ fault *station.Fault }

func (d absentDUT) Identify(context.Context, func(string)) (station.Reading, error) {
	return station.Reading{}, d.fault
}

// health looks at what a unit will need, and changes none of it. It is asked every
// few seconds, and so never opens the port: a device that starts at each opening
// would never be read.
func (a *App) health(ctx context.Context) operator.StationHealth {
	_, noPort := os.Stat(a.settings.Port)
	free, err := safefile.FreeSpace(filepath.Dir(a.settings.DB))
	h := operator.StationHealth{Port: noPort == nil && port.CheckName(a.settings.Port) == nil, Printer: true, Record: err == nil && station.RecordSpace.LeftBy(0, free) && !a.unsaved.Load(), Clock: a.clock.well()}
	h.Unsynchronised = a.dhr.ClockState() == station.ClockNotSynchronised
	if c := a.printer.condition(ctx); c != printers.Ready && c != "" {
		h.Printer, h.Lacks = false, string(c)
	}
	return h
}

// clockWatch notices when the clock of the system is set back. A clock that is set
// ahead is the record's to notice, at the next leaf; one that is set back would
// give leaves that seem older than those before.
type clockWatch struct{ began time.Time }

func newClockWatch() *clockWatch { return &clockWatch{wire.SystemClock{}.Now()} }

// well compares the time of day with the monotonic time that has gone by: the clock may
// have gone back as far as the record takes it.
func (c *clockWatch) well() bool {
	now := wire.SystemClock{}.Now()
	byDay := now.Round(0).Sub(c.began.Round(0))
	return now.Sub(c.began)-byDay <= ledger.ClockSlack
}

// labelRenderers draw the labels of the record again, one for each resolution that a
// printer may have. They are made anew when a layout was added.
type labelRenderers struct {
	mu      sync.Mutex
	layouts int
	sets    []station.Labeller
}

// nameCache is what people are called, as it was when the record was last asked
// for something that names people: a screen that draws asks no record.
type nameCache struct {
	mu sync.Mutex
	by map[string]string // ID
}
