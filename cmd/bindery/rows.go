// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// row is one entry of an imported file, whatever its format: named fields as
// text. What is wrong with it gathers in faults.
type row struct {
	n      int // CSV: line in the file, so the first after the header is 2; TOML: the entry, from 1
	fields map[string]string
	taken  map[string]bool
	faults []string
}

// rowError names a bad row.
type rowError struct {
	Row     int    `json:"row"`
	Message string `json:"message"`
}

// readRows takes a file apart. A TOML file holds one table array with the name
// of the entries ("product" in [[product]]); a CSV file has a header.
func readRows(name, entry string, text []byte) ([]*row, []rowError) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".toml":
		return readTOML(entry, text)
	case ".csv":
		return readCSV(text)
	}
	return nil, []rowError{{0, "the name of the file must end in .toml or .csv"}}
}

func readTOML(entry string, text []byte) ([]*row, []rowError) {
	var file map[string]any
	if err := toml.Unmarshal(text, &file); err != nil {
		line := 0
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ = at.Position()
		}
		return nil, []rowError{{0, fmt.Sprintf("line %d: %v", line, err)}}
	}
	for _, key := range slices.Sorted(maps.Keys(file)) {
		if key != entry {
			return nil, []rowError{{0, fmt.Sprintf("%s is not known here: the entries are called [[%s]]", key, entry)}}
		}
	}
	tables, ok := file[entry].([]any)
	if !ok {
		return nil, []rowError{{0, fmt.Sprintf("there is no [[%s]] in the file", entry)}}
	}
	var rows []*row
	for i, t := range tables {
		fields, ok := t.(map[string]any)
		if !ok {
			return nil, []rowError{{i + 1, fmt.Sprintf("this is not a [[%s]] table", entry)}}
		}
		r := newRow(i + 1)
		for _, key := range slices.Sorted(maps.Keys(fields)) {
			r.set(key, fields[key])
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func newRow(n int) *row { return &row{n: n, fields: map[string]string{}, taken: map[string]bool{}} }

// set keeps a TOML value as text; a list is written as CSV has it.
func (r *row) set(key string, v any) {
	switch v := v.(type) {
	case []any:
		var parts []string
		for _, p := range v {
			parts = append(parts, fmt.Sprint(p))
		}
		r.fields[key] = strings.Join(parts, listSeparator)
	case map[string]any:
		r.fault("%s must not be a table", key)
	default:
		r.fields[key] = fmt.Sprint(v)
	}
}

// listSeparator stands between the entries of a list in a CSV field.
const listSeparator = ";"

func readCSV(text []byte) ([]*row, []rowError) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(text))
	r.TrimLeadingSpace = true
	if head, _, _ := bytes.Cut(text, []byte("\n")); bytes.Contains(head, []byte(";")) && !bytes.Contains(head, []byte(",")) {
		r.Comma = ';' // as spreadsheets write it where the comma is the decimal sign
	}
	header, err := r.Read()
	if err != nil {
		return nil, []rowError{{1, "there is no header: " + err.Error()}}
	}
	for i := range header {
		header[i] = strings.ToLower(strings.TrimSpace(header[i]))
	}
	var rows []*row
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			line := 0
			var at *csv.ParseError
			if errors.As(err, &at) {
				line = at.StartLine
			}
			return nil, []rowError{{line, err.Error()}}
		}
		line, _ := r.FieldPos(0)
		one := newRow(line)
		for i, f := range fields {
			one.fields[header[i]] = strings.TrimSpace(f)
		}
		rows = append(rows, one)
	}
}

func (r *row) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf(format, args...))
}

// text takes a field that may be missing.
func (r *row) text(key string) string {
	r.taken[key] = true
	return r.fields[key]
}

// must takes a field that may not be missing.
func (r *row) must(key string) string {
	v := r.text(key)
	if v == "" {
		r.fault("%s is missing", key)
	}
	return v
}

// or takes a field that has a default.
func (r *row) or(key, absent string) string {
	if v := r.text(key); v != "" {
		return v
	}
	return absent
}

// list takes a field with several entries.
func (r *row) list(key string) []string { return splitList(r.text(key)) }

func splitList(field string) []string {
	var out []string
	for _, p := range strings.Split(field, listSeparator) {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// number takes a whole number; a missing one is absent.
func (r *row) number(key string, absent int) int {
	v := r.text(key)
	if v == "" {
		return absent
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 {
		r.fault("%s is not a whole number: %q", key, v)
	}
	return n
}

// end adds the fields that nobody knows to what is wrong with the row.
func (r *row) end() {
	for _, key := range slices.Sorted(maps.Keys(r.fields)) {
		if !r.taken[key] {
			r.fault("%s is not a known field", key)
		}
	}
}
