// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station/reconcile"
)

// Reconciliation is one comparison of a carrier's list with the record.
type Reconciliation struct {
	Run     int64             `json:"run"`
	File    string            `json:"file"` // its name, without the folder
	Hash    string            `json:"hash"` // SHA-256 of the file, hex
	Mapping reconcile.Mapping `json:"mapping"`
	reconcile.Totals
	By   string    `json:"by"`
	At   time.Time `json:"at"`
	Leaf int64     `json:"leaf"`

	// Whole says that the result was written with its numbers whole, and Why for
	// what. Only the leaf has them.
	Whole bool   `json:"-"`
	Why   string `json:"-"`
}
