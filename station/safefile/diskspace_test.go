// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

func TestTheFreeSpaceOfAFolderIsThatOfItsDisk(t *testing.T) {
	dir := t.TempDir()
	before, err := FreeSpace(dir)
	if err != nil || before <= 0 {
		t.Fatal(before, err)
	}
	if _, err := FreeSpace(filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of a folder that is missing: %v", err)
	}
	if free, err := FreeSpace("/proc"); err != nil || free != 0 {
		t.Errorf("of a file system that keeps nothing: %d, %v", free, err)
	}
}
