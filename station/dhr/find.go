// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
)

// lookup is one way to look for a text.
type lookup struct {
	took    string
	serials string // a query for serials with one or two places for arguments
}

// The lookups, the surest first. Exact ones and prefixes walk an index; a part
// from the middle or the end has to read all of it. What may be "" has only the
// others in its index: to be led there, a query must leave "" out too.
var (
	exactly = []lookup{
		{"serial", `SELECT serial FROM units WHERE serial = ?1`},
		{"serial", `SELECT serial FROM units WHERE folded = ?2 AND folded <> '' UNION ALL SELECT serial FROM units WHERE folded = '' AND lower(serial) = ?2`},
		{"imei", `SELECT serial FROM bindings WHERE imei = ?1 UNION ALL SELECT serial FROM bindings WHERE imei2 = ?1 AND imei2 <> ''`},
		{"iccid", `SELECT serial FROM bindings WHERE iccid = ?1 AND iccid <> ''`},
		{"imsi", `SELECT serial FROM bindings WHERE imsi = ?1 AND imsi <> ''`},
		{"eid", `SELECT serial FROM bindings WHERE eid = ?1 AND eid <> ''`},
		{"order", `SELECT serial FROM units WHERE work_order = ?1`},
		{"lot", `SELECT u.serial FROM orders o JOIN units u ON u.work_order = o.id WHERE o.lot = ?1`},
	}
	byPrefix = []lookup{
		{"serial", `SELECT serial FROM units WHERE serial >= ?1 AND serial < ?2`},
		{"imei", `SELECT serial FROM bindings WHERE imei >= ?1 AND imei < ?2
			UNION ALL SELECT serial FROM bindings WHERE imei2 >= ?1 AND imei2 < ?2 AND imei2 <> ''`},
		{"iccid", `SELECT serial FROM bindings WHERE iccid >= ?1 AND iccid < ?2 AND iccid <> ''`},
		{"imsi", `SELECT serial FROM bindings WHERE imsi >= ?1 AND imsi < ?2 AND imsi <> ''`},
		{"eid", `SELECT serial FROM bindings WHERE eid >= ?1 AND eid < ?2 AND eid <> ''`},
		{"order", `SELECT serial FROM units WHERE work_order >= ?1 AND work_order < ?2`},
		{"lot", `SELECT u.serial FROM orders o JOIN units u ON u.work_order = o.id WHERE o.lot >= ?1 AND o.lot < ?2`},
	}
	byPart = []lookup{
		{"imei", partOf("imei") + ` UNION ALL ` + partOf("imei2")},
		{"serial", `SELECT serial FROM units WHERE instr(serial, ?1)`},
		{"iccid", partOf("iccid")},
		{"imsi", partOf("imsi")},
		{"eid", partOf("eid")},
		{"order", `SELECT u.serial FROM orders o CROSS JOIN units u ON u.work_order = o.id WHERE instr(o.id, ?1)`},
		{"lot", `SELECT u.serial FROM orders o CROSS JOIN units u ON u.work_order = o.id WHERE instr(o.lot, ?1)`},
	}
)

// partOf reads the index of a column, a tenth of the table, and goes from there
// to the bindings that it finds.
func partOf(column string) string {
	return strings.ReplaceAll(`SELECT b.serial FROM bindings i CROSS JOIN bindings b ON b.id = i.id
		WHERE instr(i.{}, ?1) AND i.{} <> ''`, "{}", column)
}

// Find looks for a text: any identity, serial, order or lot, whole, its
// beginning, or a part of four characters or more. The first way that finds
// something is taken; a whole value goes before a beginning, and that before a
// part. A number that is not found as it stands is looked for in the other
// forms that people and portals write it in.
func (d *DHR) Find(ctx context.Context, query string) (record.Matches, error) {
	return d.FindMore(ctx, query, 0)
}

// FindMore is [DHR.Find] without the first skip units.
func (d *DHR) FindMore(ctx context.Context, query string, skip int) (record.Matches, error) {
	query = store.Text(strings.TrimSpace(query))
	found, err := d.find(ctx, query, skip)
	if other := otherForm(query); err == nil && len(found.Units) == 0 && other != query {
		return d.find(ctx, other, skip)
	}
	return found, err
}

// otherForm is a number as the record has it: without separators, an IMEISV
// cut to the digits that it shares with the IMEI, an ICCID without its filler
// or, at 20 digits, without a check digit that the card itself does not report.
func otherForm(query string) string {
	plain := strings.ToUpper(strings.NewReplacer(" ", "", "-", "", ".", "", "/", "").Replace(query))
	switch identity.KindOf(plain) {
	case identity.KindIMEISV:
		return plain[:14]
	case identity.KindICCID:
		return plain[:min(len(plain), 19)]
	case identity.KindIMEI, identity.KindIMSI, identity.KindEID:
		return plain
	case identity.KindGTIN, identity.KindUnknown:
	}
	return query
}

func (d *DHR) find(ctx context.Context, query string, skip int) (record.Matches, error) {
	if query == "" {
		return record.Matches{Units: []record.Match{}}, nil
	}
	type identifierQuery struct {
		lookups []lookup
		args    []any
	}
	queries := []identifierQuery{{exactly, []any{query, station.Fold(query)}}, {byPrefix, []any{query, query + "\U0010FFFF"}}}
	if len(query) >= 4 {
		queries = append(queries, identifierQuery{byPart, []any{query}})
	}
	for _, w := range queries {
		for _, l := range w.lookups {
			units, err := d.found(ctx, l.serials, w.args, skip)
			if err != nil {
				return record.Matches{}, store.AsFault(err)
			}
			if len(units) > 0 {
				return record.Matches{Took: l.took, Units: units}, nil
			}
		}
	}
	return record.Matches{Units: []record.Match{}}, nil
}

func (d *DHR) found(ctx context.Context, serials string, args []any, skip int) ([]record.Match, error) {
	var units []record.Match
	args = append(append(args[:len(args):len(args)], "")[:2], skip) // the query may take one argument or two
	err := d.reads.Each(ctx, `WITH hits (serial) AS (SELECT DISTINCT serial FROM (`+serials+`) LIMIT `+strconv.Itoa(record.MostFound)+` OFFSET ?3)
		SELECT u.serial, coalesce(b.imei, ''), coalesce(b.imei2, ''), coalesce(b.iccid, ''), coalesce(b.imsi, ''),
			coalesce(b.eid, ''), u.work_order, o.lot, u.disposition, b.at
		FROM hits JOIN units u ON u.serial = hits.serial JOIN orders o ON o.id = u.work_order
			LEFT JOIN bindings b ON b.serial = u.serial AND b.superseded = 0
		ORDER BY u.serial`, args, func(scan func(...any) error) error {
		var f record.Match
		var at time.Time
		err := scan(&f.Serial, &f.IMEI, &f.IMEI2, &f.ICCID, &f.IMSI, &f.EID, &f.Order, &f.Lot, &f.Disposition, (*store.Instant)(&at))
		if !at.IsZero() {
			f.BoundAt = &at
		}
		units = append(units, f)
		return err
	})
	return units, err
}
