// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestTheReleaseOfALotSignsTheAccountOfItsLabels(t *testing.T) {
	d := dhrtest.Open(t, dhrtest.FullRecord(t), stationtest.NewClock())
	list, err := d.Signatures(t.Context(), "lot:L2603")
	if err != nil || len(list) != 1 {
		t.Fatalf("%d signatures, %v", len(list), err)
	}
	var signed struct{ Labels []record.SignedLabels }
	if err := json.Unmarshal([]byte(list[0].Statement), &signed); err != nil {
		t.Fatal(err)
	}
	want := []record.SignedLabels{{Order: "WO-1", LabelReconciliation: station.LabelReconciliation{Printed: 4, Applied: 4}}}
	if diff := cmp.Diff(want, signed.Labels); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
