// SPDX-License-Identifier: Apache-2.0

package record

// Export is what an export made.
type Export struct {
	Files      []string `json:"files"`      // one, or a volume of 1,000 pages each
	Count      int64    `json:"count"`      // serials, leaves or ranges
	Leaf       int64    `json:"leaf"`       // that records the export
	Checkpoint int64    `json:"checkpoint"` // leaves that the signed checkpoint covers
}
