// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"errors"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// may asks the domain's rules whether by may do a, with the people as they
// stand in this very transaction: what the screen allowed is not asked.
func (t *tx) may(by string, a station.Permission) error {
	p, err := t.person(by)
	if err != nil {
		return err
	}
	return station.Allow(p, a)
}

// checkPermission is may for what takes a reason, which must be given.
func (t *tx) checkPermission(by string, a station.Permission, reason string) error {
	if err := t.may(by, a); err != nil {
		return err
	}
	return station.ReasonGiven(a, reason)
}

// checkPermissionHere is checkPermission for what must be done before there are people, too:
// while the record has no admin, an account of the computer may.
func (t *tx) checkPermissionHere(by string, a station.Permission) error {
	return allowHere(t, t.Now, by, a)
}

// allowHere is [tx.checkPermissionHere] with the people as q has them.
func allowHere(q store.Queryer, now time.Time, by string, a station.Permission) error {
	p, err := personIn(q, by, now)
	if err == nil {
		return station.Allow(p, a)
	}
	var no *station.Refusal
	if !errors.As(err, &no) || no.Finding.Code != station.PersonUnknown {
		return err
	}
	var hasAdmin bool
	if err := q.Get("SELECT EXISTS (SELECT 1 FROM people WHERE role = ? AND active = 1)", []any{string(station.Admin)}, &hasAdmin); err != nil {
		return err
	}
	return station.AllowAccount(by, a, hasAdmin)
}

// mayBy asks whether those who ask for a move may make it.
func (t *tx) mayBy(rule station.Transition, m record.MoveRequest) error {
	by, err := t.person(m.By)
	if err != nil {
		return err
	}
	if err := rule.AllowBy(by, m.Reason, m.Second); err != nil || !rule.Second {
		return err
	}
	second, err := t.person(m.Second)
	if err != nil {
		return err
	}
	return station.AllowSecond(second, m.By, rule.Permission)
}
