// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"math"
)

// mmPerInch is 25.4 by definition.
const mmPerInch = 25.4

// dotsOf is the whole dots per mm in which ZPL counts a resolution.
func dotsOf(dpi int) int { return int(math.Round(float64(dpi) / mmPerInch)) }

// sold is the dots per inch under which a printer of so many dots per mm is
// sold.
func sold(dots int) int {
	if dpi, ok := map[int]int{6: 150, 8: 203, 12: 300, 24: 600}[dots]; ok {
		return dpi
	}
	return int(math.Round(float64(dots) * mmPerInch))
}
