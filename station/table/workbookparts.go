// SPDX-License-Identifier: Apache-2.0

package table

import (
	"archive/zip"
	"encoding/xml"
	"path"
	"strings"
)

// workbook is an XLSX file (ECMA-376): a zip of XML parts.
type workbook struct {
	parts  map[string]*zip.File
	limit  Limits
	loose  bool  // [Options.Tolerant]
	left   int64 // bytes that may still be unpacked
	sheets []sheetEntry
	from04 bool // days are counted from 1904
	shared *texts
	styles []numberStyle
}

// sheetEntry is a sheet as the workbook lists it.
type sheetEntry struct {
	name, id, path string
	hidden         bool
}

func (w *workbook) open(name string) (*workbookPart, error) {
	f := w.parts[name]
	if f == nil {
		return nil, broken("the file is no whole workbook: it has no %s", path.Base(name))
	}
	return openPart(f, &w.left)
}

// each calls do for every element of a part.
func (w *workbook) each(name string, do func(xml.StartElement)) error {
	p, err := w.open(name)
	if err != nil {
		return err
	}
	defer p.close() //nolint:errcheck // it was only read
	return p.elements(do)
}

// partRelation is where a part names another.
type partRelation struct{ id, kind, target string }

// relations are those of a part.
func (w *workbook) relations(of string) (list []partRelation, err error) {
	dir, file := path.Split(of)
	err = w.each(path.Join(dir, "_rels", file+".rels"), func(e xml.StartElement) {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		list = append(list, partRelation{attr(e, "Id"), path.Base(attr(e, "Type")), strings.TrimPrefix(target, "/")})
	})
	return list, err
}
