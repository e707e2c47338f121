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

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"bindery/station"
	"bindery/station/query"
)

//go:embed *.json
var files embed.FS

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
func For(locale string) Catalogue {
	name, _, _ := strings.Cut(strings.ToLower(locale), "_")
	if !slices.Contains(Languages(), name) {
		name = "en"
	}
	c := Catalogue{Language: name, own: load(name), english: load("en"), phrases: loadPhrases(name)}
	c.plurals = forms(name, c.own)
	return c
}

func load(name string) map[string]text {
	content, err := files.ReadFile(name + ".json")
	m := map[string]text{}
	if err == nil {
		err = json.Unmarshal(content, &m)
	}
	if err != nil {
		panic(fmt.Sprintf("embedded catalogue %s: %v", name, err))
	}
	return m
}

// forms hands what counts something to the library that knows which form a
// language has for which number.
func forms(name string, texts map[string]text) *i18n.Localizer {
	tag := language.Make(name)
	b := i18n.NewBundle(tag)
	for key, t := range texts {
		if t.One == "" {
			continue
		}
		if err := b.AddMessages(tag, &i18n.Message{ID: key, One: t.One, Other: t.Other}); err != nil {
			panic(fmt.Sprintf("embedded catalogue %s: %v", name, err))
		}
	}
	return i18n.NewLocalizer(b, name)
}

// Say gives the text of key, its {} filled in, one after the other.
func (c Catalogue) Say(key string, fill ...string) string {
	t, ok := c.own[key]
	if !ok {
		t, ok = c.english[key]
	}
	if !ok {
		return key
	}
	return filled(t.Other, fill)
}

// Count gives the text of key in the form for n: "1 label", "2 labels". n itself
// is among what fills it, as it is to be written.
func (c Catalogue) Count(key string, n int, fill ...string) string {
	form, err := c.plurals.Localize(&i18n.LocalizeConfig{MessageID: key, PluralCount: n})
	if err != nil { // the language has one form for every number
		return c.Say(key, fill...)
	}
	return filled(form, fill)
}

// Has reports whether the catalogue itself has a text for key.
func (c Catalogue) Has(key string) bool { _, ok := c.own[key]; return ok }

// Finding gives what happened and what to do next. A sentence that the station
// did not take from its list stands as it is.
func (c Catalogue) Finding(f station.Finding) (what, next string) {
	what, next = f.Message, f.Next
	usual := station.NewFinding(f.Code, f.Value)
	if key := "what." + string(f.Code); c.Has(key) && what == usual.Message {
		what = c.Say(key, c.Translate(f.Value))
	} else {
		what = c.Translate(what)
	}
	if key := "next." + string(f.Code); c.Has(key) && next == usual.Next {
		next = c.Say(key)
	} else {
		next = c.Translate(next)
	}
	return what, next
}

// Entry says what an entry of the ledger is about, by the verb that its leaf has.
func (c Catalogue) Entry(verb string) string {
	if key := "entry." + verb; c.Say(key) != key {
		return c.Say(key)
	}
	return verb
}

// Reason says why a text was taken for what it was.
func (c Catalogue) Reason(r query.Reason) string {
	if key := "because." + string(r); c.Has(key) {
		return c.Say(key)
	}
	return r.Sentence()
}

// Fault is the same for a fault of the bench.
func (c Catalogue) Fault(f *station.Fault) (what, next string) {
	said := f.Finding()
	said.Value = f.Detail
	return c.Finding(said)
}
