// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"encoding/json"
	"testing"
	"time"

	"bindery/station"
)

type inner struct {
	Kind string `json:"kind"`
	Why  string `json:"why" null:"zero"`
}

func (i inner) MarshalJSON() ([]byte, error) { return station.MarshalNull(i) }

type outer struct {
	inner
	List   []inner   `json:"list,omitempty"`
	N      int64     `json:"n" null:"zero"`
	Kept   int       `json:"kept"`
	At     time.Time `json:"at" null:"zero"`
	Secret string    `json:"-"`
	own    string
}

func (o outer) MarshalJSON() ([]byte, error) { return station.MarshalNull(o) }

func TestWhatIsNotThereIsNullInJSONWhereAFieldSaysSo(t *testing.T) {
	for want, v := range map[string]any{
		`{"kind":"","why":null,"n":null,"kept":0,"at":null}`: outer{Secret: "1234", own: "x"},
		`{"kind":"a","why":"b","list":[{"kind":"c","why":null}],"n":7,"kept":1,"at":"2026-07-01T08:00:00Z"}`: outer{
			inner: inner{"a", "b"}, List: []inner{{Kind: "c"}}, N: 7, Kept: 1, At: time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC),
		},
		// A badge opens what its person may do: no list has it.
		`{"id":"p-1","name":"Ann","role":"operator","trained_until":null}`: station.Person{ID: "p-1", Name: "Ann", Badge: "OP-1001", Role: station.Operator},
	} {
		got, err := json.Marshal(v)
		if err != nil || string(got) != want {
			t.Errorf("got  %s, %v\nwant %s", got, err, want)
		}
	}
}
