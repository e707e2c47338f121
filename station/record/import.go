// SPDX-License-Identifier: Apache-2.0

package record

// Import is what became of rows that were brought in. It is all or nothing:
// when there are Errors, nothing was added. A row that the record already
// holds, the same in every field, is no error and adds nothing.
type Import struct {
	Added  int        `json:"added"`
	Errors []RowError `json:"errors"`
}

// RowError says what is wrong with one row; the first row is 1.
type RowError struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`  // the field, as an imported file calls it; "" for the whole row
	Message string `json:"message"` // one plain sentence without identities
}
