// SPDX-License-Identifier: Apache-2.0

package report

import "testing"

// SetMostPages makes volumes shorter for a test.
func SetMostPages(t *testing.T, n int) {
	t.Helper()
	was := mostPages
	mostPages = n
	t.Cleanup(func() { mostPages = was })
}
