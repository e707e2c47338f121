// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"

	"bindery/station"
)

// learnNames asks the record for the names, ahead of what names people. Twice at
// once does no harm: both have read the same record.
func (a *App) learnNames(ctx context.Context) error {
	by, err := a.dhr.Names(ctx)
	if err != nil {
		return err
	}
	a.names.mu.Lock()
	defer a.names.mu.Unlock()
	a.names.by = by
	return nil
}

// called is what somebody is called.
func (a *App) called(person string) string {
	a.names.mu.Lock()
	defer a.names.mu.Unlock()
	return station.DisplayName(person, a.names.by[person])
}
