// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"

	"bindery/station"
	"bindery/ui/screen"
)

// renew asks whoever was to prove who they are for another PIN or password, in
// place of one that was right and is good for nothing else, and then goes on
// with that.
func (e *form) renew(why station.Finding) {
	p, fresh, first := e.proof, "", len(e.asks)
	form := e.q.say(string(p.kind) + ".form")
	what, _ := e.q.s.Words.Finding(why)
	e.asks = append(e.asks, &ask{
		key: "new", secret: p.kind, says: func() []string { return []string{what, form} },
		take: func(text string) {
			if !p.kind.CanBe(text) {
				e.note = form
				return
			}
			fresh = text
			e.next()
		},
	}, &ask{key: "again", secret: p.kind, take: func(text string) {
		if text != fresh {
			e.at, e.note = first, e.q.say("renew.unequal")
			return
		}
		e.keepSecret(text, func() { e.at = first })
	}})
	e.at = first
}

// keepSecret has the record take a new secret and goes on with it; over does
// what is due where it does not.
func (e *form) keepSecret(text string, over func()) {
	p := e.proof
	e.hush = true
	screen.Ask(e.q.ctx, e.q.s.Post, &e.q.asked, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, e.q.services.SetSecret(ctx, p.holder.ID, p.kind, text)
	}, func(_ struct{}, err error) {
		switch {
		case e.q.form != e: // given up meanwhile
		case err != nil:
			over()
			e.refuse(err)
		default:
			p.secret = text
			e.next()
		}
		e.resume()
		e.q.redraw()
	})
}
