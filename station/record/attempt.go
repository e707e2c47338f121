// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// LastAttempt is one attempt as a list shows it.
type LastAttempt struct {
	Serial  string          `json:"serial"`
	Order   string          `json:"order"`
	Outcome station.Outcome `json:"outcome"` // "" while it is open
	Code    station.Code    `json:"code"`    // what ended it, "" in a pass
	Took    time.Duration   `json:"took"`
	At      time.Time       `json:"at"` // when it began
	By      string          `json:"by"`
}

// StepView is one step as the record keeps it.
type StepView struct {
	Step    station.Step    `json:"name"`
	Outcome station.Outcome `json:"outcome"`
	Ms      float64         `json:"ms"`
	Found   string          `json:"found"`
}

// AttemptView is one try, with all that it showed.
type AttemptView struct {
	ID       int64             `json:"id"`
	Order    string            `json:"order"`
	By       string            `json:"by"`
	Station  string            `json:"station"`
	Program  string            `json:"program"` // that began it; "" where the record does not say
	Started  time.Time         `json:"started"`
	Ended    *time.Time        `json:"ended"`   // nil while it is open
	Outcome  station.Outcome   `json:"outcome"` // "" while it is open
	Code     station.Code      `json:"code"`
	Findings []station.Finding `json:"findings"`
	Steps    []StepView        `json:"steps"`
	Reading  *station.Reading  `json:"reading"` // nil when the device was not read
	Evidence []ExchangeView    `json:"evidence"`
	Leaf     int64             `json:"leaf"`
}

// Took is how long the attempt lasted; 0 while it is open.
func (a AttemptView) Took() time.Duration {
	if a.Ended == nil {
		return 0
	}
	return a.Ended.Sub(a.Started)
}
