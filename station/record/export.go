// SPDX-License-Identifier: Apache-2.0

package record

// Export is what an export made.
type Export struct {
	Files      []string `json:"files"`      // one, or a volume of 1,000 pages each
	Count      int64    `json:"count"`      // serials, leaves or ranges
	Leaf       int64    `json:"leaf"`       // that records the export
	Checkpoint int64    `json:"checkpoint"` // leaves that the signed checkpoint covers
	Hash       string   `json:"hash"`       // SHA-256 of the file, hex; of volumes one after the other
	Bytes      int64    `json:"bytes"`      // of them
	Finished   int64    `json:"finished"`   // the leaf that has these
}
