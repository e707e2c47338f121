// SPDX-License-Identifier: Apache-2.0

package station

import (
	"time"

	"bindery/station/identity"
)

// A unit from before this record comes with a list of another system. It was
// never observed by a station of ours: it has bindings of another origin, and no
// attempt, verdict or label.

// ImportedTransitions lists every change that the disposition of an imported
// unit may make, once its list was accepted. None leads to a release.
var ImportedTransitions = []Transition{
	{From: Imported, To: Quarantined, Permission: MayRecall, Reason: true},
	{From: Quarantined, To: Imported, Permission: MayReadmit, Reason: true, Second: true},
	{From: Imported, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Quarantined, To: Scrapped, Permission: MayScrap, Reason: true, Second: true},
	{From: Imported, To: Superseded, Permission: MayRework, Reason: true, GivesUp: true},
	{From: Quarantined, To: Superseded, Permission: MayRework, Reason: true, GivesUp: true},
}

// AllowImportedTransition is the move that a person may ask for, of an imported
// unit; an error is a *Refusal.
func AllowImportedTransition(from, to Disposition) (Transition, error) {
	return allowTransition(ImportedTransitions, from, to)
}

// DispositionOf is that of a unit which the record may know of its own, imported, or
// both ways, each "" where it does not: the own one goes first, since an imported unit
// that was provisioned here is one of ours.
func DispositionOf(own, imported Disposition) Disposition {
	if own != "" {
		return own
	}
	return imported
}

// TransitionsOf lists what p may do with a unit, as [TransitionsFor] does, of the
// disposition and by the rules that [DispositionOf] chooses.
func TransitionsOf(p Person, own, imported Disposition) []Transition {
	if own != "" {
		return TransitionsFor(p, own)
	}
	return allowed(ImportedTransitions, p, imported)
}

// ImportedUnit is a unit as a list of another system has it.
type ImportedUnit struct {
	Row      int // of the list, as a spreadsheet numbers it
	Serial   string
	REF      string
	Lot      string
	Order    string
	Station  string // texts of the other system, known here or not
	Operator string
	Was      string // its disposition there
	Binding  ImportedBinding
}

// ImportedBinding is a binding of another origin. Texts of a time are kept as
// they came; Since and Ended are zero where they say no moment.
type ImportedBinding struct {
	Row                     int
	Serial                  string
	IMEI, IMEI2             identity.IMEI
	ICCID                   identity.ICCID
	IMSI                    identity.IMSI
	EID                     identity.EID
	Maker, Module, Firmware string
	Dated, Undated          string
	Since, Ended            time.Time
	By, Reason              string // who gave it up and why
}

// ImportedBindingState is whether a binding of another origin holds.
type ImportedBindingState string

// The states of imported bindings.
const (
	BindingLive    ImportedBindingState = "live"
	BindingEnded   ImportedBindingState = "ended"    // given up, there or here
	BindingLeftOut ImportedBindingState = "left-out" // quality has taken the row out of its list
)

// ImportedBindingStates lists them.
var ImportedBindingStates = []ImportedBindingState{BindingLive, BindingEnded, BindingLeftOut}

// Live reports whether what is bound must be bound to no other unit, once the list
// counts.
func (s ImportedBindingState) Live() bool { return s == BindingLive }

// Counts reports whether the binding is, or was, one of its unit.
func (s ImportedBindingState) Counts() bool { return s != BindingLeftOut }

// Origin is where a unit from before comes from, and what may happen to it.
type Origin struct {
	Source      string // the other system
	Disposition Disposition
}

// Refuse says what of the unit's origin keeps a unit of ours from having its
// serial: an error is a *Refusal.
func (o Origin) Refuse() error {
	if o.Disposition.GivenUp() {
		return nil
	}
	if err := AllowOnLine(o.Disposition); err != nil {
		return err
	}
	return Refuse(UnitImported, Shown(o.Source))
}

// Fields of the two lists that come from other systems.
var (
	UnitFields = []string{
		"serial", "imei", "imei2", "iccid", "imsi", "eid", "tac", "maker", "module", "firmware",
		"ref", "lot", "order", "station", "operator", "disposition", "bound_at",
	}
	GivenUpFields = []string{"serial", "what", "imei", "imei2", "iccid", "imsi", "eid", "tac", "from", "to", "by", "why"}
)

// ReadImportedUnit makes a row of a list of units. What is wrong with it is
// said without an identity; nothing is repaired.
func ReadImportedUnit(row int, field func(string) string) (ImportedUnit, []FieldError) {
	var e errs
	u := ImportedUnit{
		Row: row, Serial: field("serial"), REF: field("ref"), Lot: field("lot"), Order: field("order"),
		Station: maskedText(field("station")), Operator: maskedText(field("operator")), Was: maskedText(field("disposition")),
	}
	for _, name := range []string{"station", "operator", "disposition"} {
		e.text(name, field(name), LongestText)
	}
	u.Binding = e.importedBinding(row, field)
	b := &u.Binding
	for _, name := range []string{"ref", "lot", "order"} {
		e.listed(name, field(name), b.numbers())
	}
	if b.IMEI == "" && b.ICCID == "" && b.EID == "" && len(e) == 0 {
		e.add("imei", "The row has neither an IMEI nor a SIM.")
	}
	b.Dated = field("bound_at")
	e.text("bound_at", b.Dated, LongestText)
	b.Since = Moment(b.Dated)
	return u, e
}

// ReadGivenUp makes a row of a list of given-up bindings.
func ReadGivenUp(row int, field func(string) string) (ImportedBinding, []FieldError) {
	var e errs
	b := e.importedBinding(row, field)
	b.Dated, b.Undated, b.By, b.Reason = field("from"), field("to"), field("by"), field("why")
	if what := field("what"); what != "" && b.Reason == "" {
		b.Reason = what
	}
	for _, name := range []string{"from", "to", "by", "why", "what"} {
		e.text(name, field(name), longestNote)
	}
	b.Since, b.Ended = Moment(b.Dated), Moment(b.Undated)
	switch {
	case b.Undated == "":
		e.add("to", "The row does not say when the binding ended.")
	case !b.Since.IsZero() && !b.Ended.IsZero() && b.Ended.Before(b.Since):
		e.add("to", "The binding ends before it begins.")
	}
	return b, e
}

// importedBinding reads the serial and the identities of a row.
func (e *errs) importedBinding(row int, field func(string) string) ImportedBinding {
	b := ImportedBinding{Row: row, Serial: field("serial"), Maker: maskedText(field("maker")), Module: maskedText(field("module")), Firmware: maskedText(field("firmware"))}
	if b.Serial == "" {
		e.add("serial", "The row has no serial.")
	}
	b.IMEI, b.IMEI2 = e.imei("imei", field("imei")), e.imei("imei2", field("imei2"))
	if b.IMEI != "" && b.IMEI == b.IMEI2 {
		e.add("imei2", "Both IMEIs are the same.")
	}
	if tac := field("tac"); tac != "" && b.IMEI != "" && tac != string(b.IMEI.TAC()) {
		e.add("tac", "The TAC is not that of the IMEI.")
	}
	b.ICCID = e.iccid(field("iccid"))
	b.IMSI = number(e, "imsi", e.whole("imsi", field("imsi")), identity.ParseIMSI)
	b.EID = number(e, "eid", e.whole("eid", field("eid")), identity.ParseEID)
	for _, name := range []string{"maker", "module", "firmware"} {
		e.text(name, field(name), LongestText)
	}
	e.listed("serial", b.Serial, b.numbers())
	return b
}

// numbers are the identities of the binding.
func (b ImportedBinding) numbers() []string {
	return []string{b.IMEI.Full(), b.IMEI2.Full(), b.ICCID.Full(), b.IMSI.Full(), b.EID.Full()}
}

func (e *errs) imei(field, s string) identity.IMEI {
	if s == "" {
		return ""
	}
	if s = identity.Unfilled(e.whole(field, s)); s == "" {
		return "" // it is told
	}
	for _, code := range identity.CheckIMEI(s) {
		e.add(field, "The %s is not sound: %s.", field, code)
	}
	return identity.IMEI(s)
}

// iccid takes no number that a spreadsheet has damaged: it would be some other SIM's,
// and the real one be in no unit.
func (e *errs) iccid(s string) identity.ICCID {
	n := number(e, "iccid", e.whole("iccid", s), identity.ParseICCID)
	if n.LostDigits() {
		e.add("iccid", "The number has lost its last digits in a spreadsheet.")
	}
	return n
}

// whole is a number without the .0 of a floating-point one, which has no digit fewer for
// it unless it had too many.
func (e *errs) whole(field, s string) string {
	digits, lost, ok := identity.WholeNumber(s)
	switch {
	case !ok:
		return s
	case lost:
		e.add(field, "The %s was kept as a number, and has lost its last digits.", field)
		return ""
	}
	return digits
}

func number[T ~string](e *errs, field, s string, parse func(string) (T, error)) T {
	if s == "" {
		return ""
	}
	n, err := parse(s)
	if err != nil {
		e.add(field, "The %s is not sound.", field)
	}
	return n
}

// Moment is a time that another system wrote down, in UTC; zero where the text
// names no moment: a time without its zone may be any of 26 hours.
func Moment(text string) time.Time {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700"} {
		if t, err := time.Parse(form, text); err == nil {
			return t.UTC().Truncate(time.Millisecond)
		}
	}
	return time.Time{}
}
