// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"time"

	"bindery/station/identity"
)

// ScannedText is what the record knows of a text that was scanned where the serial of
// the next unit was due.
type ScannedText struct {
	Text    string    // without what the scanner puts around it; see [Unframed]
	Begun   bool      // it is the serial of a unit, of this order or another
	Order   *Order    // whose number it is; nil for none
	Label   string    // serial of the unit whose label it is from; "" for none
	Outcome Outcome   // of the last attempt of that unit; "" for none
	At      time.Time // when that attempt ended
	REF     string    // of the product whose code it is; "" for none
	Other   string    // REF of another product that it is a serial of; "" for none
}

// scanCodes are the codes of numbers that are scanned for a serial.
var scanCodes = map[identity.Kind]Code{
	identity.KindIMEI: ScanIMEI, identity.KindIMEISV: ScanIMEI, identity.KindICCID: ScanICCID, identity.KindIMSI: ScanIMSI, identity.KindEID: ScanEID,
}

// NameStrayScan says what a text is that no unit of p can come of under o; nil when
// one can, and its serial goes the way of a unit. A stray scan is about no unit: it
// is neither a fault nor a refusal. What may be an identity is masked in its value.
func NameStrayScan(p Product, o Order, s ScannedText) *Finding {
	if p.SerialOK(s.Text) {
		if s.Begun || !o.Full() {
			return nil
		}
		return &o.Complete().Finding
	}
	f := s.name()
	return &f
}

// name says what a text is that is no serial of the product.
func (s ScannedText) name() Finding {
	number, isNumber := scanCodes[identity.KindOf(s.Text)]
	switch {
	case s.Order != nil:
		return NewFinding(ScanOrder, fmt.Sprintf("%s, %d / %d", s.Order.ID, s.Order.Passed, s.Order.Planned))
	case s.Label != "" && s.Outcome == Pass:
		return NewFinding(ScanLabelPassed, Shown(s.Label)+", "+Timestamp(s.At))
	case s.Label != "":
		return NewFinding(ScanLabel, Shown(s.Label))
	case s.REF != "":
		return NewFinding(ScanProduct, s.REF)
	case s.Other != "":
		return NewFinding(ScanOtherProduct, s.Other)
	case isNumber:
		return NewFinding(number, identity.Mask(s.Text, 0, 4))
	}
	return NewFinding(ScanUnknown, shownScan(s.Text))
}
