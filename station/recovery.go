// SPDX-License-Identifier: Apache-2.0

package station

// AccountPrefix begins what records call an account of the computer; no ID of
// a person does.
const AccountPrefix = "account:"

// Account is a user of the computer, as against a person of the record.
type Account struct {
	Name string // as records have it: [AccountPrefix] and its name
	ID   uint32 // of the system; 0 is the superuser
}

// AllowRecovery says whether an account of the computer may let an admin of the
// record in again who is locked out or has lost password or PIN: only whoever
// owns the file of the record, and who could put another in its place anyway.
// Its error is a *Refusal.
func AllowRecovery(by Account, owner uint32, admin Person, reason string) error {
	switch {
	case by.ID != 0 && by.ID != owner:
		return Refuse(PersonNotAllowed, by.Name+" does not own the file of the record; only its owner may let an admin in again")
	case admin.Role != Admin:
		return Refuse(PersonNotAllowed, admin.Name+" is "+string(admin.Role)+"; only an admin is let in again, or a new one made")
	}
	return ReasonGiven(MayRecover, reason)
}

// CheckNewAdmin refuses to make an admin of the ID of somebody who is in the record
// already. Its error is a *Refusal.
func CheckNewAdmin(id string, there bool) error {
	if there {
		return Refuse(PersonNotAllowed, id+" is in the record: give the badge alone")
	}
	return nil
}
