// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"strconv"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// Clearing asks for the number of labels left of the order before.
var Clearing State = clearing{traits{name: "clear the line", prompt: "clear.prompt", clearsLine: true}}

type clearing struct{ traits }

// Scan takes the number of labels left. None clears the line at once; more have
// to be explained, and a lead has to agree.
func (clearing) Scan(o *Model, text string, _ station.Keystrokes) {
	n, err := strconv.Atoi(text)
	switch {
	case text == "":
	case err != nil || n < 0 || len(text) > 4:
		o.refuse(o.say("clear.number", station.Shown(text)))
	case !station.LeftoverExplained(n):
		o.clearLine(o.person.ID, leftLabels{})
	default:
		o.left, o.state, o.chosen = leftLabels{n: n}, Leftover, screen.NoRow
	}
}

func (clearing) Key(o *Model, k Key) {
	if k == KeyCancel {
		o.askOrder()
	}
}

func (clearing) Face(o *Model) widget.Face {
	return widget.Face{
		Tone: widget.Ask, Word: o.say("clear.word"), Keys: o.say("clear.keys"),
		Say: []string{o.say("clear.what", o.before), o.say("clear.next")},
	}
}
