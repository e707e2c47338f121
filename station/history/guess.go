// SPDX-License-Identifier: Apache-2.0

package history

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode"

	"bindery/station/identity"
	"bindery/station/table"
)

// Preview is the beginning of a list, before any of it is brought in.
type Preview struct {
	Fields  []string     // that the list may have, in the order in which they are offered
	Columns []string     // names of its columns, in small letters; "" for one without
	First   [][]string   // first rows, by column
	Mapping FieldColumns // as the names and what is in the columns tell it, to be corrected
}

// sampled are the rows by which the columns are told, shown those that are kept.
const sampled, shown = 200, 4

// Preview reads the beginning of a list and guesses which column is what. The guess is
// for people to correct: an import reads by a mapping, and guesses nothing. An error
// is an *ListError, or one of the file.
func (l List) Preview() (Preview, error) {
	p, wrong := Preview{Fields: l.fields()}, &ListError{Name: l.Name}
	t, err := table.Open(l.Name, l.File, l.Size, table.Options{Limits: limits, Sheet: l.Sheet})
	if err != nil {
		return p, wrong.asRow(err)
	}
	defer t.Close() //nolint:errcheck // it was only read
	named, err := table.ReadHeader(t)
	if err != nil {
		return p, wrong.asRow(err)
	}
	p.Columns = named.Names
	var rows [][]string
	for len(rows) < sampled {
		r, err := named.Next()
		var bad *table.ReadError
		if errors.Is(err, io.EOF) || len(rows) > 0 && errors.As(err, &bad) {
			break // what is wrong further on, the import says
		} else if err != nil {
			return p, wrong.asRow(err)
		}
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, strings.TrimSpace(c.Text))
		}
		rows = append(rows, cells)
	}
	p.First, p.Mapping = rows[:min(len(rows), shown)], guess(l.fields(), named.Names, rows)
	return p, nil
}

// synonyms are other names of the fields, as systems in several languages have them.
var synonyms = map[string]string{
	"serial":      "serialno, serial no, serial number, sn, s/n, seriennummer, serien-nr, seriennr, número de serie, numéro de série, nº de serie, unit, unit serial, device serial",
	"imei":        "imei1, imei 1, imei no, imei number",
	"imei2":       "imei 2, second imei",
	"iccid":       "icc, icc-id, sim, sim no, sim number, sim serial, simid, sim-karte",
	"imsi":        "imsi 1, subscriber id",
	"eid":         "euicc, euicc id, eid number",
	"maker":       "manufacturer, vendor, module maker, hersteller, fabricante",
	"module":      "module type, modem, model, modul, módulo, modelo, modell",
	"firmware":    "fw, fw version, firmware version, software, revision",
	"ref":         "product, article, part number, artikel, artikelnummer, producto, catalogue number, item",
	"lot":         "batch, charge, los, lote, lot no, lot number, batch no",
	"order":       "work order, workorder, wo, job, auftrag, orden, order no, orden de trabajo",
	"station":     "bench, line, workstation, platz, linie, estación",
	"operator":    "user, worker, bediener, operador, operario, made by",
	"disposition": "status, state, zustand, estado",
	"bound_at":    "date, datetime, timestamp, bound, built, made, datum, fecha, programmed at, provisioned at, provisioned",
	"from":        "since, von, desde, bound_at",
	"to":          "until, bis, hasta, ended, given up",
	"by":          "user, operator, von wem, por",
	"why":         "reason, grund, motivo",
}

// folded is a name without what is no letter or digit, so that "Serial-No." is
// "serialno".
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// guess gives each field the column that is named for it; of identities without one,
// the column that holds them.
func guess(fields, columns []string, rows [][]string) FieldColumns {
	m, taken := FieldColumns{}, map[string]bool{"": true}
	give := func(field string, fits func(at int, name string) bool) {
		if m[field] != "" {
			return
		}
		for at, name := range columns {
			if !taken[name] && fits(at, name) {
				m[field], taken[name] = name, true
				return
			}
		}
	}
	for _, f := range fields {
		give(f, func(_ int, name string) bool { return folded(name) == folded(f) })
	}
	for _, f := range fields {
		give(f, func(_ int, name string) bool {
			return slices.ContainsFunc(strings.Split(synonyms[f], ","), func(s string) bool { return folded(s) == folded(name) })
		})
	}
	for _, f := range []string{"imei", "iccid", "eid", "imei2"} {
		if slices.Contains(fields, f) {
			give(f, func(at int, _ string) bool { return holds(f, at, rows) })
		}
	}
	return m
}

// holds tells whether most of what is in a column is an identity of a field.
func holds(field string, at int, rows [][]string) bool {
	filled, fit := 0, 0
	for _, row := range rows {
		if at >= len(row) || row[at] == "" {
			continue
		}
		filled++
		var err error
		switch field {
		case "imei", "imei2":
			_, err = identity.ParseIMEI(row[at])
		case "iccid":
			_, err = identity.ParseICCID(row[at])
		case "eid":
			_, err = identity.ParseEID(row[at])
		}
		if err == nil {
			fit++
		}
	}
	return fit > 0 && fit*2 > filled
}
