// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"encoding/json"
	"time"

	"bindery/station"
)

// Reading is what the device said in one attempt, as the record keeps it.
type Reading struct {
	IMEI         string            `json:"imei"`
	IMEI2        string            `json:"imei2"`
	IMEISV       string            `json:"imeisv"`
	ICCID        string            `json:"iccid"`
	IMSI         string            `json:"imsi"`
	EID          string            `json:"eid"`
	Manufacturer string            `json:"manufacturer"`
	Model        string            `json:"model"`
	Firmware     string            `json:"firmware"`
	SIM          station.SIMState  `json:"sim"`
	Findings     []station.Finding `json:"findings"`
	Dialect      string            `json:"dialect"`
	DialectHash  string            `json:"dialect_hash"`
	DialectWhy   string            `json:"dialect_why"`
	Port         string            `json:"port"`
	Baud         int               `json:"baud"`
}

func readingOf(r station.Reading) Reading {
	return Reading{
		IMEI: r.IMEI, IMEI2: r.IMEI2, IMEISV: r.IMEISV, ICCID: r.ICCID, IMSI: r.IMSI, EID: r.EID,
		Manufacturer: r.Manufacturer, Model: r.Model, Firmware: r.Firmware, SIM: r.SIM, Findings: orEmpty(r.Findings),
		Dialect: r.Dialect, DialectHash: r.DialectHash, DialectWhy: r.DialectWhy, Port: r.Port, Baud: r.Baud,
	}
}

// Exchange is one piece of evidence. In Text each character stands for the
// byte of that number (ISO 8859-1), so that every byte survives JSON and AT
// dialogues stay readable.
type Exchange struct {
	Us   int64             `json:"us"` // microseconds since the dialogue began
	Dir  station.Direction `json:"dir"`
	Text string            `json:"text"`
}

// exchangesText is the evidence as JSON Lines; an empty text, not NULL, when no
// byte went over the line.
func exchangesText(list []station.Exchange) []byte {
	b := bytes.NewBuffer([]byte{})
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, x := range list {
		enc.Encode(Exchange{x.T.Microseconds(), x.Dir, latin1(x.Text)}) //nolint:errcheck // strings and numbers into memory
	}
	return b.Bytes()
}

func exchangesFrom(text []byte) ([]Exchange, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	var list []Exchange
	for dec.More() {
		var x Exchange
		if err := dec.Decode(&x); err != nil {
			return list, err
		}
		list = append(list, x)
	}
	return list, nil
}

func latin1(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}

// StepLine is one step as the record keeps it.
type StepLine struct {
	Step    station.Step    `json:"name"`
	Outcome station.Outcome `json:"outcome"`
	Ms      float64         `json:"ms"`
	Found   string          `json:"found"`
}

func stepsOf(steps []station.StepResult) []StepLine {
	lines := make([]StepLine, len(steps))
	for i, s := range steps {
		lines[i] = StepLine{s.Step, s.Outcome, float64(s.Took.Microseconds()) / 1000, s.Found}
	}
	return lines
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// instant scans a time of the record.
type instant time.Time

func (i *instant) Scan(v any) error {
	s, _ := v.(string) //nolint:errcheck // NULL is the zero time
	if s != "" {
		*i = instant(parseStamp(s))
	}
	return nil
}
