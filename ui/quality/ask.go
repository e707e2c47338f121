// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"path/filepath"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/screen"
	"bindery/ui/widget"
)

// askReason asks why.
func (e *form) askReason(act station.Permission, into *string) {
	e.asks = append(e.asks, &ask{key: "reason", take: func(text string) {
		if err := station.ReasonGiven(act, text); err != nil {
			e.refuse(err)
			return
		}
		*into = text
		e.next()
	}})
}

// askListedReason asks why, and offers reasons; another is typed.
func (e *form) askListedReason(act station.Permission, offered []string, into *string) {
	e.askReason(act, into)
	a := e.asks[len(e.asks)-1]
	var rows []widget.ListRow
	for _, r := range offered {
		rows = append(rows, widget.ListRow{Text: e.q.say("why." + r)})
	}
	a.key, a.rows = "listedreason", func() []widget.ListRow { return rows }
	a.pick = func(i int) { a.take(rows[i].Text) }
}

// askFile asks for a file: those that are likely are listed, another is typed with
// its folder.
func (e *form) askFile(key string, files func(context.Context) ([]string, error), into *string) {
	a := &ask{key: key}
	a.take = func(text string) {
		*into = text
		e.next()
	}
	e.asks = append(e.asks, a)
	var asked screen.AskCounter
	screen.Ask(e.q.ctx, e.q.s.Post, &asked, files, func(paths []string, err error) {
		if e.q.form != e || err != nil || len(paths) == 0 {
			return
		}
		var rows []widget.ListRow
		for _, p := range paths {
			rows = append(rows, widget.ListRow{Text: identity.MaskIn(filepath.Base(p)), Under: filepath.Base(filepath.Dir(p))})
		}
		a.rows = func() []widget.ListRow { return rows }
		a.pick = func(i int) { a.take(paths[i]) }
		e.q.redraw()
	})
}

// askText asks for a text, for which usual stands where none is given. Where
// keep takes no issue with it, the form goes on.
func (e *form) askText(key, usual string, keep func(text string) error) {
	a := &ask{key: key, usual: usual}
	a.take = func(text string) {
		if err := keep(text); err != nil {
			e.refuse(err)
			return
		}
		e.next()
	}
	e.asks = append(e.asks, a)
}

// askChoice asks for one of several.
func (e *form) askChoice(key string, rows []widget.ListRow, pick func(i int)) {
	e.asks = append(e.asks, &ask{key: key, rows: func() []widget.ListRow { return rows }, pick: func(i int) {
		pick(i)
		e.next()
	}})
}

// askMany turns several on and off until Escape, which calls left.
func (e *form) askMany(key string, rows func() []widget.ListRow, turn func(i int) error, left func()) {
	e.left = left
	e.asks = append(e.asks, &ask{key: key, rows: rows, pick: func(i int) {
		if err := turn(i); err != nil {
			e.refuse(err)
		}
	}})
}

// askSecond asks for the badge of somebody else who may do this, and for what
// proves that it is theirs. Their ID goes to into.
func (e *form) askSecond(act station.Permission, into *string) {
	p := &signer{}
	e.askBadge(p, "second", func(b station.BadgeHolder) error {
		p.kind = b.Requires
		return station.AllowSecond(b.Person, e.q.person.ID, act)
	})
	e.prove = func(ctx context.Context) error {
		person, err := e.q.services.SignIn(ctx, p.holder.Badge, p.kind, p.secret)
		*into = person.ID
		return err
	}
}

// askSigner asks whoever signs for badge and password, and shows before the
// second what the signature will say: the printed name, the meaning, the time
// (21 CFR 11.50).
func (e *form) askSigner(act station.Permission, s *record.Signing) {
	p := &signer{kind: station.Password}
	e.askBadge(p, "signer", func(b station.BadgeHolder) error {
		s.Badge = b.Badge
		return station.Allow(b.Person, act)
	})
	e.asks[len(e.asks)-1].says = func() []string {
		now := e.q.services.Now()
		return []string{
			e.q.say("quality.signs", p.holder.Name, e.q.say("role."+string(p.holder.Role)), e.q.say("meaning."+string(s.Meaning))),
			screen.BothTimes(now), s.Shown,
		}
	}
	e.prove = func(context.Context) error {
		s.Password = p.secret
		return nil
	}
}

// askBadge asks for a badge and then for its secret. may says whether the
// bearer will do.
func (e *form) askBadge(p *signer, key string, may func(station.BadgeHolder) error) {
	e.proof = p
	e.asks = append(e.asks, &ask{key: key, take: func(badge string) {
		e.hush = true
		screen.Ask(e.q.ctx, e.q.s.Post, &e.q.asked, func(ctx context.Context) (station.BadgeHolder, error) {
			return e.q.holder(ctx, badge)
		}, func(b station.BadgeHolder, err error) {
			if err == nil {
				err = may(b)
			}
			switch {
			case e.q.form != e: // given up meanwhile
			case err != nil:
				e.early = nil // a PIN is no badge
				e.refuse(err)
			default:
				p.holder = b
				next := e.asks[e.at+1]
				next.secret, next.key = p.kind, string(p.kind)
				e.next()
			}
			e.resume()
			e.q.redraw()
		})
	}})
	secret := &ask{key: string(station.PIN), secret: station.PIN}
	secret.says = func() []string { return []string{e.q.say("quality.isasked", p.holder.Name)} }
	secret.take = func(text string) {
		if !p.kind.CanBe(text) { // a scan or a slip, no wrong try
			e.note = e.q.say(string(p.kind) + ".form")
			return
		}
		p.secret = text
		e.next()
	}
	e.asks = append(e.asks, secret)
}

// holder finds whose badge it is; one without any secret proves nobody.
func (q *Model) holder(ctx context.Context, badge string) (station.BadgeHolder, error) {
	b, err := q.services.BadgeHolder(ctx, badge)
	if err != nil {
		return b, err
	}
	if no := b.CheckHasSecret(string(b.Role)); no != nil {
		err = no
	}
	return b, err
}
