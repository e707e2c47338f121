// SPDX-License-Identifier: Apache-2.0

package report

import "strings"

// joined puts a comma between two texts where there are two.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

func split(text string) []string { return strings.Split(strings.TrimSuffix(text, "\n"), "\n") }
