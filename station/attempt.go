// SPDX-License-Identifier: Apache-2.0

package station

import (
	"time"
)

// Attempt is one try to provision one unit, with all that it showed. Every
// try leaves one in the record, whatever its outcome.
type Attempt struct {
	ID       int64 // 0 until it is in the record
	Order    string
	Serial   string
	By       string // person ID
	Station  string // as its Case says; the record has its own word for it
	Started  time.Time
	Ended    time.Time
	Outcome  Outcome
	Findings []Finding
	Fault    Code     // the code of the fault, when Outcome is Errored
	Alarm    *Finding // the finding that raises an alarm with this attempt; else nil
	Steps    []StepResult
	Reading  Reading
}

// EndCode is what an attempt is remembered by: its fault, or its first finding at
// level fail; "" where there is neither.
func (a Attempt) EndCode() Code {
	if a.Fault != "" {
		return a.Fault
	}
	if f := (Verdict{Findings: a.Findings}).First(); f != nil {
		return f.Code
	}
	return ""
}

// Bound is the result of a bind.
type Bound struct {
	Unit    Unit
	Attempt int64 // ID of the open attempt
	Leaf    int64
}
