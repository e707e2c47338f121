// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"

	"bindery/station/dhr/store"
	"bindery/station/record"
)

// The queries take a signature's leaf, ?1, and its lot or a serial, ?2. A unit
// was signed when a leaf before the signature wrote it. It has changed when a
// later leaf about it wrote the unit, a binding, a label, a move or an alarm:
// who only looked at it, or scanned it in vain, changed nothing.
const (
	unitsSigned = `SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM leaves l, json_each(l.body, '$.rows') r
			WHERE l.subject = 'unit:' || u.serial AND l.number < ?1 AND r.value ->> 'table' = 'units')), 0)
		FROM units u JOIN orders o ON o.id = u.work_order WHERE `
	unitsChanged = `SELECT u.serial, min(l.number), l.body ->> 'at', l.body ->> 'who', l.body ->> 'what', l.body ->> 'why'
		FROM units u JOIN orders o ON o.id = u.work_order JOIN leaves l ON l.subject = 'unit:' || u.serial AND l.number > ?1
		WHERE EXISTS (SELECT 1 FROM json_each(l.body, '$.rows') r
			WHERE r.value ->> 'table' IN ('units', 'bindings', 'prints', 'moves', 'alarms'))
		AND EXISTS (SELECT 1 FROM leaves b, json_each(b.body, '$.rows') r
			WHERE b.subject = l.subject AND b.number < ?1 AND r.value ->> 'table' = 'units') AND `
	byChanged = ` GROUP BY u.serial ORDER BY u.serial`
)

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
	where, args := "o.lot = ?2", []any{s.Leaf, lot}
	if unit != "" {
		where, args = "u.serial = ?2", []any{s.Leaf, unit}
	}
	all := 0
	if err := d.reads.Row(ctx, unitsSigned+where, args, []any{&all, &h.Units}); err != nil {
		return h, err
	}
	h.Later = all - h.Units
	err := d.reads.Each(ctx, unitsChanged+where+byChanged, args, func(scan func(...any) error) error {
		var c record.UnitChange
		err := scan(&c.Serial, &c.Leaf, (*store.Instant)(&c.At), &c.By, &c.What, &c.Why)
		h.Changed = append(h.Changed, c)
		return err
	})
	if err != nil {
		return h, err
	}
	return h, d.reads.Row(ctx, `SELECT coalesce(min(id), 0) FROM signatures WHERE subject = ? AND id > ?`, []any{s.Subject, s.ID}, []any{&h.Next})
}
