// SPDX-License-Identifier: Apache-2.0

package station

import "time"

// Outcome is what happened in one attempt.
type Outcome string

// The outcomes. The empty outcome means "not ended".
const (
	Pass    Outcome = "pass"    // bound, labelled, scanned back, on disk
	Fail    Outcome = "fail"    // refused: the unit's fault
	Errored Outcome = "error"   // a fault of the bench: the unit is not judged
	Aborted Outcome = "aborted" // given up by a person
)

// Outcomes lists them, the empty one too.
var Outcomes = []Outcome{"", Pass, Fail, Errored, Aborted}

// Refused reports whether an attempt ended in a refusal, the unit's fault: it counts as
// failed, and what the device said is looked for.
func (o Outcome) Refused() bool { return o == Fail }

// Step is one of the things that happen to a unit, in this order.
type Step string

// The steps. The device step covers the whole dialogue; imei, allocation and
// sim are the parts of the verdict that an operator sees one by one.
const (
	StepSerial     Step = "serial"
	StepDevice     Step = "device"
	StepIMEI       Step = "imei"
	StepAllocation Step = "allocation"
	StepSIM        Step = "sim"
	StepBind       Step = "bind"
	StepLabel      Step = "label"
	StepPrint      Step = "print"
	StepScan       Step = "scan"
	StepComplete   Step = "complete"
)

// Steps lists the steps in order.
var Steps = []Step{StepSerial, StepDevice, StepIMEI, StepAllocation, StepSIM, StepBind, StepLabel, StepPrint, StepScan, StepComplete}

// StepResult is how one step ended.
type StepResult struct {
	Step    Step
	Outcome Outcome
	Took    time.Duration
	Found   string // what it found, masked, for the screen; may be ""
}
