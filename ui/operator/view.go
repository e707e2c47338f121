// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"fmt"
	"image"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// View is all that the operator's screen shows.
type View struct {
	State   State
	Bar     widget.Bar
	Face    widget.Face
	Chips   []widget.Chip
	Lines   []widget.Line
	Label   image.Image
	Striped bool   // the label must not be readable for a scanner
	Caption string // of the label
	Prompt  string // of the scan field
	Secret  bool   // what is typed there must not be seen
}

// View turns the present state into what is shown.
func (o *Model) view() View {
	v := View{State: o.state, Bar: o.header(), Face: o.face(), Chips: o.chips(), Label: o.label, Prompt: o.prompt()}
	v.Face.Notice = o.notice
	for _, a := range o.recent {
		v.Lines = append(v.Lines, o.line(a))
	}
	v.Secret = o.hush || o.state == Proving || o.state == Renewing || o.state == FirstTime && o.first.secret()
	if o.state == Away {
		v.Label = nil // it may have an identity on it
	}
	// Until the unit has passed its label is still to be scanned, now or when its
	// serial comes again.
	v.Striped = v.Label != nil && o.behind() != Passed
	v.Caption = o.say("preview.none")
	if v.Label != nil {
		v.Caption = o.say("preview.label")
	}
	if b := o.behind(); v.Striped && (b == Labelling || b == Reasons || b == Locked) {
		v.Caption = o.say("preview.scan")
	}
	return v
}

func (o *Model) say(key string, fill ...string) string { return o.s.Words.Say(key, fill...) }

func (o *Model) header() widget.Bar {
	b := widget.Bar{Who: o.s.Name(), Passed: o.order.Passed, Planned: o.order.Planned}
	if o.person.ID != "" {
		b.Who += " · " + o.person.Name
	}
	if o.order.ID != "" {
		b.Work = o.say("order.line", o.order.ID, o.product.Name, o.order.Lot)
	}
	h := o.health
	clock := "clock"
	if h.Clock && h.Unsynchronised {
		clock = "unsynchronised"
	}
	for _, d := range []struct {
		well bool
		name string
	}{{h.Port, "port"}, {h.Printer, "printer"}, {h.Record, "record"}, {h.Clock && !h.Unsynchronised, clock}} {
		word := o.say("dot." + d.name)
		if d.name == "printer" && h.Lacks != "" {
			word = o.say("printer." + h.Lacks)
		}
		b.Dots = append(b.Dots, widget.Dot{Well: d.well, Word: word})
	}
	return b
}

func (o *Model) prompt() string {
	switch o.state {
	case FirstTime:
		return o.say("first.prompt")
	case SignIn, Barred, Away:
		return o.say("signin.prompt")
	case Proving, Renewing:
		return o.say(string(o.signIn.who.Requires) + ".prompt")
	case Settling:
		return o.say("settle.prompt")
	case Choosing:
		return o.say("order.prompt")
	case Clearing:
		return o.say("clear.prompt")
	case Leftover:
		return o.say("left.prompt")
	case LineLead:
		return o.say("locked.prompt")
	case Labelling:
		return o.say("label.prompt")
	case Reasons:
		return o.say("reason.prompt")
	case Locked:
		return o.say("locked.prompt")
	case Working, Closing:
		return o.say("working.prompt")
	case Ready, Passed, Failed, Attention, Stopped:
	}
	return o.say("ready.prompt")
}

// face is the large field.
func (o *Model) face() widget.Face {
	switch o.state {
	case FirstTime:
		return o.firstFace()
	case Proving:
		return o.provingFace()
	case Renewing:
		return o.renewingFace()
	case Barred:
		return o.barredFace()
	case Settling:
		return o.settleFace()
	case Away:
		return o.awayFace()
	case SignIn:
		return widget.Face{Tone: widget.Calm, Shape: widget.Badge, Word: o.say("signin.word")}
	case Choosing:
		return o.orderFace()
	case Clearing:
		return o.clearFace()
	case Leftover:
		return o.leftFace()
	case LineLead:
		return o.lineLeadFace()
	case Ready:
		return widget.Face{Tone: widget.Calm, Shape: widget.Brackets, Word: o.say("ready.word"), Say: []string{o.say("ready.say")}}
	case Working:
		return o.workingFace()
	case Labelling:
		return o.labelFace()
	case Reasons:
		return o.reasonFace()
	case Locked:
		return widget.Face{
			Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("locked.word"), Keys: o.say("locked.keys"),
			Say: []string{o.say("locked.why"), o.say("locked.ask")},
		}
	case Passed:
		return widget.Face{
			Tone: widget.Good, Shape: widget.Tick, Word: o.say("pass.word"), Serial: o.result.Serial,
			Aside: o.seconds(took(o.result.Steps)), Then: o.say("pass.then"),
		}
	case Failed, Attention:
		return o.refusedFace()
	case Stopped:
		return widget.Face{
			Tone: widget.Busy, Shape: widget.Square, Word: o.say("stopped.word"), Serial: o.result.Serial,
			Say: []string{o.say("stopped.say"), o.say("stopped.next")},
		}
	case Closing:
		return widget.Face{Tone: widget.Busy, Shape: widget.Square, Word: o.say("closing.word"), Say: []string{o.say("closing.say")}}
	}
	return widget.Face{}
}

func (o *Model) orderFace() widget.Face {
	f := widget.Face{Tone: widget.Calm, Word: o.say("order.word"), Chosen: o.chosen}
	if len(o.orders) == 0 {
		f.Say = []string{o.say("order.none")}
	} else {
		f.Keys = o.say("order.choose")
		if o.chosen != screen.NoRow {
			f.Keys = o.say("order.keys", strconv.Itoa(o.chosen+1), strconv.Itoa(len(o.orders)))
		}
	}
	if o.mayReview() {
		f.Keys = strings.TrimPrefix(f.Keys+" · "+o.say("order.desk"), " · ")
	}
	for _, w := range o.orders {
		aside := fmt.Sprintf("%d / %d", w.Passed, w.Planned)
		if w.Closed {
			aside = o.say("order.rework", strconv.Itoa(w.Reworked))
		}
		f.Choices = append(f.Choices, widget.Choice{Key: w.ID, Text: o.names[w.ID] + " · " + o.say("lot", w.Lot), Aside: aside})
	}
	return f
}

func (o *Model) workingFace() widget.Face {
	r := o.run
	f := widget.Face{Tone: widget.Busy, Shape: widget.Ring, Of: len(station.Steps), Done: len(r.steps), Word: o.say("working.read"), Serial: r.serial}
	if _, bound := r.steps[station.StepBind]; bound {
		f.Word = o.say("working.print")
	}
	if r.hint != "" {
		f.Say = []string{o.hint(r.hint)}
	}
	return f
}

// hint is what a run said on its way, in the language of the screen.
func (o *Model) hint(s string) string {
	if key := "hint." + s; o.say(key) != key {
		return o.say(key)
	}
	return s
}

func (o *Model) labelFace() widget.Face {
	r := o.run
	if r.wrong != nil {
		return o.wrongFace(*r.wrong)
	}
	f := widget.Face{Tone: widget.Ask, Shape: widget.Sticker, Word: o.say("label.word"), Say: []string{o.say("label.say")}, Keys: o.say("label.keys")}
	if r.checking {
		f.Say = []string{o.say("label.checking")}
	}
	return f
}

// wrongFace says why a scan was not taken: red for another label, amber for a
// scanner that is set wrongly, calm for what is only not the scan that is due.
func (o *Model) wrongFace(f station.Finding) widget.Face {
	what, next := o.s.Words.Finding(f)
	face := widget.Face{
		Tone: widget.Bad, Shape: widget.Cross, Word: o.say("label.wrong"), Say: []string{what, next},
		Then: o.say("label.word"), Code: string(f.Code), Keys: o.say("label.keys"),
	}
	switch {
	case isRed(f.Code):
	case f.Level == station.LevelWarn:
		face.Tone, face.Shape, face.Word, face.Then = widget.Calm, widget.Sticker, o.say("label.word"), ""
	default:
		face.Tone, face.Shape, face.Word = widget.Caution, widget.Triangle, o.say("label.scanner")
	}
	return face
}

func (o *Model) reasonFace() widget.Face {
	f := widget.Face{Tone: widget.Ask, Word: o.say("reason.word"), Keys: o.say("reason.keys"), Chosen: o.chosen}
	for i, r := range reasons {
		f.Choices = append(f.Choices, widget.Choice{Key: fmt.Sprintf("F%d", i+1), Text: o.say("reason." + r)})
	}
	return f
}

// refusedFace says why a unit did not pass: red for a refusal, amber for a
// fault of the bench.
func (o *Model) refusedFace() widget.Face {
	res := o.result
	if o.state == Attention {
		what, next := o.s.Words.Fault(res.Fault)
		return widget.Face{
			Tone: widget.Caution, Shape: widget.Triangle, Word: o.say("attention.word"),
			Say: []string{what, next}, Code: small(res.Serial, res.Fault.Code),
		}
	}
	finding := station.Verdict{Findings: res.Findings}.First()
	what, next := o.s.Words.Finding(*finding)
	return widget.Face{
		Tone: widget.Bad, Shape: widget.Cross, Word: o.say("fail.word"),
		Say: []string{what, next}, Code: small(res.Serial, finding.Code),
	}
}

// small is what stands at the foot of a verdict, for the lead.
func small(serial string, code station.Code) string {
	return station.Shown(serial) + "   " + string(code)
}

// chips are the steps of the unit under way or just done.
func (o *Model) chips() []widget.Chip {
	var now station.Step
	done := map[station.Step]station.StepResult{}
	switch {
	case o.run != nil:
		now, done = o.run.now, o.run.steps
	case o.result != nil:
		for _, s := range o.result.Steps {
			done[s.Step] = s
		}
	}
	var chips []widget.Chip
	for _, s := range station.Steps {
		c := widget.Chip{Name: o.say("step." + string(s))}
		if res, ended := done[s]; ended {
			c.State, c.Found = screen.StepState(res.Outcome), o.found(res)
		} else if s == now {
			c.State = widget.StepNow
		}
		chips = append(chips, c)
	}
	return chips
}

// found is what a step found, short enough for its chip.
func (o *Model) found(r station.StepResult) string {
	if key := "found." + r.Found; o.say(key) != key {
		return o.say(key)
	}
	if r.Step == station.StepPrint {
		return path.Base(r.Found) // of the printer's URI
	}
	return hidden.ReplaceAllString(r.Found, "••••")
}

// hidden is the long masked part of a number, of which a chip shows less.
var hidden = regexp.MustCompile("•{5,}")

func (o *Model) line(a Attempt) widget.Line {
	l := widget.Line{Serial: station.Shown(a.Serial), State: screen.StepState(a.Outcome), Aside: o.seconds(a.Took), Code: string(a.Code)}
	if a.Outcome == station.Aborted {
		l.Code = strings.ToLower(o.say("stopped.word"))
	}
	return l
}

func (o *Model) seconds(d time.Duration) string {
	return o.say("seconds", fmt.Sprintf("%.1f", d.Seconds()))
}

// took is the time of all steps together.
func took(steps []station.StepResult) time.Duration {
	var t time.Duration
	for _, s := range steps {
		t += s.Took
	}
	return t
}
