// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"fmt"
	"path/filepath"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// runningPage says how far a job is.
func (a *Model) runningPage(e *backgroundJob) []widget.Para {
	return []widget.Para{
		{Kind: widget.Heading, Name: a.s.Words.Say(e.does + ".title")},
		{Kind: widget.Plain, Text: e.progress(a.s.Words)},
		{Kind: widget.Plain, Text: a.s.Words.Say("room.give-up")},
	}
}

// askPage says what will be handed over, before it is.
func (a *Model) askPage(e *backgroundJob) []widget.Para {
	say := a.s.Words.Say
	return []widget.Para{
		{Kind: widget.Heading, Name: say("hand.title")},
		{Kind: widget.Plain, Text: say("hand.what")},
		a.item(a.kind(e.units.Kind), station.Shown(e.units.Name)),
		a.item(say("hand.folder"), a.a.Exports),
		{Kind: widget.Plain, Text: say("hand.ask")},
		{Kind: widget.Plain, Text: say("hand.noted")},
	}
}

// verifiedPage says how the record stands: what is wrong first, and what can
// still be trusted.
func (a *Model) verifiedPage(v Verification) []widget.Para {
	say := a.s.Words.Say
	ps := []widget.Para{{Kind: widget.Heading, Name: say("verify.title")}}
	if v.OK {
		ps = append(ps, a.band("", widget.StepDone, say("verify.sound"), say("verify.sound-say"))...)
	} else {
		ps = append(ps, a.band(widget.Bad, widget.StepFail, say("verify.wrong"), a.s.Words.Translate(v.FirstFault))...)
		ps = append(ps, widget.Para{Kind: widget.Heading, Name: say("verify.trusted")}, widget.Para{Kind: widget.Plain, Text: a.s.Words.Translate(v.Trusted)})
	}
	ps = append(ps,
		a.item(say("verify.leaves"), groupedInt(v.Leaves)),
		a.item(say("verify.rows"), groupedInt(v.Rows)),
		a.item(say("verify.checkpoints"), groupedInt(int64(v.Checkpoints))),
		a.item(say("verify.covered"), groupedInt(v.Covered)),
		a.item(say("verify.took"), fmt.Sprintf("%.1f s", v.Took.Seconds())),
		a.item(say("verify.at"), screen.BothTimes(a.s.Local(v.At))))
	if v.OK && v.Covered < v.Leaves {
		ps = append(ps, widget.Para{Kind: widget.Plain, Text: a.s.Words.Count("verify.uncovered", int(v.Leaves-v.Covered), groupedInt(v.Leaves-v.Covered))})
	}
	return append(ps, widget.Para{Kind: widget.Plain, Text: say("verify.limit")})
}

// handedPage says what was made, and how somebody else can check it.
func (a *Model) handedPage(got Bundle) []widget.Para {
	say := a.s.Words.Say
	name := filepath.Base(got.File)
	return []widget.Para{
		{Kind: widget.Heading, Name: say("hand.title")},
		a.band("", widget.StepDone, say("hand.done"), say("hand.done-say", groupedInt(got.Units), groupedInt(got.Leaf), groupedInt(got.Size)))[0],
		a.item(say("hand.file"), name),
		a.item(say("hand.folder"), filepath.Dir(got.File)),
		{Kind: widget.Heading, Name: say("hand.check")},
		{Kind: widget.Plain, Text: say("hand.check-say")},
		a.item(say("hand.with-us"), "bindery verify "+name+" --key KEY"),
		a.item(say("hand.without"), "python3 docs/verify_bundle.py "+name+" KEY"),
		a.item(say("hand.key"), got.Key),
		{Kind: widget.Plain, Text: say("hand.key-say")},
	}
}
