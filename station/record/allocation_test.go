// SPDX-License-Identifier: Apache-2.0

package record_test

import (
	"encoding/json"
	"testing"

	"bindery/station"
	"bindery/station/record"
)

func TestAnAllocationIsExportedWithTheMembersOfTheDocumentedForm(t *testing.T) {
	a := record.AllocationView{
		Allocation: station.Allocation{
			ID: 7, TAC: "35812309", From: 100, To: 199, Product: "CL-100", Owner: "own", Cert: "TAC-1", CertDate: "2026-01-05",
			Station: "Station 3", Note: "spare",
		},
		AllocationUsage: station.AllocationUsage{Used: 2, Gaps: 4, Twice: 1}, Free: 98, Lately: 2,
	}
	got, err := json.Marshal(a)
	want := `{"tac":"35812309","from":100,"to":199,"product":"CL-100","owner":"own","certificate":"TAC-1","certificate_date":"2026-01-05",` +
		`"station":"Station 3","note":"spare","used":2,"free":98}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
}
