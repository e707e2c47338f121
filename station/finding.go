// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
)

// Finding is one thing that a check found: a stable code, the value that it is
// about (masked), what happened in one plain sentence and what to do next in
// another. Its JSON form is that of docs/findings.md.
type Finding struct {
	Code    Code   `json:"code"`
	Level   Level  `json:"level"`
	Value   string `json:"value"`
	Message string `json:"message"`
	Next    string `json:"next"`
}

// NewFinding makes the finding of a code. value must be masked by the caller;
// it stands in the message where that has a place for it.
func NewFinding(code Code, value string) Finding {
	t := texts[code]
	return Finding{
		Code: code, Level: t.level, Value: value,
		Message: strings.ReplaceAll(t.message, "{}", value), Next: t.next,
	}
}

// Step tells at which step of a unit a finding belongs.
func (f Finding) Step() Step { return texts[f.Code].step }

// Verdict is what [Judge] makes of a reading: all findings, in the order of
// the steps.
type Verdict struct {
	Findings []Finding
}

// First is the first finding at level fail: the one that the operator is
// shown. It is nil when there is none.
func (v Verdict) First() *Finding {
	if i := slices.IndexFunc(v.Findings, func(f Finding) bool { return f.Level == LevelFail }); i >= 0 {
		return &v.Findings[i]
	}
	return nil
}

// Of is the part of the verdict that belongs to one step.
func (v Verdict) Of(s Step) Verdict {
	var part Verdict
	for _, f := range v.Findings {
		if f.Step() == s {
			part.Findings = append(part.Findings, f)
		}
	}
	return part
}

// Refusal is a no that is the unit's fault, as an error.
type Refusal struct{ Finding Finding }

// Refuse makes the refusal of a code; value must be masked.
func Refuse(code Code, value string) *Refusal { return &Refusal{NewFinding(code, value)} }

func (r *Refusal) Error() string { return string(r.Finding.Code) + ": " + r.Finding.Message }

// Fault is a no that is the bench's: port, printer, disk, clock. It never
// judges the unit.
type Fault struct {
	Code    Code
	Message string // what could not be done, one plain sentence
	Detail  string // what stands in the message, masked; may be ""
	Kept    string // what was kept, one plain sentence
	Next    string // what to do, one plain sentence
	Sent    bool   // printing only: bytes went out before the fault
	Err     error  // the cause; may be nil
}

// NewFault makes the fault of a code; detail must be masked and stands in the
// message where that has a place for it.
func NewFault(code Code, detail string, err error) *Fault {
	t := texts[code]
	return &Fault{Code: code, Detail: detail, Message: strings.ReplaceAll(t.message, "{}", detail), Kept: t.kept, Next: t.next, Err: err}
}

func (f *Fault) Error() string { return string(f.Code) + ": " + f.Message }

func (f *Fault) Unwrap() error { return f.Err }

// Finding is the fault in the form of a finding, for screens and JSON.
func (f *Fault) Finding() Finding {
	return Finding{Code: f.Code, Level: LevelFail, Message: f.Message, Next: f.Next}
}
