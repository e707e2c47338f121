// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"context"
	"slices"
	"strconv"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/widget"
)

// moveKeys are the keys of the moves of a unit, by where they lead, in the order
// in which they stand.
var moveKeys = []struct {
	key string
	to  station.Disposition
}{
	{"F2", station.Quarantined}, {"F3", station.Passed}, {"F3", station.Imported}, {"F4", station.Reworked}, {"F4", station.Superseded},
	{"F6", station.Scrapped},
}

// actions of a unit are the moves that the station allows from its disposition,
// to be shown its identities whole, and to hand its record over.
func (s *UnitHistory) actions(q *Model) []action {
	var list []action
	moves := station.TransitionsOf(q.person, s.Disposition, s.imported())
	for _, k := range moveKeys {
		if i := slices.IndexFunc(moves, func(m station.Transition) bool { return m.To == k.to }); i >= 0 {
			list = append(list, q.action(k.key, "act.move-"+string(k.to), func() { q.move(s, moves[i]) }))
		}
	}
	list = append(list, s.flagActions(q)...)
	if s.bound() && q.whole != s.Serial && q.may(station.MayReveal) {
		list = append(list, q.action("F8", "act.reveal", func() { q.reveal(s) }))
	}
	if s.Disposition != "" {
		list = q.withExport(list, "unit", s.Serial)
	}
	if s.Lot != "" {
		list = append(list, q.goTo("act.lot", &lotItem{record.LotView{SignedLot: record.SignedLot{Lot: s.Lot}}}))
	}
	return list
}

// bound reports whether the record has an identity of the unit, of whatever origin.
func (s *UnitHistory) bound() bool {
	return len(s.Bindings) > 0 || len(s.SIMs) > 0 || s.Imported != nil && len(s.Imported.Bindings) > 0
}

// goTo opens what belongs to what is there.
func (q *Model) goTo(word string, m item) action {
	return q.action("F12", word, func() { openItem(q, m) })
}

func (a *alarmItem) actions(q *Model) []action {
	var list []action
	if a.MayClose(q.person) == nil {
		list = append(list, q.action("F7", "act.close-alarm", func() { q.closeAlarm(a) }))
	}
	if a.Serial != "" {
		list = append(list, q.goTo("act.unit", unitNamed(a.Serial)))
	}
	return list
}

func (o *orderItem) actions(q *Model) []action {
	var list []action
	if station.AllowClose(o.Order, o.Closed, o.Left) == nil && q.may(station.MayCloseOrder) {
		list = append(list, q.action("F7", "act.close-order", func() { q.closeOrder(o) }))
	}
	if station.AllowExplainLabels(o.Order, o.Labels, o.Explained) == nil && q.may(station.MayExplainLabels) {
		list = append(list, q.action("F6", "act.explain", func() { q.explain(o) }))
	}
	return q.withExport(list, "order", o.Order)
}

func (l *lotItem) actions(q *Model) []action {
	var list []action
	if station.AllowRelease(l.Left) == nil && q.may(station.MayRelease) {
		list = append(list, q.action("F7", "act.release", func() {
			q.sign("form.release", l.Lot, l.Shown, station.MayRelease, func(ctx context.Context, s record.Signing) (int64, error) {
				return q.services.ReleaseLot(ctx, s, l.Lot)
			})
		}))
	}
	return q.withExport(list, "lot", l.Lot)
}

func (d *definitionItem) actions(q *Model) []action {
	if approved(d.Signatures) || station.AllowSecond(q.person, d.Author, station.MayApprove) != nil {
		return nil
	}
	return []action{q.action("F7", "act.approve", func() {
		q.sign("form.approve", d.REF+" / "+n(d.Version), d.Hash, station.MayApprove, func(ctx context.Context, s record.Signing) (int64, error) {
			return q.services.Approve(ctx, s, d.REF, d.Version)
		})
	})}
}

func (q *Model) action(key, word string, do func()) action {
	return action{widget.Action{Key: key, Word: q.say(word)}, do}
}

// may asks the station whether the person may do a, for the control to be there
// at all; the action itself asks again.
func (q *Model) may(a station.Permission) bool { return station.Allow(q.person, a) == nil }

func (q *Model) withExport(list []action, of, name string) []action {
	if !q.may(station.MayExport) {
		return list
	}
	return append(list, q.action("F9", "act.export", func() { q.export(of, name) }))
}

// move changes what may happen to a unit, by the rule of the station.
func (q *Model) move(s *UnitHistory, rule station.Transition) {
	e := q.begin("form.move-"+string(rule.To), s.Serial)
	m := record.MoveRequest{Serial: s.Serial, To: rule.To, By: q.person.ID}
	if rule.Reason {
		e.askReason(rule.Permission, &m.Reason)
	}
	if rule.Second {
		e.askSecond(rule.Permission, &m.Second)
	}
	e.do = func(ctx context.Context) (int64, error) { return q.services.Move(ctx, m) }
}

func (q *Model) closeAlarm(a *alarmItem) {
	e, reason := q.begin("form.close-alarm", string(a.Code)+" "+a.Serial), ""
	e.askReason(station.MayCloseAlarm, &reason)
	e.do = func(ctx context.Context) (int64, error) { return q.services.CloseAlarm(ctx, a.ID, q.person.ID, reason) }
}

func (q *Model) closeOrder(o *orderItem) {
	e, reason := q.begin("form.close-order", o.Order), ""
	e.askReason(station.MayCloseOrder, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.services.CloseOrder(ctx, o.Order, q.person.ID, reason)
	}
}

// rebuildIndex makes the index of parts anew, where a search could not read it.
func (q *Model) rebuildIndex() {
	e, reason := q.begin("form.rebuild", ""), ""
	e.askReason(station.MayRebuildIndex, &reason)
	e.do = func(ctx context.Context) (int64, error) { return q.services.RebuildIndex(ctx, q.person.ID, reason) }
	e.finish = func() { q.offerRebuild(false) }
}

// offerRebuild has the start of the desk offer it, or no more.
func (q *Model) offerRebuild(damaged bool) {
	q.indexDamaged = damaged
	if q.home != nil {
		q.home.actions = q.homeActions()
	}
}

func (q *Model) explain(o *orderItem) {
	e, reason := q.begin("form.explain", o.Order), ""
	e.askReason(station.MayExplainLabels, &reason)
	e.do = func(ctx context.Context) (int64, error) {
		return q.services.ExplainLabels(ctx, o.Order, q.person.ID, reason)
	}
}

// sign gives a signature over what is shown. Both components are asked for anew,
// whoever is signed in (21 CFR 11.200).
func (q *Model) sign(word, name, hash string, act station.Permission, do func(context.Context, record.Signing) (int64, error)) {
	e := q.begin(word, name)
	s := record.Signing{Meaning: station.Approval, Shown: hash}
	e.askSigner(act, &s)
	e.do = func(ctx context.Context) (int64, error) { return do(ctx, s) }
}

// reveal shows the identities of a unit whole, once the record says so.
func (q *Model) reveal(s *UnitHistory) {
	askRecord(q, func(ctx context.Context) (int64, error) {
		return q.services.Reveal(ctx, q.person.ID, "show-identity", []string{s.Serial}, "imei", "iccid", "imsi", "eid")
	}, func(leaf int64) {
		q.whole = s.Serial
		q.status = q.say("quality.revealed", strconv.FormatInt(leaf, 10))
	})
}

// Forms are those in which records are handed over.
var forms = []string{"pdf", "csv", "xlsx", "json", "bundle"}

// export hands the record of a unit, order or lot over.
func (q *Model) export(of, name string) {
	e := q.begin("form.export", name)
	h := Handover{By: q.person.ID, Of: of, Name: name}
	var rows []widget.ListRow
	for _, f := range forms {
		rows = append(rows, widget.ListRow{Text: q.say("form." + f), Under: q.say("form." + f + ".for")})
	}
	e.askChoice("form", rows, func(i int) { h.Form = forms[i] })
	e.askText("folder", q.services.Folder, func(text string) error { h.Folder = text; return nil })
	var handed record.Export
	e.do = func(ctx context.Context) (int64, error) {
		var err error
		handed, err = q.services.Export(ctx, h, func(done, of int64) { q.s.Post(func() { e.progress(done, of) }) })
		return handed.Leaf, err
	}
	e.files = func() []string { return handed.Files }
	e.cancellable = true
}

// keepSearch keeps a search under a name, for this person. A number of a unit
// is not kept: the file is no place for it.
func (q *Model) keepSearch(text string) {
	if identity.HasMostOfOne(text) {
		q.call = widget.Call{Tone: widget.Lock, Shape: widget.Padlock, Word: q.say("quality.refused"), Say: []string{q.say("quality.unkept")}}
		return
	}
	e := q.begin("form.keep", text)
	e.askText("name", text, func(name string) error {
		own := q.own
		own.Searches = append(slices.DeleteFunc(slices.Clone(own.Searches), func(s Search) bool { return s.Name == name }), Search{name, text})
		return q.keep(own)
	})
}

// forget drops the chosen search.
func (q *Model) forget() {
	if i := q.home.chosen - len(record.WorkLists); i >= 0 {
		own := q.own
		own.Searches = slices.Delete(slices.Clone(own.Searches), i, i+1)
		if err := q.keep(own); err != nil {
			q.refuse(err)
			return
		}
		q.goHome()
	}
}

func (q *Model) keep(own Preferences) error {
	if err := q.services.KeepPreferences(q.person.ID, own); err != nil {
		return err
	}
	q.own = own
	return nil
}

// chooseColumns lets the person say which columns a list of units has.
func (q *Model) chooseColumns() {
	e := q.begin("form.columns", "")
	rows := func() (rows []widget.ListRow) {
		for _, c := range q.allowed() {
			aside := ""
			if slices.Contains(q.columns(), c) {
				aside = q.say("column.on")
			}
			rows = append(rows, widget.ListRow{Text: q.say("column." + c), Aside: aside})
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
