// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

var selectCounts = `SELECT o.id, o.lot, o.closed, o.planned,
	(SELECT count(*) FROM units u WHERE u.work_order = o.id),` +
	countUnits(station.InProcess) + countUnits(station.Passed) + countUnits(station.Quarantined) + countUnits(station.Reworked) +
	countUnits(station.Scrapped) + countUnits(station.Released) + `
	(SELECT count(*) FROM alarms a WHERE a.closed IS NULL
		AND EXISTS (SELECT 1 FROM attempts t WHERE t.serial = a.serial AND t.work_order = o.id)),
	(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition IN ` + store.AwaitRelease + `
		AND EXISTS (SELECT 1 FROM flags f WHERE f.serial = u.serial AND f.ended IS NULL)),
	(SELECT count(*) FROM units u JOIN prints p ON p.serial = u.serial WHERE u.work_order = o.id AND ` + store.PrintOpen + `)
	FROM orders o `

// countUnits is the column of how many units of the order o have a disposition.
func countUnits(d station.Disposition) string {
	return "\n\t(SELECT count(*) FROM units u WHERE u.work_order = o.id AND u.disposition = '" + string(d) + "'),"
}

func intoCounts(c *station.OrderCounts) []any {
	return []any{
		&c.Order, &c.Lot, &c.Closed, &c.Planned, &c.Built, &c.InProcess, &c.Passed, &c.Quarantined, &c.Reworked, &c.Scrapped,
		&c.Released, &c.Alarms, &c.Flagged, &c.Prints,
	}
}

// Counts gives the account of one order.
func (d *DHR) Counts(ctx context.Context, order string) (station.OrderCounts, error) {
	var c station.OrderCounts
	err := d.reads.Row(ctx, selectCounts+`WHERE o.id = ?`, []any{store.Text(order)}, intoCounts(&c))
	return c, store.AsRowFault(err)
}

// CloseOrder ends an order when all of it is accounted for: each unit passed,
// released or scrapped, each label on a unit, destroyed or explained, no alarm
// open. Fewer units than planned are said in the reason.
func (d *DHR) CloseOrder(ctx context.Context, order, by, reason string) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: "close-order", subject: "order:" + order, who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayCloseOrder, reason); err != nil {
			return err
		}
		var c station.OrderCounts
		if err := t.Get(selectCounts+`WHERE o.id = ?`, []any{store.Text(order)}, intoCounts(&c)...); err != nil {
			return store.AsRowFault(err)
		}
		labels, err := countLabels(t, c.Order)
		if err != nil {
			return err
		}
		if err := station.AllowClose(order, c.Closed, orderState(c, labels).Blockers()); err != nil {
			return err
		}
		return t.Update("orders", []any{store.Text(order)}, store.Values{"closed": int64(1)})
	})
}

// Closing tells who closed an order; nil while it is open, and of one that was
// closed when it was brought in.
func (d *DHR) Closing(ctx context.Context, order string) (*record.Closing, error) {
	var c record.Closing
	err := d.reads.Row(ctx, `SELECT json_extract(body, '$.who'), json_extract(body, '$.at'), json_extract(body, '$.why'), number
		FROM leaves WHERE subject = ? AND json_extract(body, '$.what') = 'close-order' ORDER BY number DESC LIMIT 1`,
		[]any{"order:" + store.Text(order)}, []any{&c.By, (*store.Instant)(&c.At), &c.Reason, &c.Leaf})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &c, store.AsFault(err)
}

// ReleaseLot signs the record of a lot and releases its units that passed. A
// release is an approval: no other meaning does it.
// Every order of the lot must be closed and every unit accounted for, and the
// lot must be as it was shown to who signs: see [record.LotView].
func (d *DHR) ReleaseLot(ctx context.Context, s record.Signing, lot string) (leaf int64, err error) {
	if err := station.AllowApproval(s.Meaning); err != nil {
		return 0, err
	}
	p, err := d.signs(ctx, s)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "release-lot", subject: "lot:" + lot, who: p.ID}, func(t *tx) error {
		if err := t.may(p.ID, station.MayRelease); err != nil { // they signed in before this transaction
			return err
		}
		statement, left, err := t.lotStatement(store.Text(lot))
		if err != nil {
			return err
		}
		if err := station.AllowRelease(left); err != nil {
			return err
		}
		if err := s.Saw(statement.Shown); err != nil {
			return err
		}
		id, err := t.sign(p, s.Meaning, "lot:"+lot, statement)
		if err != nil {
			return err
		}
		for _, u := range statement.Units {
			if !u.Disposition.AwaitsRelease() {
				continue
			}
			m := record.MoveRequest{Serial: u.Serial, To: station.Released, By: p.ID, Reason: "lot " + lot}
			if err := t.move(m, u.Disposition, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// lotStatement is what a lot release signs: the counts, the account of the
// labels, and for each unit the digest of all its leaves so far.
type lotStatement struct {
	record.SignedLot
	Leaves int64          `json:"leaves"` // of the record, when it was signed
	Head   string         `json:"head"`   // hash of the last of them
	Units  []lotUnitState `json:"units"`
}

type lotUnitState struct {
	Serial      string              `json:"serial"`
	Disposition station.Disposition `json:"disposition"`
	Record      string              `json:"record"` // SHA-256, hex, over the hashes of its leaves in order
}

// lotStatement is the statement of a lot as it stands now.
func (t *tx) lotStatement(lot string) (lotStatement, []station.Blocker, error) {
	s, left, err := lotOf(t, lot)
	s.Leaves, s.Head = t.Leaf.Number-1, t.Leaf.Prev
	return s, left, err
}

// lotOf is the statement of a lot but for the place in the record, and what
// stands in the way of signing it.
func lotOf(q store.Queryer, lot string) (s lotStatement, left []station.Blocker, err error) {
	s.Lot = lot
	err = q.Each(selectCounts+`WHERE o.lot = ? ORDER BY o.id`, []any{lot}, func(scan func(...any) error) error {
		var c station.OrderCounts
		err := scan(intoCounts(&c)...)
		s.Orders = append(s.Orders, c)
		return err
	})
	if err != nil {
		return s, nil, err
	}
	if len(s.Orders) == 0 {
		return s, nil, store.ErrNotFound
	}
	states := make([]station.OrderState, len(s.Orders))
	for i, o := range s.Orders {
		labels, err := countLabels(q, o.Order)
		if err != nil {
			return s, nil, err
		}
		s.Labels = append(s.Labels, labels)
		states[i] = orderState(o, labels)
	}
	if err := s.readUnits(q); err != nil {
		return s, nil, err
	}
	s.Shown, err = hashOf(map[string]any{"lot": s.Lot, "orders": s.Orders, "labels": s.Labels, "units": s.Units})
	return s, station.LotBlockers(states), err
}

func (s *lotStatement) readUnits(q store.Queryer) error {
	err := q.Each(`SELECT u.serial, u.disposition FROM units u JOIN orders o ON o.id = u.work_order WHERE o.lot = ? ORDER BY u.serial`,
		[]any{s.Lot}, func(scan func(...any) error) error {
			var u lotUnitState
			err := scan(&u.Serial, &u.Disposition)
			s.Units = append(s.Units, u)
			return err
		})
	if err != nil {
		return err
	}
	for i := range s.Units {
		if s.Units[i].Record, err = digest(q, "unit:"+s.Units[i].Serial); err != nil {
			return err
		}
	}
	return nil
}

// digest is the SHA-256 over the hashes of a subject's leaves, in order.
func digest(q store.Queryer, subject string) (string, error) {
	sum := sha256.New()
	err := q.Each("SELECT hash FROM leaves WHERE subject = ? ORDER BY number", []any{subject}, func(scan func(...any) error) error {
		var hash []byte
		err := scan(&hash)
		sum.Write(hash)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}
