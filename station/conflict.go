// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// Number is an identity of a binding, named as the record names its column.
type Number string

// The numbers of a binding which no two units may have at a time. An IMSI may be
// shared.
const (
	NumberIMEI  Number = "imei"
	NumberIMEI2 Number = "imei2"
	NumberICCID Number = "iccid"
	NumberEID   Number = "eid"
)

// Exclusion is that a number of one unit must not be a number of another.
type Exclusion struct {
	Code        Code // when it is
	Own, Others Number
}

// Exclusions lists all that there are. The record asks them in SQL too, where no
// rows of another system could be read one by one.
var Exclusions = []Exclusion{
	{IMEIInUse, NumberIMEI, NumberIMEI},
	{IMEIInUse, NumberIMEI, NumberIMEI2},
	{IMEIInUse, NumberIMEI2, NumberIMEI},
	{IMEIInUse, NumberIMEI2, NumberIMEI2},
	{ICCIDInUse, NumberICCID, NumberICCID},
	{EIDInUse, NumberEID, NumberEID},
}

// Forms are the numbers by which n of b may stand in another row, itself first; none
// where b has none. An IMEI and an EID are taken in one form only.
func (b Binding) Forms(n Number) (list []string) {
	one := ""
	switch n {
	case NumberIMEI:
		one = b.IMEI.Full()
	case NumberIMEI2:
		one = b.IMEI2.Full()
	case NumberICCID:
		for _, f := range b.ICCID.Forms() {
			list = append(list, f.Full())
		}
	case NumberEID:
		one = b.EID.Full()
	}
	if one != "" {
		list = []string{one}
	}
	return list
}

// breaks reports whether b and other have the number of an exclusion in common, in
// whatever form.
func (b Binding) breaks(e Exclusion, other Binding) bool {
	theirs := other.Forms(e.Others)
	return len(theirs) > 0 && slices.Contains(b.Forms(e.Own), theirs[0])
}

// ConflictsWith lists what b and other have in common that no two units may have:
// the codes of [Exclusions], in their order, each once.
func (b Binding) ConflictsWith(other Binding) []Code {
	var list []Code
	for _, e := range Exclusions {
		if b.breaks(e, other) && !slices.Contains(list, e.Code) {
			list = append(list, e.Code)
		}
	}
	return list
}

// AllowBinding refuses a binding of a unit that is bound, or that has a number of
// another. live are the bindings that hold now. Its error is a *Refusal that shows no
// identity whole.
func AllowBinding(b Binding, live []Binding) error {
	for _, h := range live {
		if h.Serial == b.Serial {
			return Refuse(SerialInUse, h.IMEI.Last4())
		}
	}
	return AllowNumbers(b, live)
}

// AllowNumbers refuses numbers that another unit holds: by one of live, which are
// bindings, rows of another system, or SIMs that were put in in the field. Its error
// is a *Refusal.
func AllowNumbers(b Binding, live []Binding) error {
	for _, e := range Exclusions {
		for _, h := range live {
			if h.Serial != b.Serial && b.breaks(e, h) {
				return Refuse(e.Code, heldBy(h.Serial))
			}
		}
	}
	return nil
}

// heldBy says which unit holds a number.
func heldBy(serial string) string { return "unit " + serial }
