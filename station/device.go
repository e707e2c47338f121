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

// checkDevices holds all that this bench works with against the list, before the
// device is asked anything: a unit is not bound that could not be labelled.
func (r *benchRun) checkDevices() error {
	for _, d := range []struct {
		kind DeviceKind
		name func() string
	}{
		{DeviceStation, func() string { return r.unitContext.Station }},
		{DevicePort, r.Port},
		{DevicePrinter, r.Printer.Name},
	} {
		if err := r.unitContext.Devices.Check(d.kind, d.name); err != nil {
			return err
		}
	}
	return nil
}
