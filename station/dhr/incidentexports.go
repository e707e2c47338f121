// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/scope"
)

// AllowIncidentExport asks beforehand what [DHR.RecordIncidentExport] will ask.
func (d *DHR) AllowIncidentExport(ctx context.Context, e record.IncidentExport) error {
	p, err := d.Person(ctx, e.By)
	if err != nil {
		return err
	}
	return station.AllowIncidentExport(p, e.Recipient, e.Whole, e.Reason)
}

// RecordIncidentExport writes what is handed over of an incident, before the file
// has its name. Who may, [station.AllowIncidentExport] says.
func (d *DHR) RecordIncidentExport(ctx context.Context, e record.IncidentExport) (leaf int64, err error) {
	subject := "scope"
	if e.Case != 0 {
		subject = "case"
	}
	return d.write(ctx, auditEntry{what: "export-incident", subject: subject + ":" + string(e.Audience), who: e.By, why: e.Reason}, func(t *tx) error {
		p, err := t.person(e.By)
		if err != nil {
			return err
		}
		if err := station.AllowIncidentExport(p, e.Recipient, e.Whole, e.Reason); err != nil {
			return err
		}
		row := store.Values{
			"audience": string(e.Audience), "scope": scope.JSON(e.Expr), "whole": int64(0), "units": int64(e.Units), "rows": int64(e.Rows), "form": e.Form,
			"hash": e.Hash, "bytes": e.Bytes, "recipient": e.Recipient, "reason": e.Reason, "person": e.By, "at": store.Stamp(t.Now),
		}
		if e.Whole {
			row["whole"] = int64(1)
		}
		if e.Case != 0 {
			row["case_id"] = e.Case
		}
		_, err = t.Insert("incident_exports", row)
		return err
	})
}

// IncidentExports lists what was handed over, the newest first.
func (d *DHR) IncidentExports(ctx context.Context) ([]record.IncidentExport, error) {
	list := []record.IncidentExport{}
	err := d.reads.Each(ctx, `SELECT id, audience, coalesce(case_id, 0), scope, whole, units, rows, form, hash, bytes, recipient, reason, person, at, leaf
		FROM incident_exports ORDER BY id DESC`, nil, func(scan func(...any) error) error {
		var e record.IncidentExport
		var expr []byte
		err := scan(&e.ID, &e.Audience, &e.Case, &expr, &e.Whole, &e.Units, &e.Rows, &e.Form, &e.Hash, &e.Bytes, &e.Recipient, &e.Reason, &e.By,
			(*store.Instant)(&e.At), &e.Leaf)
		if err == nil {
			e.Expr, err = scope.ParseJSON(expr)
		}
		if err == nil {
			e.Scope = scope.Shown(e.Expr)
		}
		list = append(list, e)
		return err
	})
	return list, store.AsFault(err)
}

// CountAnswers keeps how many units of a case answered a field action, by a list
// that came back; see [station.CountAnswers].
func (d *DHR) CountAnswers(ctx context.Context, by string, c record.Case, list record.SourceFile, rows []station.FieldReply) (a record.Answers, err error) {
	units, err := d.CaseUnits(ctx, c.ID, c.Saved[0].N)
	if err != nil {
		return a, err
	}
	answered, foreign := station.CountAnswers(units, rows)
	a = record.Answers{File: identity.MaskIn(list.Name), Hash: list.Hash, Units: len(units), Answered: len(answered), Foreign: foreign, Unanswered: []string{}, By: by}
	for _, r := range station.BlankReplies(rows) {
		a.Blank = append(a.Blank, record.BlankReply{Row: r.Row, Serial: r.Serial})
	}
	for _, s := range units {
		if !answered[s] {
			a.Unanswered = append(a.Unanswered, s)
		}
	}
	a.Leaf, err = d.write(ctx, auditEntry{what: "count-answers", subject: "case:" + identity.MaskIn(c.Name), who: by, why: a.File}, func(t *tx) error {
		if err := t.may(by, station.MayKeepCase); err != nil {
			return err
		}
		a.At = t.Now
		_, err := t.Insert("case_answers", store.Values{
			"case_id": c.ID, "file": a.File, "hash": a.Hash, "units": int64(a.Units), "answered": int64(a.Answered), "foreign_rows": int64(foreign),
			"person": by, "at": store.Stamp(t.Now),
		})
		return err
	})
	return a, err
}

// AnswersOf lists the counts of answers to the field actions of a case, the newest
// first. Who did not answer is told by a count that is made, and not kept.
func (d *DHR) AnswersOf(ctx context.Context, caseID int64) ([]record.Answers, error) {
	list := []record.Answers{}
	err := d.reads.Each(ctx, `SELECT file, hash, units, answered, foreign_rows, person, at, leaf FROM case_answers WHERE case_id = ? ORDER BY id DESC`,
		[]any{caseID}, func(scan func(...any) error) error {
			var a record.Answers
			err := scan(&a.File, &a.Hash, &a.Units, &a.Answered, &a.Foreign, &a.By, (*store.Instant)(&a.At), &a.Leaf)
			list = append(list, a)
			return err
		})
	return list, store.AsFault(err)
}
