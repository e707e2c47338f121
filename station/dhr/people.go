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

// ImportPeople adds people. An ID and a badge belong to one person for ever.
func (d *DHR) ImportPeople(ctx context.Context, by string, rows []station.Person) (record.Import, error) {
	return importRows(ctx, d, auditEntry{what: "import", subject: "people", who: by}, rows, (*tx).importPerson)
}

func (t *tx) importPerson(p station.Person) (added bool, err error) {
	if err := asBadRow(station.CheckPerson(p)); err != nil {
		return false, err
	}
	was, err := t.personBefore(p.ID)
	if err != nil {
		return false, err
	}
	if add, wrong := station.AddPerson(p, was); !add {
		return false, asBadRow(wrong)
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

// personBefore is who has an ID, also who has left; nil for nobody.
func (t *tx) personBefore(id string) (*station.Person, error) {
	var was station.Person
	err := t.Get(selectPerson+` WHERE id = ?`, []any{store.Text(id)}, intoPerson(&was)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &was, err
}

// ChangePerson writes what has changed of a person: name, badge, role or
// training. Only an admin may, and nobody their own role. The only admin with a
// password stays one.
func (d *DHR) ChangePerson(ctx context.Context, by string, p station.Person, reason string) (leaf int64, err error) {
	if err := station.RefusePerson(station.CheckPerson(p)); err != nil {
		return 0, err
	}
	return d.changePerson(ctx, "change-person", by, p, reason, store.Values{
		"name": p.Name, "badge": p.Badge, "role": string(p.Role), "trained_until": p.TrainedUntil,
	}, func(t *tx) error {
		if err := recordable(t.badgeClashes(p)); err != nil {
			return err
		}
		return t.confirmChoiceInNewRole(p.ID, p.Role, by)
	})
}

// recordable is an error about a person, as it is told to who enters one.
func recordable(err error) error {
	var why badRow
	if errors.As(err, &why) {
		return station.RefusePerson(why)
	}
	return err
}

// RetirePerson ends what a person may do. The ID stays taken.
func (d *DHR) RetirePerson(ctx context.Context, by, id, reason string) (leaf int64, err error) {
	return d.changePerson(ctx, "retire-person", by, station.Person{ID: id}, reason, store.Values{"active": int64(0)}, func(*tx) error { return nil })
}

// changePerson writes what an admin changes of p, whose role is the one after it.
func (d *DHR) changePerson(ctx context.Context, what, by string, p station.Person, reason string, set store.Values, check func(*tx) error) (leaf int64, err error) {
	return d.write(ctx, auditEntry{what: what, subject: "person:" + p.ID, who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermission(by, station.MayManagePeople, reason); err != nil {
			return err
		}
		// Whose training has run out must be changed too, to be trained again.
		if _, err := anybody(t, p.ID); err != nil {
			return err
		}
		holders, err := secretHolders(t)
		if err != nil {
			return err
		}
		if err := station.CheckAccountChange(by, p.ID, p.Role, station.AdminsWithPassword(holders)); err != nil {
			return err
		}
		if err := check(t); err != nil {
			return err
		}
		return t.Update("people", []any{store.Text(p.ID)}, set)
	})
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

// secretHolders lists who works here and has a PIN or a password, once for each.
func secretHolders(q store.Queryer) (list []station.SecretHolder, err error) {
	err = q.Each(`SELECT p.id, p.role, s.kind FROM people p JOIN secrets s ON s.person = p.id WHERE p.active = 1 ORDER BY p.id`, nil,
		func(scan func(...any) error) error {
			var h station.SecretHolder
			err := scan(&h.ID, &h.Role, &h.Kind)
			list = append(list, h)
			return err
		})
	return list, err
}
