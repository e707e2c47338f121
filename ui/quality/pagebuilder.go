// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

func (p *paragraphBuilder) title(name, aside string) {
	p.paras = append(p.paras, widget.Para{Kind: widget.Title, Name: name, Text: aside})
}

func (p *paragraphBuilder) heading(state widget.StepState, name, aside string) {
	p.paras = append(p.paras, widget.Para{Kind: widget.Heading, State: state, Name: name, Text: aside})
}

func (p *paragraphBuilder) plain(text string) {
	p.paras = append(p.paras, widget.Para{Kind: widget.Plain, Text: text})
}

func (p *paragraphBuilder) band(tone widget.ColourRole, state widget.StepState, name, text string) {
	p.paras = append(p.paras, widget.Para{Kind: widget.Band, Tone: tone, State: state, Name: name, Text: text})
}

// item is a value under its name, key being the end of the name's words. There
// is none where there is no value.
func (p *paragraphBuilder) item(key, value string) {
	name := p.q.say("page." + key)
	p.value(name, value, func() { p.q.copyValue(name, value) })
}

// people is an item that names one person or two.
func (p *paragraphBuilder) people(key string, ids ...string) {
	var names []string
	for _, id := range ids {
		if id != "" {
			names = append(names, p.q.called(id))
		}
	}
	p.item(key, strings.Join(names, " · "))
}

// number is an item.
func (p *paragraphBuilder) number(key string, n int) { p.item(key, strconv.Itoa(n)) }

// identity is an item that shows masked. Only who may see it whole can copy it,
// and that is written in the record.
func (p *paragraphBuilder) identity(serial, kind, masked, whole string) {
	text := masked
	if p.q.whole == serial {
		text = whole
	}
	p.value(p.q.say("page."+kind), text, func() { p.q.copyIdentity(serial, kind, whole) })
}

func (p *paragraphBuilder) value(name, text string, take func()) {
	if text == "" {
		return
	}
	id := "value " + strconv.Itoa(len(p.paras))
	p.takes[id] = take
	p.paras = append(p.paras, widget.Para{Kind: widget.Item, ID: id, Name: name, Text: text})
}

// fold is a heading whose rest is shown or not; it tells which.
func (p *paragraphBuilder) fold(id string, state widget.StepState, name, aside string) (open bool) {
	open = p.q.folded[id]
	fold := widget.Folded
	if open {
		fold = widget.Unfolded
	}
	p.takes[id] = func() { p.q.folded[id] = !open }
	p.paras = append(p.paras, widget.Para{Kind: widget.Heading, ID: id, State: state, Fold: fold, Name: name, Text: aside})
	return open
}

// blockers say what stands in the way.
func (p *paragraphBuilder) blockers(list []station.Blocker, done bool, ready, blocked string) {
	switch {
	case done:
	case len(list) == 0:
		p.band("", widget.StepDone, p.q.say(ready), "")
	default:
		p.band(widget.Caution, widget.StepWarn, p.q.say(blocked), "")
		for _, h := range list {
			p.plain("· " + p.q.s.Words.Count("blocker."+string(h.Kind), h.N, h.Order, strconv.Itoa(h.N)))
		}
	}
}

// signatures are shown with all that 21 CFR 11.50 asks for.
func (p *paragraphBuilder) signatures(list []record.Signature) {
	for i := len(list) - 1; i >= 0; i-- {
		p.signature(list[i])
	}
}

func (p *paragraphBuilder) signature(s record.Signature) {
	p.heading(widget.StepDone, p.q.say("page.signature", p.q.say("meaning."+string(s.Meaning))), p.q.say("page.atleaf", strconv.FormatInt(s.Leaf, 10)))
	if s.Holds != nil {
		p.addSignatureStatus(*s.Holds)
	}
	p.item("signer", fmt.Sprintf("%s (%s)", s.Name, p.q.say("role."+s.Role)))
	p.item("signed", screen.BothTimes(station.InZone(s.At, s.Zone)))
	p.item("signedhash", s.Hash)
	p.item("saw", s.Shown())
}

// addSignatureStatus says how far a signature over a lot still holds, loudly where it does
// not.
func (p *paragraphBuilder) addSignatureStatus(h record.SignatureStatus) {
	text := p.q.s.Words.Count("page.holdsof", h.Units, n(h.Units-len(h.Changed)), n(h.Units))
	if h.Unit != "" {
		text = h.Unit
		if !h.Whole() {
			text = p.q.say("page.holdsnot")
		}
	}
	if h.Whole() {
		p.item("holds", text)
	} else {
		p.band(widget.Caution, widget.StepWarn, text, p.q.say("page.changedsince"))
	}
	for _, c := range h.Changed {
		p.item("changed", c.Serial+": "+p.q.say("page.changedat", c.Done(), p.q.s.When(*c.At), strconv.FormatInt(c.Leaf, 10)))
	}
	if h.Later > 0 {
		p.number("camelater", h.Later)
	}
	if h.Next > 0 {
		p.item("signedagain", strconv.FormatInt(h.Next, 10))
	}
}

// copyValue puts a value on the clipboard.
func (q *Model) copyValue(name, value string) {
	q.services.Copy(value)
	q.status = q.say("quality.copied", name)
}

// copyIdentity puts an identity on the clipboard once the record says so.
func (q *Model) copyIdentity(serial, kind, whole string) {
	by := q.person.ID
	askRecord(q, func(ctx context.Context) (int64, error) {
		return q.services.Reveal(ctx, by, "copy-identity", []string{serial}, kind)
	}, func(leaf int64) {
		q.services.Copy(whole)
		q.status = q.say("quality.copiedleaf", q.say("page."+kind), strconv.FormatInt(leaf, 10))
	})
}
