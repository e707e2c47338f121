// SPDX-License-Identifier: Apache-2.0

package dhr

import "golang.org/x/sys/unix"

// freeSpace is what a user may still write on the disk of a folder, in bytes.
func freeSpace(dir string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil //nolint:gosec // no disk is that large
}
