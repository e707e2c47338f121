// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"strings"
	"unicode"

	"bindery/station/identity"
)

// Audience is whom the units of an incident are handed over to. It says which
// columns they get, and by that what they can never get.
type Audience string

// The audiences.
const (
	CarrierBlock   Audience = "carrier-block"   // IMEIs for the block list
	CarrierSuspend Audience = "carrier-suspend" // SIMs to be suspended
	Support        Audience = "support"         // never an identity: an alias stands for it
	FieldAction    Audience = "field-action"    // with a column for the reply
	Regulator      Audience = "regulator"       // serials and UDIs, no identity
)

// Audiences are all of them, for a screen to choose from.
func Audiences() []Audience {
	return []Audience{CarrierBlock, CarrierSuspend, Support, FieldAction, Regulator}
}

// Known reports whether there is such an audience.
func (a Audience) Known() bool { return a.Columns() != nil }

// Columns are those of the file.
func (a Audience) Columns() []string {
	switch a {
	case CarrierBlock:
		return []string{"imei", "date", "reason"}
	case CarrierSuspend:
		return []string{"iccid", "imsi"}
	case Support:
		return []string{"serial", "lot", "state", "alias"}
	case FieldAction:
		return []string{"serial", "udi", "lot", "made", "firmware", ReplyColumn}
	case Regulator:
		return []string{"serial", "udi"}
	}
	return nil
}

// ReplyColumn is the column of a field action that comes back filled in.
const ReplyColumn = "reply"

// TakesIdentities reports whether a file for the audience holds identities, which
// are masked unless who takes it may see them whole.
func (a Audience) TakesIdentities() bool { return a == CarrierBlock || a == CarrierSuspend }

// ExportedUnit is what there is to say of a unit of an incident. What is not known
// is "".
type ExportedUnit struct {
	Serial, GTIN, Lot, State, Made, Firmware string
	IMEI, IMEI2                              identity.IMEI
	ICCID                                    identity.ICCID
	IMSI                                     identity.IMSI
	Flags                                    []string
	Alias                                    identity.Alias // of its IMEI

	// Listed are the SIMs of the rows that a case was made from, in place of the one
	// that is in the unit now; nil where it was not made from a comparison.
	Listed []ListedSIM
}

// ListedSIM is a SIM of a carrier's list that a case is about.
type ListedSIM struct {
	ICCID identity.ICCID
	IMSI  identity.IMSI // "" where the record knows none for it
}

// sims are the SIMs to be suspended of a unit.
func (u ExportedUnit) sims() []ListedSIM {
	if u.Listed != nil || u.ICCID == "" {
		return u.Listed
	}
	return []ListedSIM{{u.ICCID, u.IMSI}}
}

// CheckComparedExport refuses a carrier's file of a case that was made from a
// comparison where the file would be about something else than the rows were: a list
// of SIMs says of no device of ours that it is to be blocked, and a unit whose SIM
// could not be read has none to suspend. without are the serials of such units. Its
// error is a *Refusal.
func CheckComparedExport(a Audience, without []string) error {
	switch {
	case a == CarrierBlock:
		return Refuse(CaseWrong, "it was made from a comparison of SIMs, and carrier-block is of devices. Block devices by a scope of their serials.")
	case a == CarrierSuspend && len(without) > 0:
		return Refuse(CaseWrong, "no SIM was kept of "+Some(without)+", whose row could not be read. Open a case of the others, and ask the carrier for the ICCID of these.")
	}
	return nil
}

// mostNamed is how many serials a sentence names.
const mostNamed = 10

// Some names serials in a sentence, and counts those that are too many for one.
func Some(serials []string) string {
	named := make([]string, 0, mostNamed)
	for _, s := range serials[:min(len(serials), mostNamed)] {
		named = append(named, Visible(s, ""))
	}
	text := strings.Join(named, ", ")
	if more := len(serials) - mostNamed; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// Rows are those of a unit in a file that is made on a day: several where it has
// several IMEIs, none where it has nothing that the audience needs.
func (a Audience) Rows(u ExportedUnit, whole bool, on Day) (rows [][]string) {
	switch a {
	case CarrierBlock:
		for _, imei := range []identity.IMEI{u.IMEI, u.IMEI2} {
			if imei != "" {
				rows = append(rows, []string{shownTo(imei, whole), string(on), strings.Join(u.Flags, " ")})
			}
		}
	case CarrierSuspend:
		for _, sim := range u.sims() {
			rows = append(rows, []string{shownTo(sim.ICCID, whole), shownTo(sim.IMSI, whole)})
		}
	case Support:
		rows = append(rows, []string{u.Serial, u.Lot, strings.Join(append([]string{u.State}, u.Flags...), ", "), string(u.Alias)})
	case FieldAction:
		rows = append(rows, []string{u.Serial, UDIText(u.GTIN, u.Lot, u.Serial), u.Lot, u.Made, u.Firmware, ""})
	case Regulator:
		rows = append(rows, []string{u.Serial, UDIText(u.GTIN, u.Lot, u.Serial)})
	}
	return rows
}

func shownTo[N interface {
	~string
	Full() string
	String() string
}](n N, whole bool) string {
	switch {
	case n == "":
		return ""
	case whole:
		return n.Full()
	}
	return n.String()
}

// UDIText is a UDI as people read it (GS1 General Specifications §4.14): device
// identifier, lot and serial; "" where no GTIN is known.
func UDIText(gtin, lot, serial string) string {
	if gtin == "" {
		return ""
	}
	if lot != "" {
		lot = "(10)" + lot
	}
	return "(01)" + gtin + lot + "(21)" + serial
}

// AllowIncidentExport says whether p may take the units of an incident for a
// recipient: an error is a *Refusal. Identities are whole only for who may see them
// so.
func AllowIncidentExport(p Person, recipient string, whole bool, reason string) error {
	if strings.TrimSpace(recipient) == "" {
		return Refuse(ReasonMissing, "to whom it is handed over")
	}
	if err := CheckText("to whom it is handed over", recipient); err != nil {
		return err
	}
	if err := Allow(p, MayExport); err != nil {
		return err
	}
	if whole {
		if err := Allow(p, MayReveal); err != nil {
			return err
		}
	}
	return ReasonGiven(MayExport, reason)
}

// CountAnswers counts which of the units of a case answered, by a list of serials
// and replies that came back, and the rows whose serial is not of the case. A
// reply that says nothing is none ([FieldReply.SaysNothing]).
func CountAnswers(units []string, rows []FieldReply) (answered map[string]bool, foreign int) {
	of := map[string]string{}
	for _, s := range units {
		of[Fold(s)] = s
	}
	answered = map[string]bool{}
	for _, r := range rows {
		serial, known := of[Fold(strings.TrimSpace(r.Serial))]
		switch {
		case !known:
			foreign++
		case !r.SaysNothing():
			answered[serial] = true
		}
	}
	return answered, foreign
}

// FieldReply is a row of a field action as it came back.
type FieldReply struct {
	Serial, Reply string
	Row           int // of the list, from 1
}

// brailleBlank is a pattern without a dot, which nobody can see.
const brailleBlank = '\u2800'

// SaysNothing reports whether a reply has neither a letter nor a digit nor a sign such as
// a tick: a dash, a point or a blank that cannot be seen is a cell that somebody passed by.
func (r FieldReply) SaysNothing() bool {
	return !strings.ContainsFunc(r.Reply, func(c rune) bool {
		return unicode.In(c, unicode.L, unicode.N, unicode.So) && c != brailleBlank && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, c)
	})
}

// BlankReplies are the rows whose reply is not empty and says nothing: to be told, as
// somebody may have meant one by it.
func BlankReplies(rows []FieldReply) (blank []FieldReply) {
	for _, r := range rows {
		if r.Reply != "" && r.SaysNothing() {
			blank = append(blank, r)
		}
	}
	return blank
}
