// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"
)

// reader reads the canonical JSON of leaves from the front. Whatever it meets
// that [appendLeaf] would not have written makes it bad, for good.
type reader struct {
	text []byte
	at   int
	bad  bool
}

// has takes s, if that comes next.
func (r *reader) has(s string) bool {
	if end := r.at + len(s); end <= len(r.text) && string(r.text[r.at:end]) == s {
		r.at = end
		return true
	}
	return false
}

func (r *reader) word(s string) {
	if !r.has(s) {
		r.bad = true
	}
}

// readNamed reads a string after its name.
func (r *reader) readNamed(name string) []byte {
	r.word(name)
	return r.str()
}

// str reads a string and gives it as it stands, with its quotes.
func (r *reader) str() []byte {
	from, ascii := r.at, true
	r.word(`"`)
	for r.at < len(r.text) && !r.bad {
		c := r.text[r.at]
		r.at++
		switch {
		case c == '"':
			s := r.text[from:r.at]
			r.bad = !ascii && !utf8.Valid(s)
			return s
		case c == '\\':
			r.escape()
		case c < ' ':
			r.bad = true
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	r.bad = true
	return nil
}

// escape reads what follows a backslash: only what must be escaped is, in its
// shortest form (RFC 8785 §3.2.2.2).
func (r *reader) escape() {
	for _, s := range escapes {
		if r.has(s) {
			return
		}
	}
	r.bad = true
}

// escapes are all that there are, without the backslash.
var escapes = func() (list []string) {
	for c := range byte(' ') {
		s := appendString(nil, string(rune(c)))
		list = append(list, string(s[2:len(s)-1]))
	}
	return append(list, `"`, `\`)
}()

// instant reads a time after its name: one that there is, written in the one
// way.
func (r *reader) instant(name string) time.Time {
	s := string(r.readNamed(name))
	at, err := time.Parse(stampQuoted, s)
	r.bad = r.bad || err != nil || at.Format(stampQuoted) != s || at.Year() < 1
	return at
}

const stampQuoted = `"` + Stamp + `"`

func (r *reader) integer() int64 {
	from := r.at
	for r.at < len(r.text) && (r.text[r.at] == '-' || r.text[r.at] >= '0' && r.text[r.at] <= '9') {
		r.at++
	}
	s := r.text[from:r.at]
	n, err := strconv.ParseInt(string(s), 10, 64)
	var again [20]byte
	if err != nil || !bytes.Equal(s, strconv.AppendInt(again[:0], n, 10)) {
		r.bad = true
	}
	return n
}

// columns reads an object of columns, in the order of their names, and gives
// it as it stands. Only what a row was before may hold [LeftOut].
func (r *reader) columns(value func() []byte, do func(bodyColumn)) []byte {
	from := r.at
	r.word("{")
	var last []byte
	for !r.bad && !r.has("}") {
		if last != nil {
			r.word(",")
		}
		c := bodyColumn{name: r.str()}
		r.word(":")
		c.value = value()
		if bytes.Compare(last, c.name) >= 0 || !plain(c.name) {
			r.bad = true
		}
		last = c.name
		do(c)
	}
	return r.text[from:r.at]
}

// plain reports whether a name in quotes is that of a column.
func plain(quoted []byte) bool {
	if len(quoted) < len(`"x"`) {
		return false
	}
	for _, c := range quoted[1 : len(quoted)-1] {
		if c != '_' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}

func (r *reader) value() []byte {
	from := r.at
	switch {
	case r.has("null"):
	case r.at < len(r.text) && r.text[r.at] == '"':
		r.str()
	default:
		r.integer()
	}
	return r.text[from:r.at]
}

// valueBefore is a value, or [LeftOut].
func (r *reader) valueBefore() []byte {
	if from := r.at; r.has(leftOut) {
		return r.text[from:r.at]
	}
	return r.value()
}

func (r *reader) readWritten() (w Written) {
	r.word("{")
	if r.has(`"old":`) {
		w.old = r.columns(r.valueBefore, func(bodyColumn) {})
		r.word(",")
		r.bad = r.bad || len(w.old) == len("{}")
	}
	from := r.at
	r.word(`"row":`)
	w.row = r.columns(r.value, func(bodyColumn) {})
	w.Table = r.readNamed(`,"table":`)
	w.Image = r.text[from:r.at]
	if r.has(`,"was":`) {
		w.Was = r.integer()
		r.bad = r.bad || w.Was == 0 // a new row leaves it out
	}
	r.word("}")
	return w
}

func columnsOf(object []byte) (list []bodyColumn) {
	r := reader{text: object}
	r.columns(r.valueBefore, func(c bodyColumn) { list = append(list, c) })
	return list
}
