// SPDX-License-Identifier: Apache-2.0

package dhr

import "bindery/station"

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
	return station.ReasonGiven(a, reason)
}
