// SPDX-License-Identifier: Apache-2.0

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The index of parts has, for each row of a source, its grams: what stands in four
// places of a value that follow each other, the last with the end of the value
// (docs/adr/0025-parts-by-grams.md). It follows from the rows, so that no leaf has
// it and [verify.Record] holds it against them.

// PartSource is where rows of the index stand.
type PartSource struct {
	Name string
	// First is the number of row 0 in the index.
	First int64
	// Rows reads the rows after ?1 in their order, ?2 of them at most: number,
	// folded serial, IMEI, IMEI2, ICCID, IMSI, EID, hash.
	Rows string
	// Behind is whether rows enter behind those that are written: a bind and its
	// leaves do not wait for it.
	Behind bool
}

// Entries are those of a row of the source, each once. What refused devices said is
// found whole only.
func (s PartSource) Entries(v PartValues) []string {
	if s.Name == PartsOfRefused.Name {
		return v.wholes()
	}
	return v.grams()
}

// Last is the highest number of a row of the source in the index.
func (s PartSource) Last() int64 { return s.First + partSpan - 1 }

// InList takes the number of a row of [PartsOfImported] in the index apart, in SQL:
// the list, and the row of it.
func (s PartSource) InList(number string) (list, row string) {
	return fmt.Sprintf("(%s - %d) >> %d", number, s.First, partBits), fmt.Sprintf("%s & %d", number, partSpan-1)
}

// FoldedSerial is the serial of a unit u as it is searched; units from before
// units.folded have none.
const FoldedSerial = `iif(u.folded = '', lower(u.serial), u.folded)`

// The sources. What a device said that was refused, and rows of lists, are in the
// index from the moment that they are written.
var (
	PartsOfBindings = PartSource{
		"bindings", 0, `SELECT b.id, ` + FoldedSerial + `, b.imei, b.imei2, b.iccid, b.imsi, b.eid, ''
		FROM bindings b CROSS JOIN units u ON u.serial = b.serial WHERE b.id > ?1 ORDER BY b.id LIMIT ?2`, true,
	}
	PartsOfSubscriptions = PartSource{
		"subscriptions", 1 * partSpan, `SELECT id, '', '', '', iccid, imsi, eid, '' FROM subscriptions WHERE id > ?1 ORDER BY id LIMIT ?2`, true,
	}
	PartsOfLeaves = PartSource{
		"leaves", 2 * partSpan, `SELECT number, '', '', '', '', '', '', lower(hex(hash)) FROM leaves WHERE number > ?1 ORDER BY number LIMIT ?2`, true,
	}
	PartsOfPrints = PartSource{
		"prints", 3 * partSpan, `SELECT id, '', '', '', '', '', '', hash FROM prints WHERE id > ?1 ORDER BY id LIMIT ?2`, true,
	}
	PartsOfRefused = PartSource{
		"refused", 4 * partSpan, `SELECT a.id, '', ` + readingField("imei") + `, ` + readingField("imei2") + `, ` + readingField("iccid") + `, ` + readingField("imsi") + `, ` + readingField("eid") + `, ''
		FROM attempts a NOT INDEXED CROSS JOIN evidence e ON e.attempt = a.id WHERE ` + AttemptRefused + ` AND a.id > ?1 ORDER BY a.id LIMIT ?2`, false,
	}
	// PartsOfImported has room for each list: its number is before that of the row.
	PartsOfImported = PartSource{
		"imported", partSpan * firstList, `SELECT b.file * 1099511627776 + b.n, coalesce(u.folded, ''), b.imei, b.imei2, b.iccid, b.imsi, b.eid, ''
		FROM imported_bindings b LEFT JOIN imported_units u ON u.file = b.file AND u.n = b.n WHERE (b.file, b.n) > (?1 / 1099511627776, ?1 % 1099511627776) ORDER BY b.file, b.n LIMIT ?2`, false,
	}
	PartSources = []PartSource{PartsOfBindings, PartsOfSubscriptions, PartsOfLeaves, PartsOfPrints, PartsOfRefused, PartsOfImported}
)

// firstList leaves room for other sources.
const firstList = 256

// readingField is a value of what a device said, where it is a text.
func readingField(name string) string { return `coalesce(e.reading ->> '$.` + name + `', '')` }

// PartRow reads a row of a source.
func PartRow(scan func(...any) error) (n int64, v PartValues, err error) {
	err = scan(&n, &v.Folded, &v.IMEI, &v.IMEI2, &v.ICCID, &v.IMSI, &v.EID, &v.Hash)
	return n, v, err
}

// partsTx is what the index is written through.
type partsTx interface {
	exec(text string, args ...any) (sql.Result, error)
	Get(text string, args []any, into ...any) error
	Each(text string, args []any, do func(scan func(...any) error) error) error
}

func addParts(t partsTx, s PartSource, number int64, v PartValues) error {
	entries := s.Entries(v)
	if len(entries) == 0 {
		return nil
	}
	_, err := t.exec(`INSERT INTO parts (rowid, grams) VALUES (?, ?)`, s.First+number, strings.Join(entries, " "))
	return err
}

// numberedParts is a row that is to enter the index.
type numberedParts struct {
	number int64
	PartValues
}

// addAfter adds the rows of a source after one, most of them at most, and gives the
// last.
func addAfter(t partsTx, s PartSource, after int64, most int) (last int64, n int, err error) {
	var rows []numberedParts
	err = t.Each(s.Rows, []any{after, most}, func(scan func(...any) error) error {
		number, v, err := PartRow(scan)
		rows = append(rows, numberedParts{number, v})
		return err
	})
	last = after
	for _, r := range rows {
		if err == nil {
			err = addParts(t, s, r.number, r.PartValues)
		}
		last = r.number
	}
	return last, len(rows), err
}

// partsEvery is how many leaves come between two times that rows enter the index,
// and partsAtOnce how many rows of a source then do at most. Some hundreds at once
// cost each a tenth of what one alone does; and so many are read one by one in
// milliseconds.
const (
	partsEvery  = 512
	partsAtOnce = 2 * partsEvery
)

// followParts has the index follow the rows, and reports whether it has to go on.
func followParts(t partsTx) (more bool, err error) {
	for _, s := range PartSources {
		if !s.Behind {
			continue
		}
		var upto int64
		switch err := t.Get(`SELECT upto FROM parts_reach WHERE source = ?`, []any{s.Name}, &upto); {
		case errors.Is(err, sql.ErrNoRows): // verify says so
			continue
		case err != nil:
			return false, err
		}
		last, n, err := addAfter(t, s, upto, partsAtOnce)
		if err != nil {
			return false, err
		}
		if n > 0 {
			_, err = t.exec(`UPDATE parts_reach SET upto = ? WHERE source = ?`, last, s.Name)
		}
		if err != nil {
			return false, err
		}
		more = more || n == partsAtOnce
	}
	return more, nil
}

// partObjects are the tables of the index of parts, those first that read others.
// What begins with parts_ is a part of parts, and left over only where that itself
// was taken away.
var partObjects = []string{"part_entries", "parts", "parts_data", "parts_idx", "parts_config", "parts_reach"}

// quotedList is a list of names in SQL.
func quotedList(names []string) string { return "'" + strings.Join(names, "', '") + "'" }

// partsWhole is that no table of the index of parts is missing.
var partsWhole = `SELECT count(*) = ? FROM sqlite_schema WHERE name IN (` + quotedList(partObjects) + `)`

// IsOfParts reports whether an object of the file is one of the index of parts.
func IsOfParts(name string) bool { return slices.Contains(partObjects, name) }
