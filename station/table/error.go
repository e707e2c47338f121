// SPDX-License-Identifier: Apache-2.0

package table

import (
	"fmt"
	"slices"
	"strings"
)

// ReadError says what is wrong with a table and where. The message is one plain
// sentence that goes on after the place, and repeats nothing of a cell.
type ReadError struct {
	Row     int    // as a spreadsheet numbers it, from 1; 0 for the whole file
	At      int    // column, from 1; 0 for the whole row
	Column  string // its name in the header, else its letters; "" for the whole row
	Message string
}

func (e *ReadError) Error() string {
	var where strings.Builder
	if e.Row > 0 {
		fmt.Fprintf(&where, "row %d", e.Row)
	}
	if e.Column != "" {
		fmt.Fprintf(&where, ", column %s", e.Column)
	}
	if where.Len() > 0 {
		where.WriteString(": ")
	}
	return where.String() + e.Message
}

// Sentence is the message by itself, where the place is shown beside it. One that
// says what a cell is or holds gets its subject.
func (e *ReadError) Sentence() string {
	if e.HasSubject() {
		return "It cannot be read: " + e.Message + "."
	}
	return "It cannot be read: it " + e.Message + "."
}

// HasSubject reports whether the message is a whole sentence, not only what its
// column is or holds.
func (e *ReadError) HasSubject() bool {
	first, _, _ := strings.Cut(e.Message, " ")
	return slices.Contains([]string{"a", "it", "the", "there"}, first)
}

// broken is an error about the whole file.
func broken(format string, args ...any) *ReadError {
	return &ReadError{Message: fmt.Sprintf(format, args...)}
}
