// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
)

// jsonFile reads the objects of a list as rows: of an array, of the array that
// holds the most of them within the objects around it, as interfaces wrap and
// page their answers, or one behind the other (JSON Lines).
type jsonFile struct {
	dec    *json.Decoder
	bytes  bounded
	limit  Limits
	rows   string // path of the array that holds them; "" for the top
	paths  []string
	column map[string]int
	read   int
	within int // arrays and objects that are open around the row
	cells  []Cell
	set    []bool // which cells of the row were given
}

func openJSON(r io.ReaderAt, size int64, limit Limits) (*jsonFile, error) {
	rows, err := mostRows(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	j := newJSON(io.NewSectionReader(r, 0, size), limit)
	j.rows = rows
	return j, nil
}

func newJSON(r io.Reader, limit Limits) *jsonFile {
	left := int64(1) << 62
	j := &jsonFile{limit: limit, column: map[string]int{}}
	d, err := decoded(r, true)
	if err != nil {
		r = failing{err}
	} else {
		r = d
	}
	j.bytes = bounded{r: r, left: &left, some: longest}
	j.dec = json.NewDecoder(&j.bytes)
	j.dec.UseNumber()
	return j
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// mostRows is the path of the array with the most objects, as far as the
// beginning of the text tells; "" where more values follow each other.
func mostRows(r io.Reader) (string, error) {
	m := survey{j: newJSON(io.LimitReader(r, longest), Limits{})}
	for {
		if err := m.walk("", 0); err != nil {
			break // what is broken, the reading of the rows says with its place
		}
		m.values++
	}
	if m.most < m.values {
		return "", nil
	}
	return m.path, nil
}

// survey looks for the longest array of objects.
type survey struct {
	j      *jsonFile
	values int // at the top
	most   int // objects in the array at path
	path   string
}

// walk goes through one value.
func (m *survey) walk(path string, depth int) error {
	t, err := m.j.token()
	if err != nil || depth > deepest {
		return err
	}
	switch t {
	case json.Delim('{'):
		return m.object(path, depth)
	case json.Delim('['):
		return m.array(path)
	}
	return nil
}

func (m *survey) object(path string, depth int) error {
	for m.j.dec.More() {
		key, err := m.j.token()
		if err != nil {
			return err
		}
		name, _ := key.(string) // the decoder lets nothing else be a key
		if err := m.walk(join(path, name), depth+1); err != nil {
			return err
		}
	}
	_, err := m.j.token()
	return err
}

func (m *survey) array(path string) error {
	for n := 0; m.j.dec.More(); {
		t, err := m.j.token()
		if err != nil {
			return err
		}
		if t == json.Delim('{') {
			if n++; n > m.most {
				m.path, m.most = path, n
			}
		}
		if err := m.j.rest(t); err != nil {
			return err
		}
	}
	_, err := m.j.token()
	return err
}

// join puts a key to a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// token is the next one; what is wrong with the text is an *Error.
func (j *jsonFile) token() (json.Token, error) {
	t, err := j.dec.Token()
	var e *Error
	switch {
	case err == nil, errors.As(err, &e):
		return t, err
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, errLong):
		return nil, &Error{Row: j.read + 1, Message: "is longer than any entry that is read here"}
	}
	return nil, &Error{Row: j.read + 1, Message: "the text is no sound JSON from here on; perhaps the file was cut off"}
}

// skip reads over the next value.
func (j *jsonFile) skip() error {
	t, err := j.token()
	if err != nil {
		return err
	}
	return j.rest(t)
}

// rest reads over what is left of a value that begins with t.
func (j *jsonFile) rest(t json.Token) error {
	for depth := 0; ; {
		switch t {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		j.bytes.some = longest
		var err error
		if t, err = j.token(); err != nil {
			return err
		}
	}
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
		return &Error{Row: j.read + 1, Message: "the text ends within the list; perhaps the file was cut off"}
	}
	return err
}

// value puts a value into the cell of its path.
func (j *jsonFile) value(row *Row, t json.Token, path string, depth int) error {
	if depth > deepest {
		return &Error{Row: row.Number, Message: "has more values within each other than are read here"}
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

// object reads an object that is open. One of a name and a value, as lists of
// identifiers have them, is a value of that name.
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
		j.named(path, to)
	}
	_, err := j.token()
	return err
}

// named moves the id of an object under its kind.
func (j *jsonFile) named(path, to string) {
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
		return &Error{Row: row.Number, Message: tooMany(j.limit.Columns)}
	}
	if n := len([]rune(c.Text)); n > j.limit.Cell {
		row.fault(i+1, "%s", tooLong(n, j.limit.Cell))
		c = Cell{}
	}
	if j.set[i] && j.cells[i] != c && !slices.ContainsFunc(row.Errors, func(e *Error) bool { return e.At == i+1 }) {
		row.fault(i+1, "stands twice in the entry, with two values")
	}
	j.cells[i], j.set[i] = c, true
	return nil
}
