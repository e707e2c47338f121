// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

const playbooks = "../../docs/playbooks"

// playbook is what a page has for a machine.
type playbook struct {
	examples map[string]string // by place holder, from the table at its top
	steps    []step
}

// step is a fenced block: a file to write, or a command and what it answers.
type step struct {
	file, text string // of a block whose fence names a file
	command    string
	answer     []string // lines; in them … stands for any text, alone for any lines
	code       string   // exit code
}

var (
	placeRow  = regexp.MustCompile("(?m)^\\| `([A-Z][A-Z_]*)` \\|.*\\| `([^`]+)` \\|$")
	fence     = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")
	exitLine  = regexp.MustCompile(`^\(exit code (\d)\)$`)
	placeName = regexp.MustCompile(`\b[A-Z][A-Z_]{3,}\b`)
)

// readPlaybook takes a page apart. Its fences are `console` for commands and
// answers, and `text NAME` for a file that somebody has.
func readPlaybook(t *testing.T, path string) playbook {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p := playbook{examples: map[string]string{}}
	for _, m := range placeRow.FindAllStringSubmatch(string(text), -1) {
		p.examples[m[1]] = m[2]
	}
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		kind, name, _ := strings.Cut(m[1], " ")
		switch {
		case kind == "text" && name != "":
			p.steps = append(p.steps, step{file: p.filled(t, path, name), text: p.filled(t, path, m[2])})
		case kind == "console" && name == "":
			p.steps = append(p.steps, p.commands(t, path, m[2])...)
		default:
			t.Errorf("%s has a block of %q: nothing tries it", path, m[1])
		}
	}
	return p
}

// filled has the examples in the place of the place holders.
func (p playbook) filled(t *testing.T, path, text string) string {
	return placeName.ReplaceAllStringFunc(text, func(name string) string {
		if example := p.examples[name]; example != "" {
			return example
		}
		t.Errorf("%s has no example of %s", path, name)
		return name
	})
}

func (p playbook) commands(t *testing.T, path, block string) (list []step) {
	for _, line := range strings.Split(strings.TrimSuffix(block, "\n"), "\n") {
		command, is := strings.CutPrefix(line, "$ ")
		code := exitLine.FindStringSubmatch(line)
		switch {
		case is:
			list = append(list, step{command: p.filled(t, path, command), code: "0"})
		case len(list) == 0:
			t.Errorf("%s has an answer before any command: %s", path, line)
		case code != nil:
			list[len(list)-1].code = code[1]
		default:
			s := &list[len(list)-1]
			s.answer = append(s.answer, line)
		}
	}
	return list
}

// pattern is what the output must be as a whole. Blanks in a row count as one.
func (s step) pattern() *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`^`)
	for _, line := range s.answer {
		if line == "…" {
			b.WriteString(`(?:[^\n]*\n)*?`)
			continue
		}
		var parts []string
		for _, part := range strings.Split(line, "…") {
			words := regexp.MustCompile(` +`).Split(part, -1)
			for i, w := range words {
				words[i] = regexp.QuoteMeta(w)
			}
			parts = append(parts, strings.Join(words, ` +`))
		}
		b.WriteString(strings.Join(parts, `[^\n]*`) + `\n`)
	}
	return regexp.MustCompile(b.String() + `$`)
}

// try does one step as somebody who has the page would.
func (s step) try(ts *testscript.TestScript) {
	if s.file != "" {
		ts.Check(os.WriteFile(ts.MkAbs(s.file), []byte(s.text), 0o600))
		return
	}
	exits(ts, false, []string{s.code, "sh", "-c", s.command})
	out := ts.ReadFile("stdout")
	if s.code != "0" {
		out += ts.ReadFile("stderr")
	}
	if !s.pattern().MatchString(out) {
		ts.Fatalf("the page says of %s\n%s\nit is\n%s", s.command, strings.Join(s.answer, "\n"), out)
	}
}

// TestThePlaybooksDoWhatTheySay runs the commands of each page in their order,
// on the record of the world of 500 units with the list of its carrier, and
// holds what they answer against the page.
func TestThePlaybooksDoWhatTheySay(t *testing.T) {
	pages, err := filepath.Glob(playbooks + "/*.md")
	if err != nil || len(pages) < 2 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	script := filepath.Join(t.TempDir(), "page.txtar")
	if err := os.WriteFile(script, []byte("world world.db\ntryout\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		name := filepath.Base(page)
		if name == "README.md" {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".md"), func(t *testing.T) {
			book := readPlaybook(t, page)
			if len(book.steps) == 0 {
				t.Fatalf("%s has nothing to try", name)
			}
			testscript.Run(t, testscript.Params{Files: []string{script}, Setup: setUpPlaybook, Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"world": makeWorld,
				"tryout": func(ts *testscript.TestScript, _ bool, _ []string) {
					for _, s := range book.steps {
						s.try(ts)
					}
				},
			}})
		})
	}
}

// setUpPlaybook gives the folder the list of the carrier, under the name that
// the pages give it.
func setUpPlaybook(env *testscript.Env) error {
	list, err := os.ReadFile(filepath.Join(openLists, "cisco-cc.csv"))
	if err != nil {
		return err
	}
	env.Setenv("BINDERY_DB", "world.db")
	env.Setenv("TZ", "UTC")
	if err := watchPrivacy(env); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(env.WorkDir, "carrier.csv"), list, 0o600)
}

// TestEachPlaybookAnswersTheSameQuestions holds the pages to their parts, the
// index to the pages, and the names of screens to those that people read.
func TestEachPlaybookAnswersTheSameQuestions(t *testing.T) {
	index, err := os.ReadFile(playbooks + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	words, err := os.ReadFile("../../ui/i18n/en.json")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := filepath.Glob(playbooks + "/*.md")
	if err != nil {
		t.Fatal(err)
	}
	bold := regexp.MustCompile(`\*\*([^*\n]+)\*\*`)
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(page)
		for _, m := range bold.FindAllStringSubmatch(string(text), -1) {
			if !strings.Contains(string(words), fmt.Sprintf("%q", m[1])) {
				t.Errorf("%s names the screen or control %q, which no screen shows", name, m[1])
			}
		}
		if name == "README.md" {
			continue
		}
		if !strings.Contains(string(index), "]("+name+")") {
			t.Errorf("the index does not have %s", name)
		}
		at := 0
		for _, part := range []string{"The first question", "Contain", "Exports", "What a lock cannot do", "When to close"} {
			i := strings.Index(string(text[at:]), "\n## "+part)
			if i < 0 {
				t.Fatalf("%s lacks %q, or has it out of order", name, part)
			}
			at += i + 1
		}
	}
}
