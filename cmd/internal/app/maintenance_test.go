// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"path/filepath"
	"testing"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
)

func TestTheRecordIsBackedUpWhenTheLastIsOld(t *testing.T) {
	dir := t.TempDir()
	d, err := wire.Open(t.Context(), filepath.Join(dir, "dhr.db"), dhr.Options{Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	b := &App{printer: &polledPrinter{}, settings: Settings{DB: d.Path(), Backups: filepath.Join(dir, "backups")}, dhr: d, clock: newClockWatch()}
	t.Cleanup(b.Close)
	files := func() int {
		names, _ := filepath.Glob(filepath.Join(dir, "backups", "*.backup")) // the pattern is sound
		return len(names)
	}

	// Where the folder cannot be made, the dot of the record goes out.
	if err := os.WriteFile(b.settings.Backups, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	b.backUp(t.Context(), false)
	if b.health(t.Context()).Record {
		t.Error("the record is well after a backup that failed")
	}
	if err := os.Remove(b.settings.Backups); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second finds one that is young enough
		b.backUp(t.Context(), false)
		if n := files(); n != 1 || !b.health(t.Context()).Record {
			t.Errorf("%d backups, health %+v", n, b.health(t.Context()))
		}
	}
}

func TestBackupsCanBeOff(t *testing.T) {
	for named, want := range map[string]string{"": "/data/backups", "off": "", "/mnt/share": "/mnt/share"} {
		if got := wire.Backups(named, "/data/bindery.db"); got != want {
			t.Errorf("%q: %q, want %q", named, got, want)
		}
	}
}
