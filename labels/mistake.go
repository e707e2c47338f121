// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"errors"
	"fmt"
	"strings"

	"bindery/station"
)

// Mistake is one thing wrong with a layout, or with a value that it has to
// carry.
type Mistake struct {
	Line    int    // line of the layout, from 1; 0 when no line is to blame
	Element string // e.g. "[[code]] 2"; "" for what stands above the elements
	Key     string // e.g. "data"; may be ""
	Message string // what is wrong, without a full stop
	Cure    string // what to do, one sentence
}

// String is the mistake in one plain sentence and its cure in another.
func (m Mistake) String() string {
	var where []string
	if m.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", m.Line))
	}
	for _, s := range []string{m.Element, m.Key} {
		if s != "" {
			where = append(where, s)
		}
	}
	s := m.Message + ". " + m.Cure
	if len(where) > 0 {
		s = strings.Join(where, ", ") + ": " + s
	}
	return s
}

// Mistakes is all that is wrong, in the order of the lines.
type Mistakes []Mistake

func (ms Mistakes) Error() string {
	all := make([]string, len(ms))
	for i, m := range ms {
		all[i] = m.String()
	}
	return strings.Join(all, "\n")
}

// MistakesOf lists what is wrong according to an error of [Parse] or
// [Layout.Draw], for a screen that shows them all at once. It is empty when err
// is nil or has another cause.
func MistakesOf(err error) []Mistake {
	var ms Mistakes
	errors.As(err, &ms)
	return ms
}

// asFault is the fault that the mistakes amount to. An operator is told the
// first; the rest are in the cause.
func asFault(layout string, ms Mistakes) error {
	if len(ms) == 0 {
		return nil
	}
	first := fmt.Sprintf("layout %q, %s", layout, ms[0])
	return station.NewFault(station.LabelRefused, first, ms)
}

// position is the place of an element in the layout file.
type position struct {
	name  string // "[[text]] 2"
	path  string // "text.1"
	line  int
	lines map[string]int
}

func (s *position) where() *position { return s }

// mistake makes a mistake at one key of the element; a key that is not there
// is blamed on the element's first line.
func (s *position) mistake(key, message, cure string) Mistake {
	line := s.lines[s.path+"."+key]
	if line == 0 {
		line = s.line
	}
	return Mistake{Line: line, Element: s.name, Key: key, Message: message, Cure: cure}
}
