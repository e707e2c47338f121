// SPDX-License-Identifier: Apache-2.0

package safefile

import (
	"bytes"
	"io"
	"os"
	"regexp"

	"golang.org/x/sys/unix"
)

// kindOf tells by its first bytes what a file is that stands somewhere.
func kindOf(path string) Found {
	f, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK, 0)
	if err != nil {
		return Unreadable
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return Device
	}
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 && err != io.EOF { //nolint:errorlint // ReadFull returns it bare
		return Unreadable
	}
	head = head[:n]
	for _, m := range marks {
		if m.is(head) {
			return m.found
		}
	}
	return Ordinary
}

// marks are how the files begin that are never replaced.
var marks = []struct {
	found Found
	is    func(head []byte) bool
}{
	{Record, begins("SQLite format 3\x00")},                                          // sqlite.org/fileformat2, 1.3
	{Companion, begins("\x37\x7f\x06\x82")}, {Companion, begins("\x37\x7f\x06\x83")}, // 4.1: a write-ahead log
	{Companion, begins("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")}, // 3: a rollback journal
	{SigningKey, begins("PRIVATE+KEY+")},                    // golang.org/x/mod/sumdb/note
	{SigningKey, begins("bindery-key-")},                    // under a passphrase
	{Checkpoint, checkpoint.Match},
}

// checkpoint is how a C2SP tlog-checkpoint is written: origin, size, root, an
// empty line and a signature.
var checkpoint = regexp.MustCompile(`^[^\n]+\n[0-9]+\n[A-Za-z0-9+/]+=*\n(?:[^\n]+\n)*\n\x{2014} `)

func begins(mark string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(mark)) }
}

// Found is what stands where a file was to go.
type Found string

// What can stand there.
const (
	Ordinary   Found = "an ordinary file"
	Record     Found = "a record, a backup or another SQLite database"
	Companion  Found = "a name that belongs to a record"
	SigningKey Found = "a signing key"
	Checkpoint Found = "a signed checkpoint"
	Link       Found = "a link"
	Directory  Found = "a folder"
	Device     Found = "no ordinary file"
	Unreadable Found = "a file that cannot be read, so nobody knows what it is"
)
