// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
)

// TestMain lets a test run this program again under another TZ, which Go reads
// once.
func TestMain(m *testing.M) {
	if path := os.Getenv("OPEN_A_RECORD"); path != "" {
		os.Exit(openOnce(path))
	}
	os.Exit(m.Run())
}

func openOnce(path string) int {
	d, err := Open(context.Background(), path, dhr.Options{Station: "bench-1"})
	var f *station.Fault
	switch {
	case errors.As(err, &f):
		os.Stdout.WriteString(string(f.Code))
		return 3
	case err != nil:
		return 1
	}
	os.Stdout.WriteString(station.ZoneOf(SystemClock{}.Now()))
	d.Close()
	return 0
}

func TestAZoneThatNobodyKnowsIsNeverTakenForUTC(t *testing.T) {
	for tz, want := range map[string]string{
		"Asia/Shanghai": "+08:00", ":Asia/Shanghai": "+08:00", "Pacific/Kiritimati": "+14:00", "UTC": "+00:00", "": "+00:00", "Etc/UTC": "+00:00",
		"Asia/Shangai": "zone-unknown", "CST-8": "zone-unknown", "/nowhere/zone": "zone-unknown",
	} {
		path := filepath.Join(t.TempDir(), "dhr.db")
		again := exec.Command(os.Args[0])
		again.Env = []string{"OPEN_A_RECORD=" + path, "TZ=" + tz, "ZONEINFO=", "PATH=/nowhere"}
		out, _ := again.Output()
		if got := strings.TrimSpace(string(out)); got != want {
			t.Errorf("TZ=%q: %q, want %q", tz, got, want)
		}
		if _, err := os.Stat(path); want == "zone-unknown" && err == nil {
			t.Errorf("TZ=%q: a record was made", tz)
		}
	}
}

func TestWithoutTZTheSystemSaysTheZone(t *testing.T) {
	for _, c := range []struct {
		tz        string
		set, file bool
		want      string
	}{
		{"", false, true, "/etc/localtime"}, {"", false, false, ""}, {"", true, true, ""}, {"UTC", true, true, ""}, {"Asia/Shanghai", true, true, "Asia/Shanghai"},
	} {
		if got := askedZone(c.tz, c.set, c.file); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
