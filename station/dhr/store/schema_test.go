// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestAnOlderRecordIsCopiedAsideThenBroughtUpToDate(t *testing.T) {
	ctx, path := t.Context(), filepath.Join(t.TempDir(), "dhr.db")
	db, err := Connect(path, "_txlock=immediate", Writing)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	steps := []string{"CREATE TABLE a (x); INSERT INTO a VALUES (1)", "CREATE TABLE b (y); UPDATE a SET x = 2", "CREATE TABLE c (z)"}
	var told []record.Migration
	tell := func(m record.Migration) { told = append(told, m) }
	for known := 1; known <= len(steps); known++ {
		if err := migrate(ctx, db, path, steps[:known], tell); err != nil {
			t.Fatal(err)
		}
		if version, err := versionOf(ctx, db); err != nil || version != known {
			t.Errorf("version %d, want %d, %v", version, known, err)
		}
	}
	if diff := cmp.Diff([]record.Migration{{Step: 1, Of: 2}, {Step: 2, Of: 2}, {Step: 1, Of: 2}, {Step: 2, Of: 2}}, told); diff != "" {
		t.Errorf("what was told of the steps, of none where the record is new:\n%s", diff)
	}
	var x int
	old, err := Connect(path+".version-1", "mode=ro", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := old.QueryRow("SELECT x FROM a").Scan(&x); err != nil || x != 1 {
		t.Errorf("the copy of version 1 has %d, %v", x, err)
	}
	if err := migrate(ctx, db, path, append(steps, "CREATE TABLE a (x)"), nil); err == nil {
		t.Error("a step that fails was no error")
	}
	if version, err := versionOf(ctx, db); err != nil || version != len(steps) {
		t.Errorf("after a step that failed: version %d, want %d, %v", version, len(steps), err)
	}
}

func TestARecordIsNotBroughtUpToDateWithoutACopyOfIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhr.db")
	db, err := Connect(path, "_txlock=immediate", Writing)
	stationtest.NoError(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	steps := []string{"CREATE TABLE a (x)", "CREATE TABLE b (y)"}
	stationtest.NoError(t, migrate(t.Context(), db, path, steps[:1], nil))
	stationtest.NoError(t, os.WriteFile(path+".version-1", []byte("mine"), 0o600))
	if err := migrate(t.Context(), db, path, steps, nil); stationtest.FaultCode(err) != station.RecordFault || !strings.Contains(err.Error(), ".version-1") {
		t.Errorf("with a file in the place of the copy: %v", err)
	}
	if version, err := versionOf(t.Context(), db); err != nil || version != 1 {
		t.Errorf("version %d, %v", version, err)
	}
	if got, err := os.ReadFile(path + ".version-1"); err != nil || string(got) != "mine" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAMigrationThatIsStoppedIsUndoneAndGoesOnAtTheNextStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhr.db")
	db, err := Connect(path, "_txlock=immediate", Writing)
	stationtest.NoError(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	steps := []string{"CREATE TABLE a (x)", "CREATE TABLE b (y)", "CREATE TABLE c (z)"}
	stationtest.NoError(t, migrate(t.Context(), db, path, steps[:1], nil))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err = migrate(ctx, db, path, steps, func(m record.Migration) {
		if m.Step == m.Of { // the last one has begun
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if version, err := versionOf(t.Context(), db); err != nil || version != 2 {
		t.Errorf("after it was stopped: version %d, %v", version, err)
	}
	stationtest.NoError(t, migrate(t.Context(), db, path, steps, nil))
	if version, err := versionOf(t.Context(), db); err != nil || version != 3 {
		t.Errorf("after the next start: version %d, %v", version, err)
	}
}
