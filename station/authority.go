// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
)

// Act is something that a person does and that not everybody may do.
type Act string

// The acts.
const (
	ActProvision    Act = "provision"
	ActReprint      Act = "allow a reprint"
	ActQuarantine   Act = "quarantine"
	ActRework       Act = "rework"
	ActScrap        Act = "scrap"
	ActReadmit      Act = "readmit"
	ActRecall       Act = "quarantine a released unit"
	ActRelease      Act = "release"
	ActCloseOrder   Act = "close an order"
	ActClearLine    Act = "clear the line"
	ActExplain      Act = "explain labels"
	ActApprove      Act = "approve a definition"
	ActCloseAlarm   Act = "close an alarm"
	ActSettleClock  Act = "settle the clock"
	ActImport       Act = "import"
	ActManagePeople Act = "manage people"
	ActExport       Act = "export"
	ActManageKey    Act = "manage the key of the station"
	ActListDevices  Act = "say which devices may feed the record"
	ActRestore      Act = "restore a backup"
	ActReveal       Act = "see an identity whole"
	ActRecover      Act = "let an admin in again" // no role does: see [AllowRecovery]
)

// authority says who may do what. An auditor reads and exports, nothing else.
var authority = map[Act][]Role{
	ActProvision:    {Operator, Lead},
	ActReprint:      {Lead, Quality},
	ActQuarantine:   {Operator, Lead, Quality},
	ActRework:       {Lead, Quality},
	ActScrap:        {Quality},
	ActReadmit:      {Quality},
	ActRecall:       {Quality},
	ActRelease:      {Quality},
	ActCloseOrder:   {Lead, Quality},
	ActClearLine:    {Operator, Lead, Quality},
	ActExplain:      {Lead, Quality},
	ActApprove:      {Quality},
	ActCloseAlarm:   {Quality},
	ActSettleClock:  {Admin},
	ActImport:       {Quality, Admin},
	ActManagePeople: {Admin},
	ActExport:       {Quality, Auditor, Admin},
	ActManageKey:    {Admin},
	ActListDevices:  {Admin},
	ActRestore:      {Admin},
	ActReveal:       {Quality, Auditor},
}

// Allow says whether p may do a; its error is a *Refusal person-not-allowed.
// It is asked at each act, whatever the screen has shown.
func Allow(p Person, a Act) error {
	if !slices.Contains(authority[a], p.Role) {
		return Refuse(PersonNotAllowed, "only "+whoMay(a)+"; "+p.Name+" is "+string(p.Role))
	}
	return nil
}

// whoMay is who may do a, in words: "lead or quality may rework".
func whoMay(a Act) string {
	var roles []string
	for _, r := range authority[a] {
		roles = append(roles, string(r))
	}
	last := len(roles) - 1
	if last > 0 {
		roles = []string{strings.Join(roles[:last], ", "), roles[last]}
	}
	return strings.Join(roles, " or ") + " may " + string(a)
}

// SecondDue refuses what nobody does alone.
func SecondDue(a Act) error {
	return Refuse(PersonNotAllowed, "a second person must agree; "+whoMay(a))
}

// AllowSecond says whether p may stand as second person for a beside the
// first: nobody approves their own work.
func AllowSecond(p Person, first string, a Act) error {
	if p.ID == first {
		return Refuse(PersonNotAllowed, "nobody approves their own work")
	}
	return Allow(p, a)
}

// ReasonGiven says whether reason will do where a asks for one. It may not
// begin as the station's own words do for a label that never was.
func ReasonGiven(a Act, reason string) error {
	if strings.TrimSpace(reason) == "" || strings.HasPrefix(reason, notSent) {
		return Refuse(ReasonMissing, string(a))
	}
	return nil
}
