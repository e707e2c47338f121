// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/dhr/store"
)

// asStation is which station this program is, proven by its key. The first key
// of a record is enrolled now; one that is not enrolled is noted, with an
// alarm, and refused.
func (d *DHR) asStation(ctx context.Context) (name string, err error) {
	_, public, err := d.key(ctx)
	if err != nil {
		return "", err
	}
	if err := d.enrolFirst(ctx, d.computer); err != nil {
		return "", err
	}
	l, err := d.Enrolments(ctx)
	if err != nil {
		return "", err
	}
	if name, err = l.Check(public, d.named); err == nil || l.Of(public) != nil {
		return name, err
	}
	return "", errors.Join(err, d.noteNewKey(ctx, public))
}

// enrolFirst enrols the key of a record in which none is.
func (d *DHR) enrolFirst(ctx context.Context, by string) error {
	l, err := d.Enrolments(ctx)
	if err != nil || len(l) > 0 {
		return err
	}
	_, public, err := d.key(ctx)
	if err != nil {
		return err
	}
	_, err = d.write(ctx, auditEntry{what: "enrol-key", who: by, why: "the first key of the record"}, func(t *tx) error {
		var there bool
		if err := t.Get(`SELECT EXISTS (SELECT 1 FROM enrolments)`, nil, &there); err != nil || there {
			return errors.Join(err, errNothing) // another program was faster
		}
		return t.enrol(public, t.self.station)
	})
	return unlessNothing(err)
}

// enrol writes that a key is a station from this leaf on.
func (t *tx) enrol(public, name string) error {
	t.Leaf.Subject, t.Leaf.Station = store.Text("station:"+name), store.Text(name)
	_, err := t.Insert("enrolments", store.Values{
		"key": public, "station": name, "person": t.Leaf.Who, "reason": t.Leaf.Why, "at": store.Stamp(t.Now),
	})
	return err
}

// noteNewKey writes an alarm about a key that is not enrolled, unless one is
// open already.
func (d *DHR) noteNewKey(ctx context.Context, public string) error {
	var open bool
	args := keyAlarmArgs(public)
	if err := d.reads.Row(ctx, "SELECT EXISTS ("+selectKeyAlarms+")", args, []any{&open}); err != nil || open {
		return store.AsFault(err)
	}
	_, err := d.write(ctx, auditEntry{what: "new-key", who: d.computer}, func(t *tx) error {
		ids, err := t.IDs(selectKeyAlarms, args...)
		if err != nil || len(ids) > 0 || t.self.no == nil { // another program was faster
			return errors.Join(err, errNothing)
		}
		_, err = t.Insert("alarms", store.Values{
			"code": string(station.NewKey), "serial": "", "text": station.NewFinding(station.NewKey, station.KeyName(public)).Message,
			"at": store.Stamp(t.Now), "person": d.computer, "closed_by": "", "reason": "",
		})
		return err
	})
	return unlessNothing(err)
}

// The open alarms about a key.
const selectKeyAlarms = `SELECT id FROM alarms WHERE closed IS NULL AND serial = '' AND code = ? AND instr(text, ?) > 0`

func keyAlarmArgs(public string) []any {
	return []any{string(station.NewKey), station.KeyName(public)}
}

// EnrolKey says that the key of this program is that of a station: under the
// name that was given ([Options]), else as it was, or in the place of the only
// one that the record has. An admin does, with a reason; see
// [station.MayManageKey]. The alarms about the key end with it.
func (d *DHR) EnrolKey(ctx context.Context, by, reason string) (leaf int64, err error) {
	_, public, err := d.key(ctx)
	if err != nil {
		return 0, err
	}
	return d.write(ctx, auditEntry{what: "enrol-key", who: by, why: reason}, func(t *tx) error {
		if err := t.checkPermissionHere(by, station.MayManageKey); err != nil {
			return err
		}
		if err := station.ReasonGiven(station.MayManageKey, reason); err != nil {
			return err
		}
		l := store.EnrolmentList{}
		if err := t.Each(store.SelectEnrolments, nil, l.Add); err != nil {
			return err
		}
		name, err := station.Enrolments(l).NameFor(public, d.named, host())
		if err != nil {
			return err
		}
		if err := station.Enrolments(l).AllowEnrol(public, store.Text(name)); err != nil {
			return err
		}
		if err := t.enrol(public, name); err != nil {
			return err
		}
		return t.closeKeyAlarms(public)
	})
}

func (t *tx) closeKeyAlarms(public string) error {
	ids, err := t.IDs(selectKeyAlarms, keyAlarmArgs(public)...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.Update("alarms", []any{id}, store.Values{"closed": store.Stamp(t.Now), "closed_by": t.Leaf.Who, "reason": t.Leaf.Why}); err != nil {
			return err
		}
	}
	return nil
}
