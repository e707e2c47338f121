// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/ledger"
)

// clockState asks the system whether its clock is synchronised; see
// adjtimex(2).
func clockState() station.ClockState {
	var x unix.Timex
	state, err := unix.Adjtimex(&x)
	return stateOfClock(state, x.Status, err)
}

// stateOfClock is what an answer of adjtimex means.
func stateOfClock(state int, status int32, err error) station.ClockState {
	switch {
	case err != nil:
		return station.ClockUnknown
	case state == unix.TIME_ERROR || status&unix.STA_UNSYNC != 0:
		return station.ClockNotSynchronised
	}
	return station.ClockSynchronised
}

// ClockState tells whether the clock of the system is synchronised.
func (d *DHR) ClockState() station.ClockState { return d.synchronised() }

// SettleClock accepts that the clock of the station went back, or far ahead.
// Only an admin may. Their sign-in stands in the same leaf: until the clock is
// settled there can be no other. A wrong try is recorded, and counts, where
// there was nothing to settle at all: else this would be the place to guess at
// a password.
func (d *DHR) SettleClock(ctx context.Context, badge, reason string, ask Ask) (leaf int64, err error) {
	b, given, err := d.promptFor(ctx, badge, ask)
	if err == nil && given.no != nil {
		if err = d.recordSignIn(ctx, b.ID, given); station.ClockDoubt(err) != nil {
			err = given.no
		}
	}
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: ledger.SettleClock, who: b.ID, why: reason}, func(t *tx) error {
		if err := t.checkPermission(b.ID, station.MaySettleClock, reason); err != nil {
			return err
		}
		no, err := t.signIn(b.ID, given)
		if err == nil && no != nil {
			err = no
		}
		return err
	})
}
