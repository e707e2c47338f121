// SPDX-License-Identifier: Apache-2.0

// Package safefile is the one way in which Bindery puts a file on a disk, and
// reads one that somebody hands it.
//
// A file appears whole and durable, or not at all: it is written under a name
// that nobody can guess, readable by its owner only, and given its own name
// when it is complete. It never takes the place of a file that is there,
// unless the caller says that it may; and never that of a record, what SQLite
// keeps beside it, a backup, a key or a checkpoint, whoever says so and under
// whatever name: see [Rules]. Linux only.
package safefile
