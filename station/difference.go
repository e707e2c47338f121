// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"

	"bindery/station/identity"
)

// Difference is one thing in which a device is not as its serial is bound.
type Difference struct {
	Code Code
	Was  string // as it is bound, masked
	Gone bool   // the device gave no such value; else it gave another
}

// Differences lists in what a reading is not as b, the live binding of a unit
// of p, has it. A value that is missing where there was one is a difference,
// and so is one where there was none: the record would not tell of the unit
// what is in it.
func (b Binding) Differences(p Product, r Reading) []Difference {
	is := r.bindingValues(p)
	if b.IMEI2 != "" && b.IMEI == is.IMEI2 && b.IMEI2 == is.IMEI {
		return append([]Difference{{Code: IMEIsSwapped, Was: b.IMEI.Last4()}}, b.othersThan(is, p)...)
	}
	list := differ(nil, IMEIChanged, b.IMEI.Full(), is.IMEI.Full(), identity.IMEI.Last4)
	list = differ(list, IMEIChanged, b.IMEI2.Full(), is.IMEI2.Full(), identity.IMEI.Last4)
	return append(list, b.othersThan(is, p)...)
}

// othersThan are the differences in all but the IMEIs.
func (b Binding) othersThan(is Binding, p Product) []Difference {
	var list []Difference
	if p.SIM != SIMNone {
		list = differ(list, ICCIDChanged, b.ICCID.Full(), is.ICCID.Full(), identity.Last4)
		list = differ(list, IMSIChanged, b.IMSI.Full(), is.IMSI.Full(), identity.Last4)
	}
	list = differ(list, EIDChanged, b.EID.Full(), is.EID.Full(), identity.Last4)
	list = differ(list, ModuleChanged, strings.TrimSpace(b.Maker+" "+b.Model), strings.TrimSpace(is.Maker+" "+is.Model), Shown)
	return differ(list, FirmwareChanged, b.Firmware, is.Firmware, Shown)
}

func differ[T ~string](list []Difference, code Code, was, is string, masked func(T) string) []Difference {
	if was == is {
		return list
	}
	d := Difference{Code: code, Was: "nothing", Gone: is == ""}
	if was != "" {
		d.Was = masked(T(was))
	}
	return append(list, d)
}

// differences are those between the unit of a case and what is read under its
// serial; none while nothing is bound.
func (c UnitContext) differences(r Reading) []Difference {
	if c.Unit == nil || c.Unit.Binding == nil {
		return nil
	}
	return c.Unit.Binding.Differences(c.Product, r)
}
