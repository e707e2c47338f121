// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"

	"bindery/station/identity"
)

// Permission is something that a person does and that not everybody may do.
type Permission string

// The permissions.
const (
	MayProvision     Permission = "provision"
	MayReprint       Permission = "allow a reprint"
	MayQuarantine    Permission = "quarantine"
	MayRework        Permission = "rework"
	MayScrap         Permission = "scrap"
	MayReadmit       Permission = "readmit"
	MayRecall        Permission = "quarantine a released unit"
	MayRelease       Permission = "release"
	MayCloseOrder    Permission = "close an order"
	MayClearLine     Permission = "clear the line"
	MayExplainLabels Permission = "explain labels"
	MayApprove       Permission = "approve a definition"
	MayCloseAlarm    Permission = "close an alarm"
	MayConfirmSecret Permission = "confirm who chose a PIN or password"
	MaySettleClock   Permission = "settle the clock"
	MayImport        Permission = "import"
	MayManagePeople  Permission = "manage people"
	MayExport        Permission = "export"
	MayManageKey     Permission = "manage the key of the station"
	MayListDevices   Permission = "say which devices may feed the record"
	MayRestore       Permission = "restore a backup"
	MayReveal        Permission = "see an identity whole"
	MayAcceptHistory Permission = "accept a list of another system"
	MayCompareSample Permission = "compare a list with its source"
	MayFlag          Permission = "flag a unit"
	MayUnflag        Permission = "end a flag"
	MayKeepCase      Permission = "keep a case"
	MayGiveAlias     Permission = "give out an alias"
	MayRebuildIndex  Permission = "rebuild the index of parts"
	MayRecover       Permission = "let an admin in again" // no role does: see [AllowRecovery]
)

// permissions says who may do what. An auditor reads and exports, nothing else.
//
//exhaustive:enforce
var permissions = map[Permission][]Role{
	MayProvision:     {Operator, Lead},
	MayReprint:       {Lead, Quality},
	MayQuarantine:    {Operator, Lead, Quality},
	MayRework:        {Lead, Quality},
	MayScrap:         {Quality},
	MayReadmit:       {Quality},
	MayRecall:        {Quality},
	MayRelease:       {Quality},
	MayCloseOrder:    {Lead, Quality},
	MayClearLine:     {Operator, Lead, Quality},
	MayExplainLabels: {Lead, Quality},
	MayApprove:       {Quality},
	MayCloseAlarm:    {Quality},
	MayConfirmSecret: {Lead, Quality},
	MaySettleClock:   {Admin},
	MayImport:        {Quality, Admin},
	MayManagePeople:  {Admin},
	MayExport:        {Quality, Auditor, Admin},
	MayManageKey:     {Admin},
	MayListDevices:   {Admin},
	MayRestore:       {Admin},
	MayReveal:        {Quality, Auditor},
	MayAcceptHistory: {Quality},
	MayCompareSample: {Lead, Quality},
	MayFlag:          {Lead, Quality},
	MayUnflag:        {Quality},
	MayKeepCase:      {Lead, Quality},
	MayGiveAlias:     {Lead, Quality},
	MayRecover:       nil, // no role: see [AllowRecovery]
	MayRebuildIndex:  {Quality, Admin},
}

// Allow says whether p may do a; its error is a *Refusal person-not-allowed.
// It is asked at each act, whatever the screen has shown.
func Allow(p Person, a Permission) error {
	switch {
	case p.Role == "": // an account of the computer, where no badge was given
		return Refuse(PersonNotAllowed, "only "+rolesFor(a)+"; nobody is signed in")
	case !slices.Contains(permissions[a], p.Role):
		return Refuse(PersonNotAllowed, "only "+rolesFor(a)+"; "+p.Name+" is "+string(p.Role))
	}
	return nil
}

// rolesFor is who may do a, in words: "lead or quality may rework".
func rolesFor(a Permission) string {
	var roles []string
	for _, r := range permissions[a] {
		roles = append(roles, string(r))
	}
	last := len(roles) - 1
	if last > 0 {
		roles = []string{strings.Join(roles[:last], ", "), roles[last]}
	}
	return strings.Join(roles, " or ") + " may " + string(a)
}

// SecondDue refuses what nobody does alone.
func SecondDue(a Permission) error {
	return Refuse(PersonNotAllowed, "a second person must agree; "+rolesFor(a))
}

// AllowSecond says whether p may stand as second person for a beside the
// first: nobody approves their own work.
func AllowSecond(p Person, first string, a Permission) error {
	if p.ID == first {
		return Refuse(PersonNotAllowed, "nobody approves their own work")
	}
	return Allow(p, a)
}

// ReasonGiven says whether reason will do where a asks for one. It may not
// begin as the station's own words do for a label that never was, nor hold an
// identity ([CheckText]).
func ReasonGiven(a Permission, reason string) error {
	if strings.TrimSpace(reason) == "" || strings.HasPrefix(reason, notSent) {
		return Refuse(ReasonMissing, string(a))
	}
	return CheckText(string(a), reason)
}

// CheckText refuses a text of somebody's own that holds what may be an identity: it
// stays in the record, and whoever reads why something was done is not one who may
// see identities. about says what the text is. Its error is a *Refusal.
func CheckText(about, text string) error {
	if identity.HasIdentity(text) {
		return Refuse(ReasonIdentity, about)
	}
	return nil
}
