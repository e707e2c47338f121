// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"slices"
	"time"
)

// CheckTraining refuses a person whose last day of training has passed, by the
// calendar on the wall of the station. Its error is a *Refusal.
func CheckTraining(p Person, now time.Time) error {
	if p.TrainedUntil != "" && DayOf(now) > Day(p.TrainedUntil) {
		return Refuse(TrainingExpired, p.TrainedUntil)
	}
	return nil
}

// RefusePerson is the refusal of a person that somebody enters, by the first thing
// that is wrong with them; nil when nothing is.
func RefusePerson(wrong []FieldError) error {
	if len(wrong) == 0 {
		return nil
	}
	return Refuse(PersonMalformed, wrong[0].Message)
}

// AddPerson says whether p is new to a record that has was of the same ID, nil for
// nobody. An ID belongs to one person for ever.
func AddPerson(p Person, was *Person) (add bool, wrong []FieldError) {
	switch {
	case was == nil:
		return true, nil
	case *was == p:
		return false, nil
	}
	return false, []FieldError{{"id", fmt.Sprintf("Person %s is in the record with other values.", p.ID)}}
}

// CheckBadge says what keeps p from having their badge, given who has one that
// may be taken for it: one that folds as it does ([Fold]), which a scanner may send
// for it, or that people take for it ([LookAlike]).
func CheckBadge(p Person, alike []Person) []FieldError {
	for _, owner := range alike {
		switch {
		case owner.ID == p.ID:
		case owner.Badge == Storable(p.Badge):
			return []FieldError{{"badge", fmt.Sprintf("The badge of person %s belongs to %s.", p.ID, owner.ID)}}
		case !LookAlike(owner.Badge, p.Badge):
		case Fold(owner.Badge) != Fold(p.Badge):
			return []FieldError{{"badge", fmt.Sprintf("The badge of person %s looks like that of %s.", p.ID, owner.ID)}}
		default:
			return []FieldError{{"badge", fmt.Sprintf("The badge of person %s differs from that of %s in capitals only, or in how it is coded: a scanner may send the one for the other.",
				p.ID, owner.ID)}}
		}
	}
	return nil
}

// CheckBadgeIsNoOrder says that the badge of p reads as one of these orders: a scan
// must say one thing.
func CheckBadgeIsNoOrder(p Person, orders []string) []FieldError {
	if len(orders) == 0 {
		return nil
	}
	return []FieldError{{"badge", fmt.Sprintf("The badge of person %s reads as the order %s.", p.ID, Shown(orders[0]))}}
}

// CheckFirstAdmin refuses to set up a record in which there are people. Its error
// is a *Refusal.
func CheckFirstAdmin(people int) error {
	if people > 0 {
		return Refuse(PersonNotAllowed, "the first admin is there already")
	}
	return nil
}

// CheckAccountChange refuses to change, or to retire, one's own account, and to
// leave no admin with a password: from then on a badge alone would do again. after
// is the role that the person is going to have, "" for none; admins are the IDs of
// [AdminsWithPassword]. Its error is a *Refusal. Who may, [MayManagePeople] says.
func CheckAccountChange(by, id string, after Role, admins []string) error {
	switch {
	case by == id:
		return Refuse(PersonNotAllowed, "nobody changes their own account")
	case after != Admin && slices.Equal(admins, []string{id}):
		return Refuse(PersonNotAllowed, id+" is the only admin with a password")
	}
	return nil
}

// AllowRecordCopy says whether somebody may take a copy out of the record: p where the record
// knows them by now (known), by [MayExport]; an account of the computer, which it does
// not know, is taken as it is, since it could copy the file too. Its error is a
// *Refusal.
func AllowRecordCopy(p Person, known bool) error {
	if !known {
		return nil
	}
	return Allow(p, MayExport)
}

// AllowAccount says whether an account of the computer may do a, as must be done
// before there are people: only while the record has no admin. Its error is a
// *Refusal.
func AllowAccount(by string, a Permission, hasAdmin bool) error {
	if hasAdmin {
		return Refuse(PersonNotAllowed, by+": "+string(a)+"; the record has an admin, so it takes a badge")
	}
	return nil
}
