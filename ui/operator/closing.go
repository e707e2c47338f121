// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"bindery/station"
	"bindery/ui/widget"
)

// Closing waits for the end of the unit under way to be in the record.
var Closing State = closing{traits{name: "closing", prompt: "working.prompt"}}

type closing struct{ traits }

func (closing) Scan(o *Model, text string, _ station.Keystrokes) { o.refuseWhileBusy(text) }

func (closing) Face(o *Model) widget.Face {
	return widget.Face{Tone: widget.Busy, Shape: widget.Square, Word: o.say("closing.word"), Say: []string{o.say("closing.say")}}
}

// Close ends the screen: a unit under way is given up and its end recorded
// first. done is called when nothing is left to be lost.
func (o *Model) Close(done func()) {
	if o.run == nil {
		done()
		return
	}
	o.closed, o.state, o.signIn = done, Closing, nil
	o.run.cancel()
	o.redraw()
}
