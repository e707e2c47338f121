// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"

	"bindery/migrations"
	"bindery/station"
)

// Options say whose record it is.
type Options struct {
	Clock            station.Clock
	Program          station.Program // that opens it; the zero value, for tests, is in no row
	Station          string          // name under which the key is enrolled, if somebody has said one; any other is refused
	Key              string          // file of the station's key; "" for the one beside the record
	Account          string          // of the computer, which acts where nobody has signed in; "" asks the system
	CheckpointMirror string          // folder to which each checkpoint is copied, best on another machine; "" for none
	Rand             io.Reader       // for keys and salts; nil takes the system's

	// Synchronised tells how far the clock can be believed; nil asks the system.
	Synchronised func() station.ClockState

	// Passphrase asks for that of a protected key, once and only when
	// something is to be signed; nil where nobody can be asked.
	Passphrase func() (string, error)

	// Labels draws the labels of products and orders that are imported; nil
	// imports them undrawn, as a program does that has nothing to draw with.
	Labels station.LabelTrial
}

// DHR is an open device history record. It may be used from many goroutines,
// and the file by many processes.
type DHR struct {
	path             string
	clock            station.Clock
	program          station.Program
	named            string // what the station was told that it is called; "" for nothing
	keyFile          string
	computer         string // account that acts where nobody has signed in
	checkpointMirror string
	rand             io.Reader
	tables           map[string]table
	writer           *writer
	reads            *pool // connections that cannot write

	synchronised func() station.ClockState
	passphrase   func() (string, error)
	labels       station.LabelTrial
	own          ownKey
	self         *self // as the last write found it; only for who holds the writer

	// broken is set when the disk failed in a write. What the kernel still
	// holds of the file may then differ from what is on the disk, and only
	// opening it anew brings SQLite to look.
	broken atomic.Bool
}

const (
	// lockWait is how long a write waits for another process; a commit takes
	// milliseconds.
	lockWait = 5 * time.Second
	readers  = 4
)

// writing are the settings of the connection that writes. FULL makes each
// commit durable before it returns. recursive_triggers lets the delete
// triggers see INSERT OR REPLACE.
var writing = []string{
	"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)",
	"recursive_triggers(1)", "cache_size(-64000)", "journal_size_limit(67108864)",
}

var reading = []string{"query_only(1)", "trusted_schema(0)", "cell_size_check(1)", "cache_size(-32000)"}

// process holds the settings of the SQLite library that are for the whole
// process. OFD locks stay ours when other code of the process opens and closes
// the file; POSIX locks would be lost by that.
var process = sync.OnceValue(func() error {
	sqlite.StrictPragmas(true)
	if _, err := sqlite.OFDLocking(true); err != nil && !errors.Is(err, sqlite.ErrOFDLockingUnavailable) {
		return err
	}
	return sqlite.RegisterDeterministicScalarFunction(dayFunction, 2, dayInSQL)
})

// dayFunction is [station.DayIn] in SQL, of a time as the record keeps it and
// the zone of the station then.
const dayFunction = "station_day"

func dayInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	at, _ := args[0].(string)   //nolint:errcheck // a time that is not there yet has no day
	zone, _ := args[1].(string) //nolint:errcheck // nor has the zone
	if at == "" {
		return nil, nil
	}
	return string(station.DayIn(parseStamp(at), zone)), nil
}

// Open opens the record at path, makes it when there is none, and brings an
// older one up to date after a backup beside it. A newer one, and a file that
// is no record, are refused. Errors are *station.Fault.
func Open(ctx context.Context, path string, o Options) (*DHR, error) {
	if o.Station != "" {
		if why := station.CheckName(station.DeviceStation, o.Station); why != "" {
			return nil, station.Refuse(station.NameMalformed, "station: "+why)
		}
	}
	d := o.record(path)
	if err := d.open(ctx); err != nil {
		d.Close() //nolint:errcheck // the first error tells more
		return nil, fault(err)
	}
	return d, nil
}

// record is a record at path that is not open yet.
func (o Options) record(path string) *DHR {
	d := &DHR{
		path: path, clock: o.Clock, program: o.Program, named: o.Station, keyFile: o.keyOf(path), computer: o.Account, checkpointMirror: o.CheckpointMirror,
		rand: o.Rand, synchronised: o.Synchronised, passphrase: o.Passphrase, labels: o.Labels,
	}
	if d.computer == "" {
		d.computer = ComputerAccount()
	}
	if d.rand == nil {
		d.rand = rand.Reader
	}
	if d.synchronised == nil {
		d.synchronised = clockState
	}
	return d
}

// keyOf is the file of the key of a record.
func (o Options) keyOf(path string) string {
	if o.Key != "" {
		return o.Key
	}
	return path + ".key"
}

func (d *DHR) open(ctx context.Context) error {
	if err := process(); err != nil {
		return err
	}
	if err := d.migrate(ctx); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(d.path, "_txlock=immediate&_defensive=1", writing))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if d.tables, err = tablesOf(ctx, db); err != nil {
		return errors.Join(err, db.Close())
	}
	if d.writer, err = newWriter(ctx, db); err != nil {
		return errors.Join(err, db.Close())
	}
	if err := d.readBack(ctx); err != nil {
		return err
	}
	if err := d.openReaders(); err != nil {
		return err
	}
	return d.checkNotSetBack(ctx)
}

// migrate has a connection of its own: a step may change the text of a CHECK,
// which the one that writes all day is kept from.
func (d *DHR) migrate(ctx context.Context) error {
	db, err := sql.Open("sqlite", dsn(d.path, "_txlock=immediate", writing))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	// While another process makes the file, or closes it as the last one,
	// SQLite says "busy" at once instead of waiting.
	return errors.Join(retryBusy(ctx, func() error { return migrate(ctx, db, d.path, migrations.All()) }), db.Close())
}

func (d *DHR) openReaders() error {
	db, err := sql.Open("sqlite", dsn(d.path, "mode=ro", reading))
	if err != nil {
		return err
	}
	d.reads = newPool(db, readers)
	return nil
}

// Close lets the file go. What was committed is on disk already.
func (d *DHR) Close() error {
	var errs []error
	if d.reads != nil {
		errs = append(errs, d.reads.close())
	}
	if d.writer != nil {
		errs = append(errs, d.writer.close())
	}
	return fault(errors.Join(errs...))
}

// Path is the file of the record.
func (d *DHR) Path() string { return d.path }

func dsn(path, query string, pragmas []string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	s := fmt.Sprintf("%s?%s&_dqs=0&_error_rc=1&_pragma=busy_timeout(%d)",
		&url.URL{Scheme: "file", OmitHost: true, Path: path}, query, lockWait.Milliseconds())
	for _, p := range pragmas {
		s += "&_pragma=" + p
	}
	return s
}

// readBack refuses to work with settings other than those asked for: a
// misspelt one is no error to SQLite.
func (d *DHR) readBack(ctx context.Context) error {
	for name, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "trusted_schema": "0", "recursive_triggers": "1",
	} {
		var got string
		if err := d.writer.QueryRowContext(ctx, "PRAGMA "+name).Scan(&got); err != nil {
			return err
		}
		if got != want {
			return station.NewFault(station.RecordFault, fmt.Sprintf("%s is %s, not %s", name, got, want), nil)
		}
	}
	return nil
}

// retryBusy tries again for as long as a write would wait.
func retryBusy(ctx context.Context, do func() error) error {
	const pause = 10 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	for {
		err := do()
		if err == nil || !busy(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
}
