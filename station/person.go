// SPDX-License-Identifier: Apache-2.0

package station

// Person is somebody who works at the station.
type Person struct {
	ID    string `json:"id"` // never reused
	Name  string `json:"name"`
	Badge string `json:"-"` // what the badge's barcode says: who can read it could print one
	Role  Role   `json:"role"`

	TrainedUntil string `json:"trained_until" null:"zero"` // last day, YYYY-MM-DD, on which the person may work; "" sets no end
}

// MarshalJSON has null for a training without end.
func (p Person) MarshalJSON() ([]byte, error) { return MarshalNull(p) }

// Role is what a person may do.
type Role string

// The roles.
const (
	Operator Role = "operator"
	Lead     Role = "lead"
	Quality  Role = "quality"
	Auditor  Role = "auditor"
	Admin    Role = "admin"
)

// Known reports whether r is one of the roles.
func (r Role) Known() bool {
	switch r {
	case Operator, Lead, Quality, Auditor, Admin:
		return true
	}
	return false
}
