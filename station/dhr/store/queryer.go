// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"database/sql"
)

// Queryer asks the record: within a transaction that writes, or at a moment of
// the record that is only read.
type Queryer interface {
	// Get asks for one row; [sql.ErrNoRows] when there is none.
	Get(text string, args []any, into ...any) error
	// Each asks for rows and calls do for each with the function that scans it.
	Each(text string, args []any, do func(scan func(...any) error) error) error
}

type rowsQueryer interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// eachRow asks a statement for rows and calls do for each.
func eachRow(ctx context.Context, s *sql.Stmt, args []any, do func(scan func(...any) error) error) error {
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
