// SPDX-License-Identifier: Apache-2.0

// Package i18n holds what the screens say, in several languages. The texts of
// findings and faults come from the station in English; a catalogue may say
// the same code in its own language.
package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"bindery/station"
)

//go:embed *.json
var files embed.FS

// Catalogue is the texts of one language, by key. English stands in for what
// it lacks.
type Catalogue struct {
	Language string
	own      map[string]string
	english  map[string]string
}

// Languages lists the languages that come along.
func Languages() []string {
	names, _ := files.ReadDir(".") // embedded: cannot fail
	var ls []string
	for _, n := range names {
		ls = append(ls, strings.TrimSuffix(n.Name(), path.Ext(n.Name())))
	}
	return ls
}

// For gives the catalogue of a language such as "de", or of the language part
// of a locale such as "de_AT.UTF-8"; an unknown one gives English.
func For(language string) Catalogue {
	language, _, _ = strings.Cut(strings.ToLower(language), "_")
	if !slices.Contains(Languages(), language) {
		language = "en"
	}
	return Catalogue{Language: language, own: load(language), english: load("en")}
}

func load(language string) map[string]string {
	text, err := files.ReadFile(language + ".json")
	m := map[string]string{}
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	if err != nil {
		panic(fmt.Sprintf("embedded catalogue %s: %v", language, err))
	}
	return m
}

// Say gives the text of key, its {} filled in, one after the other.
func (c Catalogue) Say(key string, fill ...string) string {
	text, ok := c.own[key]
	if !ok {
		text, ok = c.english[key]
	}
	if !ok {
		return key
	}
	for _, f := range fill {
		text = strings.Replace(text, "{}", f, 1)
	}
	return text
}

// Has reports whether the catalogue itself has a text for key.
func (c Catalogue) Has(key string) bool { _, ok := c.own[key]; return ok }

// Keys lists the keys of the catalogue itself, sorted.
func (c Catalogue) Keys() []string {
	var ks []string
	for k := range c.own {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}

// Finding gives what happened and what to do next. A sentence that the station
// did not take from its list stands as it is.
func (c Catalogue) Finding(f station.Finding) (what, next string) {
	what, next = f.Message, f.Next
	usual := station.NewFinding(f.Code, f.Value)
	if key := "what." + string(f.Code); c.Has(key) && what == usual.Message {
		what = c.Say(key, f.Value)
	}
	if key := "next." + string(f.Code); c.Has(key) && next == usual.Next {
		next = c.Say(key)
	}
	return what, next
}

// Fault is the same for a fault of the bench.
func (c Catalogue) Fault(f *station.Fault) (what, next string) {
	said := f.Finding()
	said.Value = f.Detail
	return c.Finding(said)
}
