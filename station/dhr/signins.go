// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
)

// soon is how long before its end a person is told of it.
const soon = 14 * 24 * time.Hour

// BadgeHolder is whose badge it is and what they are asked for beside it; its
// errors are those of [DHR.PersonByBadge].
func (d *DHR) BadgeHolder(ctx context.Context, badge string) (station.BadgeHolder, error) {
	p, err := d.PersonByBadge(ctx, badge)
	if err != nil {
		return station.BadgeHolder{}, err
	}
	b, now := station.BadgeHolder{Person: p}, d.clock.Now()
	if last, err := station.ParseDay(p.TrainedUntil); err == nil {
		b.Expiries = ending(b.Expiries, "training", last.Ends(now.Location()).Sub(now))
	}
	err = d.reads.Each(ctx, selectSecret+` WHERE s.person = ? ORDER BY s.kind`, []any{p.ID}, func(scan func(...any) error) error {
		var s secretRow
		err := scan(intoSecret(&s)...)
		if s.Kind == PIN || b.Requires == "" {
			b.Requires = s.Kind
		}
		if s.Own {
			b.Expiries = ending(b.Expiries, string(s.Kind), s.Left(now))
		}
		return err
	})
	return b, store.AsFault(err)
}

func ending(list []station.Expiry, what string, left time.Duration) []station.Expiry {
	if left < 0 || left > soon {
		return list
	}
	return append(list, station.Expiry{What: what, Days: int(left / (24 * time.Hour))})
}

// SignIn checks a badge and a PIN or password, the two components of 21 CFR
// 11.200, and records how it went, well or not. Too many wrong tries in a row
// ([station.Lockout]) lock the account and raise an alarm.
func (d *DHR) SignIn(ctx context.Context, badge string, kind Secret, secret string) (station.Person, error) {
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
	kind Secret           // "" for a badge alone
	hash []byte           // which the secret was held against
	no   *station.Refusal // what is wrong with it; nil when it is right
}

// recordSignIn records a try to sign in. Its error is why it led nowhere.
func (d *DHR) recordSignIn(ctx context.Context, person string, given signInAttempt) error {
	var no *station.Refusal
	_, err := d.write(ctx, act{what: "sign-in", subject: "person:" + person, who: person}, func(t *tx) (err error) {
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
func (d *DHR) checkSecret(ctx context.Context, person string, kind Secret, secret string) (signInAttempt, error) {
	set, err := secretOf(d.reads.QueryRow(ctx), person, kind)
	given := signInAttempt{kind: kind, hash: set.hash}
	if err != nil {
		return given, store.AsFault(err)
	}
	ok := false
	if set.hash != nil {
		ok, err = matchesHash(secret, set.hash)
	}
	if !ok {
		given.no = station.Refuse(station.SignInWrong, kind.Name())
	}
	return given, store.AsFault(err)
}

// signIn writes a try and how it went: an account that is locked stays so, even
// with the right secret, one that was changed meanwhile is right no more, and
// one that is too old or somebody else's choice is good for nothing else than
// another one.
func (t *tx) signIn(person string, given signInAttempt) (no *station.Refusal, err error) {
	locked, err := t.locked(person)
	if err != nil {
		return nil, err
	}
	set, err := secretOf(t.Get, person, given.kind)
	if err != nil {
		return nil, err
	}
	switch no = given.no; {
	case locked:
		no = station.Refuse(station.AccountLocked, person)
	case no == nil:
		if no, err = t.checkGiven(person, set, given); err != nil {
			return nil, err
		}
	}
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
	if locked, err = t.lockAfter(person); locked {
		no = station.Refuse(station.AccountLocked, person)
	}
	return no, err
}

// lockAfter locks the account when the tries since it was unlocked say so. Which
// these are is told by the leaves: by its time, an unlock while the clock was
// ahead would be after every try to come.
func (t *tx) lockAfter(person string) (locked bool, err error) {
	tries, err := t.triesOf(person)
	if err != nil || !station.Lockout(tries) {
		return false, err
	}
	err = t.alarmAbout(person, station.NewFinding(station.AccountLocked, person))
	return err == nil, err
}

// triesOf lists how a person has tried to sign in since their account was last
// unlocked, the oldest first. The last leaf of an alarm is the one that closed
// it.
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
