// SPDX-License-Identifier: Apache-2.0

package station

import "strconv"

// Counted is so many of something in English, as "1 unit" or "2 units".
func Counted[N int | int64](n N, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.FormatInt(int64(n), 10) + " " + many
}
