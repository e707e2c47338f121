// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"

	"bindery/station"
	"bindery/ui/widget"
)

// State is what the operator's screen is about. Each is a type in a file of its
// own, which holds all that the screen does and shows in it; what it has to
// remember is in the [Model]. In the order of a shift they are FirstTime,
// SignIn, Proving, Renewing, Barred, Settling, Away, Choosing, Clearing,
// Leftover, LineLead, Ready, Working, Labelling, Reasons, Locked, Passed,
// Failed, Attention, Stopped and Closing.
type State interface {
	fmt.Stringer
	// Scan takes a scanned or typed text; "" is Enter alone.
	Scan(o *Model, text string, keys station.Keystrokes)
	// Key takes a key that is no text.
	Key(o *Model, k Key)
	// Face is the large field.
	Face(o *Model) widget.Face
	// Prompt stands in the scan field.
	Prompt(o *Model) string
	// Secret reports whether what is typed must not be seen.
	Secret(o *Model) bool
	// LabelDue reports whether the label shown is to be scanned now.
	LabelDue() bool
	// ClearsLine reports whether it is on the way to a clear line.
	ClearsLine() bool
}

// traits is what a state says of itself once and for all. A state embeds it and
// has methods of its own where more is to be said.
type traits struct {
	name       string // as a test or a crash report names it
	prompt     string // key of the words
	secret     bool
	labelDue   bool
	clearsLine bool
}

func (t traits) String() string         { return t.name }
func (t traits) Key(*Model, Key)        {} // no key means anything
func (t traits) Prompt(o *Model) string { return o.say(t.prompt) }
func (t traits) Secret(*Model) bool     { return t.secret }
func (t traits) LabelDue() bool         { return t.labelDue }
func (t traits) ClearsLine() bool       { return t.clearsLine }
