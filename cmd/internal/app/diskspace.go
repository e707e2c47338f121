// SPDX-License-Identifier: Apache-2.0

package app

import (
	"path/filepath"

	"golang.org/x/sys/unix"
)

// freeSpace is how many bytes are free where a file lies; 0 when nobody can say.
func freeSpace(file string) uint64 {
	var s unix.Statfs_t
	if unix.Statfs(filepath.Dir(file), &s) != nil {
		return 0
	}
	return s.Bavail * uint64(s.Bsize) //nolint:gosec // block sizes are positive
}
