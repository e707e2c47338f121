// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
)

// open writes an attempt that has not ended, with its evidence.
func (t *tx) open(a station.Attempt) (int64, error) {
	return t.attempt(a, store.Values{"code": ""})
}

// maskScanned sees to it that an attempt which came to no unit keeps no identity that
// was scanned in place of the serial or the order.
func (t *tx) maskScanned(a *station.Attempt) error {
	if a.ID != 0 {
		return nil
	}
	var p station.Product
	err := t.Get(`SELECT p.serial_pattern FROM orders o JOIN products p ON p.ref = o.ref AND p.version = o.version WHERE o.id = ?`,
		[]any{store.Text(a.Order)}, &p.SerialPattern)
	if errors.Is(err, sql.ErrNoRows) {
		a.Order, err = identity.MaskIn(a.Order), nil
	}
	a.Serial = p.SerialAsKept(a.Serial)
	t.Leaf.Subject = store.Text("unit:" + a.Serial)
	return err
}

// endAttempt writes how an attempt ended: its own row when it is in the record
// already, else a new one.
func (t *tx) endAttempt(a station.Attempt) error {
	end := store.Values{"ended": store.Stamp(a.Ended), "outcome": string(a.Outcome), "code": string(a.EndCode())}
	var err error
	if a.ID != 0 {
		err = t.Update("attempts", []any{a.ID}, end)
	} else {
		a.ID, err = t.attempt(a, end)
	}
	if err == nil && a.Outcome.Refused() {
		err = t.AddRefusedParts(a.ID)
	}
	if err != nil {
		return err
	}
	return t.verdict(a)
}

func (t *tx) attempt(a station.Attempt, r store.Values) (id int64, err error) {
	r["serial"], r["work_order"], r["person"], r["station"] = a.Serial, a.Order, a.By, t.Leaf.Station
	r["started"], r["program"] = store.Stamp(a.Started), t.program
	if id, err = t.Insert("attempts", r); err != nil {
		return 0, err
	}
	if reflect.ValueOf(a.Reading).IsZero() { // the device was not asked
		return id, nil
	}
	said := a.Reading
	said.Findings = orEmpty(said.Findings) // [] and not null: leaves have had it so from the first on
	reading, err := json.Marshal(said)
	if err != nil {
		return 0, err
	}
	_, err = t.Insert("evidence", store.Values{"attempt": id, "reading": reading, "exchanges": exchangesText(a.Reading.Evidence)})
	return id, err
}

func (t *tx) verdict(a station.Attempt) error {
	findings, err := json.Marshal(orEmpty(a.Findings))
	if err != nil {
		return err
	}
	steps, err := json.Marshal(stepsOf(a.Steps))
	if err != nil {
		return err
	}
	_, err = t.Insert("verdicts", store.Values{"attempt": a.ID, "findings": findings, "steps": steps})
	return err
}

// abortOthers ends the attempts of the unit that a stop of the station left
// open.
func (t *tx) abortOthers(a station.Attempt) error {
	ids, err := t.IDs("SELECT id FROM attempts WHERE serial = ? AND outcome IS NULL AND id <> ?", store.Text(a.Serial), a.ID)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.Update("attempts", []any{id}, store.Values{"ended": store.Stamp(t.Now), "outcome": string(station.Aborted)}); err != nil {
			return err
		}
	}
	return nil
}

// Recent lists the last n attempts under an order, the newest first; under
// every order when it is "".
func (d *DHR) Recent(ctx context.Context, order string, n int) ([]record.LastAttempt, error) {
	query := `SELECT serial, work_order, coalesce(outcome, ''), code, started, coalesce(ended, started), person FROM attempts `
	args := []any{n}
	if order != "" {
		query += `WHERE work_order = ? `
		args = []any{store.Text(order), n}
	}
	var lines []record.LastAttempt
	err := d.reads.Each(ctx, query+`ORDER BY id DESC LIMIT ?`, args, func(scan func(...any) error) error {
		var l record.LastAttempt
		var ended time.Time
		err := scan(&l.Serial, &l.Order, &l.Outcome, &l.Code, (*store.Instant)(&l.At), (*store.Instant)(&ended), &l.By)
		l.Took = ended.Sub(l.At)
		lines = append(lines, l)
		return err
	})
	return lines, store.AsFault(err)
}
