// SPDX-License-Identifier: Apache-2.0

package record

import "bindery/station"

// KeyState is how the key of a station is kept.
type KeyState struct {
	File      string `json:"file"`
	Public    string `json:"public"` // the verifier key
	Protected bool   `json:"protected"`

	Enrolment *station.Enrolment `json:"enrolled"` // nil while it is not enrolled, or not any more
}
