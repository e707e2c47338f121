// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
)

// CheckSecret refuses a PIN or password that is too easy by itself. Its error is a
// *Refusal.
func CheckSecret(kind Credential, secret string) error {
	switch {
	case kind == PIN && !kind.CanBe(secret):
		return Refuse(SecretWeak, "a PIN has "+lengthOfPIN+".")
	case kind == PIN && strings.Count(secret, secret[:1]) == len(secret):
		return Refuse(SecretWeak, "its digits are all the same.")
	case kind == Password && !kind.CanBe(secret):
		return Refuse(SecretWeak, "a password has "+lengthOfPassword+".")
	}
	return nil
}

// CheckPassphrase refuses a passphrase for the key of the station that is too easy.
// Its error is a *Refusal.
func CheckPassphrase(text string) error {
	if !Password.CanBe(text) {
		return Refuse(SecretWeak, "a passphrase has "+lengthOfPassword+".")
	}
	return nil
}

// CheckNewSecret refuses a PIN or password that reads as somebody's badge, for the
// screen would take it for that, and one that is the same as before. Its error is a
// *Refusal.
func CheckNewSecret(readsAsBadge, asBefore bool) error {
	switch {
	case readsAsBadge:
		return Refuse(SecretWeak, "it is the number of a badge.")
	case asBefore:
		return Refuse(SecretWeak, "it is the one that was set before.")
	}
	return nil
}

// AllowSetSecret says whether by may set a PIN or password of owner: an admin may,
// and the owner in place of one that they have. Their first they set themselves only
// where no admin has a password who could. Its error is a *Refusal.
func AllowSetSecret(by Person, owner string, has, adminHasPassword bool) error {
	no := Allow(by, MayManagePeople)
	switch {
	case no == nil || by.ID != owner:
		return no
	case !has && adminHasPassword:
		return Refuse(PersonNotAllowed, "an admin sets the first one")
	}
	return nil
}

// CredentialToReplace is what the bearer gives before they set another secret of a kind:
// the one of that kind, where they have it, for who knows a PIN could else set a
// password, which signs.
func (b BadgeHolder) CredentialToReplace(kind Credential, has bool) Credential {
	if has {
		return kind
	}
	return b.Requires
}

// MayReplace reports whether a secret that was given and refused with code lets its
// owner set another one of a kind: it was the right one, and of that kind.
func MayReplace(given, kind Credential, code Code) bool { return given == kind && ChooseAnother(code) }

// SecretHolder is somebody who works here and has a PIN or a password: once for
// each.
type SecretHolder struct {
	ID   string
	Role Role
	Kind Credential
}

// AdminsWithPassword are the IDs of the admins who have a password. Once there is
// one, a badge alone opens nothing: there is somebody who can give out secrets.
func AdminsWithPassword(holders []SecretHolder) []string {
	var ids []string
	for _, h := range holders {
		if h.Role == Admin && h.Kind == Password {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// CanSign reports whether somebody can approve by signature: who may and has a
// password. One that an admin has set will do, or an admin could end the need for an
// approval by setting it.
func CanSign(holders []SecretHolder) bool {
	return slices.ContainsFunc(holders, func(h SecretHolder) bool {
		return h.Kind == Password && Allow(Person{Role: h.Role}, MayApprove) == nil
	})
}
