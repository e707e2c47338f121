// SPDX-License-Identifier: Apache-2.0

package station

import (
	"time"
)

// Alarm is an event that stops a unit until somebody with the quality role has
// closed it with a reason.
type Alarm struct {
	ID     int64     `json:"id"`
	Code   Code      `json:"code"`               // of the finding that raised it, such as imei-in-use for a unit; account-locked and admin-let-in for a person
	Serial string    `json:"serial" null:"zero"` // of the unit that is stopped; "" when it is about a person
	Text   string    `json:"text"`               // what happened, masked
	At     time.Time `json:"at"`
	By     string    `json:"by"` // person ID of who was at the bench

	Closed   time.Time `json:"closed" null:"zero"`    // zero while it is open
	ClosedBy string    `json:"closed_by" null:"zero"` // person ID
	Reason   string    `json:"reason" null:"zero"`
}

// MarshalJSON has null for what is not there yet.
func (a Alarm) MarshalJSON() ([]byte, error) { return MarshalNull(a) }

// MayClose says whether p may close a: an alarm needs the quality role, but that
// of a locked account an admin, who unlocks it by that, and that of a secret
// somebody who may confirm who chose it. Nobody closes their own.
func (a Alarm) MayClose(p Person) error {
	act := MayCloseAlarm
	switch a.Code {
	case AccountLocked:
		act = MayManagePeople
	case SecretUnconfirmed, SecretUnwitnessed:
		act = MayConfirmSecret
	}
	if a.By == p.ID {
		return Refuse(PersonNotAllowed, "nobody closes their own alarm")
	}
	return Allow(p, act)
}
