// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"bindery/station/record"
	"bindery/ui/i18n"
)

// Because says why a text was taken for what it was, or why nothing was looked
// for and what to do. The catalogue has the words of each refusal; what a
// text was taken for is explained by the station, in English.
func Because(w i18n.Catalogue, t record.Interpreted) string {
	if key := "refused." + string(t.Refused); t.Refused != "" && w.Say(key) != key {
		return w.Say(key)
	}
	return t.Why
}
