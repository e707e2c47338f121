// SPDX-License-Identifier: Apache-2.0

package i18n_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/ui/i18n"
)

// translated are the languages that say what the station says in English.
func translated() []string {
	return slices.DeleteFunc(i18n.Languages(), func(l string) bool { return l == "en" })
}

func phrases(t *testing.T, language string) map[string]string {
	t.Helper()
	content, err := os.ReadFile("phrases/" + language + ".json")
	m := map[string]string{}
	if err == nil {
		err = json.Unmarshal(content, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestEveryLanguageHasTheSamePhrasesOfTheStation(t *testing.T) {
	first := phrases(t, translated()[0])
	for _, l := range translated() {
		own := phrases(t, l)
		if d := gocmp.Diff(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(own))); d != "" {
			t.Errorf("%s (-%s +%s):\n%s", l, translated()[0], l, d)
		}
		for english, said := range own {
			if strings.Count(english, "{}") != strings.Count(said, "{}") {
				t.Errorf("%s: %q has other places to fill in than %q", l, said, english)
			}
		}
	}
}

// literals are the texts in a Go file, or in those of a folder and below it,
// without its tests.
func literals(t *testing.T, folder string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					all = append(all, s)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var verb = regexp.MustCompile(`%[-+#.0-9]*[a-zA-Z]`)

// At a screen a scope is chosen, not typed: what is wrong with a text or with JSON
// stays English.
func TestWhatVerifyAndScopesAndListsSayIsSaidInEveryLanguage(t *testing.T) {
	sentence := regexp.MustCompile(`^[A-Z%].* .*\.$`)
	for _, folder := range []string{"../../station/scope/check.go", "../../station/scope/expr.go", "../../station/scope/list.go", "../../station/dhr/verify", "../../station/history"} {
		for _, text := range literals(t, folder) {
			if !sentence.MatchString(text) || strings.Contains(text, "SELECT") {
				continue
			}
			for _, l := range translated() {
				english := verb.ReplaceAllString(text, "7")
				if i18n.For(l).Translate(english) == english {
					t.Errorf("%s does not say %q", l, text)
				}
			}
		}
	}
}

// A sentence that was reworded would be English again.
func TestEveryPhraseIsStillSaidByTheStation(t *testing.T) {
	said := strings.Join(slices.Concat(literals(t, "../../station"), literals(t, "../../labels"), literals(t, "../../cmd/internal")), "\n")
	for english := range phrases(t, translated()[0]) {
		for piece := range strings.SplitSeq(english, "{}") {
			piece = strings.Trim(piece, " .:,;()")
			if len(piece) > 2 && !strings.Contains(said, piece) {
				t.Errorf("nothing says %q of %q", piece, english)
			}
		}
	}
}

func TestWhatFillsAFindingIsSaidInTheLanguageOfTheScreen(t *testing.T) {
	for _, c := range []struct {
		f    station.Finding
		l    string
		want string
	}{
		{station.NewFinding(station.CaseWrong, "it is closed."), "de", "Der Fall lässt sich so nicht behalten: Er ist geschlossen."},
		{station.NewFinding(station.MoveNotAllowed, "released to reworked"), "es", "La unidad no puede pasar de su estado al pedido (liberada a reprocesada)."},
		{station.NewFinding(station.HistoryNotReady, "3 clashes are not decided. nobody has compared the sample."), "de", "Die Liste kann nicht angenommen werden: 3 Widersprüche sind nicht entschieden. Niemand hat die Stichprobe verglichen."},
		{station.NewFinding(station.NotRecorded, "Lot to Lot"), "de", "In der Aufzeichnung gibt es Lot to Lot nicht."},
		{station.NewFinding(station.FlagWrong, "x is not a flag."), "en", "The unit cannot be flagged this way: x is not a flag."},
	} {
		if what, _ := i18n.For(c.l).Finding(c.f); what != c.want {
			t.Errorf("%s: %q, want %q", c.l, what, c.want)
		}
	}
}
