// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/json"
	"errors"
	"io"
)

func openJSON(r io.ReaderAt, size int64, limit Limits) (*jsonFile, error) {
	rows, err := mostRows(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	j := newJSON(io.NewSectionReader(r, 0, size), limit)
	j.rows = rows
	return j, nil
}

// next reads one entry of the list.
func (j *jsonFile) next() (Row, error) {
	if j.within > 0 && j.dec.More() {
		return j.entry(nil)
	}
	if err := j.leaveAll(); err != nil {
		return Row{}, err
	}
	return j.top()
}

// top begins the next value of the text, and goes to the rows in it.
func (j *jsonFile) top() (Row, error) {
	for {
		t, err := j.token()
		if err != nil {
			return Row{}, err
		}
		if j.rows == "" && t != json.Delim('[') {
			return j.entry(t)
		}
		if t == json.Delim('[') || t == json.Delim('{') {
			j.within = 1
		}
		found, err := j.find(t, "")
		if err != nil {
			return Row{}, err
		}
		if found && j.dec.More() {
			return j.entry(nil)
		}
		if err := j.leaveAll(); err != nil {
			return Row{}, err
		}
	}
}

// find goes down to the array of the rows, the start of a value being read.
func (j *jsonFile) find(t json.Token, path string) (bool, error) {
	if path == j.rows && t == json.Delim('[') {
		return true, nil
	}
	for t == json.Delim('{') && j.dec.More() {
		key, err := j.token()
		if err != nil {
			return false, err
		}
		name, _ := key.(string) // the decoder lets nothing else be a key
		to := join(path, name)
		if to != j.rows && len(to) >= len(j.rows) || len(to) < len(j.rows) && j.rows[:len(to)+1] != to+"." {
			if err := j.skip(); err != nil {
				return false, err
			}
			continue
		}
		v, err := j.token()
		if err != nil {
			return false, err
		}
		if v == json.Delim('{') || v == json.Delim('[') {
			j.within++
			return j.find(v, to)
		}
	}
	return false, nil
}

// leaveAll reads what is left of the arrays and objects around the rows.
func (j *jsonFile) leaveAll() error {
	for ; j.within > 0; j.within-- {
		for j.dec.More() {
			if err := j.skip(); err != nil {
				return j.cut(err)
			}
		}
		if _, err := j.token(); err != nil {
			return j.cut(err)
		}
	}
	return nil
}

// entry reads one value of the list, whose first token may be read already.
func (j *jsonFile) entry(first json.Token) (Row, error) {
	j.bytes.some = longest
	clear(j.cells)
	clear(j.set)
	row := Row{Number: j.read + 1, Line: j.read + 1}
	var err error
	if first == nil {
		if first, err = j.token(); err != nil {
			return Row{}, j.cut(err)
		}
	}
	if err := j.value(&row, first, "", 0); err != nil {
		return Row{}, j.cut(err)
	}
	j.read++
	row.Cells = j.cells
	return row, nil
}

// cut says of an end within the list that it is none.
func (j *jsonFile) cut(err error) error {
	if errors.Is(err, io.EOF) {
		return &ReadError{Row: j.read + 1, Message: "the text ends within the list; perhaps the file was cut off"}
	}
	return err
}
