// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// SecretLife is how long a PIN or password may be used.
const SecretLife = 180 * 24 * time.Hour

// setAhead is how far ahead of now a secret may have been set: a clock that was
// corrected by some seconds is no reason to choose another.
const setAhead = time.Hour

// SecretUse is what decides whether a PIN or password that was given rightly is
// of use.
type SecretUse struct {
	Kind  Credential
	Own   bool      // its owner chose it; somebody else gave it to them otherwise
	SetAt time.Time // by the clock of the station then
}

// SecretSetting is how a PIN or password was set last.
type SecretSetting struct {
	SetUp bool   // by who set the record up, with their account
	Set   bool   // as such; else by something that is not known to be its owner's doing
	By    string // person ID, or account, of who did
	Owner string // person ID
}

// Own reports whether it was its owner's choice ([SecretUse]).
func (s SecretSetting) Own() bool { return s.SetUp || s.Set && s.By == s.Owner }

// Check refuses one that only serves to choose another. Only its owner knows a
// secret that they chose, so that nobody else can sign with it (21 CFR 11.100,
// 11.300). One that was set later than now was set while the clock was ahead:
// it counts as old. unsettled says that the clock went back or far ahead and nobody has
// settled that yet: no age is known then, and none hinders who settles it.
func (u SecretUse) Check(now time.Time, unsettled bool) *Refusal {
	switch left := u.Left(now); {
	case !u.Own:
		return Refuse(SecretNotOwn, u.Kind.Name())
	case !unsettled && (left < 0 || left > SecretLife+setAhead):
		return Refuse(SecretExpired, u.Kind.Name())
	}
	return nil
}

// Left is how long a secret may be used from now on.
func (u SecretUse) Left(now time.Time) time.Duration { return SecretLife - now.Sub(u.SetAt) }
