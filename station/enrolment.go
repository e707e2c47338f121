// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"strings"
	"time"
)

// A station is its key: what it is called follows from who enrolled the key,
// never from what a program says of itself.

// Enrolment says that a key is that of a station, from a leaf on.
type Enrolment struct {
	Key     string    `json:"key"` // public key
	Station string    `json:"station"`
	By      string    `json:"by"` // person ID or account; "" where a record of version 1 does not say
	Reason  string    `json:"reason"`
	At      time.Time `json:"at"`
	Leaf    int64     `json:"leaf"`
}

// Enrolments are all of a record, the oldest first.
type Enrolments []Enrolment

// Of is the enrolment of a key that is in force: its last, unless the station
// was given to another key since. It is nil where there is none.
func (l Enrolments) Of(key string) *Enrolment {
	i := l.last(func(e Enrolment) bool { return e.Key == key })
	if i < 0 || l.last(func(e Enrolment) bool { return e.Station == l[i].Station }) != i {
		return nil
	}
	return &l[i]
}

// Last is the last enrolment of a key, in force or not; nil where there is none.
func (l Enrolments) Last(key string) *Enrolment {
	if i := l.last(func(e Enrolment) bool { return e.Key == key }); i >= 0 {
		return &l[i]
	}
	return nil
}

// Until are those up to a leaf.
func (l Enrolments) Until(leaf int64) Enrolments {
	n := 0
	for n < len(l) && l[n].Leaf <= leaf {
		n++
	}
	return l[:n]
}

func (l Enrolments) last(is func(Enrolment) bool) int {
	for i, e := range slices.Backward(l) {
		if is(e) {
			return i
		}
	}
	return -1
}

// Span is an enrolment, and for how long it was in force.
type Span struct {
	Enrolment
	Ended int64 `json:"ended"` // leaf of the enrolment of its key, or of its station, that came after it; 0 while it is in force
}

// Spans are the enrolments of a key, the oldest first.
func (l Enrolments) Spans(key string) (spans []Span) {
	for i, e := range l {
		if e.Key != key {
			continue
		}
		s := Span{Enrolment: e}
		if n := slices.IndexFunc(l[i+1:], func(later Enrolment) bool { return later.Key == key || later.Station == e.Station }); n >= 0 {
			s.Ended = l[i+1+n].Leaf
		}
		spans = append(spans, s)
	}
	return spans
}

// Ended is the leaf from which a key is no station any more; 0 while it is one,
// or never was.
func (l Enrolments) Ended(key string) int64 {
	if spans := l.Spans(key); len(spans) > 0 {
		return spans[len(spans)-1].Ended
	}
	return 0
}

// Stations are the names that a key is enrolled under now, sorted.
func (l Enrolments) Stations() []string {
	var names []string
	for _, e := range l {
		if l.Of(e.Key) != nil && !slices.Contains(names, l.Of(e.Key).Station) {
			names = append(names, l.Of(e.Key).Station)
		}
	}
	slices.Sort(names)
	return names
}

// Alike is another name of a station, now or before, that people take for
// this one; "" where there is none.
func (l Enrolments) Alike(name string) string {
	for _, e := range l {
		if e.Station != name && Fold(e.Station) == Fold(name) {
			return e.Station
		}
	}
	return ""
}

// Check says whether the program with this key may work as a station, and as
// which. named is what it was told that it is called, "" for nothing. No key at
// provision is enrolled in a new record: then there is nothing to refuse, and the
// name is "". Its error is a *Fault.
func (l Enrolments) Check(key, named string) (name string, err error) {
	if len(l) == 0 {
		return "", nil
	}
	e := l.Of(key)
	switch {
	case e == nil && l.Ended(key) != 0:
		return "", NewFault(StationNotEnrolled, KeyName(key)+", which another key has replaced", nil)
	case e == nil:
		return "", NewFault(StationNotEnrolled, KeyName(key), nil)
	case named != "" && named != e.Station:
		return e.Station, NewFault(StationOtherName, e.Station+", not "+named, nil)
	}
	return e.Station, nil
}

// NameFor is what a key is to be called when it is enrolled: as it is told,
// else as it was, else as the only station of the record, whose key it takes
// the place of. host is the name for the first of a record. The refusal says
// that the name must be given.
func (l Enrolments) NameFor(key, named, host string) (string, error) {
	names := l.Stations()
	switch e := l.Of(key); {
	case named != "":
		return named, nil
	case e != nil:
		return e.Station, nil
	case len(l) == 0:
		return host, nil
	case len(names) == 1:
		return names[0], nil
	}
	return "", Refuse(StationNameMissing, strings.Join(names, ", "))
}

// AllowEnrol refuses to enrol a key under the name that it has, or under one that
// people take for that of another station. Its error is a *Refusal.
func (l Enrolments) AllowEnrol(key, name string) error {
	if e := l.Of(key); e != nil && e.Station == name {
		return Refuse(NothingDue, "the key is enrolled as "+name+".")
	}
	if other := l.Alike(name); other != "" {
		return Refuse(NameMalformed, "station: "+name+" differs from "+other+" in capitals only, or in how it is coded.")
	}
	return nil
}

// KeyName is what a public key is called where people read: without its last
// part, as NAME+HASH, which tells it from any other.
func KeyName(public string) string {
	// Only the last part, of base64, can have another plus sign.
	parts := strings.SplitN(public, "+", 3)
	return strings.Join(parts[:min(len(parts), 2)], "+")
}
