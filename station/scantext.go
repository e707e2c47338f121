// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// Unframed is the data in a text that came from a scanner: without the frame and
// the symbology identifier (ISO/IEC 15424) that it may be set to send, which is
// given apart, such as "]d2".
func Unframed(text string) (data, symbology string) {
	data, _ = trimFrame(text)
	symbology = aimIdentifier.FindString(data)
	return data[len(symbology):], symbology
}

// Separators are all that is known to come in place of the separator of GS1
// data, which is the first of them.
func Separators() []string { return append([]string{gs}, slices.Clone(separators)...) }

// FixedLength reports whether the value of a GS1 application identifier has a
// length of its own and needs no separator after it (GS1 General Specifications
// §7.8.5).
func FixedLength(ai string) bool { return len(ai) >= 2 && fixedLength[ai[:2]] }
