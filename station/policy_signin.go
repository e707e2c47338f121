// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// soon is how long before its end a person is told of it.
const soon = 14 * 24 * time.Hour

// NewBadgeHolder is who p is asked to be: by their PIN, or where they have none by
// their password. What they chose themselves ends some day, and so may their
// training; of a secret that somebody else set there is nothing to wait for.
func NewBadgeHolder(p Person, secrets []SecretUse, now time.Time) BadgeHolder {
	b := BadgeHolder{Person: p}
	if last, err := ParseDay(p.TrainedUntil); err == nil {
		b.endsIn("training", last.Ends(now.Location()).Sub(now))
	}
	for _, s := range secrets {
		if s.Kind == PIN || b.Requires == "" {
			b.Requires = s.Kind
		}
		if s.Own {
			b.endsIn(string(s.Kind), s.Left(now))
		}
	}
	return b
}

func (b *BadgeHolder) endsIn(what string, left time.Duration) {
	if left >= 0 && left <= soon {
		b.Expiries = append(b.Expiries, Expiry{What: what, Days: int(left / (24 * time.Hour))})
	}
}

// CheckHasSecret refuses who has neither PIN nor password, and so can prove nothing.
// named is what they are called in the refusal.
func (b BadgeHolder) CheckHasSecret(named string) *Refusal {
	if b.Requires == "" {
		return Refuse(SecretMissing, named)
	}
	return nil
}

// CredentialToAdmit is what the bearer of a badge gives where there is no screen to sign in
// at, and what bars them, nil for nothing. Only while no admin has a password does
// a badge alone do, of who has none either: then it is "".
func (b BadgeHolder) CredentialToAdmit(adminHasPassword, hasPassword bool) (Credential, *Refusal) {
	if !adminHasPassword && !hasPassword {
		return "", nil
	}
	return b.Requires, b.CheckHasSecret(b.ID)
}

// CheckGiven refuses a secret that is not the one that was set.
func CheckGiven(kind Credential, matches bool) *Refusal {
	if !matches {
		return Refuse(SignInWrong, kind.Name())
	}
	return nil
}

// SignIn is what somebody gave to come in, and what the record has of them.
type SignIn struct {
	Person      string     // ID
	Kind        Credential // that was given; "" for a badge alone
	Given       *Refusal   // what was wrong with it, or with them, before the record was asked; nil when nothing was
	Locked      bool       // the account is
	Changed     bool       // another one was set since it was given
	Use         SecretUse  // of the one that is set
	Unsettled   bool       // the clock is doubted: see [SecretUse.Check]
	Unconfirmed bool       // nobody has confirmed yet that its owner chose it
}

// Check is why the try leads nowhere, nil when it leads in: an account that is
// locked stays so, even with the right secret; one that was changed meanwhile is
// right no more; and one that is too old or somebody else's choice is good for
// nothing else than another one.
func (s SignIn) Check(now time.Time) *Refusal {
	switch {
	case s.Locked:
		return Refuse(AccountLocked, s.Person)
	case s.Given != nil:
		return s.Given
	case s.Changed:
		return CheckGiven(s.Kind, false)
	case s.Kind == "":
		return nil
	}
	if no := s.Use.Check(now, s.Unsettled); no != nil {
		return no
	}
	if s.Unconfirmed {
		return Refuse(SecretUnconfirmed, s.Person)
	}
	return nil
}

// LockAfter is the refusal with which a wrong try locks an account, given all since
// it was last unlocked; nil when it does not ([Lockout]).
func LockAfter(person string, tries []Try) *Refusal {
	if !Lockout(tries) {
		return nil
	}
	return Refuse(AccountLocked, person)
}
