// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"context"
	"regexp"
	"slices"
	"strconv"

	"bindery/station"
	"bindery/station/identity"
	"bindery/ui/widget"
)

// moveKeys are the keys of the moves of a unit, by where they lead, in the order
// in which they stand.
var moveKeys = []struct {
	key string
	to  station.Disposition
}{{"F2", station.Quarantined}, {"F3", station.Passed}, {"F4", station.Reworked}, {"F6", station.Scrapped}}

// deeds of a unit are the moves that the station allows from its disposition,
// to be shown its identities whole, and to hand its record over.
func (s *Story) deeds(q *Quality) []deed {
	var list []deed
	moves := station.MovesFor(q.person, s.Disposition)
	for _, k := range moveKeys {
		if i := slices.IndexFunc(moves, func(m station.Move) bool { return m.To == k.to }); i >= 0 {
			list = append(list, q.deed(k.key, "act.move-"+string(k.to), func() { q.move(s, moves[i]) }))
		}
	}
	if len(s.Bindings) > 0 && q.whole != s.Serial && q.may(station.ActReveal) {
		list = append(list, q.deed("F8", "act.reveal", func() { q.reveal(s) }))
	}
	list = q.withExport(list, "unit", s.Serial)
	if s.Lot != "" {
		list = append(list, q.goTo("act.lot", &lotMatter{LotSheet{Lot: s.Lot}}))
	}
	return list
}

// goTo opens what belongs to what is there.
func (q *Quality) goTo(word string, m matter) deed {
	return q.deed("F12", word, func() { openMatter(q, m) })
}

func (a *alarmMatter) deeds(q *Quality) []deed {
	var list []deed
	if a.MayClose(q.person) == nil {
		list = append(list, q.deed("F7", "act.close-alarm", func() { q.closeAlarm(a) }))
	}
	if a.Serial != "" {
		list = append(list, q.goTo("act.unit", &Story{Serial: a.Serial}))
	}
	return list
}

func (o *orderMatter) deeds(q *Quality) []deed {
	var list []deed
	if !o.Closed && len(o.Left) == 0 && q.may(station.ActCloseOrder) {
		list = append(list, q.deed("F7", "act.close-order", func() { q.closeOrder(o) }))
	}
	if !o.Closed && !o.Labels.Settled() && q.may(station.ActExplain) {
		list = append(list, q.deed("F6", "act.explain", func() { q.explain(o) }))
	}
	return q.withExport(list, "order", o.ID)
}

func (l *lotMatter) deeds(q *Quality) []deed {
	var list []deed
	if len(l.Left) == 0 && !l.done() && q.may(station.ActRelease) {
		list = append(list, q.deed("F7", "act.release", func() {
			q.sign("errand.release", l.Lot, l.Shown, station.ActRelease, func(ctx context.Context, s Signing) (int64, error) {
				return q.s.Desk.ReleaseLot(ctx, s, l.Lot)
			})
		}))
	}
	return q.withExport(list, "lot", l.Lot)
}

func (d *definitionMatter) deeds(q *Quality) []deed {
	if approved(d.Signatures) || station.AllowSecond(q.person, d.Author, station.ActApprove) != nil {
		return nil
	}
	return []deed{q.deed("F7", "act.approve", func() {
		q.sign("errand.approve", d.REF+" / "+n(d.Version), d.Hash, station.ActApprove, func(ctx context.Context, s Signing) (int64, error) {
			return q.s.Desk.Approve(ctx, s, d.REF, d.Version)
		})
	})}
}

func (q *Quality) deed(key, word string, do func()) deed {
	return deed{widget.Act{Key: key, Word: q.say(word)}, do}
}

// may asks the station whether the person may do a, for the control to be there
// at all; the deed itself asks again.
func (q *Quality) may(a station.Act) bool { return station.Allow(q.person, a) == nil }

func (q *Quality) withExport(list []deed, of, name string) []deed {
	if !q.may(station.ActExport) {
		return list
	}
	return append(list, q.deed("F9", "act.export", func() { q.export(of, name) }))
}

// move changes what may happen to a unit, by the rule of the station.
func (q *Quality) move(s *Story, rule station.Move) {
	e := q.begin("errand.move-"+string(rule.To), s.Serial)
	m := Move{Serial: s.Serial, To: rule.To, By: q.person.ID}
	if rule.Reason {
		e.askReason(rule.Act, &m.Reason)
	}
	if rule.Second {
		e.askSecond(rule.Act, &m.Second)
	}
	e.do = func(ctx context.Context) (int64, error) { return q.s.Desk.Move(ctx, m) }
}

func (q *Quality) closeAlarm(a *alarmMatter) {
	e, reason := q.begin("errand.close-alarm", string(a.Code)+" "+a.Serial), ""
	e.askReason(station.ActCloseAlarm, &reason)
	e.do = func(ctx context.Context) (int64, error) { return q.s.Desk.CloseAlarm(ctx, a.ID, q.person.ID, reason) }
}

func (q *Quality) closeOrder(o *orderMatter) {
	e, reason := q.begin("errand.close-order", o.ID), ""
	e.askReason(station.ActCloseOrder, &reason)
	e.do = func(ctx context.Context) (int64, error) { return q.s.Desk.CloseOrder(ctx, o.ID, q.person.ID, reason) }
}

func (q *Quality) explain(o *orderMatter) {
	e, reason := q.begin("errand.explain", o.ID), ""
	e.askReason(station.ActExplain, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.s.Desk.ExplainLabels(ctx, o.ID, q.person.ID, reason)
	}
}

// sign gives a signature over what is shown. Both components are asked for anew,
// whoever is signed in (21 CFR 11.200).
func (q *Quality) sign(word, name, hash string, act station.Act, do func(context.Context, Signing) (int64, error)) {
	e := q.begin(word, name)
	s := Signing{Meaning: station.Approval, Shown: hash}
	e.askSigner(act, &s)
	e.do = func(ctx context.Context) (int64, error) { return do(ctx, s) }
}

// reveal shows the identities of a unit whole, once the record says so.
func (q *Quality) reveal(s *Story) {
	inquire(q, func(ctx context.Context) (int64, error) {
		return q.s.Desk.Reveal(ctx, q.person.ID, "show-identity", []string{s.Serial}, "imei", "iccid", "eid")
	}, func(leaf int64) {
		q.whole = s.Serial
		q.status = q.say("quality.revealed", strconv.FormatInt(leaf, 10))
	})
}

// Forms are those in which records are handed over.
var forms = []string{"pdf", "csv", "xlsx", "json", "bundle"}

// export hands the record of a unit, order or lot over.
func (q *Quality) export(of, name string) {
	e := q.begin("errand.export", name)
	h := Handover{By: q.person.ID, Of: of, Name: name}
	var rows []widget.Row
	for _, f := range forms {
		rows = append(rows, widget.Row{Text: q.say("form." + f), Under: q.say("form." + f + ".for")})
	}
	e.askChoice("form", rows, func(i int) { h.Form = forms[i] })
	e.askText("folder", q.s.Desk.Folder, func(text string) error { h.Folder = text; return nil })
	var handed Handed
	e.do = func(ctx context.Context) (int64, error) {
		var err error
		handed, err = q.s.Desk.Export(ctx, h, func(done, of int64) { q.s.Post(func() { e.progress(done, of) }) })
		return handed.Leaf, err
	}
	e.files = func() []string { return handed.Files }
	e.stops = true
}

// mostOfANumber is so much of an identity that the rest could be guessed.
var mostOfANumber = regexp.MustCompile(`[0-9]{12}`)

// keepSearch keeps a search under a name, for this person. A number of a unit
// is not kept: the file is no place for it.
func (q *Quality) keepSearch(text string) {
	if identity.HasIdentity(text) || mostOfANumber.MatchString(text) {
		q.call = widget.Call{Tone: widget.Lock, Shape: widget.Padlock, Word: q.say("quality.refused"), Say: []string{q.say("quality.unkept")}}
		return
	}
	e := q.begin("errand.keep", text)
	e.askText("name", text, func(name string) error {
		own := q.own
		own.Searches = append(slices.DeleteFunc(slices.Clone(own.Searches), func(s Search) bool { return s.Name == name }), Search{name, text})
		return q.keep(own)
	})
}

// forget drops the chosen search.
func (q *Quality) forget() {
	if i := q.home.chosen - len(Scopes); i >= 0 {
		own := q.own
		own.Searches = slices.Delete(slices.Clone(own.Searches), i, i+1)
		if err := q.keep(own); err != nil {
			q.refuse(err)
			return
		}
		q.goHome()
	}
}

func (q *Quality) keep(own Own) error {
	if err := q.s.Desk.Keep(q.person.ID, own); err != nil {
		return err
	}
	q.own = own
	return nil
}

// chooseColumns lets the person say which columns a list of units has.
func (q *Quality) chooseColumns() {
	e := q.begin("errand.columns", "")
	rows := func() (rows []widget.Row) {
		for _, c := range q.allowed() {
			aside := ""
			if slices.Contains(q.columns(), c) {
				aside = q.say("column.on")
			}
			rows = append(rows, widget.Row{Text: q.say("column." + c), Aside: aside})
		}
		return rows
	}
	e.askMany("columns", rows, func(i int) error {
		own, c := q.own, q.allowed()[i]
		own.Columns = slices.Clone(q.columns())
		if at := slices.Index(own.Columns, c); at >= 0 {
			own.Columns = slices.Delete(own.Columns, at, at+1)
		} else {
			own.Columns = append(own.Columns, c)
		}
		return q.keep(own)
	}, func() {
		if l := q.list; l != nil && l.page != nil {
			l.page(l.skip)
		}
	})
}
