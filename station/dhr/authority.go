// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"errors"
	"strings"

	"bindery/station"
)

// allowed asks the domain's rules, with the people as they stand in this very
// transaction, whether by may do a.
func (t *tx) allowed(by string, a station.Act, reason string) error {
	p, err := t.person(by)
	if err != nil {
		return err
	}
	if err := station.Allow(p, a); err != nil {
		return err
	}
	if strings.TrimSpace(reason) == "" {
		return station.Refuse(station.ReasonMissing, string(a))
	}
	return nil
}

func (t *tx) person(id string) (station.Person, error) {
	var p station.Person
	err := t.get(selectPerson+` WHERE id = ? AND active = 1`, []any{text(id)}, intoPerson(&p)...)
	if errors.Is(err, sql.ErrNoRows) {
		return p, station.Refuse(station.PersonUnknown, "")
	}
	return p, err
}
