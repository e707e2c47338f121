// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/history"
	"bindery/station/stationtest"
)

// oldRows is how many rows the list has that is killed in the midst.
const oldRows = 1200

// oldList is a list of so many units.
func oldList(rows int) []byte {
	var b strings.Builder
	b.WriteString("serial,imei,iccid,bound_at\n")
	for n := 1; n <= rows; n++ {
		fmt.Fprintf(&b, "OLD-%07d,%s,%s,2025-01-02T10:00:00Z\n", n, stationtest.IMEI(200000+n), stationtest.ICCID(200000+n))
	}
	return []byte(b.String())
}

// importChild brings the list in and kills itself at a place.
func importChild(c child) error {
	ctx := context.Background()
	d, err := dhr.Open(ctx, c.Path, dhr.Options{Clock: stationtest.WallClock{}, Station: "bench-1"})
	if err != nil {
		return err
	}
	defer d.Close()
	_, err = history.Import(ctx, d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", oldList(oldRows))}, func(what string, _ history.List, done, _ int64) {
		if fmt.Sprintf("%s %d", what, done) == c.KillAt {
			syscall.Kill(os.Getpid(), syscall.SIGKILL) // it does not return
		}
	})
	return err
}

// An import that is killed leaves a record that is sound, and the same file goes on
// where it was: no row is lost, and none is there twice.
func TestAnImportThatIsKilledGoesOnWhereItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "dhr.db")
	d := signingIn(t, path, stationtest.WallClock{})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{"read 1000", "keep 1", "import 250", "import 750"} {
		isKilled(t, child{Path: path, KillAt: at, Import: true})
	}
	d = dhrtest.Open(t, path, stationtest.WallClock{})
	dhrtest.Sound(t, d)
	files, err := d.HistoryFiles(t.Context())
	if err != nil || len(files) != 1 || files[0].Rows != nil {
		t.Fatalf("%+v, %v", files, err)
	}
	last, err := d.LastHistoryRow(t.Context(), files[0].ID)
	if err != nil || last != 751 { // the header is row 1
		t.Fatalf("row %d, %v", last, err)
	}
	again := accepted(t, d, dhrtest.ListOf(station.UnitList, "old.csv", oldList(oldRows)))
	if again[0].ID != files[0].ID || *again[0].Rows != oldRows {
		t.Errorf("%+v", again)
	}
	for _, n := range []int{1, 250, 251, 750, 751, oldRows} {
		m, err := d.Find(t.Context(), stationtest.IMEI(200000+n))
		if err != nil || len(m.Units) != 1 || m.Units[0].Serial != fmt.Sprintf("OLD-%07d", n) {
			t.Errorf("row %d: %+v, %v", n, m.Units, err)
		}
	}
	dhrtest.Sound(t, d)
}

// isKilled runs a child that ends by its own kill.
func isKilled(t *testing.T, c child) {
	t.Helper()
	job, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(job))
	out, err := cmd.CombinedOutput()
	if s, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !s.Signaled() || s.Signal() != syscall.SIGKILL {
		t.Fatalf("%s: %v %s", c.KillAt, err, out)
	}
}
