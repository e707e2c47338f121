// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bytes"
	"compress/flate"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/report/bundle"
	"bindery/station/stationtest"
)

// hugeFiles are the files of a bundle that unpack to very much, each with what
// it begins with. Of a name that ends with a slash it is the label.
var hugeFiles = map[string]string{
	"records.jsonl": `{"number":1,"body":"`, "leaves.jsonl": `{"number":1,"body":"`,
	"manifest": "", "checkpoint": "", "key": "", "labels/": "",
}

// A zip of a few hundred kilobytes can hold hundreds of megabytes. Our verifier
// unpacks slowly under the race detector: it has fewer, unless make soak asks.
func TestABundleTamperedWithSoThatItUnpacksToVeryMuchIsRefusedWithLittleMemory(t *testing.T) {
	const huge, less, little = 200 << 20, 100 << 20, 84 << 20
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.Bundle))
	for name, head := range hugeFiles {
		t.Run(name, func(t *testing.T) {
			path := bundleWith(t, d, files, name, head, huge)
			pythonWithLittleMemory(t, path)
			if os.Getenv("BINDERY_SOAK") == "" {
				path = bundleWith(t, d, files, name, head, less)
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
		})
	}
}

// bundleWith makes a bundle of files, that of a name so many bytes long: what it
// begins with, and the same letter over and over.
func bundleWith(t *testing.T, d *dhr.DHR, files []entry, name, head string, size int) string {
	t.Helper()
	body := append([]byte(head), bytes.Repeat([]byte("a"), size)...)
	changed := slices.Clone(files)
	for i, e := range changed {
		if strings.HasPrefix(e.name, name) {
			changed[i].body, name = body, e.name
		}
	}
	if name != "manifest" {
		changed = signedAnew(t, changed, signerOf(t, d))
	}
	path := packedAs(t, changed, map[string][]byte{name: deflatedRun(t, head, size)})
	if info, err := os.Stat(path); err != nil || info.Size() > 2<<20 {
		t.Fatalf("%v, %v", info.Size(), err)
	}
	return path
}

// deflatedRun is what deflate makes of a text with one letter so often behind
// it, a multiple of a megabyte. After the first megabyte each is written in the
// same bytes, so only two are compressed.
func deflatedRun(t *testing.T, head string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	run := bytes.Repeat([]byte("a"), 1<<20)
	add := func(text []byte) []byte {
		from := b.Len()
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return bytes.Clone(b.Bytes()[from:])
	}
	add(append([]byte(head), run...))
	again := add(run)
	b.Write(bytes.Repeat(again, size/len(run)-2))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
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
