// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/json"
	"io"
)

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
