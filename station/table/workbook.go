// SPDX-License-Identifier: Apache-2.0

package table

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Sheets names the sheets of a workbook that hold something, the hidden ones
// left out.
func Sheets(r io.ReaderAt, size int64, o Options) ([]string, error) {
	w, err := openWorkbook(r, size, o)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range w.sheets {
		some, err := w.holds(s.path)
		if err != nil {
			return nil, err
		}
		if some && !s.hidden {
			names = append(names, s.name)
		}
	}
	return names, nil
}

func openWorkbook(r io.ReaderAt, size int64, o Options) (*workbook, error) {
	w := &workbook{parts: map[string]*zip.File{}, limit: o.Limits, loose: o.Tolerant, left: o.Unpacked, shared: &texts{}}
	head := make([]byte, 8)
	if n, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	} else if strings.HasPrefix(string(head[:n]), "\xd0\xcf\x11\xe0") {
		return nil, broken("the workbook has a password, or is an old .xls under another name; save it as .xlsx without a password")
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, broken("the file is no workbook (.xlsx), whatever its name says")
	}
	for _, f := range z.File {
		if w.parts[f.Name] != nil {
			return nil, broken("the workbook holds %s twice", path.Base(f.Name))
		}
		w.parts[f.Name] = f
	}
	if err := w.read(); err != nil {
		return nil, err
	}
	return w, nil
}

// read reads all but the sheets.
func (w *workbook) read() error {
	root, err := w.relations("")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(root, func(r partRelation) bool { return r.kind == "officeDocument" })
	if i < 0 {
		return broken("the file is no workbook (.xlsx), whatever its name says")
	}
	book := root[i].target
	err = w.each(book, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			w.from04 = isTrue(attr(e, "date1904"))
		case "sheet":
			state := attr(e, "state")
			w.sheets = append(w.sheets, sheetEntry{name: attr(e, "name"), id: attr(e, "id"), hidden: state != "" && state != "visible"})
		}
	})
	if err != nil {
		return err
	}
	rels, err := w.relations(book)
	if err != nil {
		return err
	}
	for _, r := range rels {
		if err := w.relate(r); err != nil {
			return err
		}
	}
	w.sheets = slices.DeleteFunc(w.sheets, func(s sheetEntry) bool { return s.path == "" })
	return nil
}

func (w *workbook) relate(r partRelation) (err error) {
	switch r.kind {
	case "worksheet":
		for i := range w.sheets {
			if w.sheets[i].id == r.id {
				w.sheets[i].path = r.target
			}
		}
	case "sharedStrings":
		p, err := w.open(r.target)
		if err != nil {
			return err
		}
		defer p.close() //nolint:errcheck // it was only read
		w.shared, err = readTexts(p)
		return err
	case "styles":
		w.styles, err = w.readStyles(r.target)
	}
	return err
}

// choose is the sheet of a name, else the only visible one that holds
// something.
func (w *workbook) choose(name string) (sheetEntry, error) {
	var full, hidden []sheetEntry
	for _, s := range w.sheets {
		if name != "" && s.name == name {
			return s, nil
		}
		some, err := w.holds(s.path)
		switch {
		case err != nil:
			return s, err
		case some && s.hidden:
			hidden = append(hidden, s)
		case some:
			full = append(full, s)
		}
	}
	switch {
	case name != "":
		return sheetEntry{}, broken("the workbook has no sheet of that name; it has %s", names(w.sheets))
	case len(full) == 1:
		return full[0], nil
	case len(full) > 1:
		return sheetEntry{}, broken("%d sheets of the workbook hold something (%s); name the one that is meant", len(full), names(full))
	case len(hidden) > 0:
		return sheetEntry{}, broken("only hidden sheets of the workbook hold something (%s); show the one that is meant", names(hidden))
	}
	return sheetEntry{}, &ReadError{Row: 1, Message: "there is no header: the workbook is empty"}
}

// names lists sheets for a message.
func names(list []sheetEntry) string {
	const most = 10
	var all []string
	for i, s := range list {
		if i == most {
			return strings.Join(all, ", ") + fmt.Sprintf(" and %d more", len(list)-most)
		}
		all = append(all, fmt.Sprintf("%q", s.name))
	}
	return strings.Join(all, ", ")
}

// holds reports whether a sheet holds anything.
func (w *workbook) holds(name string) (bool, error) {
	p, err := w.open(name)
	if err != nil {
		return false, err
	}
	defer p.close() //nolint:errcheck // it was only read
	for {
		t, err := p.token()
		switch e, _ := t.(xml.StartElement); {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil && !errors.Is(err, errLong):
			return false, err
		case err != nil, slices.Contains([]string{"v", "is", "f"}, e.Name.Local):
			return true, nil // what is too long, the sheet will say
		}
		p.rest()
	}
}
