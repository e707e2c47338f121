// SPDX-License-Identifier: Apache-2.0

package record_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station/record"
)

func TestAChangeOfAUnitHasTheMembersThatReadersOfSignaturesAndOfCasesKnow(t *testing.T) {
	at := time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)
	change := record.UnitChange{Serial: "CL-000101", Leaf: 88, At: &at, By: "p-1001", What: "move-quarantined", Why: "dropped"}
	known := map[string]any{"serial": "CL-000101", "leaf": 88.0, "at": "2026-07-14T12:00:00Z", "by": "p-1001", "what": "move-quarantined", "why": "dropped"}
	nothing := map[string]any{"serial": "CL-000102", "leaf": 0.0, "at": nil, "by": "", "what": "", "why": ""}
	for _, c := range []struct {
		value any
		want  map[string]any
	}{
		{
			record.SignatureStatus{Units: 3, Changed: []record.UnitChange{change}},
			map[string]any{"unit": "", "units": 3.0, "changed": []any{known}, "later": 0.0, "next": 0.0},
		},
		{
			record.CaseChanges{Then: 1, Now: 1, Added: []record.UnitChange{change}, Gone: []record.UnitChange{{Serial: "CL-000102"}}},
			map[string]any{"then": 1.0, "now": 1.0, "added": []any{known}, "gone": []any{nothing}},
		},
	} {
		text, err := json.Marshal(c.value)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]any{}
		if err := json.Unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Error(diff)
		}
	}
}
