// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"context"
	"fmt"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/sound"
	"bindery/ui/widget"
)

// StrayScan names what was scanned in place of a serial, until the next scan. It is
// calm: no unit was judged.
var StrayScan State = strayScan{between("stray scan")}

type strayScan struct{ betweenUnits }

func (strayScan) Face(o *Model) widget.Face {
	what, next := o.s.Words.Finding(o.stray.finding)
	word := o.say("word." + string(o.stray.finding.Code))
	if o.stray.times > 1 {
		word += fmt.Sprintf("  ×%d", o.stray.times)
	}
	return widget.Face{
		Tone: widget.Calm, Shape: widget.Question, Word: word, Say: []string{what, next},
		Code: string(o.stray.finding.Code),
	}
}

// nameScan asks the record what a text is that can be no serial of the next unit, and
// shows it. One that is the serial of a unit after all goes its way.
func (o *Model) nameScan(text string) {
	order, by := o.order.ID, o.person.ID
	askRecord(o, func(ctx context.Context) (*station.Finding, error) { return o.bench.StrayScan(ctx, order, by, text) },
		func(f *station.Finding, err error) {
			switch {
			case err != nil:
				o.refuse(screen.FailureText(o.s.Words, err))
			case f == nil:
				o.start(text)
			default:
				o.showStray(*f)
			}
		})
}

func (o *Model) showStray(f station.Finding) {
	w := wrongScan{finding: f, times: 1}
	if o.state == StrayScan && o.stray.finding == f {
		w.times += o.stray.times
	}
	o.s.Sound.Play(sound.Repeated)
	if f.Code == station.OrderComplete {
		o.finishOrder()
		return
	}
	o.stray, o.result, o.label, o.state = w, nil, nil, StrayScan
}
