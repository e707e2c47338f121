// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"strconv"

	"bindery/station"
	"bindery/ui/widget"
)

// provingFace asks for a PIN or password, and tells its owner quietly what
// ends soon.
func (o *Model) provingFace() widget.Face {
	g, kind := o.signIn, string(o.signIn.who.Requires)
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say(kind + ".word"), Say: []string{g.who.Name}, Keys: o.say(kind + ".keys")}
	if g.renew {
		f.Say = append(f.Say, o.say(kind+".renew"))
	}
	for _, e := range g.who.Expiries {
		f.Say = append(f.Say, o.say("ends."+e.What, strconv.Itoa(e.Days)))
	}
	return f
}

func (o *Model) renewingFace() widget.Face {
	g, kind := o.signIn, string(o.signIn.who.Requires)
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say(kind + ".new"), Keys: o.say("renew.keys")}
	if g.fresh != "" {
		f.Word = o.say(kind + ".again")
	}
	switch {
	case g.no != nil:
		what, next := o.s.Words.Finding(*g.no)
		f.Say = []string{what, next}
	case g.due != nil:
		what, _ := o.s.Words.Finding(*g.due)
		f.Say = []string{what, o.say(kind + ".form")}
	default:
		f.Say = []string{o.say(kind + ".form")}
	}
	return f
}

// barredFace says why somebody does not get in, and who can help.
func (o *Model) barredFace() widget.Face {
	g := o.signIn
	f := widget.Face{Tone: widget.Lock, Shape: widget.Padlock, Word: o.say("barred.word"), Keys: o.say("barred.keys")}
	if g.no.Code == station.AccountLocked {
		f.Word = o.say("barred.locked")
	}
	what, next := o.s.Words.Finding(*g.no)
	f.Say, f.Code = []string{what, next}, string(g.no.Code)
	return f
}

// awayFace is what a station shows that nobody has touched for a time.
func (o *Model) awayFace() widget.Face {
	f := widget.Face{Tone: widget.Calm, Shape: widget.Padlock, Word: o.say("away.word"), Say: []string{o.say("away.say")}}
	if o.order.ID != "" {
		f.Say = append(f.Say, o.say("away.order", o.order.ID))
	}
	return f
}
