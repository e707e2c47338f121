// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/json"
	"slices"
	"strconv"
)

// value puts a value into the cell of its path.
func (j *jsonFile) value(row *Row, t json.Token, path string, depth int) error {
	if depth > deepest {
		return &ReadError{Row: row.Number, Message: "has more values within each other than are read here"}
	}
	switch v := t.(type) {
	case json.Delim:
		if v == '[' {
			return j.array(row, path, depth)
		}
		return j.object(row, path, depth)
	case string:
		return j.put(row, path, Cell{Text: v})
	case json.Number:
		return j.put(row, path, Cell{Text: v.String(), Kind: Number})
	case bool:
		return j.put(row, path, Cell{Text: strconv.FormatBool(v), Kind: Bool})
	}
	return j.put(row, path, Cell{})
}

// object reads an object that is open.
func (j *jsonFile) object(row *Row, path string, depth int) error {
	for j.dec.More() {
		key, err := j.token()
		if err != nil {
			return err
		}
		t, err := j.token()
		if err != nil {
			return err
		}
		name, _ := key.(string) // the decoder lets nothing else be a key
		if err := j.value(row, t, join(path, name), depth+1); err != nil {
			return err
		}
	}
	_, err := j.token()
	return err
}

// array reads an array that is open: the first value stands under its path,
// the others under their number. Objects of an id and a kind stand under the
// kind.
func (j *jsonFile) array(row *Row, path string, depth int) error {
	for n := 1; j.dec.More(); n++ {
		t, err := j.token()
		if err != nil {
			return err
		}
		to := path
		if n > 1 || path == "" {
			to = join(path, strconv.Itoa(n))
		}
		if err := j.value(row, t, to, depth+1); err != nil {
			return err
		}
		j.moveID(path, to)
	}
	_, err := j.token()
	return err
}

// moveID moves the id of an object under its kind.
func (j *jsonFile) moveID(path, to string) {
	id, ok := j.column[join(to, "id")]
	kind, also := j.column[join(to, "kind")]
	if !ok || !also || !j.set[id] || !j.set[kind] || j.cells[kind].Text == "" {
		return
	}
	c, at := j.cells[id], j.cells[kind].Text
	j.cells[id], j.cells[kind], j.set[id], j.set[kind] = Cell{}, Cell{}, false, false
	if i, ok := j.at(join(path, at)); ok {
		j.cells[i], j.set[i] = c, true
	}
}

// at is the column of a path, a new one if need be; false where there are too
// many.
func (j *jsonFile) at(path string) (int, bool) {
	i, ok := j.column[path]
	if !ok {
		if len(j.paths) == j.limit.Columns {
			return 0, false
		}
		i = len(j.paths)
		j.column[path], j.paths = i, append(j.paths, path)
		j.cells, j.set = append(j.cells, Cell{}), append(j.set, false)
	}
	return i, true
}

func (j *jsonFile) put(row *Row, path string, c Cell) error {
	i, ok := j.at(path)
	if !ok {
		return &ReadError{Row: row.Number, Message: tooMany(j.limit.Columns)}
	}
	if n := len([]rune(c.Text)); n > j.limit.Cell {
		row.fault(i+1, "%s", tooLong(n, j.limit.Cell))
		c = Cell{}
	}
	if j.set[i] && j.cells[i] != c && !slices.ContainsFunc(row.Errors, func(e *ReadError) bool { return e.At == i+1 }) {
		row.fault(i+1, "appears twice in the entry, with two values")
	}
	j.cells[i], j.set[i] = c, true
	return nil
}
