// SPDX-License-Identifier: Apache-2.0

package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
)

// csvFile reads separated text (RFC 4180). encoding/csv, which the tests hold
// it against, passes over empty lines without counting them, takes a CR for a
// letter and keeps a field of any length in memory.
type csvFile struct {
	r     *bufio.Reader
	sep   byte
	limit Limits
	loose bool // [Options.Tolerant]
	row   int  // read so far
	line  int  // of the text, where the next byte stands
	cells []Cell
	text  []byte // of the cell that is being read
	long  int    // its characters, those included that are not kept
	wrong string // what is wrong with it
	wide  bool   // a byte of it is not ASCII
}

func openCSV(r io.Reader, o Options) (*csvFile, error) {
	d, err := decoded(r, o.Tolerant)
	if err != nil {
		return nil, err
	}
	c := &csvFile{r: d, limit: o.Limits, loose: o.Tolerant, line: 1}
	head, err := d.Peek(ahead)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if m := separatorLine.FindSubmatch(head); m != nil {
		c.sep = m[1][0]
		c.line++
		_, err := d.Discard(len(m[0]))
		return c, err
	}
	if o.Tolerant {
		c.sep = steadiest(head)
		return c, nil
	}
	c.sep, err = separator(head)
	return c, err
}

// next reads one row, empty ones too.
func (c *csvFile) next() (Row, error) {
	if _, err := c.r.Peek(1); err != nil {
		return Row{}, err
	}
	c.row++
	row := Row{Number: c.row, Line: c.line}
	c.cells = c.cells[:0]
	for more := true; more; {
		at := len(c.cells) + 1
		if at > c.limit.Columns {
			return Row{}, &ReadError{Row: c.row, Message: tooMany(c.limit.Columns)}
		}
		var err error
		if more, err = c.field(); err != nil {
			return Row{}, c.fatal(err, at)
		}
		text := c.checkText()
		if c.wrong != "" {
			row.fault(at, "%s", c.wrong)
		}
		c.cells = append(c.cells, Cell{Text: text})
	}
	row.Cells = c.cells
	return row, nil
}

// checkText is the text of the cell that was read; what is wrong with it stands in
// wrong, and the text is empty unless the table is read as it stands.
func (c *csvFile) checkText() string {
	text := string(c.text)
	if c.wrong == "" && c.long > c.limit.Cell {
		c.wrong = tooLong(c.long, c.limit.Cell)
		return ""
	}
	if c.loose {
		if c.wide {
			text = legible(text)
		}
		if c.wrong == "" {
			c.wrong = leftBySpreadsheet(text)
		}
		return text
	}
	if c.wrong == "" {
		c.wrong = notText(text)
	}
	if c.wrong == "" {
		c.wrong = leftBySpreadsheet(text)
	}
	if c.wrong != "" {
		return ""
	}
	return text
}

// shortened is how spreadsheets write a number that is too long for its column.
// One that somebody writes, such as 3E12, has no plus sign.
var shortened = regexp.MustCompile(`^-?[0-9]([.,][0-9]+)?E\+[0-9]{2,3}$`)

// failed are what spreadsheets write for a formula that came to nothing.
var failed = regexp.MustCompile(`^#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)$`)

// leftBySpreadsheet says of what a spreadsheet wrote in the place of a value
// that the value is lost; "" of anything else.
func leftBySpreadsheet(s string) string {
	switch {
	case len(s) < 4 || s[0] != '#' && (s[len(s)-3] != '+' && s[len(s)-4] != '+'):
		return ""
	case shortened.MatchString(s):
		return "is a number that a spreadsheet has shortened, and its digits are lost; make it a text cell and enter it again"
	case failed.MatchString(s):
		return "is the error of a formula"
	}
	return ""
}

// fatal puts the place into an error that ends the table.
func (c *csvFile) fatal(err error, at int) error {
	var e *ReadError
	if errors.As(err, &e) {
		e.Row, e.At, e.Column = c.row, at, Letters(at)
	}
	return err
}

// field reads one field into text and reports whether another follows in the
// row. Only what leaves no doubt where the next field begins is noted in wrong;
// the rest is an error.
func (c *csvFile) field() (more bool, err error) {
	c.text, c.long, c.wrong, c.wide = c.text[:0], 0, "", false
	b, err := c.letter()
	quoted := err == nil && b == '"'
	if quoted {
		if err = c.quotation(); err == nil {
			b, err = c.letter()
		}
	}
	for ; ; b, err = c.r.ReadByte() {
		switch {
		case errors.Is(err, io.EOF):
			c.trim(quoted)
			return false, nil
		case err != nil:
			return false, err
		case b == c.sep, b == '\n':
			c.trim(quoted)
			if b == '\n' {
				c.line++
			}
			return b == c.sep, nil
		case b == '\r':
			if c.follows('\n') {
				continue
			} else if !c.loose {
				return false, broken("%s", loneCR)
			}
			c.trim(quoted)
			c.line++
			return false, nil
		default:
			c.within(b, quoted)
		}
	}
}

// within takes a byte of a field, outside quotation marks.
func (c *csvFile) within(b byte, quoted bool) {
	switch {
	case c.loose && (b == '"' || quoted):
		c.keep(b)
	case quoted && b != ' ':
		c.wrong = "a quotation mark closes before the end of the field; one within it is written twice"
	case b == '"':
		c.wrong = "a quotation mark stands within the field; put the field in quotation marks and write that one twice"
	default:
		c.keep(b)
		c.run(&ends)
	}
}

// ends and marked are the bytes at which a run of a field stops: outside
// quotation marks, and within them.
var (
	ends   = [256]bool{',': true, ';': true, '\t': true, '|': true, '\n': true, '\r': true, '"': true}
	marked = [256]bool{'\n': true, '\r': true, '"': true}
)

// run keeps at once what is in the buffer up to the next byte that may mean
// something else than itself.
func (c *csvFile) run(stop *[256]bool) {
	in, _ := c.r.Peek(c.r.Buffered()) // no more than is there: no error
	n, long := 0, 0
	for ; n < len(in) && !stop[in[n]]; n++ {
		if in[n]&0xc0 != 0x80 { // else it goes on with a letter
			long++
		}
		c.wide = c.wide || in[n] >= 0x80
	}
	if c.long += long; c.long <= c.limit.Cell {
		c.text = append(c.text, in[:n]...)
	}
	_, _ = c.r.Discard(n) // it was seen
}

// letter is the next byte that is no blank.
func (c *csvFile) letter() (b byte, err error) {
	for b = ' '; err == nil && b == ' '; {
		b, err = c.r.ReadByte()
	}
	return b, err
}

// quotation reads to the mark that closes, of which a doubled one is none.
func (c *csvFile) quotation() error {
	for {
		b, err := c.r.ReadByte()
		if errors.Is(err, io.EOF) {
			return broken("a quotation mark is never closed")
		} else if err != nil {
			return err
		}
		if b == '"' {
			if !c.follows('"') {
				return nil
			}
			_, _ = c.r.Discard(1) // it was seen
		}
		if b == '\r' && c.follows('\n') {
			continue
		}
		if b == '\n' || b == '\r' {
			c.line++
		}
		c.keep(b)
		c.run(&marked)
	}
}

// follows reports whether b is the next byte. What is wrong with the file, the
// next read says.
func (c *csvFile) follows(b byte) bool {
	after, err := c.r.Peek(1)
	return err == nil && after[0] == b
}

// keep adds a byte, as long as the field is not too long.
func (c *csvFile) keep(b byte) {
	if b&0xc0 != 0x80 { // else it goes on with a letter
		c.long++
	}
	c.wide = c.wide || b >= 0x80
	if c.long <= c.limit.Cell {
		c.text = append(c.text, b)
	}
}

// trim takes blanks off the end of a field without quotation marks.
func (c *csvFile) trim(quoted bool) {
	if !quoted {
		c.text = bytes.TrimRight(c.text, " ")
	}
}
