// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"fmt"

	"bindery/station"
	"bindery/station/identity"
)

// ExprError says why an expression cannot be used. Nothing was asked of the record.
type ExprError struct {
	At      int    // the character of the text that it is about, from 1; of JSON the byte; 0 where it is about a list
	Message string // what is wrong: one sentence, with identities masked
	Cure    string // what to write instead: one sentence
}

func (e *ExprError) Error() string {
	if e.At == 0 {
		return e.Message + " " + e.Cure
	}
	return fmt.Sprintf("At character %d: %s %s", e.At, e.Message, e.Cure)
}

// shown is a piece of an expression as an error may repeat it.
func shown(s string) string {
	const most = 40
	r := []rune(station.Visible(identity.MaskIn(s), ""))
	if len(r) > most {
		r = append(r[:most], '…')
	}
	return string(r)
}
