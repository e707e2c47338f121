// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// SignatureStatus is how far the signature over a lot still holds: the lot as it is now
// against the lot that was signed (21 CFR 11.70). A product version never
// changes, so the signature over one has no such thing.
type SignatureStatus struct {
	Unit    string   `json:"unit"`    // the only one that was looked at; "" for the whole lot
	Units   int      `json:"units"`   // that were signed
	Changed []Change `json:"changed"` // those of them for which it holds no longer, by serial
	Later   int      `json:"later"`   // units that came into the lot after it
	Next    int64    `json:"next"`    // the signature over the lot that came after it; 0 where none did
}

// Change is the first thing that was done to a unit after it was signed.
type Change struct {
	Serial string    `json:"serial"`
	Leaf   int64     `json:"leaf"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	What   string    `json:"what"` // the verb of the leaf
	Why    string    `json:"why"`
}

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
func (d *DHR) addSignatureStatus(ctx context.Context, list []Signature, unit string) error {
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

func (d *DHR) signatureStatus(ctx context.Context, s Signature, lot, unit string) (SignatureStatus, error) {
	h := SignatureStatus{Unit: unit, Changed: []Change{}}
	where, args := "o.lot = ?2", []any{s.Leaf, lot}
	if unit != "" {
		where, args = "u.serial = ?2", []any{s.Leaf, unit}
	}
	all := 0
	if err := d.reads.row(ctx, unitsSigned+where, args, []any{&all, &h.Units}); err != nil {
		return h, err
	}
	h.Later = all - h.Units
	err := d.reads.each(ctx, unitsChanged+where+byChanged, args, func(scan func(...any) error) error {
		var c Change
		err := scan(&c.Serial, &c.Leaf, (*instant)(&c.At), &c.By, &c.What, &c.Why)
		h.Changed = append(h.Changed, c)
		return err
	})
	if err != nil {
		return h, err
	}
	return h, d.reads.row(ctx, `SELECT coalesce(min(id), 0) FROM signatures WHERE subject = ? AND id > ?`, []any{s.Subject, s.ID}, []any{&h.Next})
}

// Whole reports that nothing has changed since the signature, and nothing came.
func (h SignatureStatus) Whole() bool { return len(h.Changed) == 0 && h.Later == 0 }

// Lines say it in English, a sentence each; person gives the name of who did
// something.
func (h SignatureStatus) Lines(person func(id string) string) []string {
	var lines []string
	switch {
	case h.Unit == "" && h.Whole():
		lines = append(lines, fmt.Sprintf("It holds for all of its units (%d).", h.Units))
	case h.Unit == "":
		lines = append(lines, fmt.Sprintf("It holds for %d of %d units.", h.Units-len(h.Changed), h.Units))
	case h.Whole():
		lines = append(lines, "It holds for "+h.Unit+".")
	}
	for _, c := range h.Changed {
		line := fmt.Sprintf("It holds no longer for %s: %s on %s UTC by %s, leaf %d", c.Serial, strings.TrimPrefix(c.What, "move-"),
			c.At.UTC().Format("2006-01-02 15:04:05"), person(c.By), c.Leaf)
		if c.Why != "" {
			line += " (" + c.Why + ")"
		}
		lines = append(lines, line+".")
	}
	if h.Later > 0 {
		lines = append(lines, fmt.Sprintf("Units that came into the lot later and are not under it: %d.", h.Later))
	}
	switch {
	case h.Next > 0:
		lines = append(lines, fmt.Sprintf("Signature %d was given over the lot after it.", h.Next))
	case !h.Whole():
		lines = append(lines, "To release what has changed, sign the lot again.")
	}
	return lines
}
