// SPDX-License-Identifier: Apache-2.0

package station

// SpaceFloor is the free space, in bytes, that must be left on a disk.
type SpaceFloor int64

const (
	// RecordSpace is enough for a shift, and for a backup on the disk of the
	// record. Nothing stops below it: the light of the record goes out, and a check
	// of the file is not well.
	RecordSpace SpaceFloor = 1 << 30
	// BackupSpace is left by a backup, and by a restore: a record on the same disk
	// must be able to go on.
	BackupSpace SpaceFloor = 256 << 20
	// LabelSpace is what a folder of labels needs.
	LabelSpace SpaceFloor = 64 << 20
)

// LeftBy reports whether the floor is left on a disk of so much free space once
// a file of size is written to it, both in bytes; 0 asks of the disk as it is.
func (s SpaceFloor) LeftBy(size, free int64) bool { return free-size >= int64(s) }
