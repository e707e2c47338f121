// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"encoding/json"

	"bindery/station"
	"bindery/station/record"
)

// exchangesText is the evidence as JSON Lines; an empty text, not NULL, when no
// byte went over the line.
func exchangesText(list []station.Exchange) []byte {
	b := bytes.NewBuffer([]byte{})
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, x := range list {
		enc.Encode(record.ExchangeView{Us: x.T.Microseconds(), Dir: x.Dir, Text: x.Text}) //nolint:errcheck // texts and numbers into memory
	}
	return b.Bytes()
}

// Exchanges are the pieces of a dialogue, from the evidence as the record has it.
func Exchanges(text []byte) ([]record.ExchangeView, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	var list []record.ExchangeView
	for dec.More() {
		var x record.ExchangeView
		if err := dec.Decode(&x); err != nil {
			return list, err
		}
		list = append(list, x)
	}
	return list, nil
}

func stepsOf(steps []station.StepResult) []record.StepView {
	lines := make([]record.StepView, len(steps))
	for i, s := range steps {
		lines[i] = record.StepView{Step: s.Step, Outcome: s.Outcome, Ms: float64(s.Took.Microseconds()) / 1000, Found: s.Found}
	}
	return lines
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
