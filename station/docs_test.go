// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
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

func TestTheHandbookGivesTheNumbersOfTheRules(t *testing.T) {
	digits := regexp.MustCompile(`a PIN has (.+)\.`).FindStringSubmatch(station.CheckSecret(station.PIN, "1").Error())
	tries := regexp.MustCompile("after ([a-z]+) wrong tries").FindStringSubmatch(station.NewFinding(station.SignInWrong, "").Next)
	if digits == nil || tries == nil {
		t.Fatal("the sentences of the station do not say them")
	}
	for _, c := range []struct{ page, says string }{
		{"operator.md", digits[1]}, {"findings.md", digits[1]}, {"operator.md", tries[1] + " wrong PINs"}, {"findings.md", tries[1] + " wrong PINs"},
	} {
		page, err := os.ReadFile("../docs/" + c.page)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.ToLower(string(page)), strings.ToLower(c.says)) {
			t.Errorf("docs/%s does not say %q", c.page, c.says)
		}
	}
}
