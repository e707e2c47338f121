// SPDX-License-Identifier: Apache-2.0

package query_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
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

// A number that is wrong by itself and that the record has is not one that was
// mistyped: the sentence must not send its reader away.
func TestANumberThatTheRecordHasIsNotSaidToBeMistyped(t *testing.T) {
	for _, text := range []string{"8999911300102219829", "980000420221512", "89999159221777218793457459389111"} {
		for _, found := range []bool{true, false} {
			r, _, err := query.Resolve(query.Parse(text, query.Known{})[0], func(query.Interpretation) ([]bool, error) {
				return make([]bool, map[bool]int{true: 1}[found]), nil
			})
			if err != nil || (r.Refused != "") == found || strings.Contains(r.Why(), "mistyped") == found {
				t.Errorf("%s, found %v: refused %q: %s (%v)", text, found, r.Refused, r.Why(), err)
			}
		}
	}
}
