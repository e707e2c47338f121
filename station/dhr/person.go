// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
)

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
	return p, station.CheckTraining(p, d.clock.Now())
}

// person is the person as they stand in this transaction.
func (t *tx) person(id string) (station.Person, error) { return personIn(t, id, t.Now) }

// personIn is a person as q has them, whose training has not run out by now.
func personIn(q store.Queryer, id string, now time.Time) (station.Person, error) {
	p, err := anybody(q, id)
	if err != nil {
		return p, err
	}
	return p, station.CheckTraining(p, now)
}

// anybody is a person as q has them, trained or not.
func anybody(q store.Queryer, id string) (station.Person, error) {
	var p station.Person
	err := q.Get(selectPerson+` WHERE active = 1 AND id = ?`, []any{store.Text(id)}, intoPerson(&p)...)
	return p, asUnknownPerson(err)
}

func asUnknownPerson(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return unknownPerson("")
	}
	return err
}

const selectPerson = `SELECT id, name, badge, role, trained_until FROM people`

func intoPerson(p *station.Person) []any {
	return []any{&p.ID, &p.Name, &p.Badge, &p.Role, &p.TrainedUntil}
}
