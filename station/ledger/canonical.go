// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gowebpki/jcs"
	"golang.org/x/mod/sumdb/tlog"
)

// The canonical form of leaves and rows (RFC 8785), written directly: they are
// made at each commit and at each row that is verified. [Canonical] is for
// everything else. A test holds the two against each other.

// appendLeaf adds l with its keys in order.
func appendLeaf(b []byte, l Leaf) ([]byte, error) {
	b = appendString(append(b, `{"at":`...), l.At)
	b = strconv.AppendInt(append(b, `,"number":`...), l.Number, 10)
	b = appendString(append(b, `,"prev":`...), l.Prev)
	b = append(b, `,"rows":[`...)
	for i, r := range l.Rows {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendRow(b, r); err != nil {
			return nil, err
		}
	}
	b = appendString(append(b, `],"station":`...), l.Station)
	b = appendString(append(b, `,"subject":`...), l.Subject)
	b = appendString(append(b, `,"what":`...), l.What)
	b = appendString(append(b, `,"who":`...), l.Who)
	b = appendString(append(b, `,"why":`...), l.Why)
	b = appendString(append(b, `,"zone":`...), l.Zone)
	return append(b, '}'), nil
}

func appendRow(b []byte, r RowImage) ([]byte, error) {
	b = append(b, '{')
	var err error
	if len(r.Old) > 0 {
		if b, err = appendColumns(append(b, `"old":`...), r.Old, appendBefore); err != nil {
			return nil, err
		}
		b = append(b, ',')
	}
	if b, err = appendImage(b, r.Table, r.Row); err != nil {
		return nil, err
	}
	if r.Was != 0 {
		b = strconv.AppendInt(append(b, `,"was":`...), r.Was, 10)
	}
	return append(b, '}'), nil
}

func appendImage(b []byte, table string, row map[string]any) ([]byte, error) {
	b, err := appendColumns(append(b, `"row":`...), row, appendColumn)
	if err != nil {
		return nil, err
	}
	return appendString(append(b, `,"table":`...), table), nil
}

// appendColumns adds columns by name. Names are ASCII, so that the order of
// their bytes is that of RFC 8785 §3.2.3.
func appendColumns(b []byte, columns map[string]any, column func([]byte, string, any) ([]byte, error)) ([]byte, error) {
	b = append(b, '{')
	for i, name := range slices.Sorted(maps.Keys(columns)) {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = column(b, name, columns[name]); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// appendBefore adds what a column was before, or that it was left out.
func appendBefore(b []byte, name string, value any) ([]byte, error) {
	if value == LeftOut {
		return append(append(appendString(b, name), ':'), leftOut...), nil
	}
	return appendColumn(b, name, value)
}

func appendColumn(b []byte, name string, value any) ([]byte, error) {
	b = append(appendString(b, name), ':')
	switch v := value.(type) {
	case nil:
		return append(b, "null"...), nil
	case string:
		return appendString(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case json.Number: // of a leaf that was read
		return append(b, v...), nil
	}
	return nil, fmt.Errorf("column %s is a %T, which a leaf cannot hold", name, value)
}

// appendString escapes what must be, and nothing else (RFC 8785 §3.2.2.2).
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"', c == '\\':
			b = append(b, '\\', c)
		case c >= ' ':
			b = append(b, c)
		case c == '\b':
			b = append(b, `\b`...)
		case c == '\t':
			b = append(b, `\t`...)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\f':
			b = append(b, `\f`...)
		case c == '\r':
			b = append(b, `\r`...)
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	return append(b, '"')
}

// Encode gives the body of the leaf: canonical JSON (RFC 8785), so that
// everybody gets the same bytes, and its hash.
func (l Leaf) Encode() (body []byte, hash Hash, err error) {
	if body, err = appendLeaf(make([]byte, 0, 2048), l); err != nil {
		return nil, Hash{}, err
	}
	return body, tlog.RecordHash(body), nil
}

// Canonical is any value in the JSON form of RFC 8785.
func Canonical(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return jcs.Transform(text)
}

// Image is the text that a row has inside the body of its leaf. Within a body
// that is canonical it can stand nowhere else than as a written row: inside a
// JSON string its quotes would be escaped.
func Image(table string, row map[string]any) ([]byte, error) {
	return appendImage(nil, table, row)
}

// AppendImage adds [Image] to b, of a row whose columns are in order, but for
// those that leftOut names.
func AppendImage(b []byte, table string, columns []string, values []any, leftOut func(column string, value any) bool) ([]byte, error) {
	b = append(b, `"row":`...)
	sep := byte('{')
	for i, name := range columns {
		if leftOut(name, values[i]) {
			continue
		}
		var err error
		if b, err = appendColumn(append(b, sep), name, values[i]); err != nil {
			return nil, err
		}
		sep = ','
	}
	return appendString(append(b, `},"table":`...), table), nil
}

// Quoted is a text as it stands in a body.
func Quoted(s string) string { return string(appendString(nil, s)) }
