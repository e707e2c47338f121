// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

// intoEnv names the folder that a second process of this test binary makes
// backups in, and pathEnv the record.
const intoEnv, pathEnv = "BINDERY_BACKUP_TEST_INTO", "BINDERY_BACKUP_TEST_PATH"

func TestMain(m *testing.M) {
	if folder := os.Getenv(intoEnv); folder != "" {
		fmt.Fprintln(os.Stderr, backUpForever(os.Getenv(pathEnv), folder))
		os.Exit(1)
	}
	os.Exit(storetest.Run(m))
}

// backUpForever makes one backup after the other until it is killed.
func backUpForever(path, folder string) error {
	d, err := dhr.Open(context.Background(), path, dhr.Options{Clock: stationtest.WallClock{}, Station: "bench-1"})
	for n := 0; err == nil; n++ {
		name := fmt.Sprintf("dhr.db-%d-%d.backup", os.Getpid(), n)
		err = backup.Make(context.Background(), d, filepath.Join(folder, name))
	}
	return err
}

// globbed are the files of a folder that a pattern matches.
func globbed(t *testing.T, folder, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, pattern))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// await waits until something has begun, a minute at most.
func await(begun func() bool) {
	for deadline := time.Now().Add(60 * time.Second); !begun() && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}

// However a backup is cut short, what has the name of one is whole, and what
// is left of it goes with the next.
func TestAKilledBackupLeavesNoHalfFile(t *testing.T) {
	path := dhrtest.Written(t, stationtest.WallClock{})
	folder := filepath.Join(t.TempDir(), "backups")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	glob := func(pattern string) []string { return globbed(t, folder, pattern) }
	r, cut := rand.New(rand.NewPCG(1, 2)), 0
	for n := range 12 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), pathEnv+"="+path, intoEnv+"="+folder)
		cmd.Stderr = os.Stderr
		before := len(glob("*.partial"))
		stationtest.NoError(t, cmd.Start())
		own := fmt.Sprintf("dhr.db-%d-*", cmd.Process.Pid)
		await(func() bool { return len(glob(own+".backup")) >= n%3 && len(glob("*.partial")) > before })
		time.Sleep(time.Duration(r.IntN(60)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		cmd.Wait() // it was killed
		cut += len(glob("*.partial")) - before
	}
	whole := glob("*.backup")
	if len(whole) == 0 || cut == 0 {
		t.Fatalf("%d backups, %d cut short: nothing was tried", len(whole), cut)
	}
	for _, name := range whole {
		b, err := dhr.OpenReadOnly(t.Context(), name, dhr.Options{Clock: stationtest.WallClock{}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		dhrtest.Sound(t, b)
		b.Close() // it was only read
	}
	d := dhrtest.Open(t, path, stationtest.WallClock{})
	if _, err := backup.Into(t.Context(), d, folder, backup.UsualRetention); err != nil {
		t.Fatal(err)
	}
	if left := glob("*.partial*"); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
	dhrtest.Sound(t, d)
}
