// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
)

// BeginPrint implements [station.Prints]. The line of the station goes over to the
// order of the unit, if it stood for another.
func (d *DHR) BeginPrint(ctx context.Context, p station.Print) (station.Print, error) {
	if err := d.takeLine(ctx, p); err != nil {
		return p, err
	}
	_, err := d.write(ctx, auditEntry{what: "print", subject: "unit:" + p.Serial, who: p.By, why: p.Reason}, func(t *tx) error {
		if _, err := t.asStation(); err != nil {
			return err
		}
		if err := t.checkDevice(station.DevicePrinter, p.Printer); err != nil {
			return err
		}
		last, err := t.mayPrint(p)
		if err != nil {
			return err
		}
		p.N = last.N + 1
		p.ID, err = t.Insert("prints", store.Values{
			"serial": p.Serial, "n": int64(p.N), "binding": p.Binding, "layout_hash": p.LayoutHash, "hash": p.Hash,
			"printer": p.Printer, "state": string(p.State), "reason": p.Reason, "at": store.Stamp(p.At),
			"person": p.By, "approver": p.Approver,
		})
		return err
	})
	return p, err
}

// mayPrint asks whether p may be printed, and gives the label that was printed last
// for the unit, of the zero value where there was none.
func (t *tx) mayPrint(p station.Print) (last station.Print, err error) {
	if p.Approver != "" { // they gave their badge before this transaction
		second, err := t.person(p.Approver)
		if err != nil {
			return last, err
		}
		if err := station.AllowSecond(second, p.By, station.MayReprint); err != nil {
			return last, err
		}
	}
	err = t.Get("SELECT n, state FROM prints WHERE serial = ? ORDER BY n DESC LIMIT 1", []any{store.Text(p.Serial)}, &last.N, &last.State)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return last, err
	}
	if err := station.AllowPrint(p, last); err != nil || p.Reason == "" {
		return last, err
	}
	stands, err := t.disposition(p.Serial)
	if err != nil {
		return last, err
	}
	return last, station.AllowReprint(p.Serial, stands)
}

// FinishPrint implements [station.Prints].
func (d *DHR) FinishPrint(ctx context.Context, p station.Print) error {
	_, err := d.write(ctx, auditEntry{what: "print-" + string(p.State), subject: "unit:" + p.Serial, who: p.By, why: p.Reason}, func(t *tx) error {
		return t.setPrintState(p.ID, p.State, p.Reason)
	})
	return err
}

// setPrintState moves a print on; where it stands already, nothing is written.
func (t *tx) setPrintState(id int64, to station.PrintState, reason string) error {
	var was station.PrintState
	if err := t.Get("SELECT state FROM prints WHERE id = ?", []any{id}, &was); err != nil {
		return err
	}
	if was == to {
		return nil
	}
	if !was.MayBecome(to) {
		return station.NewFault(station.RecordFault, "a print that is "+string(was)+" cannot become "+string(to), nil)
	}
	set := store.Values{"state": string(to)}
	if reason != "" {
		set["reason"] = reason
	}
	return t.Update("prints", []any{id}, set)
}

// prove keeps how the label of a print was proven, which must be as much as the
// product of the unit asks for. A label that was proven before stays so.
func (t *tx) prove(p station.Print) error {
	var was station.Print
	var rule station.Product
	err := t.Get(`SELECT l.state, l.proof, p.scan_back FROM prints l JOIN units u ON u.serial = l.serial
		JOIN products p ON p.ref = u.ref AND p.version = u.version WHERE l.id = ?`, []any{p.ID}, &was.State, &was.Proof.Method, &rule.ScanBack)
	if err != nil || was.Applied() {
		return err
	}
	if err := station.AllowScanBack(rule, p.Proof); err != nil {
		return err
	}
	return t.Update("prints", []any{p.ID}, store.Values{
		"state": string(p.Proof.State()), "proof": string(p.Proof.Method), "proof_keys": int64(p.Proof.Keys),
		"proof_ms": p.Proof.Took.Milliseconds(), "proof_longest_ms": p.Proof.Longest.Milliseconds(),
	})
}

const selectPrint = `SELECT id, serial, binding, n, layout_hash, hash, printer, state, reason, at, person, approver,
	proof, proof_keys, proof_ms, proof_longest_ms FROM prints`

func intoPrint(p *station.Print) []any {
	return []any{
		&p.ID, &p.Serial, &p.Binding, &p.N, &p.LayoutHash, &p.Hash, &p.Printer, &p.State, &p.Reason,
		(*store.Instant)(&p.At), &p.By, &p.Approver, &p.Proof.Method, &p.Proof.Keys, (*milliseconds)(&p.Proof.Took), (*milliseconds)(&p.Proof.Longest),
	}
}

// milliseconds is a time span as the record holds it.
type milliseconds time.Duration

// Scan implements sql.Scanner.
func (m *milliseconds) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%T is not a number of milliseconds", v)
	}
	*m = milliseconds(time.Duration(n) * time.Millisecond)
	return nil
}
