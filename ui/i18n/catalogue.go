// SPDX-License-Identifier: Apache-2.0

package i18n

import (
	"encoding/json"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Catalogue is the texts of one language, by key. English stands in for what
// it lacks.
type Catalogue struct {
	Language string
	own      map[string]text
	english  map[string]text
	plurals  *i18n.Localizer // of what has a form for each number
	phrases  []phrase        // what the station says in English beside its codes
}

// text is one text in a language. In the file it is a string or, where it counts
// something, {"one": "...", "other": "..."}.
type text struct{ One, Other string }

// UnmarshalJSON takes either.
func (t *text) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, &t.Other); err == nil {
		return nil
	}
	type forms text // without this method
	return json.Unmarshal(b, (*forms)(t))
}

func filled(text string, fill []string) string {
	for _, f := range fill {
		text = strings.Replace(text, "{}", f, 1)
	}
	return text
}

// phrase is what the station says in English outside its list of codes, cut at
// the places where values stand, and the same in another language.
type phrase struct {
	english []string
	own     string
	letters int // that are the same whatever the values
}
