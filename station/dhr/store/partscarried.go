// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
)

// migrationTx is a step of a migration as [partsTx].
type migrationTx struct {
	ctx context.Context
	*sql.Tx
}

func (m migrationTx) exec(text string, args ...any) (sql.Result, error) {
	return m.ExecContext(m.ctx, text, args...)
}

func (m migrationTx) Get(text string, args []any, into ...any) error {
	return m.QueryRowContext(m.ctx, text, args...).Scan(into...)
}

func (m migrationTx) Each(text string, args []any, do func(scan func(...any) error) error) error {
	s, err := m.PrepareContext(m.ctx, text)
	if err != nil {
		return err
	}
	defer s.Close()
	return eachRow(m.ctx, s, args, do)
}

// partsSince is the version of the tables from which on there is an index of parts.
const partsSince = 10

// carryParts enters into the index what must be there from the start; bindings,
// leaves and prints, which are many, follow once the record is open.
func carryParts(t partsTx) error {
	for _, s := range PartSources {
		if s.Behind {
			continue
		}
		for last, n := int64(0), partsAtOnce; n == partsAtOnce; {
			var err error
			if last, n, err = addAfter(t, s, last, partsAtOnce); err != nil {
				return err
			}
		}
	}
	return nil
}
