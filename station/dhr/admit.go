// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// Ask asks somebody for what [station.BadgeHolder] says that they are asked for.
type Ask func(station.BadgeHolder) (secret string, err error)

// Admit lets the bearer of a badge do what they are allowed to, where there is
// no screen to sign in at. They are asked for their PIN, or their password
// where they have no PIN. Only while the record is set up or tried out, and no
// admin has a password ([DHR.HasAdminPassword]), does a badge alone do, of who has none
// either. The record holds each time, what was given (Asks of the bearer), and
// how it went.
func (d *DHR) Admit(ctx context.Context, badge string, ask Ask) (station.BadgeHolder, error) {
	b, given, err := d.promptFor(ctx, badge, ask)
	var no *station.Refusal
	if errors.As(err, &no) && no.Finding.Code == station.TrainingExpired {
		_, err = d.SignIn(ctx, badge, "", "") // it says the same, and is in the record
	}
	if err != nil {
		return b, err
	}
	return b, d.recordSignIn(ctx, b.ID, given)
}

// promptFor says whose badge it is, and what they gave to come in.
func (d *DHR) promptFor(ctx context.Context, badge string, ask Ask) (b station.BadgeHolder, given signInAttempt, err error) {
	if b, err = d.BadgeHolder(ctx, badge); err != nil {
		return b, given, err
	}
	hasPassword, err := d.HasAdminPassword(ctx)
	if err != nil {
		return b, given, err
	}
	own, err := d.HasSecret(ctx, b.ID, station.Password)
	if err != nil {
		return b, given, err
	}
	if b.Requires, given.no = b.CredentialToAdmit(hasPassword, own); b.Requires == "" {
		return b, given, nil
	}
	secret, err := ask(b)
	if err != nil {
		return b, given, err
	}
	given, err = d.checkSecret(ctx, b.ID, b.Requires, secret)
	return b, given, err
}

// HasAdminPassword reports whether an admin of the record has a password
// ([station.AdminsWithPassword]).
func (d *DHR) HasAdminPassword(ctx context.Context) (yes bool, err error) {
	holders, err := secretHolders(readTx{ctx, d})
	return len(station.AdminsWithPassword(holders)) > 0, store.AsFault(err)
}

// HasSecret reports whether a person has a PIN, or a password: who sets another
// one gives the old one first.
func (d *DHR) HasSecret(ctx context.Context, person string, kind station.Credential) (bool, error) {
	set, err := secretOf(d.reads.QueryRow(ctx), person, kind)
	return set.hash != nil, store.AsFault(err)
}
