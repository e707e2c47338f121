// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// openUnit opens the history of a unit.
func (q *Model) openUnit(serial string) {
	if q.whole != serial {
		q.whole = ""
	}
	openItem(q, unitNamed(serial))
}

// unitNamed is a unit of which only the serial is known yet.
func unitNamed(serial string) *UnitHistory {
	return &UnitHistory{UnitView: record.UnitView{Serial: serial}}
}

func (s *UnitHistory) again(ctx context.Context, q *Model) (item, error) {
	n, err := q.r.UnitHistory(ctx, s.Serial)
	return &n, err
}

func (s *UnitHistory) name() string { return s.Serial }

func (s *UnitHistory) aside(q *Model) string { return q.stateOf(s.state(), s.flagged()) }

// paragraphBuilder tells the history of a unit as one column: what it is, whether its record
// is sound, what it is bound to, its label; then its history, the newest first.
func (s *UnitHistory) build(p *paragraphBuilder) {
	q := p.q
	p.title(s.Serial, s.aside(q))
	s.proof(p)
	s.flagBands(p)
	if s.REF != "" {
		p.item("product", fmt.Sprintf("%s, %s %d", s.REF, q.say("page.version"), s.Version))
	}
	p.item("order", s.Order)
	p.item("lot", s.Lot)
	live := s.Live()
	if live != nil {
		s.binding(p, *live, "page.binding")
	}
	if s.Label != nil {
		p.heading("", q.say("page.label"), q.say("page.samedots"))
		label := s.Label
		if len(s.Prints) > 0 && !s.Prints[len(s.Prints)-1].AppliedFor(live) {
			label = widget.Stripe(label) // which is still to be scanned, from paper
		}
		p.paras = append(p.paras, widget.Para{Kind: widget.Picture, Image: label})
	}
	s.subscriptions(p)
	s.origin(p)
	for _, e := range s.history() {
		e.tell(p)
	}
	p.signatures(s.Signatures)
	p.heading("", q.say("page.leaf"), strconv.Itoa(len(s.Leaves)))
	p.item("lastleaf", s.LastLeaf())
}

// proof says whether the record of the unit was verified, loudly when it is not
// sound.
func (s *UnitHistory) proof(p *paragraphBuilder) {
	q, of := p.q, []string{strconv.Itoa(s.Proof.Signed), strconv.Itoa(s.Proof.Leaves)}
	switch {
	case !s.Proof.OK:
		p.band(widget.Bad, widget.StepFail, q.say("unitproof.damaged"), q.s.Words.Translate(s.Proof.FirstFault))
	case s.Proof.Signed == s.Proof.Leaves:
		p.band("", widget.StepDone, q.say("unitproof.verified"), q.s.Words.Count("unitproof.signed", s.Proof.Leaves, of[1], strconv.FormatInt(s.Proof.Checkpoint, 10)))
	default:
		p.band("", widget.StepDone, q.say("unitproof.verified"), q.say("unitproof.partly", of...))
	}
}

func (s *UnitHistory) binding(p *paragraphBuilder, b record.BindingView, name string) {
	p.heading("", p.q.say(name), p.q.s.When(b.At)+" · "+p.q.called(b.By))
	p.identity(s.Serial, "imei", identity.IMEI(b.IMEI).String(), b.IMEI)
	p.identity(s.Serial, "imei2", identity.IMEI(b.IMEI2).String(), b.IMEI2)
	p.identity(s.Serial, "iccid", identity.ICCID(b.ICCID).String(), b.ICCID)
	p.identity(s.Serial, "imsi", identity.IMSI(b.IMSI).String(), b.IMSI)
	p.identity(s.Serial, "eid", identity.EID(b.EID).String(), b.EID)
	p.item("module", strings.TrimSpace(b.Model+" "+b.Firmware))
	if b.SupersededAt != nil {
		p.item("supersededat", p.q.s.When(*b.SupersededAt))
		p.people("supersededby", b.SupersededBy, b.SupersededSecond)
		p.item("reason", b.SupersededWhy)
	}
}

// event is one thing that happened to a unit.
type event struct {
	at   time.Time
	tell func(*paragraphBuilder)
}

// history is all that happened, the newest first.
func (s *UnitHistory) history() []event {
	var list []event
	for _, b := range s.Bindings {
		if b.Superseded {
			list = append(list, event{b.At, func(p *paragraphBuilder) { s.binding(p, b, "page.superseded") }})
		}
	}
	for _, a := range s.Attempts {
		list = append(list, event{a.Started, func(p *paragraphBuilder) { describeAttempt(p, a) }})
	}
	for _, l := range s.Prints {
		list = append(list, event{l.At, func(p *paragraphBuilder) { describePrint(p, l) }})
	}
	for _, m := range s.Moves {
		list = append(list, event{m.At, func(p *paragraphBuilder) { describeMove(p, m) }})
	}
	for _, f := range s.Flags {
		list = append(list, event{f.At, func(p *paragraphBuilder) { describeFlag(p, f) }})
	}
	for _, a := range s.Alarms {
		list = append(list, event{a.At, func(p *paragraphBuilder) { describeAlarm(p, a) }})
	}
	slices.SortStableFunc(list, func(a, b event) int { return cmp.Compare(b.at.UnixNano(), a.at.UnixNano()) })
	return list
}

func describeMove(p *paragraphBuilder, m record.TransitionView) {
	p.heading("", p.q.say("page.move", p.q.say("unit."+string(m.To))), p.q.s.When(m.At)+" · "+p.q.called(m.By)+" · "+p.q.say("page.atleaf", strconv.FormatInt(m.Leaf, 10)))
	p.item("reason", m.Reason)
	p.people("approver", m.Second)
}

func describePrint(p *paragraphBuilder, l record.PrintView) {
	state := widget.StepWarn
	if l.Applied() {
		state = widget.StepDone
	}
	p.heading(state, p.q.say("page.print", strconv.Itoa(l.N), p.q.say("print."+string(l.State))), p.q.s.When(l.At)+" · "+p.q.called(l.By))
	p.item("reason", l.Reason)
	p.people("approver", l.Approver)
	if l.Proof != nil {
		p.item("proof", provenBy(p.q, *l.Proof))
	}
	p.item("dots", l.Hash)
}

// provenBy says how a label was proven, with the timing where it is known.
func provenBy(q *Model, s record.LabelProof) string {
	words := q.say("proof." + string(s.By()))
	if s.Keys > 0 {
		words += ": " + q.s.Words.Count("proof.keys", s.Keys, strconv.Itoa(s.Keys), strconv.FormatInt(s.MS, 10))
	}
	return words
}

func describeAlarm(p *paragraphBuilder, a record.AlarmView) {
	state, name := widget.StepWarn, "page.alarm"
	if !a.Closed.IsZero() {
		state, name = "", "page.alarmclosed"
	}
	p.heading(state, p.q.say(name, string(a.Code)), p.q.s.When(a.At)+" · "+p.q.called(a.By))
	p.plain(a.Text)
	if !a.Closed.IsZero() {
		p.item("closed", p.q.s.When(a.Closed)+" · "+p.q.called(a.ClosedBy))
		p.item("reason", a.Reason)
	}
}

// describeAttempt tells one try, and unfolded what went over the line.
func describeAttempt(p *paragraphBuilder, a record.AttemptView) {
	name := p.q.say("outcome." + string(a.Outcome))
	if a.Code != "" {
		name += " · " + string(a.Code)
	}
	open := p.fold(fmt.Sprintf("attempt %d", a.ID), screen.StepState(a.Outcome), name,
		fmt.Sprintf("%s · %.1f s · %s · %s", p.q.s.When(a.Started), a.Took().Seconds(), p.q.called(a.By), a.Station))
	for _, f := range a.Findings {
		if f.Level != station.LevelPass {
			what, _ := p.q.s.Words.Finding(f)
			p.plain(what)
		}
	}
	if !open {
		return
	}
	for _, line := range record.DialogueLines(a.Evidence, func(s string) string { return numbers.ReplaceAllStringFunc(s, identity.Last4) }) {
		p.paras = append(p.paras, screen.DialoguePara(line))
	}
}

// numbers are identities within a dialogue.
var numbers = regexp.MustCompile(`[0-9]{14,32}`)
