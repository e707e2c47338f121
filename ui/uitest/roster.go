// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"context"

	"bindery/station"
)

// Roster plays the part of the record for those who sign in.
type Roster struct {
	People  map[string]station.Person // by badge
	Asked   station.Credential        // of those who have a secret; a PIN when ""
	Secrets map[string]string         // by person; who is not in it has PIN
	None    string                    // badge of somebody who has no secret
	Ends    []station.Expiry          // of everybody
	Refusal error                     // of every bearer
	Barred  error                     // of every sign-in
	Doubt   error                     // of every sign-in, until the clock is settled
	Tries   int                       // wrong ones

	Unconfirmed bool // what was chosen opens nothing yet
}

// NewRoster has two operators, a lead, an admin and somebody of quality.
func NewRoster() *Roster {
	return &Roster{
		Secrets: map[string]string{},
		People: map[string]station.Person{
			"B-OP": {ID: "p1", Name: "M. Alvarez", Badge: "B-OP", Role: station.Operator},
			"B-O2": {ID: "p2", Name: "J. Brandt", Badge: "B-O2", Role: station.Operator},
			"B-LD": {ID: "p3", Name: "K. Osei", Badge: "B-LD", Role: station.Lead},
			"B-AD": {ID: "p5", Name: "R. Novak", Badge: "B-AD", Role: station.Admin},
			"B-QA": {ID: "p4", Name: "R. Lindqvist", Badge: "B-QA", Role: station.Quality},
		},
	}
}

// BadgeHolder finds whose badge it is.
func (b *Roster) BadgeHolder(_ context.Context, badge string) (station.BadgeHolder, error) {
	p, ok := b.People[badge]
	if !ok {
		return station.BadgeHolder{}, station.Refuse(station.PersonUnknown, "")
	}
	return station.BadgeHolder{Person: p, Requires: b.asks(badge), Expiries: b.Ends}, b.Refusal
}

// SetSecret sets a secret, which must be another than PIN.
func (b *Roster) SetSecret(_ context.Context, person string, _ station.Credential, secret string) error {
	if secret == PIN {
		return station.Refuse(station.SecretWeak, "it is the one that was set before.")
	}
	b.Secrets[person] = secret
	return nil
}

func (b *Roster) asks(badge string) station.Credential {
	switch {
	case badge == b.None:
		return ""
	case b.Asked != "":
		return b.Asked
	}
	return station.PIN
}

// SignIn proves a badge by the secret that its bearer is asked for.
func (b *Roster) SignIn(_ context.Context, badge string, kind station.Credential, secret string) (station.Person, error) {
	if kind != b.asks(badge) {
		secret = "" // they were asked for another
	}
	return b.CheckSecret(badge, kind, secret)
}

// CheckSecret holds a secret against the one of that kind.
func (b *Roster) CheckSecret(badge string, kind station.Credential, secret string) (station.Person, error) {
	p := b.People[badge]
	right, chosen := b.Secrets[p.ID]
	switch {
	case chosen:
	case kind == station.Password:
		right = LongPassword
	default:
		right = PIN
	}
	switch {
	case secret != right:
		b.Tries++
		return station.Person{}, station.Refuse(station.SignInWrong, kind.Name())
	case b.Doubt != nil:
		return station.Person{}, b.Doubt
	case b.Barred != nil && !chosen:
		return station.Person{}, b.Barred
	case b.Unconfirmed && chosen:
		return station.Person{}, station.Refuse(station.SecretUnconfirmed, p.ID)
	}
	return p, nil
}
