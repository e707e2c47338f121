// SPDX-License-Identifier: Apache-2.0

package record

// Deviation is one thing by which a unit did not go straight from its first
// attempt to a pass.
type Deviation struct {
	Serial string
	At     string // as in the record: UTC, RFC 3339 with milliseconds
	Kind   DeviationKind
	What   string // how the attempt ended and why; the warnings; what became of the label; the binding; the alarm; from → to
	By     string // person ID: of the attempt or print, who gave the binding up, who closed the alarm ("" while it is open), who made the move
	Second string // person ID of who allowed the label or agreed to the move
	Reason string // as it was given
}

// DeviationKind is what kind of thing it was.
type DeviationKind string

// The kinds.
const (
	AttemptEnded   DeviationKind = "attempt" // with another end than a pass, or not at all
	PassedWarned   DeviationKind = "warning" // an attempt passed with warnings
	LabelAgain     DeviationKind = "label"   // one after the first of its binding, or one that is not on a unit
	BindingGivenUp DeviationKind = "binding" // it was superseded
	AlarmRaised    DeviationKind = "alarm"
	MovedAlone     DeviationKind = "move" // a person changed the disposition of this one unit
)

// DeviationCount is how often there was a kind of them, and on how many serials.
type DeviationCount struct {
	Kind       DeviationKind
	N, Serials int64
}
