// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"strings"

	"bindery/station/record"
	"bindery/ui/i18n"
)

// ReasonText says why a text was taken for what it was, or why nothing was looked
// for and what to do.
func ReasonText(w i18n.Catalogue, t record.Interpreted) string {
	if key := "refused." + string(t.Refused); t.Refused != "" && w.Say(key) != key {
		return w.Say(key)
	}
	var said []string
	for _, r := range t.Reasons {
		said = append(said, w.Reason(r))
	}
	if len(said) == 0 {
		return t.Why
	}
	return strings.Join(said, " ")
}
