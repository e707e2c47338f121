// SPDX-License-Identifier: Apache-2.0

package store

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bindery/station"
)

// The index of parts has, for each row of a source, its grams: what stands in four
// places of a value that follow each other, the last with the end of the value
// (docs/adr/0025-parts-by-grams.md). It follows from the rows, so that no leaf has
// it and [verify.Record] holds it against them.

// PartValues are what a row is found by, "" where it has none of it.
type PartValues struct {
	Folded                        string // serial, as it is searched without regard to capitals
	IMEI, IMEI2, ICCID, IMSI, EID string
	Hash                          string // in lower-case hexadecimal
}

// PartTag begins the grams of a value, and says which it is.
type PartTag byte

// The values that have parts.
const (
	SerialPart PartTag = 's'
	IMEIPart   PartTag = 'i'
	ICCIDPart  PartTag = 'c'
	IMSIPart   PartTag = 'm'
	EIDPart    PartTag = 'e'
)

// grams are those of a row, each once.
func (v PartValues) grams() []string {
	list := appendGrams(nil, SerialPart, v.Folded+textEnd)
	list = appendGrams(list, IMEIPart, v.IMEI+digitsEnd)
	list = appendGrams(list, IMEIPart, v.IMEI2+digitsEnd)
	list = appendGrams(list, ICCIDPart, v.ICCID+digitsEnd)
	list = appendGrams(list, IMSIPart, v.IMSI+digitsEnd)
	list = appendGrams(list, EIDPart, v.EID+digitsEnd)
	if v.Hash != "" {
		list = append(list, HashEntry(v.Hash))
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// wholes are the identities of a row, each as one entry.
func (v PartValues) wholes() (list []string) {
	for _, n := range []struct {
		tag   PartTag
		value string
	}{{IMEIPart, v.IMEI}, {IMEIPart, v.IMEI2}, {ICCIDPart, v.ICCID}, {IMSIPart, v.IMSI}, {EIDPart, v.EID}} {
		if e, ok := WholeEntry(n.tag, n.value); ok {
			list = append(list, e)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// WholeEntry stands in the index for a number that a refused device gave; false
// where it is none.
func WholeEntry(tag PartTag, value string) (entry string, ok bool) {
	value = strings.ToLower(value)
	return "r" + string(tag) + value, value != "" && strings.Trim(value, "0123456789abcdef") == ""
}

// PartsQuery asks the index for the rows that may have a value like a pattern, as
// that of [query.Pattern] and folded; false where too little of it stands together.
// What it leads to is to be held against the pattern.
func PartsQuery(tag PartTag, pattern string) (match string, ok bool) {
	end := digitsEnd
	if tag == SerialPart {
		end = textEnd
	}
	var list []string
	for _, known := range strings.FieldsFunc(pattern+end, func(r rune) bool { return r == '*' || r == '?' }) {
		list = appendGrams(list, tag, known)
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " "), len(list) > 0
}

// gramLength is how many characters a gram has. With fewer, a number of ten million
// units would stand behind too many of each; with more, a short part could not be
// looked up.
const gramLength = 4

const (
	digitsEnd = "z"    // behind the last digit of a number: no digit of one
	textEnd   = "\x00" // and of a serial, which has none
)

// appendGrams adds the grams of a value: of a serial as the digits of its UTF-8, so
// that none of its signs is taken for one between grams. What is no number where one
// should be, such as a line that a device said, has none.
func appendGrams(list []string, tag PartTag, value string) []string {
	if tag == SerialPart {
		runes := []rune(value)
		for i := 0; i+gramLength <= len(runes); i++ {
			list = append(list, fmt.Sprintf("%c%x", tag, string(runes[i:i+gramLength])))
		}
		return list
	}
	value = strings.ToLower(value)
	if strings.Trim(value, "0123456789abcdef"+digitsEnd) != "" {
		return list
	}
	for i := 0; i+gramLength <= len(value); i++ {
		list = append(list, string(tag)+value[i:i+gramLength])
	}
	return list
}

// HashEntry stands in the index for a hash in lower-case hexadecimal: its first four
// digits. Of ten million leaves some hundred have the same, and are held against it.
func HashEntry(hash string) string { return "h" + hash[:min(len(hash), gramLength)] }

// partSpan is how many rows a source has room for.
const partSpan = 1 << partBits

const partBits = 40

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
		"refused", 4 * partSpan, `SELECT a.id, '', ` + said("imei") + `, ` + said("imei2") + `, ` + said("iccid") + `, ` + said("imsi") + `, ` + said("eid") + `, ''
		FROM attempts a NOT INDEXED CROSS JOIN evidence e ON e.attempt = a.id WHERE a.outcome = 'fail' AND a.id > ?1 ORDER BY a.id LIMIT ?2`, false,
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

// said is a value of what a device said, where it is a text.
func said(name string) string { return `coalesce(e.reading ->> '$.` + name + `', '')` }

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

// followParts is [followParts] of a transaction that writes something else.
func (t *Tx) followParts() error {
	due := t.Leaf.Number%partsEvery == 0
	if !due && len(t.imported) == 0 {
		return nil
	}
	return t.unlessDamaged(func() error {
		for _, r := range t.imported {
			if err := addParts(t, PartsOfImported, r.number, r.PartValues); err != nil {
				return err
			}
		}
		if !due {
			return nil
		}
		_, err := followParts(t)
		return err
	})
}

// unlessDamaged writes to the index of parts: one that is damaged does not keep
// from being written what is in no other place.
func (t *Tx) unlessDamaged(do func() error) error {
	// Without its index, FTS5 fails at the commit, whatever is taken back before.
	var whole bool
	if err := t.Get(`SELECT count(*) = ? FROM sqlite_schema WHERE name IN (`+quotedPartObjects+`)`, []any{len(partObjects)}, &whole); err != nil || !whole {
		return err
	}
	if _, err := t.exec("SAVEPOINT parts"); err != nil {
		return err
	}
	err := do()
	if err == nil { // FTS5 writes now, not with the commit
		_, err = t.exec("SAVEPOINT parts_written")
	}
	if err != nil && (Damaged(err) || Refused(err)) {
		_, err = t.exec("ROLLBACK TO parts")
	}
	if err != nil {
		return err
	}
	_, err = t.exec("RELEASE parts")
	return err
}

// AddRefusedParts adds to the index what the device said in an attempt that failed.
func (t *Tx) AddRefusedParts(attempt int64) error {
	number, v := int64(0), PartValues{}
	err := t.Each(PartsOfRefused.Rows, []any{attempt - 1, 1}, func(scan func(...any) error) (err error) {
		number, v, err = PartRow(scan)
		return err
	})
	if err != nil || number != attempt { // its device was not asked
		return err
	}
	return t.unlessDamaged(func() error { return addParts(t, PartsOfRefused, number, v) })
}

// importedBindings is the table that [PartsOfImported] reads.
const importedBindings = "imported_bindings"

// keepImportedParts keeps a row of a list, which is of a unit where it is live, until
// its leaf is written.
func (t *Tx) keepImportedParts(r Values) {
	text := func(column string) string { s, _ := r[column].(string); return Text(s) } // STRICT: they are texts
	number := func(column string) int64 { n, _ := r[column].(int64); return n }       // and these numbers
	v := PartValues{IMEI: text("imei"), IMEI2: text("imei2"), ICCID: text("iccid"), IMSI: text("imsi"), EID: text("eid")}
	if text("state") == "live" {
		v.Folded = station.Fold(text("serial"))
	}
	t.imported = append(t.imported, numberedParts{number("file")*partSpan + number("n"), v})
}
