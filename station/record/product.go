// SPDX-License-Identifier: Apache-2.0

package record

import "bindery/station"

// ProductView is what somebody who is to approve a version of a product
// must see.
type ProductView struct {
	station.Product
	Author     string        // who brought it in: person ID, or an account
	Hash       string        // SHA-256, hex, of what an approval signs
	Dialects   []DialectView // that its units may be read by; none in a version from before they were kept
	Signatures []Signature   // the oldest first
}
