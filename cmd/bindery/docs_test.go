// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestEveryVerbIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/command-line.md")
	if err != nil {
		t.Fatal(err)
	}
	var each func(cmd *cobra.Command)
	each = func(cmd *cobra.Command) {
		for _, verb := range cmd.Commands() {
			name := strings.TrimPrefix(verb.CommandPath(), "bindery ")
			if !strings.Contains(string(page), name) {
				t.Errorf("docs/command-line.md does not have bindery %s", name)
			}
			each(verb)
		}
	}
	each((&cli{}).root())
}

func TestTheReadmeNamesEveryRoom(t *testing.T) {
	const root = "../.."
	readme, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(root + "/*/*.go")
	for _, deeper := range []string{"/*/*/*.go", "/*/*/*/*.go", "/*/*/*/*/*.go"} {
		more, err2 := filepath.Glob(root + deeper)
		files, err = append(files, more...), errors.Join(err, err2)
	}
	if err != nil || len(files) < 500 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	told := map[string]bool{}
	for _, file := range files {
		room, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			t.Fatal(err)
		}
		if !told[room] && !strings.Contains(string(readme), "`"+room+"`") {
			t.Errorf("README.md does not say what %s does", room)
		}
		told[room] = true
	}
}

// TestTheGuidesForEngineersNameWhatIsThere holds each path, link and test that
// the pages on the code name against the tree.
func TestTheGuidesForEngineersNameWhatIsThere(t *testing.T) {
	const root = "../.."
	guides, err := filepath.Glob(root + "/docs/adr/*.md")
	if err != nil {
		t.Fatal(err)
	}
	tests, paths, named := testNames(t, root), 0, 0
	for _, guide := range append(guides, root+"/README.md", root+"/CONTRIBUTING.md", root+"/docs/architecture.md", root+"/docs/glossary.md", root+"/docs/performance.md") {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		there := func(folder, name string) {
			paths++
			if _, err := os.Stat(filepath.Join(folder, name)); err != nil {
				t.Errorf("%s names %s, which is not there", guide, name)
			}
		}
		for _, m := range anyLink.FindAllStringSubmatch(string(text), -1) {
			there(filepath.Dir(guide), m[1])
		}
		for _, m := range anyCode.FindAllStringSubmatch(string(text), -1) {
			switch name := m[1]; {
			case onlyPath.MatchString(name):
				there(root, name)
			case onlyTest.MatchString(name):
				if named++; !tests[name] {
					t.Errorf("%s names the test %s, which is not there", guide, name)
				}
			}
		}
	}
	if paths < 50 || named < 10 {
		t.Errorf("only %d paths and %d tests were found", paths, named)
	}
}

var (
	anyLink  = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	anyCode  = regexp.MustCompile("`([^`\n]+)`")
	onlyTest = regexp.MustCompile(`^Test[A-Z]\w+$`)
	onlyPath = regexp.MustCompile(`^(\.?[a-z][\w-]*/[\w./-]+|[\w.-]+\.(md|yml))$`) // a folder within a folder, or a file
)

// testNames are all tests of the module.
func testNames(t *testing.T, root string) map[string]bool {
	names := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllSubmatch(text, -1) {
			names[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
