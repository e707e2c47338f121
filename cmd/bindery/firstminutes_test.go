// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// spoken are the words of a command that are its own: verbs and flags, and neither
// what stands for something of the reader's nor what is in quotation marks.
func spoken(command string) string {
	command = regexp.MustCompile(`'[^']*'`).ReplaceAllString(command, "X")
	var own []string
	for _, w := range strings.Fields(command) {
		if w == strings.ToLower(w) && !strings.ContainsAny(w, ":.0123456789") {
			own = append(own, w)
		}
	}
	return " " + strings.Join(own, " ") + " "
}

// The commands of the first five minutes are tried by the playbooks: each word of
// one is in a command there.
func TestTheFirstFiveMinutesNameCommandsThatThePlaybooksTry(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## The first five minutes of an incident\n")
	section, _, _ = strings.Cut(section, "\n## ")
	named := regexp.MustCompile("`(bindery [^`]+)`").FindAllStringSubmatch(section, -1)
	if len(named) < 5 {
		t.Fatalf("%d commands are named", len(named))
	}
	var tried []string
	pages, _ := filepath.Glob(playbooks + "/*.md")
	for _, page := range pages {
		for _, s := range readPlaybook(t, page).steps {
			tried = append(tried, spoken(s.command))
		}
	}
	for _, m := range named {
		if !hasAll(tried, strings.Fields(spoken(m[1]))) {
			t.Errorf("no playbook tries %q", m[1])
		}
	}
}

func hasAll(tried []string, words []string) bool {
	for _, command := range tried {
		found := true
		for _, w := range words {
			found = found && strings.Contains(command, " "+w+" ")
		}
		if found {
			return true
		}
	}
	return false
}
