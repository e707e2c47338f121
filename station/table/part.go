// SPDX-License-Identifier: Apache-2.0

package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
)

// Bounds of the XML of a workbook.
const (
	deepest  = 64      // elements within each other
	longest  = 1 << 20 // bytes between two places where [part.rest] is called
	mostText = 1 << 27 // bytes of shared texts, which are kept in memory
)

// errLong says that a stretch of XML is longer than any row or text may be.
var errLong = errors.New("too long")

// workbookPart is one XML file of a workbook, read token by token.
type workbookPart struct {
	name  string
	file  io.Closer
	xml   *xml.Decoder
	bytes bounded
	depth int
}

// bounded gives up after so many bytes of the whole workbook, and between two
// rests: the XML decoder keeps a token of any length in memory.
type bounded struct {
	r    io.Reader
	left *int64 // of the workbook
	some int64  // until the next rest
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	*b.left -= int64(n)
	b.some -= int64(n)
	if *b.left < 0 || b.some < 0 {
		return 0, errLong
	}
	return n, err
}

func openPart(f *zip.File, left *int64) (*workbookPart, error) {
	r, err := f.Open()
	if err != nil {
		return nil, damaged(f.Name)
	}
	p := &workbookPart{name: f.Name, file: r, bytes: bounded{r: r, left: left}}
	p.xml = xml.NewDecoder(&p.bytes)
	p.rest()
	return p, nil
}

func (p *workbookPart) close() error { return p.file.Close() }

// rest starts the count of bytes anew: nothing of what came before is kept.
func (p *workbookPart) rest() { p.bytes.some = longest }

func damaged(name string) *ReadError {
	return broken("the workbook is damaged: %s cannot be read", name)
}

// errLarge says that a workbook has more in it than is read.
var errLarge = broken("the workbook unpacks to more than is read here; take out what is not to be imported")

// token is the next token; [io.EOF] after the end of the whole file, whose
// checksum is then right.
func (p *workbookPart) token() (xml.Token, error) {
	t, err := p.xml.Token()
	switch {
	case errors.Is(err, io.EOF):
		return nil, io.EOF
	case errors.Is(err, errLong) && *p.bytes.left < 0:
		return nil, errLarge
	case errors.Is(err, errLong):
		return nil, errLong
	case err != nil:
		return nil, damaged(p.name)
	}
	switch t.(type) {
	case xml.Directive:
		return nil, broken("%s of the workbook declares a document type, which no spreadsheet writes", p.name)
	case xml.StartElement:
		if p.depth++; p.depth > deepest {
			return nil, damaged(p.name)
		}
	case xml.EndElement:
		p.depth--
	}
	return t, nil
}

// elements calls do for the start of each element.
func (p *workbookPart) elements(do func(xml.StartElement)) error {
	for {
		t, err := p.token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, errLong):
			return damaged(p.name)
		case err != nil:
			return err
		}
		if e, ok := t.(xml.StartElement); ok {
			do(e)
		}
		p.rest()
	}
}

// attr is an attribute by its local name; "" when it is not there.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(s string) bool { return s == "1" || s == "true" }

// richText gathers the text of an si or is element: its runs, without the
// reading aids of East Asian texts.
type richText struct {
	text  []byte
	in    string // the innermost element
	aside int    // depth inside rPh
}

func (s *richText) take(t xml.Token) {
	switch t := t.(type) {
	case xml.StartElement:
		s.in = t.Name.Local
		if s.aside > 0 || s.in == "rPh" {
			s.aside++
		}
	case xml.EndElement:
		s.in = ""
		if s.aside > 0 {
			s.aside--
		}
	case xml.CharData:
		if s.in == "t" && s.aside == 0 {
			s.text = append(s.text, t...)
		}
	}
}

// escaped is how OOXML writes a character that XML cannot hold (ECMA-376 part
// 1, 22.9.2.19, ST_Xstring).
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescaped(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(e string) string {
		n, _ := strconv.ParseUint(e[2:6], 16, 16) // the expression took hex digits only
		return string(rune(n))
	})
}

// texts are the shared texts of a workbook, one behind the other.
type texts struct {
	all  []byte
	ends []int
}

func (s *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return string(s.all[from:s.ends[i]]), true
}

func readTexts(p *workbookPart) (*texts, error) {
	s := &texts{}
	var one richText
	for {
		t, err := p.token()
		switch {
		case errors.Is(err, io.EOF):
			return s, nil
		case errors.Is(err, errLong):
			return nil, broken("a text of the workbook has more than %d bytes, which is the most that is read here", longest)
		case err != nil:
			return nil, err
		}
		one.take(t)
		if end, ok := t.(xml.EndElement); ok && end.Name.Local == "si" {
			if s.all = append(s.all, unescaped(string(one.text))...); len(s.all) > mostText {
				return nil, broken("the workbook has more than %d bytes of text, which is the most that is read here", mostText)
			}
			s.ends = append(s.ends, len(s.all))
			one = richText{text: one.text[:0]}
			p.rest()
		}
	}
}

func tooLong(n, most int) string {
	return fmt.Sprintf("has %d characters; at most %d are read", n, most)
}

func tooMany(columns int) string {
	return fmt.Sprintf("the row has more than %d columns, which is the most that is read here", columns)
}
