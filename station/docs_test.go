// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

func TestEveryCodeIsExplainedInTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	levels := map[station.Code]string{}
	var explained []station.Code
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` \\| (pass|warn|fail|fault) \\| \\S.* \\|").FindAllSubmatch(page, -1) {
		code := station.Code(m[1])
		explained = append(explained, code)
		levels[code] = string(m[2])
	}
	slices.Sort(explained)
	if d := cmp.Diff(station.Codes(), explained); d != "" {
		t.Error("codes without a row in docs/findings.md (-) and rows without a code (+):", d)
	}
	for code, level := range levels {
		want := string(station.NewFinding(code, "").Level)
		if station.NewFault(code, "", nil).Kept != "" {
			want = "fault"
		}
		if level != want {
			t.Errorf("docs/findings.md says that %s is %q, it is %q", code, level, want)
		}
	}
}
