// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"bindery/station/ledger"
	"bindery/station/record"
)

// describeLeaf tells in one line what a leaf wrote, such as "units: disposition
// in-process → passed; 1 new in verdicts". Which values a new row has is in the
// leaf itself.
func describeLeaf(l ledger.Leaf) string {
	var parts []string
	news := map[string]int{}
	var order []string
	for _, r := range l.Rows {
		if r.Was != 0 {
			parts = append(parts, describeChange(r))
			continue
		}
		if news[r.Table] == 0 {
			order = append(order, r.Table)
		}
		news[r.Table]++
	}
	for _, t := range order {
		parts = append(parts, fmt.Sprintf("%d new in %s", news[t], t))
	}
	return strings.Join(parts, "; ")
}

// describeChange tells of one row that was changed.
func describeChange(r ledger.RowImage) string {
	var cols []string
	for _, c := range slices.Sorted(maps.Keys(r.Old)) {
		if was, is := shortValue(r.Old[c]), shortValue(r.Row[c]); was != is {
			cols = append(cols, fmt.Sprintf("%s %s → %s", c, was, is))
		}
	}
	return r.Table + ": " + strings.Join(cols, ", ")
}

// shortValue is a value of a row, short.
func shortValue(v any) string {
	switch v := v.(type) {
	case nil, bool: // a bool: the column was left out
		return "none"
	case float64:
		return fmt.Sprintf("%.0f", v)
	case string:
		if v == "" {
			return "none"
		}
		if hash, ok := strings.CutPrefix(v, "sha256:"); ok {
			return "sha256:" + hash[:8] + "…"
		}
		return v
	}
	return fmt.Sprint(v)
}

// decodeLeaf reads the body of a leaf.
func decodeLeaf(line record.LeafView) (l ledger.Leaf, err error) {
	err = json.Unmarshal(line.Body, &l)
	return l, err
}
