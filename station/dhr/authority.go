// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"strings"

	"bindery/station"
)

// allowed asks the domain's rules whether by may do a, with the people as they
// stand in this very transaction: what the screen allowed is not asked.
func (t *tx) allowed(by string, a station.Act, reason string) error {
	p, err := t.person(by)
	if err != nil {
		return err
	}
	if err := station.Allow(p, a); err != nil {
		return err
	}
	return reasonGiven(a, reason)
}

func reasonGiven(a station.Act, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return station.Refuse(station.ReasonMissing, string(a))
	}
	return nil
}
