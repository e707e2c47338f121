// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"bindery/station/stationtest"
)

func TestTheRecordItselfRefusesOnlyWhatItDoesNotHave(t *testing.T) {
	files := os.DirFS(".")
	stationtest.NoError(t, fs.WalkDir(files, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(files, path)
		if refuses := bytes.Contains(text, []byte("station.Refuse(")); refuses != (path == "absent.go") {
			t.Errorf("%s: refuses by itself is %v: a rule is a pure function in station", path, refuses)
		}
		return err
	}))
}
