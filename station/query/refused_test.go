// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station/query"
)

func TestEveryRefusalIsExplainedInTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	section := regexp.MustCompile(`(?s)\n## Refused at a search\n.*?\n## `).Find(page)
	var explained []string
	for _, row := range regexp.MustCompile("(?m)^\\| `.*?` \\|").FindAllString(string(section), -1) {
		for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(row, -1) {
			explained = append(explained, m[1])
		}
	}
	var want []string
	for _, code := range query.Refusals() {
		want = append(want, string(code))
	}
	slices.Sort(explained)
	if d := cmp.Diff(want, explained); d != "" {
		t.Error("refusals without a row in docs/findings.md (-) and rows without a refusal (+):", d)
	}
}
