// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/ui"
)

// reader is the record as the screen for reading sees it.
func (b *bench) reader() ui.Reader {
	return ui.Reader{Find: b.find, Story: b.story, Verify: b.verify}
}

func (b *bench) find(ctx context.Context, text string) (string, []ui.FoundUnit, error) {
	found, err := b.dhr.Find(ctx, text)
	if err != nil {
		return "", nil, err
	}
	var units []ui.FoundUnit
	for _, u := range found.Units {
		units = append(units, ui.FoundUnit{
			Serial: u.Serial, Order: u.Order, Lot: u.Lot, IMEI: identity.IMEI(u.IMEI), Disposition: u.Disposition,
		})
	}
	return found.Took, units, nil
}

func (b *bench) verify(ctx context.Context, progress func(done, of int64)) (bool, string, error) {
	v, err := b.dhr.Verify(ctx, progress)
	if err != nil || !v.OK {
		return false, v.FirstFault + " " + v.Trusted, err
	}
	return true, v.Trusted, nil
}

func (b *bench) story(ctx context.Context, serial string) (ui.Story, error) {
	r, err := b.dhr.Show(ctx, serial)
	if err != nil {
		return ui.Story{}, err
	}
	s := ui.Story{
		Serial: r.Serial, Order: r.Order, Lot: r.Lot, REF: r.REF, Version: r.Version,
		Disposition: r.Disposition, Leaves: len(r.Leaves),
	}
	if n := len(r.Leaves); n > 0 {
		s.Leaf = r.Leaves[n-1].Hash
	}
	for _, l := range r.Bindings {
		s.Bindings = append(s.Bindings, bindingOf(l))
		if !l.Superseded {
			s.Live = l.ID
		}
	}
	for _, l := range r.Attempts {
		s.Attempts = append(s.Attempts, attemptOf(l))
	}
	for _, l := range r.Prints {
		s.Prints = append(s.Prints, station.Print{
			N: l.N, At: l.At, By: l.By, State: l.State, Reason: l.Reason, Approver: l.Approver, Hash: l.Hash,
		})
	}
	return s, nil
}

func bindingOf(l dhr.BindingLine) station.Binding {
	return station.Binding{
		ID: l.ID, IMEI: identity.IMEI(l.IMEI), IMEI2: identity.IMEI(l.IMEI2), ICCID: identity.ICCID(l.ICCID),
		IMSI: identity.IMSI(l.IMSI), EID: identity.EID(l.EID), Maker: l.Maker, Model: l.Model, Firmware: l.Firmware, At: l.At, By: l.By,
	}
}

func attemptOf(l dhr.AttemptLine) ui.StoryAttempt {
	a := ui.StoryAttempt{Code: l.Code, Attempt: station.Attempt{
		ID: l.ID, Order: l.Order, By: l.By, Station: l.Station, Started: l.Started, Ended: l.Started,
		Outcome: l.Outcome, Findings: l.Findings,
	}}
	if l.Ended != nil {
		a.Ended = *l.Ended
	}
	for _, e := range l.Evidence {
		a.Reading.Evidence = append(a.Reading.Evidence, station.Exchange{T: time.Duration(e.Us) * time.Microsecond, Dir: e.Dir, Text: []byte(e.Text)})
	}
	return a
}
