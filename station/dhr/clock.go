// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/ledger"
)

// SettleClock accepts that the clock of the station went back. Only an admin
// may. Their sign-in stands in the same leaf: until the clock is settled there
// can be no other. A wrong try is recorded, and counts, where the clock has not
// gone back at all: else this would be the place to guess at a password.
func (d *DHR) SettleClock(ctx context.Context, badge, reason string, ask Ask) (leaf int64, err error) {
	b, given, err := d.asked(ctx, badge, ask)
	if err == nil && given.no != nil {
		var f *station.Fault
		if err = d.tried(ctx, b.ID, given); errors.As(err, &f) && f.Code == station.ClockBack {
			err = given.no
		}
	}
	if err != nil {
		return 0, err
	}
	return d.write(ctx, act{what: ledger.SettleClock, who: b.ID, why: reason}, func(t *tx) error {
		if err := t.allowed(b.ID, station.ActSettleClock, reason); err != nil {
			return err
		}
		no, err := t.signIn(b.ID, given)
		if err == nil && no != nil {
			err = no
		}
		return err
	})
}
