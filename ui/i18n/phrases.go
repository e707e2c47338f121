// SPDX-License-Identifier: Apache-2.0

package i18n

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

//go:embed phrases/*.json
var phraseFiles embed.FS

// leastLetters is how many letters a phrase must have to be known around any
// values. One with fewer, such as "{} to {}", is known around numbers and phrases
// alone: it would be found in a name.
const leastLetters = 6

// loadPhrases reads the phrases of a language, those with most letters first.
// English has none.
func loadPhrases(name string) []phrase {
	content, err := phraseFiles.ReadFile("phrases/" + name + ".json")
	if err != nil {
		return nil
	}
	m := map[string]string{}
	if err := json.Unmarshal(content, &m); err != nil {
		panic(fmt.Sprintf("embedded phrases %s: %v", name, err))
	}
	var list []phrase
	for english, own := range m {
		p := phrase{english: strings.Split(english, "{}"), own: own}
		for _, r := range english {
			if unicode.IsLetter(r) {
				p.letters++
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b phrase) int {
		return cmp.Or(cmp.Compare(b.letters, a.letters), slices.Compare(a.english, b.english))
	})
	return list
}

// Translate says in the language of the catalogue what the station says in English
// beside its codes: what fills a finding, why a row or a scope cannot be used,
// what a check of the record found. What it does not know stays English.
func (c Catalogue) Translate(english string) string {
	if own, ok := c.phrased(english); ok {
		return own
	}
	if first, rest, several := strings.Cut(english, ". "); several {
		return c.Translate(first+".") + " " + c.Translate(rest)
	}
	// What ends a sentence is known without its full stop too.
	if start, ok := strings.CutSuffix(english, "."); ok {
		if own, ok := c.phrased(start); ok {
			return own + "."
		}
	}
	return english
}

func (c Catalogue) phrased(english string) (string, bool) {
	for _, p := range c.phrases {
		if values, ok := p.values(english); ok {
			own, known := c.values(values)
			if known || p.letters >= leastLetters {
				return filled(p.own, own), true
			}
		}
	}
	return "", false
}

// values says the values of a phrase; known is false where one of them is neither a
// number nor a phrase itself.
func (c Catalogue) values(english []string) (own []string, known bool) {
	known = true
	for _, v := range english {
		said := c.Translate(v)
		known = known && (said != v || strings.Trim(v, "0123456789") == "")
		own = append(own, said)
	}
	return own, known
}

// values are what stands in the places of the phrase; ok is false where the text
// is another one.
func (p phrase) values(text string) (values []string, ok bool) {
	last := len(p.english) - 1
	rest, ok := strings.CutPrefix(text, p.english[0])
	if !ok || last == 0 {
		return nil, ok && rest == ""
	}
	for _, piece := range p.english[1:last] {
		value, after, found := strings.Cut(rest, piece)
		if !found {
			return nil, false
		}
		values, rest = append(values, value), after
	}
	value, ok := strings.CutSuffix(rest, p.english[last])
	values = append(values, value)
	return values, ok && !slices.Contains(values, "")
}
