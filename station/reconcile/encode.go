// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"bufio"
	"encoding/json"
	"io"
)

// Encoder writes a result as one JSON object, row by row:
// {"shape","columns":[{"role","name","at"}…],"rows":[{"line","class","labels","serial"}],"missing":[serial…],"counts":{…}},
// where it is held against an earlier one with
// "changes":[{"serial","change","before":[…],"after":[…]}] before the counts,
// and where it was kept with its number as "run" behind them.
type Encoder struct {
	w    *bufio.Writer
	list int   // that is open: 0 rows, 1 missing, 2 changes
	some bool  // an element was written to it
	run  int64 // number of the comparison
	err  error
}

// NewEncoder begins the result of a list that was read by a mapping.
func NewEncoder(w io.Writer, m Mapping) *Encoder {
	e := &Encoder{w: bufio.NewWriter(w)}
	e.text(`{"shape":`)
	e.value(m.Shape)
	columns := []Column{}
	for _, c := range m.Columns {
		c.Name = c.shown() // a list without a header may have a number for a name
		columns = append(columns, c)
	}
	e.text(`,"columns":`)
	e.value(columns)
	e.text(`,"rows":[`)
	return e
}

// Row writes a row.
func (e *Encoder) Row(r ClassifiedRow) error {
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
	e.open(1)
	e.next()
	e.value(c.Serial)
	return e.err
}

// Changes begins the changes since an earlier comparison; only these may follow.
func (e *Encoder) Changes() error {
	e.open(2)
	return e.err
}

// Change writes one of them.
func (e *Encoder) Change(c Change) error {
	e.open(2)
	e.next()
	var serial *string
	if c.Serial != "" {
		serial = &c.Serial
	}
	e.value(struct {
		Serial *string    `json:"serial"`
		Change ChangeKind `json:"change"`
		Before []Class    `json:"before"`
		After  []Class    `json:"after"`
	}{serial, c.Kind, append([]Class{}, c.Before...), append([]Class{}, c.After...)})
	return e.err
}

// SetRun notes under which number the comparison is kept.
func (e *Encoder) SetRun(run int64) { e.run = run }

// Close writes the counts.
func (e *Encoder) Close(s Summary) error {
	e.open(1)
	e.text(`],"counts":`)
	e.value(s.Counts)
	if e.run != 0 {
		e.text(`,"run":`)
		e.value(e.run)
	}
	e.text("}\n")
	if err := e.w.Flush(); e.err == nil {
		e.err = err
	}
	return e.err
}

// open goes on to a list, past those before it.
func (e *Encoder) open(list int) {
	for e.list < list {
		e.list, e.some = e.list+1, false
		e.text([]string{`],"missing":[`, `],"changes":[`}[e.list-1])
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
