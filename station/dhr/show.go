// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// Show gives the whole record of a unit. A serial that was only ever refused
// has attempts and no more; one that was never scanned gives ErrNotFound. Other
// capitals lead to it too.
func (d *DHR) Show(ctx context.Context, serial string) (record.UnitView, error) {
	serial, err := d.spelledAsRecorded(ctx, serial)
	if err != nil {
		return record.UnitView{}, err
	}
	serial = store.Text(serial)
	r := record.UnitView{
		Serial: serial, Flags: []record.FlagView{}, SIMs: []record.Subscription{}, Bindings: []record.BindingView{}, Attempts: []record.AttemptView{}, Prints: []record.PrintView{}, Moves: []record.TransitionView{},
		Alarms: []record.AlarmView{}, Signatures: []record.Signature{}, Leaves: []record.LeafView{},
	}
	made := time.Time{}
	err = d.reads.Each(ctx, `SELECT u.work_order, o.lot, u.ref, u.version, p.name, p.gtin, p.dialect, p.dialect_hash, u.disposition, u.made, u.made_zone
		FROM units u JOIN orders o ON o.id = u.work_order JOIN products p ON p.ref = u.ref AND p.version = u.version WHERE u.serial = ?`, []any{serial}, func(scan func(...any) error) error {
		r.Made = &made
		err := scan(&r.Order, &r.Lot, &r.REF, &r.Version, &r.Product, &r.GTIN, &r.Dialect, &r.DialectHash, &r.Disposition, (*store.Instant)(&made), &r.MadeZone)
		r.MadeOn = station.DayIn(made, r.MadeZone)
		return err
	})
	if err != nil {
		return r, store.AsFault(err)
	}
	for _, part := range []func(context.Context, *record.UnitView) error{
		d.showImported, d.showFlags, d.showSubscriptions, d.showBindings, d.showAttempts, d.showPrints, d.showMoves, d.showAlarms, d.showSignatures, d.showLeaves,
	} {
		if err := part(ctx, &r); err != nil {
			return r, store.AsFault(err)
		}
	}
	switch {
	case r.Made == nil && r.Imported != nil: // nothing else of the unit says what it is
		r.Disposition, r.Order, r.Lot, r.REF = r.Imported.Disposition, r.Imported.Order, r.Imported.Lot, r.Imported.REF
	case r.Made == nil && len(r.Attempts) == 0:
		return r, store.ErrNotFound
	}
	return r, nil
}

func (d *DHR) showBindings(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT b.id, b.superseded <> 0, b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.allocation, b.maker, b.model,
		b.firmware, b.at, b.person, b.leaf, iif(b.ended <> '', b.ended, l.body ->> 'at'), coalesce(l.body ->> 'who', ''), coalesce(m.approver, ''), coalesce(l.body ->> 'why', '')
		FROM bindings b LEFT JOIN leaves l ON l.number = b.leaf AND b.superseded <> 0
		LEFT JOIN moves m ON m.serial = b.serial AND m.leaf = l.number
		WHERE b.serial = ? ORDER BY b.id`, []any{r.Serial}, func(scan func(...any) error) error {
		var b record.BindingView
		var ended time.Time
		err := scan(&b.ID, &b.Superseded, &b.IMEI, &b.IMEI2, &b.ICCID, &b.IMSI, &b.EID, &b.Allocation, &b.Maker, &b.Model,
			&b.Firmware, (*store.Instant)(&b.At), &b.By, &b.Leaf, (*store.Instant)(&ended), &b.SupersededBy, &b.SupersededSecond, &b.SupersededWhy)
		if b.Superseded {
			b.SupersededAt = &ended
		}
		r.Bindings = append(r.Bindings, b)
		return err
	})
}

func (d *DHR) showAttempts(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT a.id, a.work_order, a.person, a.station, a.program, a.started, a.ended, coalesce(a.outcome, ''), a.code,
		v.findings, v.steps, e.reading, e.exchanges, a.leaf
		FROM attempts a LEFT JOIN verdicts v ON v.attempt = a.id LEFT JOIN evidence e ON e.attempt = a.id
		WHERE a.serial = ? ORDER BY a.id`, []any{r.Serial}, func(scan func(...any) error) error {
		a, err := attemptFrom(scan)
		r.Attempts = append(r.Attempts, a)
		return err
	})
}

func attemptFrom(scan func(...any) error) (record.AttemptView, error) {
	a := record.AttemptView{Findings: []station.Finding{}, Steps: []record.StepView{}, Evidence: []record.ExchangeView{}}
	var ended time.Time
	var findings, steps, reading, exchanges []byte
	err := scan(&a.ID, &a.Order, &a.By, &a.Station, &a.Program, (*store.Instant)(&a.Started), (*store.Instant)(&ended), &a.Outcome, &a.Code,
		&findings, &steps, &reading, &exchanges, &a.Leaf)
	if err != nil {
		return a, err
	}
	if !ended.IsZero() {
		a.Ended = &ended
	}
	for _, part := range []struct {
		text []byte
		into any
	}{{findings, &a.Findings}, {steps, &a.Steps}, {reading, &a.Reading}} {
		if part.text == nil {
			continue
		}
		if err := json.Unmarshal(part.text, part.into); err != nil {
			return a, err
		}
	}
	if exchanges != nil {
		a.Evidence, err = Exchanges(exchanges)
	}
	return a, err
}

func (d *DHR) showPrints(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT id, n, binding, layout_hash, hash, printer, state, reason, at, person, approver, leaf,
		proof, proof_keys, proof_ms, proof_longest_ms FROM prints WHERE serial = ? ORDER BY n`, []any{r.Serial}, func(scan func(...any) error) error {
		var p record.PrintView
		var proof station.ScanProof
		err := scan(&p.ID, &p.N, &p.Binding, &p.LayoutHash, &p.Hash, &p.Printer, &p.State, &p.Reason, (*store.Instant)(&p.At),
			&p.By, &p.Approver, &p.Leaf, &proof.Method, &proof.Keys, (*milliseconds)(&proof.Took), (*milliseconds)(&proof.Longest))
		p.Proof = record.LabelProofOf(station.Print{State: p.State, Proof: proof})
		r.Prints = append(r.Prints, p)
		return err
	})
}

func (d *DHR) showMoves(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT was, became, reason, person, approver, coalesce(signature, 0), at, leaf
		FROM moves WHERE serial = ? ORDER BY id`, []any{r.Serial}, func(scan func(...any) error) error {
		var m record.TransitionView
		err := scan(&m.From, &m.To, &m.Reason, &m.By, &m.Second, &m.Signature, (*store.Instant)(&m.At), &m.Leaf)
		r.Moves = append(r.Moves, m)
		return err
	})
}

func (d *DHR) showAlarms(ctx context.Context, r *record.UnitView) error {
	list, err := d.alarms(ctx, selectAlarm+` WHERE serial = ? ORDER BY id`, r.Serial)
	for _, a := range list {
		r.Alarms = append(r.Alarms, record.AlarmView(a))
	}
	return err
}

func (d *DHR) showSignatures(ctx context.Context, r *record.UnitView) (err error) {
	if r.Signatures, err = d.signatures(ctx, `WHERE subject IN (?, ?)`, "lot:"+r.Lot, productSubject(r.REF, r.Version)); err != nil {
		return err
	}
	return d.addSignatureStatus(ctx, r.Signatures, r.Serial)
}

func (d *DHR) showLeaves(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT number, lower(hex(hash)), body FROM leaves WHERE subject = ? ORDER BY number`,
		[]any{"unit:" + r.Serial}, func(scan func(...any) error) error {
			var l record.LeafView
			var body string
			err := scan(&l.Number, &l.Hash, &body)
			l.Body = json.RawMessage(body)
			r.Leaves = append(r.Leaves, l)
			return err
		})
}
