// SPDX-License-Identifier: Apache-2.0

package dhrtest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/history"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// Password is that of quality in a record of [FullRecord].
const Password = "a long enough password"

// Program is what such a record was written by.
var Program = station.Program{Name: "bindery", Version: "v1.2.3", Commit: "0123456789abcdef", Go: "go1.26"}

// FullRecord is a record that has rows in every table, closed.
func FullRecord(t testing.TB) (path string) {
	t.Helper()
	fullOnce.Do(func() { fullRecord, fullKey = makeFull(t) })
	path = filepath.Join(t.TempDir(), "dhr.db")
	storetest.Write(t, path, fullRecord)
	storetest.Write(t, path+".key", fullKey)
	return path
}

var (
	fullOnce   sync.Once
	fullRecord string // the bytes of the file
	fullKey    string // those of the station's key
)

func makeFull(t testing.TB) (file, key string) {
	t.Helper()
	path := Written(t, stationtest.NewClock())
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: stationtest.NewClock(), Program: Program, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if r := Provision(t.Context(), Bench(d, n), stationtest.Serial(n)); r.Outcome != station.Pass {
			t.Fatalf("unit %d: %s %v", n, r.Outcome, r.Fault)
		}
	}
	// A device that changed its IMEI raises an alarm.
	if r := Provision(t.Context(), Bench(d, 9), stationtest.Serial(0)); r.Outcome != station.Fail {
		t.Fatalf("a changed IMEI: %s %v", r.Outcome, r.Fault)
	}
	ctx := t.Context()
	do := func(_ any, err error) {
		t.Helper()
		stationtest.NoError(t, err)
	}
	do(d.CloseAlarm(ctx, 1, "quality", "the module was swapped for a test"))
	// A label that was not scanned back is explained, and the next order begins.
	Try(t, Bench(d, 3), stationtest.Serial(3))
	do(d.ExplainLabels(ctx, "WO-1", "lead", "to be scanned later"))
	if r, _ := Try(t, Bench(d, 3), stationtest.Serial(3), "right"); r.Outcome != station.Pass {
		t.Fatalf("the unit of the open label: %s %v", r.Outcome, r.Fault)
	}
	SecondOrder(t, d)
	do(d.ClearLine(ctx, "WO-2", "operator", 0, ""))
	do(d.Checkpoint(ctx, "lead"))
	do(nil, d.SetSecret(ctx, "quality", "quality", station.Password, Password))
	do(d.CloseOrder(ctx, "WO-1", "lead", "short: 4 of 20"))
	do(d.ReleaseLot(ctx, record.Signing{Badge: "B-quality", Password: Password, Meaning: station.Approval}, "L2603"))
	fromBefore(t, d)
	compared(t, d)
	followUp(t, d)
	do(d.ListDevice(ctx, "admin", station.Device{Kind: station.DeviceStation, Name: "bench-1", Allowed: true}, "line 1"))
	do(nil, backup.Make(ctx, d, filepath.Join(t.TempDir(), "backup.db")))
	Sound(t, d)
	indexed(t, d)
	body, err := os.ReadFile(path)
	stationtest.NoError(t, err)
	text, err := os.ReadFile(path + ".key")
	stationtest.NoError(t, err)
	return string(body), string(text)
}

// indexed closes a record with all of its rows in its indexes.
func indexed(t testing.TB, d *dhr.DHR) {
	t.Helper()
	stationtest.NoError(t, d.Close())
	file, err := store.Open(t.Context(), d.Path())
	stationtest.NoError(t, err)
	stationtest.NoError(t, file.CatchUp(t.Context()))
	stationtest.NoError(t, file.Close())
}

// fromBefore brings in a list of another system, a SIM that was swapped in the
// field, and a flag.
func fromBefore(t testing.TB, d *dhr.DHR) {
	t.Helper()
	text := fmt.Sprintf("serial,imei,imei2,iccid,imsi,maker,ref,lot,order,bound_at\nOLD-1,%s,%s,%s,001010000000077,Quectel,CL-9,L9,W9,2020-01-01T00:00:00Z\n",
		stationtest.IMEI(77), stationtest.IMEI(78), stationtest.ICCID(77))
	given := fmt.Sprintf("serial,iccid,from,to,by,why\nOLD-1,%s,2019-01-01T00:00:00Z,2020-01-01T00:00:00Z,LD-1,broken\n", stationtest.ICCID(76))
	files, err := history.Import(t.Context(), d, "admin",
		[]history.List{ListOf(station.UnitList, "old.csv", []byte(text)), ListOf(station.GivenUpList, "given.csv", []byte(given))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	Succeeds(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
	Succeeds(t)(d.AcceptHistory(t.Context(), record.Signing{Badge: "B-quality", Password: Password, Meaning: station.Approval}, files[0].ID))
	list := record.SourceFile{Name: "sims.csv", Hash: strings.Repeat("a", 64), Source: "carrier"}
	Imported(t, "a subscription", func() (record.Import, error) {
		return d.ImportSubscriptions(t.Context(), "quality", list, []record.Subscription{{Serial: "OLD-1", ICCID: stationtest.ICCID(79), IMSI: "001010000000079",
			From: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC), SaidBy: "field", Reason: "swapped", Row: 2}})
	})
	Succeeds(t)(d.Flag(t.Context(), "lead", record.FlagRequest{Serial: "OLD-1", Flag: station.FlagLost, Reason: "on the way"}))
	Succeeds(t)(d.Move(t.Context(), record.MoveRequest{Serial: "OLD-1", To: station.Quarantined, By: "quality", Reason: "to be looked at"}))
	Succeeds(t)(d.Unflag(t.Context(), "quality", "OLD-1", station.FlagLost, "found"))
}

// compared holds the list of a carrier against the record.
func compared(t testing.TB, d *dhr.DHR) {
	t.Helper()
	made := record.Reconciliation{File: "sims.csv", Hash: strings.Repeat("b", 64), By: "quality",
		Totals: reconcile.Totals{Issuers: []string{stationtest.ICCID(1)[:7]}, Rows: 1, Counts: map[reconcile.Class]int{reconcile.Match: 1}}}
	_, _, err := d.RecordReconciliation(t.Context(), made, []byte("packed"))
	stationtest.NoError(t, err)
}

// ListOf is a list of another system, of a file's text.
func ListOf(kind station.HistoryKind, name string, text []byte) history.List {
	return history.List{Kind: kind, Source: "the old system", Name: name, File: bytes.NewReader(text), Size: int64(len(text))}
}
