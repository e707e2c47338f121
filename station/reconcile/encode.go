// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"bufio"
	"encoding/json"
	"io"
)

// Encoder writes a result as one JSON object, row by row:
// {"shape","rows":[{"line","class","labels","serial"}],"missing":[serial…],"counts":{…}}.
type Encoder struct {
	w       *bufio.Writer
	missing bool // the list of rows has ended
	some    bool // an element was written to the list that is open
	err     error
}

// NewEncoder begins a result of a shape.
func NewEncoder(w io.Writer, shape string) *Encoder {
	e := &Encoder{w: bufio.NewWriter(w)}
	e.text(`{"shape":`)
	e.value(shape)
	e.text(`,"rows":[`)
	return e
}

// Row writes a row.
func (e *Encoder) Row(r Row) error {
	e.next()
	var serial *string
	if r.Serial != "" {
		serial = &r.Serial
	}
	e.value(struct {
		Line   int     `json:"line"`
		Class  Class   `json:"class"`
		Labels []Class `json:"labels"`
		Serial *string `json:"serial"`
	}{r.Line, r.Class, r.Labels, serial})
	return e.err
}

// Missing writes the unit of a SIM that the list lacks; no row may follow.
func (e *Encoder) Missing(c Card) error {
	e.end()
	e.next()
	e.value(c.Serial)
	return e.err
}

// Close writes the counts.
func (e *Encoder) Close(s Summary) error {
	e.end()
	e.text(`],"counts":`)
	e.value(s.Counts)
	e.text("}\n")
	if err := e.w.Flush(); e.err == nil {
		e.err = err
	}
	return e.err
}

// end ends the list of rows.
func (e *Encoder) end() {
	if !e.missing {
		e.missing, e.some = true, false
		e.text(`],"missing":[`)
	}
}

func (e *Encoder) next() {
	if e.some {
		e.text(",")
	}
	e.some = true
}

func (e *Encoder) text(s string) {
	if e.err == nil {
		_, e.err = e.w.WriteString(s)
	}
}

func (e *Encoder) value(v any) {
	b, err := json.Marshal(v)
	if e.err == nil {
		e.err = err
	}
	e.text(string(b))
}
