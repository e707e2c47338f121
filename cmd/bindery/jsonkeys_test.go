// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"testing"

	"bindery/station"
	"bindery/station/record"
)

func TestARangeHasItsKeysInTheOrderThatScriptsKnow(t *testing.T) {
	a := record.AllocationView{Allocation: station.Allocation{TAC: "35000001", To: 9, Product: "P", Owner: "own", Cert: "C-1"}, Free: 10}
	got, err := json.Marshal(rangeLine{AllocationView: a, Cert: a.Cert, Findings: []station.Finding{}})
	want := `{"tac":"35000001","from":0,"to":9,"product":"P","used":0,"free":10,"per_day":0,"runs_out":null,"low":false,"owner":"own","station":null,"cert":"C-1","findings":[]}`
	if err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	if _, err := marshalKeys(a, "tac", "colour"); err == nil {
		t.Error("a key that the value has not was left out in silence")
	}
}
