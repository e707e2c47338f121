// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"os"

	"bindery/station"
)

// self is this program as the record knows it.
type self struct {
	mark    selfMark
	key     string          // public key that it has
	station string          // which station that makes it; "" where the key is not enrolled
	no      error           // why it may not work as a station; nil where it may
	build   station.Program // that wrote the last leaf
}

// selfMark tells of the rows that a self follows from whether there are more.
type selfMark struct{ enrolled, keys, programs int64 }

// selfIn is this program as the record stands in a transaction.
func (d *DHR) selfIn(t *tx, mark selfMark) (*self, error) {
	key := d.own.shown(d.keyFile)
	if s := d.self; s != nil && s.mark == mark && s.key == key {
		return s, nil
	}
	s := &self{mark: mark, key: key}
	l := enrolmentList{}
	err := t.each(selectEnrolments, nil, l.add)
	if err != nil {
		return nil, err
	}
	s.station, s.no = d.nameIn(station.Enrolments(l), key)
	s.build, err = t.lastProgram()
	return s, err
}

// nameIn is what the station with a key is called, by its enrolment or, in a
// record that has none, as it is going to be.
func (d *DHR) nameIn(l station.Enrolments, key string) (name string, err error) {
	if name, err = l.Check(key, d.named); err == nil && name == "" {
		return l.NameFor(key, d.named, host())
	}
	return name, err
}

// host is what a station is called to which nobody gave a name.
func host() string {
	if name, err := os.Hostname(); err == nil && name != "" {
		return name
	}
	return "station"
}

// asStation is who writes what depends on the station in this transaction.
func (t *tx) asStation() (name string, err error) { return t.self.station, t.self.no }

// The enrolments of a record. One of version 1 has none: there the keys that
// signed its checkpoints count as enrolled, as do those that signed before the
// first enrolment.
const selectEnrolments = `SELECT key, station, person, reason, at, leaf FROM (
	SELECT key, station, person, reason, at, leaf, id AS n FROM enrolments
	UNION ALL SELECT k.key, k.station, json_extract(l.body, '$.who'), '', substr(l.body, 8, 24), k.leaf, 0
	FROM station_keys k JOIN leaves l ON l.number = k.leaf
	WHERE NOT EXISTS (SELECT 1 FROM enrolments e WHERE e.leaf <= k.leaf))
	ORDER BY leaf, n, key`

type enrolmentList station.Enrolments

func (l *enrolmentList) add(scan func(...any) error) error {
	var e station.Enrolment
	err := scan(&e.Key, &e.Station, &e.By, &e.Reason, (*instant)(&e.At), &e.Leaf)
	*l = append(*l, e)
	return err
}

// Enrolments are all of the record, the oldest first.
func (d *DHR) Enrolments(ctx context.Context) (station.Enrolments, error) {
	l := enrolmentList{}
	err := d.reads.each(ctx, selectEnrolments, nil, l.add)
	return station.Enrolments(l), fault(err)
}

// Station is what this station is called in the record; it asks for no
// passphrase. Its error is a *station.Fault where the key is not enrolled, or
// under another name than was given.
func (d *DHR) Station(ctx context.Context) (name string, err error) {
	l, err := d.Enrolments(ctx)
	if err != nil {
		return "", err
	}
	return d.nameIn(l, d.own.shown(d.keyFile))
}

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
	_, err = d.write(ctx, act{what: "enrol-key", who: by, why: "the first key of the record"}, func(t *tx) error {
		var there bool
		if err := t.get(`SELECT EXISTS (SELECT 1 FROM enrolments)`, nil, &there); err != nil || there {
			return errors.Join(err, errNothing) // another program was faster
		}
		return t.enrol(public, t.self.station)
	})
	return unlessNothing(err)
}

// enrol writes that a key is a station from this leaf on.
func (t *tx) enrol(public, name string) error {
	t.leaf.Subject, t.leaf.Station = text("station:"+name), text(name)
	_, err := t.insert("enrolments", row{
		"key": public, "station": name, "person": t.leaf.Who, "reason": t.leaf.Why, "at": stamp(t.now),
	})
	return err
}

// noteNewKey writes an alarm about a key that is not enrolled, unless one is
// open already.
func (d *DHR) noteNewKey(ctx context.Context, public string) error {
	var open bool
	args := keyAlarmArgs(public)
	if err := d.reads.row(ctx, "SELECT EXISTS ("+selectKeyAlarms+")", args, []any{&open}); err != nil || open {
		return fault(err)
	}
	_, err := d.write(ctx, act{what: "new-key", who: d.computer}, func(t *tx) error {
		ids, err := t.ids(selectKeyAlarms, args...)
		if err != nil || len(ids) > 0 || t.self.no == nil { // another program was faster
			return errors.Join(err, errNothing)
		}
		_, err = t.insert("alarms", row{
			"code": string(station.NewKey), "serial": "", "text": station.NewFinding(station.NewKey, station.KeyName(public)).Message,
			"at": stamp(t.now), "person": d.computer, "closed_by": "", "reason": "",
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

// unlessNothing is err, but for what was not to be written.
func unlessNothing(err error) error {
	if errors.Is(err, errNothing) {
		return nil
	}
	return err
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
	return d.write(ctx, act{what: "enrol-key", who: by, why: reason}, func(t *tx) error {
		if err := t.allowedHere(by, station.MayManageKey); err != nil {
			return err
		}
		if err := station.ReasonGiven(station.MayManageKey, reason); err != nil {
			return err
		}
		l := enrolmentList{}
		if err := t.each(selectEnrolments, nil, l.add); err != nil {
			return err
		}
		name, err := station.Enrolments(l).NameFor(public, d.named, host())
		if err != nil {
			return err
		}
		if e := station.Enrolments(l).Of(public); e != nil && e.Station == text(name) {
			return station.Refuse(station.NothingDue, "the key is enrolled as "+name+".")
		}
		if other := station.Enrolments(l).Alike(name); other != "" {
			return station.Refuse(station.NameMalformed, "station: "+name+" differs from "+other+" in capitals only, or in how it is coded.")
		}
		if err := t.enrol(public, name); err != nil {
			return err
		}
		return t.closeKeyAlarms(public)
	})
}

func (t *tx) closeKeyAlarms(public string) error {
	ids, err := t.ids(selectKeyAlarms, keyAlarmArgs(public)...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := t.update("alarms", []any{id}, row{"closed": stamp(t.now), "closed_by": t.leaf.Who, "reason": t.leaf.Why}); err != nil {
			return err
		}
	}
	return nil
}
