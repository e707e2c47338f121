// SPDX-License-Identifier: Apache-2.0

package dhr

import "bindery/station/dhr/store"

// auditEntry says what a transaction is for, in the words of its leaf.
type auditEntry struct {
	what    string // a verb
	subject string // kind:name
	who     string // person ID
	why     string
}

// tx is one leaf under way, and who writes it.
type tx struct {
	*store.Tx
	self    *ownProgram
	program string // that writes, as rows name it

	folded map[keyColumn]map[string][]string // keys by their fold, of what was asked for
}

// keyColumn is one of which the values are keys to people: no two of them may
// fold alike ([station.Fold]).
type keyColumn struct{ table, name string }
