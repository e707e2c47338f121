// SPDX-License-Identifier: Apache-2.0

package station

import (
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is what a serial, or another key, has in common with all that differ
// from it in capitals only, or in the way in which the same characters are coded
// (Unicode §3.13, NFKC and full case folding). Two that fold alike clash:
// people, scanners and other systems take them for one.
func Fold(key string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(key)))
}
