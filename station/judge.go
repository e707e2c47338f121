// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"fmt"
	"slices"

	"bindery/station/identity"
)

// JudgeSerial says what is known of a serial before the device is asked: its
// form, its order, its disposition.
func JudgeSerial(c UnitContext) Verdict {
	var v Verdict
	if !c.Product.SerialOK(c.Serial) {
		v.say(SerialFormat, Shown(c.Serial))
		return v
	}
	v.judgeOrder(c)
	v.judgeUnit(c)
	if v.First() == nil {
		v.say(SerialSound, c.Serial)
	}
	return v
}

// judgeOrder says what of the order and its product keeps a serial from being
// provisioned.
func (v *Verdict) judgeOrder(c UnitContext) {
	for _, f := range c.Flags {
		v.say(UnitFlagged, f.String())
	}
	if len(c.Alarms) > 0 {
		v.say(AlarmOpen, string(c.Alarms[0].Code))
	}
	if c.ofOtherOrder() {
		v.say(SerialOtherOrder, c.Unit.Order)
	}
	if c.orderEnded() {
		v.say(OrderClosed, c.Order.ID)
	}
	if c.LineOf != "" {
		v.say(LineClearanceDue, c.LineOf)
	}
	if c.Unapproved && (c.Unit == nil || c.Unit.Disposition != Passed) {
		v.say(NotApproved, fmt.Sprintf("%s version %d", c.Product.REF, c.Product.Version))
	}
}

// judgeUnit says what of the unit itself, or of its place in the order, does.
func (v *Verdict) judgeUnit(c UnitContext) {
	if c.Twin != "" {
		v.say(SerialOtherCase, Shown(c.Twin))
	}
	if c.Unit == nil {
		if c.Imported != nil {
			v.sayRefusal(c.Imported.Refuse())
		}
		if c.Order.Full() {
			v.sayRefusal(c.Order.Complete())
		}
		return
	}
	v.sayRefusal(AllowOnLine(c.Unit.Disposition))
	// Which is no comfort where something stops it: the two would say where to put it.
	if c.Unit.Disposition == Passed && v.First() == nil {
		v.say(UnitPassed, LocalTime(c.Unit.Binding.At, c.Unit.Zone))
	}
}

// sayRefusal adds the finding of a *Refusal; nothing for nil.
func (v *Verdict) sayRefusal(err error) {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		v.Findings = append(v.Findings, refusal.Finding)
	}
}

// Judge decides what a reading is worth under a case. It is a pure function:
// the same case and reading give the same verdict. Nothing is guessed, padded
// or repaired. The findings stand in the order of the steps.
func Judge(c UnitContext, r Reading) Verdict {
	r = c.Product.ResolveNames(r)
	v := Verdict{Findings: slices.Clone(r.Findings)}
	changed := c.differences(r)
	v.judgeModule(c.Product, r)
	v.addDifferences(changed, StepDevice)
	sound := v.judgeIMEI(r.IMEI)
	if r.IMEI != "" && r.IMEI == r.IMSI {
		v.say(IMEIIsIMSI, identity.IMEI(r.IMEI).Last4())
	}
	if c.Product.IMEIs == 2 {
		sound = v.judgeIMEI(r.IMEI2) && sound
		if sound && r.IMEI == r.IMEI2 {
			v.say(IMEISame, identity.IMEI(r.IMEI).Last4())
		}
	}
	v.judgeSuspects(c)
	if sound {
		v.judgeAllocation(c, identity.IMEI(r.IMEI))
		if c.Product.IMEIs == 2 {
			v.judgeAllocation(c, identity.IMEI(r.IMEI2))
		}
		v.addDifferences(changed, StepAllocation)
	}
	before := len(v.Findings)
	v.judgeSIM(c, r)
	v.judgeEID(c, r.EID)
	if failed(v.Findings[before:]) { // that a value is missing has been said, and why
		changed = slices.DeleteFunc(changed, func(d Difference) bool { return d.Gone })
	}
	v.addDifferences(changed, StepSIM)
	return v
}

// judgeSuspects names the flagged units that hold or held what was read. Of the
// unit itself its own flags have told.
func (v *Verdict) judgeSuspects(c UnitContext) {
	for _, f := range c.Suspects {
		if f.Serial != c.Serial {
			v.say(IdentityFlagged, f.String())
		}
	}
}

func failed(list []Finding) bool {
	return slices.ContainsFunc(list, func(f Finding) bool { return f.Level == LevelFail })
}

// addDifferences says the differences that belong to a step.
func (v *Verdict) addDifferences(list []Difference, s Step) {
	for _, d := range list {
		if f := NewFinding(d.Code, d.Was); f.Step() == s {
			v.Findings = append(v.Findings, f)
			if d.Code == IMEIChanged {
				v.say(SerialInUse, d.Was)
			}
		}
	}
}

func (v *Verdict) say(code Code, value string) {
	v.Findings = append(v.Findings, NewFinding(code, value))
}

func (v *Verdict) judgeModule(p Product, r Reading) {
	switch {
	case len(p.Modules) > 0 && !slices.Contains(p.Modules, r.Model):
		v.say(ModuleNotAllowed, orNone(r.Model))
	case len(p.Firmware) > 0 && !slices.Contains(p.Firmware, r.Firmware):
		v.say(FWNotAllowed, orNone(r.Firmware))
	default:
		v.say(ModuleAllowed, orNone(r.Model))
	}
}

// judgeIMEI reports whether the IMEI is well enough formed to be looked up.
func (v *Verdict) judgeIMEI(s string) bool {
	codes := identity.CheckIMEI(s)
	for _, code := range codes {
		v.say(code, identity.IMEI(s).Last4())
	}
	if slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Code == IMEIUnstable }) {
		return false
	}
	if len(codes) == 0 {
		v.say(IMEISound, identity.IMEI(s).Last4())
	}
	return len(codes) == 0
}

// judgeAllocation looks the IMEI up in the account of ranges and among the
// live bindings.
func (v *Verdict) judgeAllocation(c UnitContext, imei identity.IMEI) {
	v.judgeRange(c, imei)
	v.judgeConflicts(c, Binding{IMEI: imei})
}

// judgeConflicts names the other units that hold a number of b.
func (v *Verdict) judgeConflicts(c UnitContext, b Binding) {
	for _, h := range c.Conflicting {
		if h.Serial == c.Serial {
			continue
		}
		for _, code := range b.ConflictsWith(h) {
			v.say(code, heldBy(h.Serial))
		}
	}
}

func (v *Verdict) judgeRange(c UnitContext, imei identity.IMEI) {
	var ours, others, reserved *Allocation
	for i := range c.Allocations {
		a := &c.Allocations[i]
		switch {
		case a.TAC != imei.TAC():
		case a.Product != c.Product.REF:
			if a.Holds(imei) || others == nil {
				others = a
			}
		case a.Holds(imei) && (a.Station == "" || a.Station == c.Station):
			v.say(TACAllocated, fmt.Sprintf("TAC %s", a.TAC))
			return
		case a.Holds(imei):
			reserved = a
		default:
			ours = a
		}
	}
	switch {
	case reserved != nil:
		v.say(SNROtherStation, reserved.Station)
	case others != nil && (ours == nil || others.Holds(imei)):
		v.say(TACOtherProduct, others.Product)
	case ours != nil:
		v.say(SNROutOfRange, fmt.Sprintf("TAC %s", imei.TAC()))
	default:
		v.say(TACNotAllocated, string(imei.TAC()))
	}
}

func (v *Verdict) judgeSIM(c UnitContext, r Reading) {
	before := len(v.Findings)
	if c.Product.SIM == SIMNone {
		return
	}
	optional := c.Product.SIM == SIMOptional
	switch {
	case r.SIM == SIMAbsent && !optional:
		v.say(SIMIsAbsent, "")
	case r.SIM == SIMLocked:
		v.say(SIMIsLocked, "")
	case r.SIM == SIMFault:
		v.say(SIMHasFault, "")
	case r.SIM == SIMOff: // a run has ended in a fault by now
		v.say(ModemOff, "")
	case r.ICCID == "" && !optional:
		v.say(identity.ICCIDMissing, "")
	case r.ICCID != "":
		v.judgeICCID(c, r.ICCID)
	}
	if r.IMSI != "" {
		if _, err := identity.ParseIMSI(r.IMSI); err != nil {
			v.say(identity.IMSIMalformed, identity.IMSI(r.IMSI).String())
		}
	}
	if !failed(v.Findings[before:]) && r.ICCID != "" {
		v.say(SIMSound, identity.Mask(r.ICCID, 0, 4))
	}
}

// judgeEID holds the number of an eUICC, where there is one. No two units have
// the same chip, however many profiles are on it.
func (v *Verdict) judgeEID(c UnitContext, s string) {
	if s == "" {
		return
	}
	eid, err := identity.ParseEID(s)
	if err != nil {
		v.say(err.(*identity.ParseError).Code, identity.EID(s).String()) //nolint:errorlint // its parser returns it bare
		return
	}
	v.judgeConflicts(c, Binding{EID: eid})
}

func (v *Verdict) judgeICCID(c UnitContext, s string) {
	iccid, err := identity.ParseICCID(s)
	if err != nil {
		v.say(identity.ICCIDMalformed, identity.Mask(s, 0, 4))
		return
	}
	if !iccid.CheckDigit() {
		v.say(identity.ICCIDCheckDigit, identity.Mask(s, 0, 4))
	}
	v.judgeConflicts(c, Binding{ICCID: iccid})
}

func orNone(s string) string {
	if s == "" {
		return "none given"
	}
	return s
}
