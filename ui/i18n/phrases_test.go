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
// without its tests. Where whole is set, a sum of texts is one of them, with a 7 for
// each value.
func literals(t *testing.T, folder string, whole bool) []string {
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
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BinaryExpr:
				if n.Op == token.ADD && whole {
					all = append(all, joined(n))
					return false
				}
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					all = append(all, joined(n))
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

// joined says of a sum of texts what it is with a number for each value.
func joined(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s
		}
	case *ast.BinaryExpr:
		return joined(e.X) + joined(e.Y)
	}
	return "7"
}

// At a screen a scope is chosen, not typed: what is wrong with a text or with JSON
// stays English.
func TestWhatTheStationSaysBesideItsCodesIsSaidInEveryLanguage(t *testing.T) {
	sentence, clause := regexp.MustCompile(`^[A-Z7].* .*\.$`), regexp.MustCompile(`^[A-Za-z7({].* .* `)
	// Classes and damage have keys of their own; a simulator has no screen, and a scope is
	// written as text or JSON on the command line alone.
	var elsewhere []string
	for _, file := range []string{"station/reconcile/meaning.go", "station/scope/text.go", "station/scope/json.go", "station/scope/jsonlist.go", "station/scope/jsonparser.go", "labels/printers/zplsim"} {
		elsewhere = append(elsewhere, literals(t, "../../"+file, true)...)
	}
	for folder, form := range map[string]*regexp.Regexp{
		"../../station/scope": sentence, "../../station/dhr/verify": sentence, "../../station/history": sentence,
		"../../station/table": clause, "../../station/reconcile": clause, "../../labels": clause,
	} {
		found := 0
		for _, text := range literals(t, folder, true) {
			if slices.Contains(elsewhere, text) {
				continue
			}
			text = goesOn.ReplaceAllString(verb.ReplaceAllString(text, "7"), "$1")
			if !form.MatchString(text) || notSaid.MatchString(text) {
				continue
			}
			found++
			for _, l := range translated() {
				if i18n.For(l).Translate(text) == text {
					t.Errorf("%s does not say %q of %s", l, text, folder)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s says nothing", folder)
		}
	}
}

// goesOn finds a sentence that a constant ends.
var goesOn = regexp.MustCompile(`([a-z])7$`)

// notSaid is what is no sentence for people: SQL, expressions, lists of words, and
// what tells AIs apart.
var notSaid = regexp.MustCompile(`SELECT|^labels: |^Example |holding new jobs|not a host status|\\|json:|\n|, .*, .*, .*, |^[0-9 ;]+$|^[A-Z]+\. |^7: 7`)

// A sentence that was reworded would be English again.
func TestEveryPhraseIsStillSaidByTheStation(t *testing.T) {
	said := strings.Join(slices.Concat(literals(t, "../../station", false), literals(t, "../../labels", false), literals(t, "../../fixtures", false), literals(t, "../../cmd/internal", false)), "\n")
	for english := range phrases(t, translated()[0]) {
		for piece := range strings.SplitSeq(english, "{}") {
			piece = strings.Trim(piece, " .:,;(){}")
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
		{station.NewFinding(station.CaseWrong, "it is closed."), "de", "Der Fall lässt sich nicht speichern: Er ist geschlossen."},
		{station.NewFinding(station.MoveNotAllowed, "released to reworked"), "es", "La unidad no puede pasar de su estado al pedido (liberada a reprocesada)."},
		{station.NewFinding(station.HistoryNotReady, "3 clashes are not decided. nobody has compared the sample."), "de", "Die Liste kann nicht angenommen werden: 3 Widersprüche sind nicht entschieden. Niemand hat die Stichprobe verglichen."},
		{station.NewFinding(station.ListUnreadable, "row 7, column IMEI: is the error of a formula"), "de", "Die Liste lässt sich nicht auswerten: Zeile 7, Spalte IMEI: ist der Fehler einer Formel"},
		{station.NewFinding(station.LabelRefused, `layout "own", line 3, [[code]] 2, data: there is no field {seriall}. Correct the layout.`), "es", `No se puede dibujar la etiqueta: diseño "own", línea 3, [[code]] 2, data: no existe el campo {seriall}. Corrija el diseño.`},
		{station.NewFinding(station.NotRecorded, "Lot to Lot"), "de", "In der Aufzeichnung gibt es Lot to Lot nicht."},
		{station.NewFinding(station.FlagWrong, "x is not a flag."), "en", "The unit cannot be flagged this way: x is not a flag."},
	} {
		if what, _ := i18n.For(c.l).Finding(c.f); what != c.want {
			t.Errorf("%s: %q, want %q", c.l, what, c.want)
		}
	}
}
