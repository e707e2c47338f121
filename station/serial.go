// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp"
	"strings"

	"bindery/station/identity"
)

// SerialOK reports whether serial is, from its first to its last character, a
// serial of this product. An unusable pattern matches nothing, and none takes
// what people cannot see: no label could carry it. Letters that look like Latin
// ones are taken only where the pattern has some of them.
func (p Product) SerialOK(serial string) bool {
	if Unprintable(serial) != "" || strings.TrimSpace(serial) != serial {
		return false
	}
	if onlyLookAlikes(serial) && !strings.ContainsAny(p.SerialPattern, lookAlikes) {
		return false
	}
	re, err := regexp.Compile(`\A(?:` + p.SerialPattern + `)\z`)
	return err == nil && p.SerialPattern != "" && serial != "" && re.MatchString(serial)
}

// SerialAsKept is a scanned text as the record keeps it, and as it is shown: a
// serial of this product whole, whatever it looks like, and of anything else
// what may be an identity hidden, for then it was scanned in the wrong field.
func (p Product) SerialAsKept(scanned string) string {
	if p.SerialOK(scanned) {
		return scanned
	}
	return identity.MaskIn(scanned)
}
