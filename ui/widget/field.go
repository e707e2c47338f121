// SPDX-License-Identifier: Apache-2.0

package widget

// Face is what the large field says: one thing to do or one thing that
// happened, in the largest letters that fit.
type Face struct {
	Tone    ColourRole
	Shape   StateSign
	Done    int      // of a ring: steps that are behind
	Of      int      // of a ring: steps in all
	Word    string   // the verdict or the next action
	Serial  string   // the unit that it is about
	Aside   string   // beside the serial: the seconds
	Say     []string // sentences; the first weighs more
	Then    string   // after a verdict: the next action
	Code    string   // small, for the lead
	Keys    string   // small: which keys do what
	Choices []Choice
	Chosen  int
	Notice  string // said in a band at the foot until the next scan
}

// Choice is one row to choose from.
type Choice struct {
	Key   string // what to press or scan for it
	Text  string
	Aside string
}

// Verdict reports whether the face tells how a unit ended.
func (f Face) Verdict() bool { return f.Tone == Good || f.Tone == Bad || f.Tone == Caution }

// StatusField is the large field.
type StatusField struct {
	area
	face   Face
	onPick func(choice int)
	unit   DesignPixel // the window's, or less where the face would not fit
	rows   []choiceRow // where the choices stand
}

type choiceRow struct {
	choice    int
	y, height float32
}
