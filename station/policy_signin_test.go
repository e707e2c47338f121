// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"slices"
	"testing"
	"time"

	"bindery/station"
)

var signInTime = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func TestASignInFailsForTheFirstOfWhatStandsAgainstIt(t *testing.T) {
	good := station.SecretUse{Kind: station.PIN, Own: true, SetAt: signInTime}
	given, old := good, good
	given.Own, old.SetAt = false, signInTime.Add(-station.SecretLife-time.Hour)
	missing := station.Refuse(station.SecretMissing, "p1")
	for _, c := range []struct {
		what string
		s    station.SignIn
		want station.Code
	}{
		{"a badge alone", station.SignIn{Person: "p1"}, ""},
		{"a PIN", station.SignIn{Person: "p1", Kind: station.PIN, Use: good}, ""},
		{"a locked account", station.SignIn{Person: "p1", Kind: station.PIN, Given: missing, Locked: true, Use: good}, station.AccountLocked},
		{"a badge alone of a locked account", station.SignIn{Person: "p1", Locked: true}, station.AccountLocked},
		{"what was wrong before", station.SignIn{Person: "p1", Given: missing, Changed: true}, station.SecretMissing},
		{"one that was changed meanwhile", station.SignIn{Person: "p1", Kind: station.PIN, Changed: true, Use: given}, station.SignInWrong},
		{"somebody else's choice", station.SignIn{Person: "p1", Kind: station.PIN, Use: given, Unconfirmed: true}, station.SecretNotOwn},
		{"one that is too old", station.SignIn{Person: "p1", Kind: station.PIN, Use: old, Unconfirmed: true}, station.SecretExpired},
		{"one that is too old by a clock that nobody trusts", station.SignIn{Person: "p1", Kind: station.PIN, Use: old, Unsettled: true}, ""},
		{"a choice that nobody confirmed", station.SignIn{Person: "p1", Kind: station.PIN, Use: good, Unconfirmed: true}, station.SecretUnconfirmed},
		{"a badge alone while a choice is unconfirmed", station.SignIn{Person: "p1", Unconfirmed: true}, ""},
	} {
		no := c.s.Check(signInTime)
		if (no == nil) != (c.want == "") || no != nil && no.Finding.Code != c.want {
			t.Errorf("%s: %v, want %q", c.what, no, c.want)
		}
	}
	if no := station.CheckGiven(station.Password, false); no == nil || no.Finding.Code != station.SignInWrong || no.Finding.Value != "password" ||
		station.CheckGiven(station.Password, true) != nil {
		t.Error(no)
	}
}

func TestAWrongTryThatLocksAnAccountSaysWhose(t *testing.T) {
	wrong := slices.Repeat([]station.Try{{Kind: station.PIN, Code: station.SignInWrong}}, station.WrongTries)
	if no := station.LockAfter("p1", wrong); no == nil || no.Finding != station.NewFinding(station.AccountLocked, "p1") {
		t.Error(no)
	}
	if no := station.LockAfter("p1", wrong[1:]); no != nil {
		t.Error(no)
	}
}

func TestABadgeHolderIsAskedForThePINFirstAndToldWhatEndsSoon(t *testing.T) {
	const day = 24 * time.Hour
	set := func(kind station.Credential, own bool, left time.Duration) station.SecretUse {
		return station.SecretUse{Kind: kind, Own: own, SetAt: signInTime.Add(left - station.SecretLife)}
	}
	for _, c := range []struct {
		what, trained string
		secrets       []station.SecretUse
		asks          station.Credential
		ends          []station.Expiry
	}{
		{"nothing", "", nil, "", nil},
		{"a password", "", []station.SecretUse{set(station.Password, true, 30*day)}, station.Password, nil},
		{"both", "", []station.SecretUse{set(station.Password, true, 30*day), set(station.PIN, true, 30*day)}, station.PIN, nil},
		{"both, the other way round", "", []station.SecretUse{set(station.PIN, true, 30*day), set(station.Password, true, 30*day)}, station.PIN, nil},
		{"all that ends", "2026-03-02", []station.SecretUse{set(station.Password, true, 14*day), set(station.PIN, true, 3*day+time.Hour)}, station.PIN,
			[]station.Expiry{{What: "training"}, {What: "password", Days: 14}, {What: "pin", Days: 3}}},
		{"what ends later, or did", "2026-03-01", []station.SecretUse{set(station.Password, true, 14*day+1), set(station.PIN, true, -1)}, station.PIN, nil},
		{"what somebody else chose", "2026-04-02", []station.SecretUse{set(station.PIN, false, day)}, station.PIN, nil},
	} {
		b := station.NewBadgeHolder(station.Person{ID: "p1", TrainedUntil: c.trained}, c.secrets, signInTime)
		if b.ID != "p1" || b.Requires != c.asks || !slices.Equal(b.Expiries, c.ends) {
			t.Errorf("%s: %+v", c.what, b)
		}
	}
}

func TestABadgeAloneDoesOnlyWhileNobodyCanGiveOutSecrets(t *testing.T) {
	for _, c := range []struct {
		requires            station.Credential
		adminHas, has, bars bool
		asks                station.Credential
	}{
		{"", false, false, false, ""}, {station.PIN, false, false, false, ""}, {station.Password, false, true, false, station.Password},
		{station.PIN, false, true, false, station.PIN}, {"", true, false, true, ""}, {station.PIN, true, false, false, station.PIN},
	} {
		b := station.BadgeHolder{Person: station.Person{ID: "p1"}, Requires: c.requires}
		asks, no := b.CredentialToAdmit(c.adminHas, c.has)
		if asks != c.asks || (no != nil) != c.bars || no != nil && no.Finding != station.NewFinding(station.SecretMissing, "p1") {
			t.Errorf("%+v: %q, %v", c, asks, no)
		}
	}
}

func TestAChoiceIsConfirmedByWhoMayAndWhoseOwnChoiceStands(t *testing.T) {
	of := []station.Witness{
		{ID: "owner", Role: station.Quality, Own: true}, {ID: "admin", Role: station.Lead, Own: true}, {ID: "op", Role: station.Operator, Own: true},
		{ID: "lead", Role: station.Lead}, {ID: "q2", Role: station.Quality, Own: true, Unconfirmed: true},
	}
	if n := station.CountWitnesses(of, "owner", "admin"); n != 0 {
		t.Errorf("%d of none", n)
	}
	of = append(of, station.Witness{ID: "lead", Role: station.Lead, Own: true}, station.Witness{ID: "lead", Role: station.Lead, Own: true})
	if n := station.CountWitnesses(of, "owner", "admin"); n != 1 {
		t.Errorf("one with two secrets counts as %d", n)
	}
	if n := station.CountWitnesses(of, "q9", "a9"); n != 3 {
		t.Errorf("%d of three", n)
	}
}

func TestAChoiceThatSomebodyElseCouldHaveMadeIsToBeConfirmed(t *testing.T) {
	given := station.SecretUse{Kind: station.PIN}
	for _, c := range []struct {
		by, owner string
		was       station.SecretUse
		want      bool
	}{
		{"p1", "p1", given, true}, {"a1", "p1", given, false}, {"p1", "p1", station.SecretUse{}, false},
		{"p1", "p1", station.SecretUse{Kind: station.PIN, Own: true}, false},
	} {
		if station.ReplacesGiven(c.by, c.owner, c.was) != c.want {
			t.Errorf("%+v", c)
		}
	}
	if !station.KeepsSecretInNewRole(station.Operator, station.Lead, 1) || station.KeepsSecretInNewRole(station.Lead, station.Lead, 1) ||
		station.KeepsSecretInNewRole(station.Operator, station.Lead, 0) {
		t.Error("who takes a secret along into another role")
	}
}
