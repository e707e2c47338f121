// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestOneWordIsAStrayScanAndNoReason(t *testing.T) {
	for text, stray := range map[string]bool{
		"": true, "  ": true, "CL-000101": true, " OP-1001 ": true, "(01)09521234543213": true,
		"torn labels": false, " two\twords ": false, "rolle verklebt, entsorgt": false,
	} {
		if got := station.OneWord(text); got != stray {
			t.Errorf("%q: %v, want %v", text, got, stray)
		}
	}
}
