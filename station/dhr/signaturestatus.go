// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// leavesOfUnits are the leaves about units, with what each wrote. They are of a
// lot or a serial, ?1.
const leavesOfUnits = `SELECT u.serial, coalesce(l.number, 0), coalesce(l.body ->> 'at', ''), coalesce(l.body ->> 'who', ''), coalesce(l.body ->> 'what', ''),
		coalesce(l.body ->> 'why', ''), coalesce((SELECT group_concat(r.value ->> 'table') FROM json_each(l.body, '$.rows') r), '')
	FROM units u JOIN orders o ON o.id = u.work_order LEFT JOIN leaves l ON l.subject = 'unit:' || u.serial
	WHERE %s = ?1 ORDER BY u.serial, l.number`

// addSignatureStatus tells of each signature over a lot how far it holds: for the whole lot,
// or for one unit of it.
func (d *DHR) addSignatureStatus(ctx context.Context, list []record.Signature, unit string) error {
	for i := range list {
		lot, ok := strings.CutPrefix(list[i].Subject, "lot:")
		if !ok {
			continue
		}
		h, err := d.signatureStatus(ctx, list[i], lot, unit)
		if err != nil {
			return err
		}
		list[i].Holds = &h
	}
	return nil
}

func (d *DHR) signatureStatus(ctx context.Context, s record.Signature, lot, unit string) (record.SignatureStatus, error) {
	h := record.SignatureStatus{Unit: unit, Changed: []record.UnitChange{}}
	column, name := "o.lot", lot
	if unit != "" {
		column, name = "u.serial", unit
	}
	var leaves []station.UnitLeaf
	var changes []record.UnitChange // what each of the leaves was
	judge := func() {
		signed, changed := station.SignedUnit(s.Leaf, leaves)
		if signed {
			h.Units++
		} else {
			h.Later++
		}
		if changed >= 0 {
			h.Changed = append(h.Changed, changes[changed])
		}
		leaves, changes = leaves[:0], changes[:0]
	}
	err := d.reads.Each(ctx, fmt.Sprintf(leavesOfUnits, column), []any{name}, func(scan func(...any) error) error {
		c := record.UnitChange{At: &time.Time{}}
		var tables string
		if err := scan(&c.Serial, &c.Leaf, (*store.Instant)(c.At), &c.By, &c.What, &c.Why, &tables); err != nil {
			return err
		}
		if len(changes) > 0 && changes[0].Serial != c.Serial {
			judge()
		}
		leaves, changes = append(leaves, station.UnitLeaf{Number: c.Leaf, Tables: strings.Split(tables, ",")}), append(changes, c)
		return nil
	})
	if err != nil {
		return h, err
	}
	if len(leaves) > 0 {
		judge()
	}
	return h, d.reads.Row(ctx, `SELECT coalesce(min(id), 0) FROM signatures WHERE subject = ? AND id > ?`, []any{s.Subject, s.ID}, []any{&h.Next})
}
