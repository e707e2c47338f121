// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/json"
	"errors"
	"io"
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

// join puts a key to a path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// token is the next one; what is wrong with the text is an *ReadError.
func (j *jsonFile) token() (json.Token, error) {
	t, err := j.dec.Token()
	var e *ReadError
	switch {
	case err == nil, errors.As(err, &e):
		return t, err
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, errLong):
		return nil, &ReadError{Row: j.read + 1, Message: "is longer than any entry that is read here"}
	}
	return nil, &ReadError{Row: j.read + 1, Message: "the text is no sound JSON from here on; perhaps the file was cut off"}
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
