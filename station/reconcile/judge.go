// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"context"
	"slices"

	"bindery/station/identity"
)

// flush judges the rows that wait and tells them.
func (c *comparer) flush(ctx context.Context) error {
	defer func() { c.waiting = c.waiting[:0] }()
	cards, found, err := c.resolve(ctx)
	if err != nil {
		return err
	}
	for i := range c.waiting {
		row := c.judge(&c.waiting[i], cards[i], found)
		c.sum.Counts[row.Class]++
		for _, l := range row.Labels {
			c.sum.Labels[l]++
		}
		if c.o.Row == nil {
			continue
		}
		if err := c.o.Row(row); err != nil {
			return err
		}
	}
	return nil
}

// resolve finds the cards of the rows that wait, and the units of the devices
// that are not those of their cards.
func (c *comparer) resolve(ctx context.Context) ([]*Card, answers, error) {
	ask := asked{}
	for i := range c.waiting {
		ask.cards(c.candidates(&c.waiting[i])...)
	}
	got, err := ask.answer(ctx, c.book)
	if err != nil {
		return nil, got, err
	}
	cards := make([]*Card, len(c.waiting))
	units := asked{}
	for i := range c.waiting {
		e := &c.waiting[i]
		cards[i] = c.cardOf(e, got)
		if !e.data || e.imei.absent || e.damage != "" {
			continue
		}
		if !owns(cards[i], e.imei.digits) {
			units.device(e.imei.digits)
		}
		if bodies := c.index.bodies(c.index.key(e.iccid.digits)); len(bodies) > 1 {
			for _, b := range bodies {
				units.device(bodyText(b))
			}
		}
	}
	found, err := units.answer(ctx, c.book)
	return cards, found, err
}

// candidates are the numbers by which the record may have the SIM of a row.
func (c *comparer) candidates(e *mappedRow) []string {
	if !e.data || e.iccid.absent || e.iccid.damage != "" {
		return nil
	}
	if !e.iccid.suspect && c.index.doubts(&e.iccid) {
		return []string{e.iccid.digits} // its check digit is wrong, in a list that has them
	}
	all := forms(e.iccid.digits)
	if e.twin != "" {
		twins := forms(e.twin)
		all = slices.DeleteFunc(all, func(f string) bool { return !slices.Contains(twins, f) })
	}
	return all
}

// cardOf is the one card that a row's number means. Where two may be meant, none
// is, and the row is damaged.
func (c *comparer) cardOf(e *mappedRow, got answers) *Card {
	var card *Card
	for _, f := range c.candidates(e) {
		switch found := got.card[f]; {
		case found == nil:
		case card != nil && card.Serial != found.Serial:
			e.damage = Ambiguous
			return nil
		case card == nil:
			card = found
		}
	}
	if card == nil && e.damage == "" && e.data {
		e.damage = c.damageOf(&e.iccid)
	}
	return card
}

// damageOf says what is wrong with the number of a SIM that no card has; "" when
// nothing is.
func (c *comparer) damageOf(n *number) Damage {
	switch {
	case n.suspect && len(n.digits) > wholeNumber && n.digits[:2] != "89":
		return OtherKind
	case n.suspect && plain(n.digits) && !identity.Zeroed(n.digits) && identity.Rounded(n.digits):
		return Rounded
	case n.suspect && plain(n.digits):
		return Zeros
	case n.suspect:
		return Letters
	case c.index.doubts(n):
		return Check
	}
	return ""
}

// owns reports whether 14 digits are those of an IMEI of a card's unit.
func owns(card *Card, body string) bool {
	return card != nil && card.Live && (isBody(card.IMEI, body) || isBody(card.IMEI2, body))
}

func isBody(imei, body string) bool { return len(imei) >= bodyDigits && imei[:bodyDigits] == body }

// judge classes one row.
func (c *comparer) judge(e *mappedRow, card *Card, found answers) ClassifiedRow {
	row := ClassifiedRow{Line: e.line, State: e.state}
	if !e.data {
		row.Class, row.Labels = Ignore, []Class{Ignore}
		return row
	}
	row.Active = c.connects(e.state)
	if e.iccid.damage == "" && !e.iccid.absent {
		row.ICCID = identity.ICCID(e.iccid.digits)
	}
	if e.hasDevice() {
		row.Device = identity.IMEI(e.imei.digits)
	}
	if lostZero(e, card, found) {
		e.damage = LostZero
	}
	row.Labels = Classify(c.factsOf(e, card, found))
	row.Class, row.Damage = row.Labels[0], e.damage
	row.assignUnit(e, card)
	if row.Damage != "" && row.Serial == "" {
		c.sum.Unread++
	}
	return row
}

// hasDevice reports whether a row names a device that can be read.
func (e *mappedRow) hasDevice() bool { return !e.imei.absent && e.imei.damage == "" }

// lostZero reports whether the IMEI of a row has lost a zero: it looks as if it
// had, and no unit has the number that is left.
func lostZero(e *mappedRow, card *Card, found answers) bool {
	return e.damage == "" && e.hasDevice() && e.imei.suspect &&
		!owns(card, e.imei.digits) && found.device[e.imei.digits] == nil
}

// factsOf is what the class of a row with data follows from.
func (c *comparer) factsOf(e *mappedRow, card *Card, found answers) Facts {
	f := Facts{
		Card: card, Place: c.read.imei, Connects: c.connects(e.state),
		Device: e.hasDevice(), Damaged: e.damage != "",
	}
	f.Own = f.Device && owns(card, e.imei.digits)
	if !f.Damaged {
		f.TwoSIMs = f.Device && c.twoSIMs(e, card, found.device[e.imei.digits], f.Own)
		f.TwoDevices = c.twoDevices(e, found)
	}
	return f
}

// assignUnit says which unit and which SIM a row is about; a damaged row may be about
// none.
func (r *ClassifiedRow) assignUnit(e *mappedRow, card *Card) {
	unsure := e.damage != "" && (e.iccid.damage != "" || e.damage == Contrary || r.ICCID == "")
	if card != nil && !unsure {
		r.Serial, r.Flags = card.Serial, card.Flags
	}
	if card != nil && r.Serial != "" {
		r.SIM = identity.ICCID(card.ICCID)
	} else if e.damage == "" {
		r.SIM = identity.ICCID(e.iccid.digits)
	}
}

// twoSIMs reports whether the device of a row stands in the list with another
// SIM too, by any of its IMEIs.
func (c *comparer) twoSIMs(e *mappedRow, card *Card, unit *RecordedDevice, own bool) bool {
	sim := c.index.key(e.iccid.digits)
	bodies := []string{e.imei.digits}
	switch {
	case own:
		bodies = []string{card.IMEI, card.IMEI2}
	case unit != nil:
		bodies = []string{unit.IMEI, unit.IMEI2}
	}
	return slices.ContainsFunc(bodies, func(b string) bool {
		return len(b) >= bodyDigits && c.index.another(bodyKey(b[:bodyDigits]), sim)
	})
}

// twoDevices reports whether the SIM of a row stands in the list with two
// devices; the IMEIs of a unit are one.
func (c *comparer) twoDevices(e *mappedRow, found answers) bool {
	bodies := c.index.bodies(c.index.key(e.iccid.digits))
	if len(bodies) < 2 {
		return false
	}
	first := unitOf(bodies[0], found)
	return slices.ContainsFunc(bodies[1:], func(b uint64) bool { return unitOf(b, found) != first })
}

// unitOf is what tells a device from others: its unit, or its number.
func unitOf(body uint64, found answers) string {
	text := bodyText(body)
	if d := found.device[text]; d != nil {
		return "unit " + d.Serial
	}
	return text
}

// connects remembers what the states of a list mean.
func (c *comparer) connects(state string) bool {
	yes, ok := c.known[state]
	if !ok {
		_, yes = c.states.connects(state)
		if len(c.known) < 1000 {
			c.known[state] = yes
		}
	}
	return yes
}
