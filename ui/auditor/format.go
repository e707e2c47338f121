// SPDX-License-Identifier: Apache-2.0

package auditor

import "strconv"

func orSay(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func groupedInt(n int64) string { return grouped(strconv.FormatInt(n, 10)) }

// grouped writes a number in groups of three.
func grouped(n string) string {
	for i := len(n) - 3; i > 0; i -= 3 {
		n = n[:i] + "\u00a0" + n[i:]
	}
	return n
}
