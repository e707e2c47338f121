// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/report/bundle"
	"bindery/station/stationtest"
)

// A zip of a few hundred kilobytes can hold hundreds of megabytes.
func TestABundleThatUnpacksToVeryMuchIsRefusedWithLittleMemory(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.Bundle))
	const huge, little = 200 << 20, 110 << 20
	long := bytes.Repeat([]byte("a"), huge)
	line := func(body []byte) []byte { return append([]byte(`{"number":1,"body":"`), body...) }
	for name, body := range map[string][]byte{
		"records.jsonl": line(long),
		"leaves.jsonl":  line(long),
		"manifest":      long,
		"checkpoint":    long,
		"key":           long,
		"labels/":       long,
	} {
		t.Run(name, func(t *testing.T) {
			changed := slices.Clone(files)
			for i := range changed {
				if strings.HasPrefix(changed[i].name, name) {
					changed[i].body = body
				}
			}
			if name != "manifest" {
				changed = signedAnew(t, changed, signerOf(t, d))
			}
			path := packed(t, changed)
			if info, err := os.Stat(path); err != nil || info.Size() > 2<<20 {
				t.Fatalf("%v, %v", info.Size(), err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got, err := bundle.Verify(t.Context(), path, "")
			runtime.ReadMemStats(&after)
			if err != nil || got.OK || strings.Contains(got.FirstFault, "hash is not") {
				t.Errorf("%+v, %v", got, err)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > little {
				t.Errorf("it took %d MB", took>>20)
			}
			pythonWithLittleMemory(t, path)
		})
	}
}

// pythonWithLittleMemory runs the verifier of the documentation where there is
// not the room for the whole file.
func pythonWithLittleMemory(t *testing.T, path string) {
	t.Helper()
	if _, err := exec.LookPath("python3"); err != nil {
		return
	}
	cmd := exec.Command("sh", "-c", `ulimit -v 200000; exec python3 ../../docs/verify_bundle.py "$0"`, path)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.HasPrefix(string(out), "NOT SOUND: ") {
		t.Errorf("%v\n%s", err, out)
	}
}
