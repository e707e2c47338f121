// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"

	"bindery/station"
)

// ImportPeople adds people. An ID and a badge belong to one person for ever.
func (d *DHR) ImportPeople(ctx context.Context, by string, rows []station.Person) (Import, error) {
	return importRows(ctx, d, act{what: "import", subject: "people", who: by}, rows, (*tx).importPerson)
}

func (t *tx) importPerson(p station.Person) (added bool, err error) {
	switch {
	case p.ID == "" || p.Name == "" || p.Badge == "":
		return false, bad("A person has an ID, a name and a badge.")
	case !p.Role.Known():
		return false, bad("%q is not a role: operator, lead, quality, auditor or admin.", p.Role)
	}
	var was station.Person
	err = t.get(selectPerson+` WHERE id = ? OR badge = ? ORDER BY id <> ? LIMIT 1`,
		[]any{text(p.ID), text(p.Badge), text(p.ID)}, intoPerson(&was)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return false, err
	case was == p:
		return false, nil
	case was.ID == p.ID:
		return false, bad("Person %s is in the record with other values.", p.ID)
	default:
		return false, bad("The badge of person %s belongs to %s.", p.ID, was.ID)
	}
	_, err = t.insert("people", row{"id": p.ID, "name": p.Name, "badge": p.Badge, "role": string(p.Role), "active": int64(1), "trained_until": ""})
	return true, err
}

// PersonByBadge is the person of a badge; a *station.Refusal with the code
// person-unknown when there is none.
func (d *DHR) PersonByBadge(ctx context.Context, badge string) (station.Person, error) {
	return d.person(ctx, ` WHERE badge = ?`, badge)
}

// Person implements [station.Records].
func (d *DHR) Person(ctx context.Context, id string) (station.Person, error) {
	return d.person(ctx, ` WHERE id = ?`, id)
}

func (d *DHR) person(ctx context.Context, where, value string) (station.Person, error) {
	var p station.Person
	err := d.reads.row(ctx, selectPerson+where, []any{text(value)}, intoPerson(&p))
	if errors.Is(err, sql.ErrNoRows) {
		return p, station.Refuse(station.PersonUnknown, "")
	}
	return p, fault(err)
}

// People lists everybody, by ID.
func (d *DHR) People(ctx context.Context) ([]station.Person, error) {
	var list []station.Person
	err := d.reads.each(ctx, selectPerson+` ORDER BY id`, nil, func(scan func(...any) error) error {
		var p station.Person
		err := scan(intoPerson(&p)...)
		list = append(list, p)
		return err
	})
	return list, fault(err)
}

const selectPerson = `SELECT id, name, badge, role FROM people`

func intoPerson(p *station.Person) []any { return []any{&p.ID, &p.Name, &p.Badge, &p.Role} }
