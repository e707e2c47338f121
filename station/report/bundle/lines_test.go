// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"bindery/station"
)

// What no reader would take is not written.
func TestALineIsWrittenAndReadUpToTheSameLength(t *testing.T) {
	const quotes = 2
	longest := strings.Repeat("x", mostLine-quotes-len("\n"))
	var out bytes.Buffer
	l := newLineWriter(&out)
	if err := errors.Join(l.put("short"), l.put(longest), l.put("short")); err != nil {
		t.Fatal(err)
	}
	in := lineReader{in: bufio.NewReader(&out)}
	for _, want := range []string{"short", longest, "short"} {
		if line, err := in.next(); err != nil || string(line) != `"`+want+"\"\n" {
			t.Errorf("%d bytes, %v; want %d", len(line), err, len(want))
		}
	}
	if line, err := in.next(); len(line) != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %q, %v", line, err)
	}
	var fault *station.Fault
	if err := l.put(longest + "x"); !errors.As(err, &fault) || fault.Code != station.ExportFault || out.Len() != 0 {
		t.Errorf("a longer one: %v, %d bytes were written", err, out.Len())
	}
	in = lineReader{in: bufio.NewReader(strings.NewReader(`"` + longest + "x\"\n"))}
	if _, err := in.next(); !errors.Is(err, errLong) {
		t.Errorf("a longer one is read: %v", err)
	}
}
