// SPDX-License-Identifier: Apache-2.0

package ledger

// Written is one entry of the rows of a leaf.
type Written struct {
	Table    []byte // in quotes
	Image    []byte // as [Image] gives it for the row
	Was      int64  // the leaf that wrote the row before; 0 for a new row
	row, old []byte // columns, as JSON objects
}

// leftOut is [LeftOut] as it stands in a body.
const leftOut = "false"

// bodyColumn is one column as it stands in a body.
type bodyColumn struct{ name, value []byte }
