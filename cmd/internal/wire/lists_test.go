// SPDX-License-Identifier: Apache-2.0

package wire_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/cmd/internal/wire"
	"bindery/station/scope"
)

func TestAListIsReadInTheEncodingsOfAnEditorAndNothingElseIs(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, text := range map[string]string{
		"plain.txt": "CL-1\nCL-2", "bom.txt": "\xef\xbb\xbfCL-1\nCL-2", "utf16.txt": "\xff\xfeC\x00L\x00-\x001\x00\n\x00C\x00L\x00-\x002\x00",
	} {
		got, err := wire.Lines(write(name, text))
		if err != nil || !slices.Equal(got, []string{"CL-1", "CL-2"}) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	large := write("large.txt", "")
	if err := os.Truncate(large, 1<<30); err != nil { // of which not a byte is on the disk
		t.Fatal(err)
	}
	for _, path := range []string{large, write("latin.txt", "CL-\xfc\n"), dir, os.DevNull, filepath.Join(dir, "none")} {
		var wrong *scope.ExprError
		if _, err := wire.Lines(path); !errors.As(err, &wrong) || strings.Contains(wrong.Error(), dir) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
