// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/scope"
)

// LockWait is how long a write waits for another process; a commit takes
// milliseconds.
const LockWait = 5 * time.Second

// Writing are the settings of the connection that writes. FULL makes each
// commit durable before it returns. recursive_triggers lets the delete
// triggers see INSERT OR REPLACE.
var Writing = []string{
	"journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "trusted_schema(0)", "cell_size_check(1)",
	"recursive_triggers(1)", "cache_size(-64000)", "journal_size_limit(67108864)",
}

// Reading are the settings of connections that only read.
var Reading = []string{"query_only(1)", "trusted_schema(0)", "cell_size_check(1)", "cache_size(-32000)"}

// process holds the settings of the SQLite library that are for the whole
// process. OFD locks stay ours when other code of the process opens and closes
// the file; POSIX locks would be lost by that.
var process = sync.OnceValue(func() error {
	sqlite.StrictPragmas(true)
	if _, err := sqlite.OFDLocking(true); err != nil && !errors.Is(err, sqlite.ErrOFDLockingUnavailable) {
		return err
	}
	return errors.Join(sqlite.RegisterDeterministicScalarFunction(DayFunction, 2, dayInSQL),
		sqlite.RegisterDeterministicScalarFunction(FoldFunction, 1, foldInSQL),
		sqlite.RegisterDeterministicScalarFunction(FormFunction, 2, formInSQL),
		sqlite.RegisterDeterministicScalarFunction(RangeFunction, 5, rangeInSQL),
		sqlite.RegisterDeterministicScalarFunction(VersionFunction, 1, versionInSQL))
})

// DayFunction is [station.DayIn] in SQL, of a time as the record keeps it and
// the zone of the station then.
const DayFunction = "station_day"

func dayInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	at, _ := args[0].(string)   // a time that is not there yet has no day
	zone, _ := args[1].(string) // nor has the zone
	if at == "" {
		return nil, nil
	}
	return string(station.DayIn(ParseStamp(at), zone)), nil
}

// FoldFunction is [station.Fold] in SQL. Of ASCII letters lower() does the same
// in a tenth of the time.
const FoldFunction = "station_fold"

func foldInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	text, _ := args[0].(string) // what is no text folds to none
	return station.Fold(text), nil
}

// FormFunction is one of [identity.ICCID.Forms] in SQL, by its place behind the number
// itself; "" where there are fewer.
const FormFunction = "station_iccid_form"

func formInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	iccid, _ := args[0].(string) // what is no text has no forms
	at, _ := args[1].(int64)     // nor is it at no place
	forms := identity.ICCID(iccid).Forms()
	if at < 1 || at >= int64(len(forms)) {
		return "", nil
	}
	return forms[at].Full(), nil
}

// RangeFunction is [scope.Range.HasVersion] in SQL: of a version, the two bounds, and
// whether each is open.
const RangeFunction = "station_in_range"

func rangeInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	version, _ := args[0].(string) // what is not known lies in no range
	from, _ := args[1].(string)    // a bound is a text
	to, _ := args[2].(string)      // so is the other
	r := scope.Range{From: from, To: to, OpenFrom: args[3] == int64(1), OpenTo: args[4] == int64(1)}
	return r.HasVersion(version), nil
}

// VersionFunction is [station.VersionOf] in SQL.
const VersionFunction = "station_version"

func versionInSQL(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	program, _ := args[0].(string) // of no program is no version
	return station.VersionOf(program), nil
}

func dsn(path, query string, pragmas []string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	s := fmt.Sprintf("%s?%s&_dqs=0&_error_rc=1&_pragma=busy_timeout(%d)",
		&url.URL{Scheme: "file", OmitHost: true, Path: path}, query, LockWait.Milliseconds())
	for _, p := range pragmas {
		s += "&_pragma=" + p
	}
	return s
}

// retryBusy tries again for as long as a write would wait.
func retryBusy(ctx context.Context, do func() error) error {
	const pause = 10 * time.Millisecond
	ctx, cancel := context.WithTimeout(ctx, LockWait)
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

// Connect opens connections of its own to the file at path, with the settings
// and pragmas given; see [Reading] and [Writing].
func Connect(path, query string, pragmas []string) (*sql.DB, error) {
	if err := process(); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", dsn(path, query, pragmas))
}
