// SPDX-License-Identifier: Apache-2.0

package store

import (
	"fmt"
	"slices"
)

// Values is what a row of a table holds: string, int64, []byte or nil by column.
type Values map[string]any

// checkColumns tells a misspelt column at once.
func (r Values) checkColumns(name string, def TableSchema) error {
	for c := range r {
		if !slices.Contains(def.Columns, c) {
			return fmt.Errorf("table %q has no column %q", name, c)
		}
	}
	return nil
}
