// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"bindery/station"
)

// What a bundle may hold, in bytes, so that whoever checks one needs little
// memory whatever somebody has put in it: a small zip can unpack to a thousand
// times its size. docs/record-format.md has these too.
const (
	mostLine    = 16 << 20 // of a line of JSON, with its line end: the record of a unit, or a leaf
	mostPicture = 16 << 20 // a label
	mostSmall   = 64 << 10 // manifest, checkpoint, key
)

// lineWriter writes JSON Lines as a bundle has them.
type lineWriter struct {
	w   io.Writer
	buf bytes.Buffer
	enc *json.Encoder
}

func newLineWriter(w io.Writer) *lineWriter {
	l := &lineWriter{w: w}
	l.enc = json.NewEncoder(&l.buf)
	l.enc.SetEscapeHTML(false)
	return l
}

func (l *lineWriter) put(v any) error {
	l.buf.Reset()
	if err := l.enc.Encode(v); err != nil {
		return err
	}
	if l.buf.Len() > mostLine {
		return station.NewFault(station.ExportFault, fmt.Sprintf("a bundle has no line of more than %d MB, and one of these units or leaves takes %d.",
			mostLine>>20, l.buf.Len()>>20), nil)
	}
	_, err := l.w.Write(l.buf.Bytes())
	return err
}

// errLong is a line that is longer than any of a bundle.
var errLong = fmt.Errorf("it is longer than %d MB", mostLine>>20)

// lineReader reads lines, each with its line end, into the same memory.
type lineReader struct {
	in   *bufio.Reader
	line []byte
}

// next is the next line, until the one after it is asked for.
func (r *lineReader) next() ([]byte, error) {
	r.line = r.line[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		if len(r.line)+len(part) > mostLine {
			return nil, errLong
		}
		if n := len(r.line) + len(part); n > cap(r.line) {
			r.line = slices.Grow(r.line, min(n, mostLine-len(r.line))) // twice as much: append would take many smaller steps
		}
		r.line = append(r.line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return r.line, err
		}
	}
}
