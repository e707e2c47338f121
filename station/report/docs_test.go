// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"os"
	"strings"
	"testing"

	"bindery/station"
)

func TestThePageOfExportsHasTheColumnsOfEachAudience(t *testing.T) {
	page, err := os.ReadFile("../../docs/export-format.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range station.Audiences() {
		row := "| `" + string(a) + "` | `" + strings.Join(a.Columns(), "` `") + "` |"
		if !strings.Contains(string(page), row) {
			t.Errorf("docs/export-format.md lacks the row %s", row)
		}
	}
}
