// SPDX-License-Identifier: Apache-2.0

package station

// DeviceKind is what kind of device feeds the record.
type DeviceKind string

// The kinds of devices.
const (
	DeviceStation DeviceKind = "station" // by the name of the station
	DevicePort    DeviceKind = "port"    // by the stable name of the serial port
	DevicePrinter DeviceKind = "printer" // by its URI
)

// Known reports whether k is one of the kinds above.
func (k DeviceKind) Known() bool { return k == DeviceStation || k == DevicePort || k == DevicePrinter }

// AnyDevice is the name that, once allowed, lets every device of its kind feed
// the record again.
const AnyDevice = "*"

// Device is one of which an admin has said whether it may feed the record.
type Device struct {
	Kind    DeviceKind `json:"kind"`
	Name    string     `json:"name"`
	Allowed bool       `json:"allowed"` // false once it was revoked
}

// AllowName refuses to let a device feed the record whose name is none of its kind.
// Its error is a *Refusal.
func (d Device) AllowName() error {
	if why := CheckName(d.Kind, d.Name); why != "" && d.Allowed {
		return Refuse(NameMalformed, string(d.Kind)+": "+why)
	}
	return nil
}

// AllowListed refuses to say of a device what its list says already. was is nil where
// the list does not have it. Its error is a *Refusal.
func (d Device) AllowListed(was *Device) error {
	if was != nil && was.Allowed == d.Allowed {
		return Refuse(NothingDue, "the list says so already.")
	}
	return nil
}

// Devices is the list of a record.
type Devices []Device

// Check refuses a device that may not feed the record, with a *Fault
// device-not-allowed. A kind that was never listed is not checked; one of which
// the last was revoked is, and has none. name is asked only when it matters.
func (l Devices) Check(kind DeviceKind, name func() string) error {
	checkDevices, own := false, ""
	for _, d := range l {
		if d.Kind != kind {
			continue
		}
		if !checkDevices && name != nil {
			own = name()
		}
		checkDevices = true
		if d.Allowed && (d.Name == AnyDevice || d.Name == own) {
			return nil
		}
	}
	if !checkDevices {
		return nil
	}
	return NewFault(DeviceNotListed, string(kind)+" "+own, nil)
}

// CheckName says what is wrong with the name of a device by itself; "" when
// nothing is. That of a station is a key; those of a port and a printer are
// paths and addresses, as the system has them.
func CheckName(kind DeviceKind, name string) string {
	var e errs
	switch {
	case name == "":
		e.add("name", "It is empty.")
	case kind == DeviceStation:
		e.printed("name", name)
	default:
		e.text("name", name, longestNote)
	}
	if len(e) == 0 {
		return ""
	}
	return e[0].Message
}
