// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"time"

	"bindery/station/identity"
)

// Binding ties the identities of a module to the serial of a product. It is
// never overwritten: it is live until another supersedes it.
type Binding struct {
	ID         int64
	Serial     string
	IMEI       identity.IMEI
	IMEI2      identity.IMEI
	ICCID      identity.ICCID
	IMSI       identity.IMSI
	EID        identity.EID
	Allocation int64 // ID of the allocation that the IMEI was drawn from
	Maker      string
	Model      string
	Firmware   string
	At         time.Time
	By         string // person ID
}

// bindingValues is what a unit of p is bound to when this is read, as the record holds
// it. What the product does not ask for is not bound: a SIM that is in the
// device for the test alone stays out of the record of the unit.
func (r Reading) bindingValues(p Product) Binding {
	b := Binding{
		IMEI: identity.IMEI(r.IMEI), EID: identity.EID(r.EID),
		Maker: Storable(r.Manufacturer), Model: Storable(r.Model), Firmware: Storable(r.Firmware),
	}
	if p.IMEIs == 2 {
		b.IMEI2 = identity.IMEI(r.IMEI2)
	}
	if p.SIM != SIMNone {
		b.IMSI = identity.IMSI(r.IMSI)
		b.ICCID, _ = identity.ParseICCID(r.ICCID)
	}
	return b
}

// Storable is a text as the record can hold it: whatever a scanner or a device
// sent, freed of what is not UTF-8, and of NUL, at which other tools would stop.
func Storable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
