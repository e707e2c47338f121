// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"os"

	"bindery/station"
	"bindery/station/identity"
)

// Terminal is what a program says to people: the one place through which all
// of it goes. A text of the record or of a scan may hold what acts on a
// terminal, or turns what it says; that is written out ([station.Visible]).
type Terminal struct{ File *os.File }

// The terminals of this process.
var (
	Out = Terminal{os.Stdout}
	Err = Terminal{os.Stderr}
)

// Write says a whole piece of text: a sign must not lie across two of them.
func (t Terminal) Write(p []byte) (int, error) {
	if _, err := t.File.WriteString(station.Visible(string(p), "\n\t")); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Log says a line of a program that runs by itself, whose stderr somebody may
// keep: no identity stands in it whole.
func Log(said ...any) { fmt.Fprint(Err, identity.MaskIn(fmt.Sprintln(said...))) }
