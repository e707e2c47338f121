// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"os"
	"regexp"
	"testing"

	"bindery/ui/i18n"
)

// The kinds of places are read from where they are declared: one that is added
// there is told of here.
func TestEveryKindOfPlaceIsCalledAndToldInEveryLanguage(t *testing.T) {
	text, err := os.ReadFile("../../station/record/browse.go")
	if err != nil {
		t.Fatal(err)
	}
	kinds := regexp.MustCompile(`(?m)^(?:const|\t)\s*Kind\w+\s+NodeKind\s*= "([a-z-]+)"`).FindAllSubmatch(text, -1)
	if len(kinds) < 30 {
		t.Fatalf("only %d kinds were found", len(kinds))
	}
	for _, language := range i18n.Languages() {
		words := i18n.For(language)
		for _, k := range kinds {
			for _, key := range []string{"place." + string(k[1]), "about." + string(k[1])} {
				if !words.Has(key) {
					t.Errorf("%s has no text for %s", language, key)
				}
			}
		}
	}
}
