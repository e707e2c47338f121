// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Move changes a unit's disposition by the rules of [station.Transitions]. A unit
// that is to be reworked gives up its binding, which stays readable for ever,
// and its label; it is bound again when its serial is next scanned. A release
// is signed: see [DHR.ReleaseLot].
func (d *DHR) Move(ctx context.Context, m record.MoveRequest) (leaf int64, err error) {
	if m.Serial, err = d.spelledAsRecorded(ctx, m.Serial); err != nil {
		return 0, err
	}
	a := auditEntry{what: "move-" + string(m.To), subject: "unit:" + m.Serial, who: m.By, why: m.Reason}
	return d.write(ctx, a, func(t *tx) error {
		was, err := t.disposition(m.Serial)
		if errors.Is(err, store.ErrNotFound) {
			if moved, err := t.moveImported(m); moved || err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		rule, err := t.mayMove(was, m)
		if err != nil {
			return err
		}
		if rule.GivesUp {
			if err := t.supersede(m.Serial, m.Reason); err != nil {
				return err
			}
		}
		return t.move(m, was, nil)
	})
}

// mayMove is the rule of a move that is allowed, with the people as they are in this
// transaction.
func (t *tx) mayMove(was station.Disposition, m record.MoveRequest) (station.Transition, error) {
	rule, err := station.AllowTransition(was, m.To)
	if err != nil {
		return rule, err
	}
	if err := t.mayBy(rule, m); err != nil || !rule.Labelled {
		return rule, err
	}
	on, err := t.labelled(m.Serial)
	if err != nil {
		return rule, err
	}
	return rule, rule.AllowLabelled(on)
}

// labelled reports whether the label of the live binding of a unit is on it.
func (t *tx) labelled(serial string) (on bool, err error) {
	err = t.Get(`SELECT EXISTS (SELECT 1 FROM bindings b JOIN prints p ON p.serial = b.serial AND p.binding = b.id
		WHERE b.serial = ? AND b.superseded = 0 AND `+store.PrintOnUnit+`)`, []any{store.Text(serial)}, &on)
	return on, err
}

// move writes a move that is allowed; signature is nil where none is due.
func (t *tx) move(m record.MoveRequest, was station.Disposition, signature any) error {
	if _, err := t.Insert("moves", store.Values{
		"serial": m.Serial, "was": string(was), "became": string(m.To), "reason": m.Reason, "person": m.By, "approver": m.Second,
		"signature": signature, "at": store.Stamp(t.Now),
	}); err != nil {
		return err
	}
	return t.Update("units", []any{store.Text(m.Serial)}, store.Values{"disposition": string(m.To)})
}

// supersede ends the live binding of a unit, if it has one: its identities are
// free again, and its labels are void.
func (t *tx) supersede(serial, reason string) error {
	var id int64
	err := t.Get("SELECT id FROM bindings WHERE serial = ? AND superseded = 0", []any{store.Text(serial)}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	if err := t.Update("bindings", []any{id}, store.Values{"superseded": id, "ended": store.Stamp(t.Now)}); err != nil {
		return err
	}
	return t.voidPrints(serial, id, reason)
}

func (t *tx) voidPrints(serial string, binding int64, reason string) error {
	ids, err := t.IDs("SELECT id FROM prints WHERE serial = ? AND binding = ? AND state <> ?", store.Text(serial), binding, string(station.PrintVoid))
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.setPrintState(id, station.PrintVoid, reason); err != nil {
			return err
		}
	}
	return nil
}
