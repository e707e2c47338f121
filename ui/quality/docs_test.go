// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"bindery/ui/uitest"
)

// namedKey is a key with its word, as the guides name it.
var namedKey = regexp.MustCompile("`(F[0-9]+)`(?: is)? \\*\\*([^*]+)\\*\\*")

func TestTheKeysThatThePlaybooksAndTheReadmeNameAreOnTheScreens(t *testing.T) {
	offered := map[string]bool{}
	for _, scene := range deskScenes {
		b := newBench()
		st, w := b.read(t, uitest.Sizes[1])
		note := func() {
			for _, a := range st.View.Acts {
				offered[a.Key+" "+a.Word] = true
			}
		}
		note()
		scene.play(t, b, st, w)
		b.Drain()
		note()
	}
	pages, err := filepath.Glob("../../docs/playbooks/*.md")
	if err != nil || len(pages) < 6 {
		t.Fatalf("%d playbooks, %v", len(pages), err)
	}
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		named := namedKey.FindAllStringSubmatch(string(text), -1)
		if len(named) == 0 {
			t.Errorf("%s names no key", page)
		}
		for _, m := range named {
			if !offered[m[1]+" "+m[2]] {
				t.Errorf("%s names %s for %q, which no screen offers", page, m[1], m[2])
			}
		}
	}
}
