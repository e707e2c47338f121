// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"os"

	"bindery/station"
	"bindery/station/dhr/store"
)

// selfIn is this program as the record stands in a transaction.
func (d *DHR) selfIn(t *tx) (*ownProgram, error) {
	var mark ownProgramMark
	err := t.Get(`SELECT (SELECT coalesce(max(id), 0) FROM enrolments), (SELECT count(*) FROM station_keys),
		(SELECT coalesce(max(id), 0) FROM programs)`, nil, &mark.enrolled, &mark.keys, &mark.programs)
	if err != nil {
		return nil, err
	}
	key := d.own.shown(d.keyFile)
	if s := d.self; s != nil && s.mark == mark && s.key == key {
		return s, nil
	}
	s := &ownProgram{mark: mark, key: key}
	l := store.EnrolmentList{}
	if err := t.Each(store.SelectEnrolments, nil, l.Add); err != nil {
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

// Enrolments are all of the record, the oldest first.
func (d *DHR) Enrolments(ctx context.Context) (station.Enrolments, error) {
	l := store.EnrolmentList{}
	err := d.reads.Each(ctx, store.SelectEnrolments, nil, l.Add)
	return station.Enrolments(l), store.AsFault(err)
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
