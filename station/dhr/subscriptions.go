// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/identity"
	"bindery/station/record"
)

// ImportSubscriptions adds the SIMs that units were given in the field, all or
// none of them. The one that a unit had before ends where the next begins; a
// row that the record has already adds nothing.
func (d *DHR) ImportSubscriptions(ctx context.Context, by string, list record.SourceFile, rows []record.Subscription) (record.Import, error) {
	if err := station.CheckText("the source", list.Source); err != nil {
		return record.Import{}, err
	}
	a := auditEntry{what: "import-subscriptions", who: by, why: list.Name}
	return importUnits(ctx, d, a, station.MayImport, rows, func(t *tx, s record.Subscription) (bool, error) {
		added, err := t.subscribe(by, list, s)
		return added, asRow(err, "iccid")
	})
}

func (t *tx) subscribe(by string, list record.SourceFile, s record.Subscription) (added bool, err error) {
	if wrong := station.CheckSubscription(s.From, s.To, t.Now); wrong != nil {
		return false, asBadRow(wrong)
	}
	own, wrong := station.CheckSwapSIM(s.ICCID, s.IMSI, s.EID)
	if wrong != nil {
		return false, asBadRow(wrong)
	}
	if s.Serial, err = knownSerial(t, s.Serial); err != nil {
		return false, asRow(err, "serial")
	}
	t.Leaf.Subject = "unit:" + s.Serial
	s.ICCID, s.IMSI, s.EID = own.ICCID.Full(), own.IMSI.Full(), own.EID.Full()
	since, ended := store.Stamp(s.From), ""
	if s.To != nil {
		ended = store.Stamp(*s.To)
	}
	had, err := t.swapsOf(s.Serial)
	if err != nil {
		return false, err
	}
	own.From, own.To = store.ParseStamp(since), store.ParseStamp(ended)
	for _, h := range had {
		if h.ICCID.SameSIM(own.ICCID) && h.From.Equal(own.From) {
			return t.endSwapAt(h, own.To)
		}
	}
	if err := t.swapFits(s.Serial, own); err != nil {
		return false, err
	}
	if err := t.simFree(s); err != nil {
		return false, err
	}
	if err := t.endBefore(own, had); err != nil {
		return false, err
	}
	_, err = t.Insert("subscriptions", store.Values{
		"serial": s.Serial, "iccid": s.ICCID, "imsi": s.IMSI, "eid": s.EID, "since": since, "ended": ended, "said_by": identity.MaskIn(s.SaidBy),
		"reason": identity.MaskIn(s.Reason), "source": list.Source, "file": list.Name, "file_hash": list.Hash, "n": s.Row, "person": by, "at": store.Stamp(t.Now),
	})
	return err == nil, err
}

// swap is a subscription of the record.
type swap struct {
	id int64
	station.SIMPeriod
}

// swapsOf are the SIMs that a unit was given in the field, the oldest first.
func (t *tx) swapsOf(serial string) (list []swap, err error) {
	err = t.Each(`SELECT id, iccid, since, ended FROM subscriptions WHERE serial = ? ORDER BY since`, []any{store.Text(serial)}, func(scan func(...any) error) error {
		var s swap
		err := scan(&s.id, &s.ICCID, (*store.Instant)(&s.From), (*store.Instant)(&s.To))
		list = append(list, s)
		return err
	})
	return list, err
}

// swapFits refuses a SIM that the unit has already, and one at a time at which the
// unit was not there or has a later one.
func (t *tx) swapFits(serial string, s station.SIMPeriod) error {
	bound, swaps, err := simsOf(t, serial)
	if err != nil {
		return err
	}
	return asBadRow(station.CheckSwapOfUnit(s, bound, swaps))
}

// endSwapAt says until when a SIM was in a unit, where that was not known.
func (t *tx) endSwapAt(s swap, ended time.Time) (added bool, err error) {
	if ended.IsZero() || ended.Equal(s.To) {
		return false, nil
	}
	if err := asBadRow(station.CheckSwapEnd(s.To, ended)); err != nil {
		return false, err
	}
	return true, t.Update("subscriptions", []any{s.id}, store.Values{"ended": store.Stamp(ended)})
}

// endSwap ends the subscription of a unit that is bound now: the device has said
// which SIM is in it.
func (t *tx) endSwap(b *station.Binding) error {
	ids, err := t.IDs(`SELECT id FROM subscriptions WHERE serial = ? AND ended = '' AND since < ?`, b.Serial, store.Stamp(b.At))
	for _, id := range ids {
		if err == nil {
			err = t.Update("subscriptions", []any{id}, store.Values{"ended": store.Stamp(b.At)})
		}
	}
	return err
}

// endBefore ends the subscription that holds, where s begins after it.
func (t *tx) endBefore(s station.SIMPeriod, had []swap) error {
	var periods []station.SIMPeriod
	var holds int64
	for _, h := range had {
		periods = append(periods, h.SIMPeriod)
		if h.To.IsZero() {
			holds = h.id
		}
	}
	ends, wrong := station.CheckSwap(s, periods)
	if len(wrong) > 0 || !ends {
		return asBadRow(wrong)
	}
	return t.Update("subscriptions", []any{holds}, store.Values{"ended": store.Stamp(s.From)})
}

// simFree refuses a SIM, or a chip, that another unit has.
func (t *tx) simFree(s record.Subscription) error {
	if s.To != nil { // it is in the unit no more
		return nil
	}
	b := station.Binding{Serial: s.Serial, ICCID: identity.ICCID(s.ICCID), EID: identity.EID(s.EID)}
	if err := allowElsewhere(t, b); err != nil {
		return err
	}
	ours, err := conflictsWithOurs(t, b)
	if err != nil {
		return err
	}
	return station.AllowNumbers(b, ours)
}

// showSubscriptions adds the SIMs that a unit was given in the field.
func (d *DHR) showSubscriptions(ctx context.Context, r *record.UnitView) error {
	return d.reads.Each(ctx, `SELECT id, serial, iccid, imsi, eid, since, ended, said_by, reason, source, file, n, person, at, leaf
		FROM subscriptions WHERE serial = ? ORDER BY since`, []any{r.Serial}, func(scan func(...any) error) error {
		var s record.Subscription
		var to time.Time
		err := scan(&s.ID, &s.Serial, &s.ICCID, &s.IMSI, &s.EID, (*store.Instant)(&s.From), (*store.Instant)(&to), &s.SaidBy, &s.Reason, &s.Source,
			&s.File, &s.Row, &s.By, (*store.Instant)(&s.At), &s.Leaf)
		s.To = known(to)
		r.SIMs = append(r.SIMs, s)
		return err
	})
}

// SIMAt is the SIM that was in a unit at a moment, by all that the record knows:
// bindings of ours and of accepted lists, and swaps in the field. There is none
// where the list is empty; there are several where sources are at odds. Of some that
// were given up nobody knows when ([station.SIMsAt]).
func (d *DHR) SIMAt(ctx context.Context, serial string, at time.Time) ([]station.SIMPeriod, error) {
	serial, err := d.spelledAsRecorded(ctx, serial)
	if err != nil {
		return nil, err
	}
	periods, err := simPeriods(readTx{ctx, d}, store.Text(serial))
	if err == nil && len(periods) == 0 {
		if _, err := knownSerial(readTx{ctx, d}, serial); err != nil {
			return nil, store.AsFault(err)
		}
	}
	return station.SIMsAt(periods, at), store.AsFault(err)
}

// simPeriods are the SIMs of a unit over time ([station.SIMPeriods]). A binding
// that was given up before its end was a column ended at the time of its leaf.
func simPeriods(q store.Queryer, serial string) ([]station.SIMPeriod, error) {
	bound, swaps, err := simsOf(q, serial)
	withoutSIM := func(p station.SIMPeriod) bool { return p.ICCID == "" }
	return station.SIMPeriods(slices.DeleteFunc(bound, withoutSIM), swaps), err
}

// simsOf are what a unit was bound to, also where there was no SIM, and what was put
// into it in the field.
func simsOf(q store.Queryer, serial string) (bound, swaps []station.SIMPeriod, err error) {
	for _, of := range []struct {
		into  *[]station.SIMPeriod
		query string
	}{
		{&bound, `SELECT b.iccid, b.imsi, b.eid, b.at, iif(b.superseded = 0 OR b.ended <> '', b.ended, l.body ->> 'at'), 0, 'binding ' || b.id
			FROM bindings b JOIN leaves l ON l.number = b.leaf WHERE b.serial = ?`},
		{&bound, `SELECT iccid, imsi, eid, since, ended, ended = '' AND state NOT IN ` + store.LiveBindings + `, 'list ' || file_name || ', row ' || n
			FROM accepted_bindings WHERE serial = ?`},
		{&swaps, `SELECT iccid, imsi, eid, since, ended, 0, 'list ' || file || ', row ' || n FROM subscriptions WHERE serial = ?`},
	} {
		err := q.Each(of.query, []any{serial}, func(scan func(...any) error) error {
			p := station.SIMPeriod{Serial: serial, Swap: of.into == &swaps}
			err := scan(&p.ICCID, &p.IMSI, &p.EID, (*store.Instant)(&p.From), (*store.Instant)(&p.To), &p.GivenUp, &p.Origin)
			*of.into = append(*of.into, p)
			return err
		})
		if err != nil {
			return nil, nil, fmt.Errorf("the SIMs of a unit: %w", err)
		}
	}
	return bound, swaps, nil
}
