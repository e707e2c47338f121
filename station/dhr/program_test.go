// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestTheRecordSaysWhenTheProgramChanged(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock()
	first := station.Program{Name: "bindery", Version: "v1.0.0", Commit: "0123456789abcdef", Go: "go1.26"}
	other := first
	other.Name = "bindery-station"
	next := first
	next.Version, next.Commit, next.Modified = "v1.1.0", "", true
	work := func(p station.Program, writes int) {
		t.Helper()
		d, err := Open(t.Context(), path, Options{Clock: clock, Program: p, Station: "bench-1", Account: "account:me"})
		stationtest.NoError(t, err)
		for range writes {
			_, err = d.RecordExport(t.Context(), "account:me", "audit", "csv", "", "")
			stationtest.NoError(t, err)
		}
		_, err = d.Order(t.Context(), "none") // to read leaves no mark
		if store.AsRowFault(err) == nil {
			t.Error("there is an order")
		}
		stationtest.NoError(t, d.Close())
	}
	work(first, 2)
	work(other, 1) // another command of the same build
	work(next, 0)
	work(next, 2)
	work(first, 1)
	d, err := OpenReadOnly(t.Context(), path, Options{Clock: clock})
	stationtest.NoError(t, err)
	defer d.Close()
	want := []string{"change-program", "export", "export", "export", "change-program", "export", "export", "change-program", "export"}
	if got := storetest.Acts(t, d.Path()); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	rows := programRows(t, d)
	if want := []string{"v1.0.0 0123456789abcdef 0 go1.26 1 account:me", "v1.1.0  1 go1.26 5 account:me", "v1.0.0 0123456789abcdef 0 go1.26 8 account:me"}; !slices.Equal(rows, want) {
		t.Errorf("%q, want %q", rows, want)
	}
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

func programRows(t *testing.T, d *DHR) (rows []string) {
	t.Helper()
	stationtest.NoError(t, d.reads.Each(t.Context(), `SELECT p.version || ' ' || p.revision || ' ' || p.modified || ' ' || p.go || ' ' || p.leaf || ' ' || json_extract(l.body, '$.who')
		FROM programs p JOIN leaves l ON l.number = p.leaf ORDER BY p.id`, nil, func(scan func(...any) error) error {
		var r string
		err := scan(&r)
		rows = append(rows, r)
		return err
	}))
	return rows
}

// What comes to nothing says nothing of the program either.
func TestAProgramThatWroteNothingIsNotInTheRecord(t *testing.T) {
	path, clock := filepath.Join(t.TempDir(), "dhr.db"), stationtest.NewClock()
	d, err := Open(t.Context(), path, Options{Clock: clock, Program: station.Program{Name: "bindery", Version: "v1.0.0"}, Station: "bench-1"})
	stationtest.NoError(t, err)
	defer d.Close()
	if _, err := d.ListDevice(t.Context(), "nobody", station.Device{Kind: station.DevicePort, Name: "p", Allowed: true}, "x"); err == nil {
		t.Error("nobody listed a device")
	}
	if got := storetest.Acts(t, d.Path()); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

func TestACheckpointSaysWhoSignedItWithWhatAndHowTheClockDid(t *testing.T) {
	state := station.ClockNotSynchronised
	d, err := Open(t.Context(), filepath.Join(t.TempDir(), "dhr.db"), Options{
		Clock: stationtest.NewClock(), Program: station.Program{Name: "bindery", Version: "v1.0.0", Commit: "0123456789abcdef"},
		Station: "bench-1", Account: "account:me", Synchronised: func() station.ClockState { return state },
	})
	stationtest.NoError(t, err)
	defer d.Close()
	_, err = d.AddLayout(t.Context(), "", "device", []byte(stationtest.Layout))
	stationtest.NoError(t, err)
	_, err = d.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	var program, clock, who string
	stationtest.NoError(t, d.reads.Row(t.Context(), `SELECT c.program, c.clock, json_extract(l.body, '$.who') FROM checkpoints c JOIN leaves l ON l.number = c.leaf`, nil,
		[]any{&program, &clock, &who}))
	if program != "bindery v1.0.0 (commit 0123456789ab)" || clock != string(state) || who != "account:me" {
		t.Errorf("%q, %q, %q", program, clock, who)
	}
	if h, err := d.Check(t.Context()); err != nil || h.Clock != state {
		t.Errorf("%+v, %v", h, err)
	}
	stationtest.NoError(t, d.RecordBackup(t.Context(), record.Backup{File: "copy.db"}, ""))
	stationtest.NoError(t, d.reads.Row(t.Context(), `SELECT json_extract(body, '$.who') FROM leaves ORDER BY number DESC LIMIT 1`, nil, []any{&who}))
	if who != "account:me" {
		t.Errorf("the backup was made by %q", who)
	}
}

func TestWhatTheSystemSaysOfItsClock(t *testing.T) {
	for want, c := range map[station.ClockState]struct {
		state  int
		status int32
		err    error
	}{
		station.ClockSynchronised:    {0, unix.STA_PLL, nil},
		station.ClockNotSynchronised: {unix.TIME_ERROR, unix.STA_UNSYNC, nil},
		station.ClockUnknown:         {0, 0, unix.EPERM},
	} {
		if got := stateOfClock(c.state, c.status, c.err); got != want {
			t.Errorf("%+v is %s, want %s", c, got, want)
		}
	}
	if got := stateOfClock(0, unix.STA_UNSYNC, nil); got != station.ClockNotSynchronised {
		t.Errorf("a clock that is kept by nothing is %s", got)
	}
}

// A bench that stood still for two months asks an admin, once.
func TestAClockFarAheadWritesNothingUntilAnAdminHasAcceptedIt(t *testing.T) {
	for _, zone := range []string{"Pacific/Kiritimati", "Asia/Shanghai", "UTC", "America/Los_Angeles"} {
		t.Run(zone, func(t *testing.T) {
			where, err := time.LoadLocation(zone)
			stationtest.NoError(t, err)
			clock := &stationtest.SetClock{At: stationtest.Start.In(where)}
			d, _ := newRecord(t, clock)
			stationtest.NoError(t, d.SetUp(t.Context(), station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, annsPassword))
			before := len(storetest.Acts(t, d.Path()))
			clock.At = clock.At.AddDate(0, 2, 0)
			secret := func(given string) Ask { return func(station.BadgeHolder) (string, error) { return given, nil } }
			for name, do := range map[string]func() error{
				"a sign-in":    func() error { _, err := d.SignIn(t.Context(), "B-ann", station.Password, annsPassword); return err },
				"an export":    func() error { _, err := d.RecordExport(t.Context(), "account:me", "audit", "csv", "", ""); return err },
				"a checkpoint": func() error { _, err := d.Checkpoint(t.Context(), ""); return err },
				"a backup":     func() error { return d.RecordBackup(t.Context(), record.Backup{File: "copy.db"}, "") },
			} {
				if err := do(); stationtest.FaultCode(err) != station.ClockAhead {
					t.Errorf("%s: %v", name, err)
				}
			}
			if _, err := d.SettleClock(t.Context(), "B-ann", "stood still", secret("not the password")); stationtest.RefusalCode(t, err) != station.SignInWrong {
				t.Error(err)
			}
			if got := len(storetest.Acts(t, d.Path())); got != before {
				t.Fatalf("%d leaves were written", got-before)
			}
			_, err = d.SettleClock(t.Context(), "B-ann", "stood still", secret(annsPassword))
			stationtest.NoError(t, err)
			_, err = d.SignIn(t.Context(), "B-ann", station.Password, annsPassword)
			stationtest.NoError(t, err)
			if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
}
