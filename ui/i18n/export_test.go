// SPDX-License-Identifier: Apache-2.0

package i18n

import "slices"

// Counts reports whether key has a form for one and another for more.
func (c Catalogue) Counts(key string) bool { return c.own[key].One != "" }

// Keys lists the keys of the catalogue itself, sorted.
func (c Catalogue) Keys() []string {
	var ks []string
	for k := range c.own {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}
