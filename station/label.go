// SPDX-License-Identifier: Apache-2.0

package station

import (
	"time"

	"bindery/station/identity"
)

// Label is a drawn and checked label.
type Label interface {
	// Hash is the SHA-256, hex, of its dots.
	Hash() string
	// DPI is the resolution that it was drawn for, in dots per inch.
	DPI() int
	// Codes lists what a scanner can read from it.
	Codes() []LabelCode
	// Encode gives the label as "png", "pdf" or "zpl". The same label gives
	// the same bytes.
	Encode(format string) ([]byte, error)
}

// LabelCode is one barcode of a label.
type LabelCode struct {
	Kind    string // "code128", "gs1-128", "gs1-datamatrix", "qr"
	Payload string // what a scanner sends, without symbology identifier; GS (0x1D) between GS1 fields
	HRI     string // human-readable form, e.g. "(01)09506000134352(21)CL-000142"
}

// LabelValues are the values that a layout may name.
type LabelValues struct {
	Serial      string
	IMEI, IMEI2 identity.IMEI
	ICCID       identity.ICCID
	EID         identity.EID
	REF         string
	Product     string
	Maker       string
	GTIN        identity.GTIN
	Lot         string
	Order       string
	Made        time.Time // the date of manufacture, midnight UTC: see [Day.Date]
	Quantity    int       // for carton labels
	Sample      bool
}
