// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// secretRow is a person's secret as the record has it.
type secretRow struct {
	hash  []byte // nil when none was set
	setBy string // person ID, or account
	station.SecretUse
}

// What the leaves say that set secrets: that of the record being set up, and of one kind.
const setUp = "set-up"

func setSecret(kind station.Credential) string { return "set-" + string(kind) }

// selectSecret asks for secrets and for how each was set last: its own leaf says
// what was done, and by whom.
const selectSecret = `SELECT s.person, s.kind, s.hash, s.set_at, ` + setLast

const setLast = `json_extract(l.body, '$.what'), coalesce(json_extract(l.body, '$.who'), '') FROM secrets s JOIN leaves l ON l.number = s.leaf`

// ownChoice asks whether a secret is its owner's own, by what the leaf says that set it
// ([station.SecretSetting]).
func ownChoice(owner string, kind station.Credential, what, by string) bool {
	return station.SecretSetting{SetUp: what == setUp, Set: what == setSecret(kind), By: by, Owner: owner}.Own()
}

// read takes a row of selectSecret.
func (s *secretRow) read(scan func(into ...any) error) error {
	var owner, what string
	err := scan(&owner, &s.Kind, &s.hash, (*store.Instant)(&s.SetAt), &what, &s.setBy)
	s.Own = ownChoice(owner, s.Kind, what, s.setBy)
	return err
}

// secretOf is a person's secret; one without a hash when none was set.
func secretOf(get store.QueryRow, person string, kind station.Credential) (s secretRow, err error) {
	err = s.read(func(into ...any) error {
		return get(selectSecret+` WHERE s.person = ? AND s.kind = ?`, []any{store.Text(person), string(kind)}, into...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return secretRow{}, nil
	}
	return s, err
}
