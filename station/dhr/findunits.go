// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/query"
	"bindery/station/record"
)

// foundUnit is a unit as a search needs it: what it is, and all that it was bound to.
type foundUnit struct {
	record.Match
	bindings []foundBinding
	swaps    []station.SIMPeriod // SIMs that were put in in the field
}

// foundBinding is what a unit is or was bound to: device and SIM, or one of them where
// they held for different times.
type foundBinding struct {
	id      int64 // 0 of what no station of ours has bound
	givenUp bool
	imeis   []string // the one and the second; nil where it is of the SIM alone
	station.SIMPeriod
}

// describe says of the unit what a row of the record does, and keeps what it was found
// by. A unit in full ([record.UnitView]) has these in an order of its own.
func (u *foundUnit) describe(m record.Match) {
	u.REF, u.Order, u.Lot, u.Disposition = m.REF, m.Order, m.Lot, m.Disposition
}

func (b foundBinding) live() bool { return !b.givenUp }

// unitsOf reads the units of a page, by their serials. One that never became a unit
// has its serial only.
func (d *DHR) unitsOf(ctx context.Context, hits []hit) ([]*foundUnit, error) {
	units, bySerial := make([]*foundUnit, len(hits)), map[string]*foundUnit{}
	serials := make([]string, len(hits))
	for i, h := range hits {
		units[i] = &foundUnit{Match: record.Match{Serial: h.serial, Attempt: h.attempt, Code: h.code}}
		bySerial[h.serial], serials[i] = units[i], h.serial
	}
	list, err := json.Marshal(serials)
	if err != nil {
		return nil, err
	}
	if err := d.describe(ctx, string(list), bySerial); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, string, map[string]*foundUnit) error{d.bindingsOf, d.describeImported, d.importedBindingsOf, d.swapsOf, d.flagsFound} {
		if err := read(ctx, string(list), bySerial); err != nil {
			return nil, err
		}
	}
	for _, u := range units {
		u.joinSwaps()
	}
	for _, u := range units {
		if u.Disposition != "" || u.Attempt != 0 {
			continue
		}
		if err := d.lastAttempt(ctx, &u.Match); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(units, func(a, b *foundUnit) int { return strings.Compare(a.Serial, b.Serial) })
	return units, nil
}

// describe reads what units are.
func (d *DHR) describe(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT u.serial, u.ref, u.work_order, o.lot, u.disposition FROM json_each(?1) j
		CROSS JOIN units u ON u.serial = j.value JOIN orders o ON o.id = u.work_order`, []any{serials}, func(scan func(...any) error) error {
		var m record.Match
		if err := scan(&m.Serial, &m.REF, &m.Order, &m.Lot, &m.Disposition); err != nil {
			return err
		}
		units[m.Serial].describe(m)
		return nil
	})
}

// bindingsOf reads what units are and were bound to. When a binding was given up,
// its leaf says.
func (d *DHR) bindingsOf(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT b.id, b.serial, b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.at, l.body ->> 'at' FROM json_each(?1) j
		CROSS JOIN bindings b ON b.serial = j.value LEFT JOIN leaves l ON l.number = b.leaf AND b.superseded <> 0 ORDER BY b.id`,
		[]any{serials}, func(scan func(...any) error) error {
			b := foundBinding{imeis: make([]string, 2)}
			err := scan(&b.id, &b.Serial, &b.imeis[0], &b.imeis[1], &b.ICCID, &b.IMSI, &b.EID, (*store.Instant)(&b.From), (*store.Instant)(&b.To))
			if err != nil {
				return err
			}
			b.givenUp = !b.To.IsZero()
			units[b.Serial].bindings = append(units[b.Serial].bindings, b)
			return nil
		})
}

// describeImported reads what units from before the record are, where the record
// has no own unit of that serial.
func (d *DHR) describeImported(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT u.serial, u.ref, u.work_order, u.lot, u.disposition FROM json_each(?1) j
		CROSS JOIN accepted_units u ON u.serial = j.value ORDER BY u.disposition IN `+store.GivenUp+` DESC`, []any{serials}, func(scan func(...any) error) error {
		var m record.Match
		if err := scan(&m.Serial, &m.REF, &m.Order, &m.Lot, &m.Disposition); err != nil {
			return err
		}
		if u := units[m.Serial]; len(u.bindings) == 0 {
			u.describe(m)
		}
		return nil
	})
}

// importedBindingsOf reads what units from before the record are and were bound to.
func (d *DHR) importedBindingsOf(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT b.serial, b.imei, b.imei2, b.iccid, b.imsi, b.eid, b.state NOT IN `+store.LiveBindings+`, nullif(b.since, ''), nullif(b.ended, '')
		FROM json_each(?1) j CROSS JOIN accepted_bindings b ON b.serial = j.value ORDER BY b.file, b.n`,
		[]any{serials}, func(scan func(...any) error) error {
			b := foundBinding{imeis: make([]string, 2)}
			err := scan(&b.Serial, &b.imeis[0], &b.imeis[1], &b.ICCID, &b.IMSI, &b.EID, &b.givenUp, (*store.Instant)(&b.From), (*store.Instant)(&b.To))
			b.GivenUp = b.givenUp && b.To.IsZero()
			if err == nil {
				units[b.Serial].bindings = append(units[b.Serial].bindings, b)
			}
			return err
		})
}

// flagsFound reads which flags are in force of units.
func (d *DHR) flagsFound(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT f.serial, f.flag FROM json_each(?1) j CROSS JOIN flags f ON f.serial = j.value
		WHERE f.ended IS NULL ORDER BY f.id`, []any{serials}, func(scan func(...any) error) error {
		var serial string
		var flag station.Flag
		err := scan(&serial, &flag)
		if err == nil {
			units[serial].Flags = append(units[serial].Flags, flag)
		}
		return err
	})
}

// lastAttempt reads how the last try of a serial ended that never became a unit.
func (d *DHR) lastAttempt(ctx context.Context, m *record.Match) error {
	return d.reads.Each(ctx, "SELECT id, code FROM attempts WHERE serial = ? ORDER BY id DESC LIMIT 1", []any{m.Serial},
		func(scan func(...any) error) error { return scan(&m.Attempt, &m.Code) })
}

// swapsOf reads the SIMs that units were given in the field.
func (d *DHR) swapsOf(ctx context.Context, serials string, units map[string]*foundUnit) error {
	return d.reads.Each(ctx, `SELECT s.serial, s.iccid, s.imsi, s.eid, s.since, nullif(s.ended, '') FROM json_each(?1) j
		CROSS JOIN subscriptions s ON s.serial = j.value ORDER BY s.since`, []any{serials}, func(scan func(...any) error) error {
		p := station.SIMPeriod{Swap: true}
		err := scan(&p.Serial, &p.ICCID, &p.IMSI, &p.EID, (*store.Instant)(&p.From), (*store.Instant)(&p.To))
		if err == nil {
			units[p.Serial].swaps = append(units[p.Serial].swaps, p)
		}
		return err
	})
}

// joinSwaps joins what a unit was bound to with the SIMs that it was given in the
// field ([station.SIMPeriods]): a binding whose SIM was swapped becomes two, of the
// device and of the SIM. The unit shows what is live.
func (u *foundUnit) joinSwaps() {
	var list []foundBinding
	var bound []station.SIMPeriod
	for _, b := range u.bindings {
		bound = append(bound, b.SIMPeriod)
		end := b.EndedBy(u.swaps)
		if b.ICCID == "" || end.Equal(b.To) {
			list = append(list, b)
			continue
		}
		device := b
		device.ICCID, device.IMSI, device.EID = "", "", ""
		b.imeis, b.To, b.givenUp = nil, end, true
		list = append(list, device, b)
	}
	for _, s := range u.swaps {
		s.To = s.EndedBy(bound)
		list = append(list, foundBinding{givenUp: !s.To.IsZero(), SIMPeriod: s})
	}
	u.bindings = list
	for _, b := range list {
		if b.live() {
			u.take(b)
		}
	}
}

// take has a unit show the identities of a binding.
func (u *foundUnit) take(b foundBinding) {
	if b.imeis != nil {
		u.IMEI, u.IMEI2, u.BoundAt = b.imeis[0], b.imeis[1], known(b.From)
	}
	if b.ICCID != "" || b.imeis != nil {
		u.ICCID, u.IMSI, u.EID = b.ICCID.Full(), b.IMSI.Full(), b.EID.Full()
	}
}

// match says which of a unit's bindings an interpretation is of; of a moment, false
// where none was then.
func (u *foundUnit) match(r query.Interpretation, at time.Time) (record.Match, bool) {
	held := slices.Clone(u.bindings)
	if !at.IsZero() {
		periods := make([]station.SIMPeriod, len(held))
		for i, b := range held {
			periods[i] = b.SIMPeriod
		}
		held = slices.DeleteFunc(held, func(b foundBinding) bool { return !b.PossibleAt(at, periods) })
	}
	b, ok := chosen(held, r)
	if !at.IsZero() {
		if !ok || u.Attempt != 0 {
			return u.Match, false
		}
		u.IMEI, u.IMEI2, u.ICCID, u.IMSI, u.EID, u.BoundAt = "", "", "", "", "", nil
		u.take(b)
		for _, one := range held { // the SIM that was in the device then, or the device of the SIM
			switch {
			case b.imeis == nil && one.imeis != nil:
				u.IMEI, u.IMEI2, u.BoundAt = one.imeis[0], one.imeis[1], known(one.From)
			case b.ICCID == "" && one.imeis == nil:
				u.take(one)
			}
		}
	}
	if ok && u.Attempt == 0 {
		u.Binding, u.Live, u.GivenUp, u.From, u.To = b.id, b.live(), b.givenUp, known(b.From), known(b.To)
	}
	return u.Match, true
}

// chosen is the binding that has what was looked for, a live one before the
// others, then the newest; where what was looked for is no identity, the live one,
// or that of the moment.
func chosen(list []foundBinding, r query.Interpretation) (b foundBinding, ok bool) {
	byIdentity := false
	for _, t := range r.Any {
		byIdentity = byIdentity || ofIdentity(t.Field)
		for _, one := range list {
			if slices.ContainsFunc(one.values(t.Field), t.Matches) && (!ok || !b.live()) {
				b, ok = one, true
			}
		}
	}
	if ok || byIdentity && !slices.ContainsFunc(r.Any, func(t query.Term) bool { return !ofIdentity(t.Field) }) {
		return b, ok
	}
	for _, one := range list {
		if one.live() || len(list) == 1 {
			return one, true
		}
	}
	return b, false
}

// values are those of an identity that a binding has.
func (b foundBinding) values(f query.TermField) []string {
	var list []string
	switch f {
	case query.IMEIField:
		list = b.imeis
	case query.ICCIDField:
		list = []string{b.ICCID.Full()}
	case query.IMSIField:
		list = []string{b.IMSI.Full()}
	case query.EIDField:
		list = []string{b.EID.Full()}
	case query.SerialField, query.OrderField, query.LotField, query.REFField, query.GTINField, query.LabelField, query.LeafField, query.AttemptField, query.AliasField: // of the unit
	}
	return slices.DeleteFunc(slices.Clone(list), func(v string) bool { return v == "" })
}

// valueOf is what the record has of what was looked for; "" where a unit does not
// say.
func (u *foundUnit) valueOf(r query.Interpretation) string {
	own := map[query.TermField]string{query.SerialField: u.Serial, query.OrderField: u.Order, query.LotField: u.Lot, query.REFField: u.REF}
	for _, t := range r.Any {
		if v := own[t.Field]; v != "" && t.Matches(v) {
			return v
		}
		for _, b := range u.bindings {
			for _, v := range b.values(t.Field) {
				if t.Matches(v) {
					return v
				}
			}
		}
	}
	return ""
}
