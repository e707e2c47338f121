// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"context"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// BadgeHolder is whose badge it is and what they are asked for beside it; its
// errors are those of [DHR.PersonByBadge].
func (d *DHR) BadgeHolder(ctx context.Context, badge string) (station.BadgeHolder, error) {
	p, err := d.PersonByBadge(ctx, badge)
	if err != nil {
		return station.BadgeHolder{}, err
	}
	var secrets []station.SecretUse
	err = d.reads.Each(ctx, selectSecret+` WHERE s.person = ? ORDER BY s.kind`, []any{p.ID}, func(scan func(...any) error) error {
		var s secretRow
		err := s.read(scan)
		secrets = append(secrets, s.SecretUse)
		return err
	})
	return station.NewBadgeHolder(p, secrets, d.clock.Now()), store.AsFault(err)
}

// SignIn checks a badge and a PIN or password, the two components of 21 CFR
// 11.200, and records how it went, well or not. Too many wrong tries in a row
// ([station.Lockout]) lock the account and raise an alarm.
func (d *DHR) SignIn(ctx context.Context, badge string, kind station.Credential, secret string) (station.Person, error) {
	p, err := d.PersonByBadge(ctx, badge)
	given := signInAttempt{kind: kind}
	switch {
	case errors.As(err, &given.no) && given.no.Finding.Code == station.PersonUnknown:
		return station.Person{}, err // there is nobody to record it of
	case err != nil && given.no == nil:
		return station.Person{}, err
	case err == nil:
		if given, err = d.checkSecret(ctx, p.ID, kind, secret); err != nil {
			return station.Person{}, err
		}
	}
	if err := d.recordSignIn(ctx, p.ID, given); err != nil {
		return station.Person{}, err
	}
	return p, nil
}

// signInAttempt is what somebody gave for who they are.
type signInAttempt struct {
	kind station.Credential // "" for a badge alone
	hash []byte             // which the secret was held against
	no   *station.Refusal   // what is wrong with it; nil when it is right
}

// recordSignIn records a try to sign in. Its error is why it led nowhere.
func (d *DHR) recordSignIn(ctx context.Context, person string, given signInAttempt) error {
	var no *station.Refusal
	_, err := d.write(ctx, auditEntry{what: "sign-in", subject: "person:" + person, who: person}, func(t *tx) (err error) {
		no, err = t.signIn(person, given)
		return err
	})
	if err == nil && no != nil {
		err = no
	}
	return err
}

// checkSecret holds a secret against the one that was set. That takes too long for
// a transaction; see [tx.signIn].
func (d *DHR) checkSecret(ctx context.Context, person string, kind station.Credential, secret string) (signInAttempt, error) {
	set, err := secretOf(d.reads.QueryRow(ctx), person, kind)
	given := signInAttempt{kind: kind, hash: set.hash}
	if err != nil {
		return given, store.AsFault(err)
	}
	ok := false
	if set.hash != nil {
		ok, err = matchesHash(secret, set.hash)
	}
	given.no = station.CheckGiven(kind, ok)
	return given, store.AsFault(err)
}

// signIn writes a try and how it went ([station.SignIn]).
func (t *tx) signIn(person string, given signInAttempt) (no *station.Refusal, err error) {
	locked, err := t.locked(person)
	if err != nil {
		return nil, err
	}
	set, err := secretOf(t.Get, person, given.kind)
	if err != nil {
		return nil, err
	}
	unconfirmed, err := t.openAbout(person, station.SecretUnconfirmed)
	if err != nil {
		return nil, err
	}
	no = station.SignIn{
		Person: person, Kind: given.kind, Given: given.no, Locked: locked, Changed: !bytes.Equal(set.hash, given.hash), Use: set.SecretUse,
		Unsettled: t.ClockFault != nil, Unconfirmed: unconfirmed,
	}.Check(t.Now)
	code := ""
	if no != nil {
		code = string(no.Finding.Code)
	}
	_, err = t.Insert("sign_ins", store.Values{
		"person": person, "proof": string(given.kind), "station": t.Leaf.Station, "at": store.Stamp(t.Now), "code": code,
	})
	if err != nil || locked || code != string(station.SignInWrong) {
		return no, err
	}
	tries, err := t.triesOf(person)
	if err != nil {
		return nil, err
	}
	if lock := station.LockAfter(person, tries); lock != nil {
		return lock, t.alarmAbout(person, lock.Finding)
	}
	return no, nil
}

// triesOf lists how a person has tried to sign in since their account was last
// unlocked, the oldest first. Which these are is told by the leaves: by its time, an
// unlock while the clock was ahead would be after every try to come. The last leaf
// of an alarm is the one that closed it.
func (t *tx) triesOf(person string) (list []station.Try, err error) {
	err = t.Each(`SELECT proof, code FROM sign_ins WHERE person = ?1 AND leaf > coalesce(
			(SELECT max(leaf) FROM alarms WHERE code = ?2 AND person = ?1 AND closed IS NOT NULL), 0) ORDER BY id`,
		[]any{store.Text(person), string(station.AccountLocked)}, func(scan func(...any) error) error {
			var try station.Try
			err := scan(&try.Kind, &try.Code)
			list = append(list, try)
			return err
		})
	return list, err
}

func (t *tx) locked(person string) (bool, error) {
	return t.openAbout(person, station.AccountLocked)
}
