// SPDX-License-Identifier: Apache-2.0

package safefile

import "golang.org/x/sys/unix"

// FreeSpace is what a user may still write on the disk of a folder, in bytes.
func FreeSpace(folder string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * s.Bsize, nil // no disk is that large
}
