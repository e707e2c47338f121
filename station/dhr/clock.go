// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"bindery/station"
	"bindery/station/ledger"
)

// SettleClock accepts that the clock of the station went back. Only an admin
// may.
func (d *DHR) SettleClock(ctx context.Context, by, reason string) (leaf int64, err error) {
	return d.write(ctx, act{what: ledger.SettleClock, who: by, why: reason}, func(t *tx) error {
		return t.allowed(by, station.ActSettleClock, reason)
	})
}
