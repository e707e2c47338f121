// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// ImportPeople adds people. An ID and a badge belong to one person for ever.
func (d *DHR) ImportPeople(ctx context.Context, by string, rows []station.Person) (record.Import, error) {
	return importRows(ctx, d, act{what: "import", subject: "people", who: by}, rows, (*tx).importPerson)
}

func (t *tx) importPerson(p station.Person) (added bool, err error) {
	if err := asBadRow(station.CheckPerson(p)); err != nil {
		return false, err
	}
	var was station.Person
	err = t.Get(selectPerson+` WHERE id = ?`, []any{store.Text(p.ID)}, intoPerson(&was)...)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return false, err
	case was == p:
		return false, nil
	default:
		return false, bad("id", "Person %s is in the record with other values.", p.ID)
	}
	if err := t.clashes(personIDs, "id", p.ID); err != nil {
		return false, err
	}
	if err := t.badgeClashes(p); err != nil {
		return false, err
	}
	_, err = t.Insert("people", store.Values{
		"id": p.ID, "name": p.Name, "badge": p.Badge, "role": string(p.Role), "active": int64(1), "trained_until": p.TrainedUntil,
	})
	return true, err
}

// ChangePerson writes what has changed of a person: name, badge, role or
// training. Only an admin may, and nobody their own role. The only admin with a
// password stays one.
func (d *DHR) ChangePerson(ctx context.Context, by string, p station.Person, reason string) (leaf int64, err error) {
	if wrong := station.CheckPerson(p); len(wrong) > 0 {
		return 0, station.Refuse(station.PersonMalformed, wrong[0].Message)
	}
	return d.changePerson(ctx, "change-person", by, p.ID, reason, store.Values{
		"name": p.Name, "badge": p.Badge, "role": string(p.Role), "trained_until": p.TrainedUntil,
	}, func(t *tx) error {
		if err := recordable(t.badgeClashes(p)); err != nil {
			return err
		}
		return t.becomes(p.ID, p.Role, by)
	})
}

// recordable is an error about a person, as it is told to who enters one.
func recordable(err error) error {
	var why badRow
	if errors.As(err, &why) {
		return station.Refuse(station.PersonMalformed, why.Error())
	}
	return err
}

// RetirePerson ends what a person may do. The ID stays taken.
func (d *DHR) RetirePerson(ctx context.Context, by, id, reason string) (leaf int64, err error) {
	return d.changePerson(ctx, "retire-person", by, id, reason, store.Values{"active": int64(0)}, func(*tx) error { return nil })
}

func (d *DHR) changePerson(ctx context.Context, what, by, id, reason string, set store.Values, check func(*tx) error) (leaf int64, err error) {
	return d.write(ctx, act{what: what, subject: "person:" + id, who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayManagePeople, reason); err != nil {
			return err
		}
		if by == id {
			return station.Refuse(station.PersonNotAllowed, "nobody changes their own account")
		}
		// Whose training has run out must be changed too, to be trained again.
		var there int
		if err := t.Get("SELECT count(*) FROM people WHERE active = 1 AND id = ?", []any{store.Text(id)}, &there); err != nil {
			return err
		}
		if there == 0 {
			return station.Refuse(station.PersonUnknown, "")
		}
		if err := t.keepsLastAdmin(id, set); err != nil {
			return err
		}
		if err := check(t); err != nil {
			return err
		}
		return t.Update("people", []any{store.Text(id)}, set)
	})
}

// keepsLastAdmin refuses a change that leaves no admin with a password: from then
// on a badge alone would do again ([DHR.HasAdminPassword]).
func (t *tx) keepsLastAdmin(id string, set store.Values) error {
	if set["role"] == string(station.Admin) {
		return nil
	}
	all, err := countAdminPasswords(t.Get, "")
	if err != nil || all == 0 {
		return err
	}
	if others, err := countAdminPasswords(t.Get, id); err != nil || others > 0 {
		return err
	}
	return station.Refuse(station.PersonNotAllowed, id+" is the only admin with a password")
}

// PersonByBadge is the person of a badge; a *station.Refusal with the code
// person-unknown when there is none, training-expired when the training ran
// out.
func (d *DHR) PersonByBadge(ctx context.Context, badge string) (station.Person, error) {
	return d.person(ctx, ` WHERE active = 1 AND badge = ?`, badge)
}

// Person implements [station.Records].
func (d *DHR) Person(ctx context.Context, id string) (station.Person, error) {
	return d.person(ctx, ` WHERE active = 1 AND id = ?`, id)
}

func (d *DHR) person(ctx context.Context, where, value string) (station.Person, error) {
	var p station.Person
	err := d.reads.Row(ctx, selectPerson+where, []any{store.Text(value)}, intoPerson(&p))
	if err = asUnknownPerson(err); err != nil {
		return p, store.AsFault(err)
	}
	return p, checkTrained(p, d.clock.Now())
}

// person is the person as they stand in this transaction.
func (t *tx) person(id string) (station.Person, error) {
	p, err := t.anybody(id)
	if err != nil {
		return p, err
	}
	return p, checkTrained(p, t.Now)
}

// anybody is a person as they stand in this transaction, trained or not.
func (t *tx) anybody(id string) (station.Person, error) {
	var p station.Person
	err := t.Get(selectPerson+` WHERE active = 1 AND id = ?`, []any{store.Text(id)}, intoPerson(&p)...)
	return p, asUnknownPerson(err)
}

func asUnknownPerson(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return unknownPerson("")
	}
	return err
}

// checkTrained refuses a person whose last day has passed, by the station's own
// calendar.
func checkTrained(p station.Person, now time.Time) error {
	if p.TrainedUntil != "" && station.DayOf(now) > station.Day(p.TrainedUntil) {
		return station.Refuse(station.TrainingExpired, p.TrainedUntil)
	}
	return nil
}

// People lists everybody who is active, by ID.
func (d *DHR) People(ctx context.Context) ([]station.Person, error) {
	var list []station.Person
	err := d.reads.Each(ctx, selectPerson+` WHERE active = 1 ORDER BY id`, nil, func(scan func(...any) error) error {
		var p station.Person
		err := scan(intoPerson(&p)...)
		list = append(list, p)
		return err
	})
	return list, store.AsFault(err)
}

// Names are what everybody is called who ever worked here, by ID: also who has
// left.
func (d *DHR) Names(ctx context.Context) (map[string]string, error) {
	names := map[string]string{}
	err := d.reads.Each(ctx, `SELECT id, name FROM people`, nil, func(scan func(...any) error) error {
		var id, name string
		err := scan(&id, &name)
		names[id] = name
		return err
	})
	return names, store.AsFault(err)
}

const selectPerson = `SELECT id, name, badge, role, trained_until FROM people`

func intoPerson(p *station.Person) []any {
	return []any{&p.ID, &p.Name, &p.Badge, &p.Role, &p.TrainedUntil}
}
