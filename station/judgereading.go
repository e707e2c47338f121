// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"

	"bindery/station/identity"
)

// JudgeReading says what is wrong with a reading by itself, where no product
// tells what it must be. It has no findings at level pass. The state of the
// SIM is a warning only: a product may do without one.
func JudgeReading(r Reading) Verdict {
	v := Verdict{Findings: slices.Clone(r.Findings)}
	unstable := slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == IMEIUnstable })
	if !unstable {
		v.imeiAlone(r.IMEI)
	}
	if r.IMEI != "" && r.IMEI == r.IMSI {
		v.say(IMEIIsIMSI, identity.IMEI(r.IMEI).Last4())
	}
	if r.IMEI2 != "" {
		v.imeiAlone(r.IMEI2)
	}
	if r.EID != "" {
		v.number(identity.KindEID, r.EID)
	}
	switch {
	case r.SIM == SIMAbsent:
		v.warn(SIMIsAbsent)
	case r.SIM == SIMLocked:
		v.warn(SIMIsLocked)
	case r.SIM == SIMFault:
		v.warn(SIMHasFault)
	case r.SIM == SIMOff:
		v.warn(ModemOff)
	case r.ICCID == "":
		v.warn(identity.ICCIDMissing)
	}
	if r.ICCID != "" {
		v.number(identity.KindICCID, r.ICCID)
	}
	if r.IMSI != "" {
		v.number(identity.KindIMSI, r.IMSI)
	}
	return v
}

func (v *Verdict) imeiAlone(s string) {
	for _, code := range identity.CheckIMEI(s) {
		v.say(code, identity.IMEI(s).Last4())
	}
}

// number says what is wrong with s as a number of kind k.
func (v *Verdict) number(k identity.Kind, s string) {
	for _, code := range identity.CheckAs(k, s) {
		v.say(code, identity.Mask(s, 0, 4))
	}
}

func (v *Verdict) warn(code Code) {
	f := NewFinding(code, "")
	f.Level = LevelWarn
	v.Findings = append(v.Findings, f)
}

// DoubtsIMEI reports whether the digits that the device gave for its IMEI are not one
// IMEI of its own: others at another reading, or the number of its SIM.
func (v Verdict) DoubtsIMEI() bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Code == IMEIUnstable || f.Code == IMEIIsIMSI })
}
