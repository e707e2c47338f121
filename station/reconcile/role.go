// SPDX-License-Identifier: Apache-2.0

package reconcile

// ColumnRole is what a column holds.
type ColumnRole string

// The roles that a column may have.
const (
	RoleICCID        ColumnRole = "iccid"
	RoleICCIDChecked ColumnRole = "iccid-checked" // the same number once more, with its check digit
	RoleIMEI         ColumnRole = "imei"          // that was seen last, not one that is let in
	RoleIMSI         ColumnRole = "imsi"
	RoleEID          ColumnRole = "eid"
	RoleMSISDN       ColumnRole = "msisdn"
	RoleStatus       ColumnRole = "status"
	RoleDate         ColumnRole = "date"
	RolePair         ColumnRole = "pair" // IMEI and ICCID in one cell
)

// Roles are all roles, in the order in which they are offered.
func Roles() []ColumnRole {
	return []ColumnRole{RoleICCID, RoleICCIDChecked, RoleIMEI, RoleIMSI, RoleEID, RoleMSISDN, RoleStatus, RoleDate, RolePair}
}
