// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/ui/quality"
)

// recordReader is the record as the screen for reading sees it.
func (a *App) recordReader() quality.RecordReader {
	return quality.RecordReader{Find: a.find, UnitHistory: a.unitHistory, Verify: a.verify}
}

func (a *App) find(ctx context.Context, text string, skip int) (string, []quality.FoundUnit, error) {
	found, err := a.dhr.FindMore(ctx, text, skip)
	units, err := foundOf(found.Units, err)
	return found.Took, units, err
}

func (a *App) verify(ctx context.Context, progress func(done, of int64)) (bool, string, error) {
	v, err := a.dhr.Verify(ctx, progress)
	if err != nil || !v.OK {
		return false, v.FirstFault + " " + v.Trusted, err
	}
	return true, v.Trusted, nil
}

func (a *App) unitHistory(ctx context.Context, serial string) (quality.UnitHistory, error) {
	if err := a.learnNames(ctx); err != nil {
		return quality.UnitHistory{}, err
	}
	r, err := a.dhr.Show(ctx, serial)
	if err != nil {
		return quality.UnitHistory{}, notRecorded(serial, err)
	}
	s := quality.UnitHistory{
		Serial: r.Serial, Order: r.Order, Lot: r.Lot, REF: r.REF, Version: r.Version,
		Disposition: r.Disposition, Leaves: len(r.Leaves),
		Signatures: signaturesOf(r.Signatures), Ended: map[int64]quality.BindingEnd{},
	}
	if n := len(r.Leaves); n > 0 {
		s.Leaf = r.Leaves[n-1].Hash
	}
	for _, l := range r.Bindings {
		s.Bindings = append(s.Bindings, bindingOf(l))
		if !l.Superseded {
			s.Live = l.ID
			continue
		}
		s.Ended[l.ID] = quality.BindingEnd{At: *l.SupersededAt, By: l.SupersededBy, Second: l.SupersededSecond, Reason: l.SupersededWhy}
	}
	for _, l := range r.Attempts {
		s.Attempts = append(s.Attempts, attemptOf(l))
	}
	for _, l := range r.Prints {
		s.Prints = append(s.Prints, station.Print{
			N: l.N, At: l.At, By: l.By, State: l.State, Reason: l.Reason, Approver: l.Approver, Hash: l.Hash, Proof: proofOf(l),
		})
	}
	for _, l := range r.Moves {
		s.Moves = append(s.Moves, quality.TransitionHistory{From: l.From, To: l.To, Reason: l.Reason, By: l.By, Second: l.Second, At: l.At, Leaf: l.Leaf})
	}
	for _, l := range r.Alarms {
		s.Alarms = append(s.Alarms, alarmOf(r.Serial, l))
	}
	proof, err := a.dhr.ProveUnit(ctx, serial)
	if err != nil {
		return s, err
	}
	s.Proof = quality.UnitProof{OK: proof.OK, Leaves: proof.Leaves, Signed: proof.Signed, Checkpoint: proof.Checkpoint, Fault: proof.FirstFault}
	s.Label, err = a.lastLabel(ctx, r)
	return s, err
}

// lastLabel is a picture of the unit's newest label, drawn again; nil where
// that gave other dots than were printed.
func (a *App) lastLabel(ctx context.Context, r record.Unit) (image.Image, error) {
	if len(r.Prints) == 0 {
		return nil, nil
	}
	product, err := a.dhr.Product(ctx, r.REF, r.Version)
	if err != nil {
		return nil, err
	}
	labels, err := a.relabellers(ctx)
	if err != nil {
		return nil, err
	}
	picture, err := report.Redraw(labels, product, r, r.Prints[len(r.Prints)-1])
	if err != nil || picture == nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(picture))
}

func alarmOf(serial string, l record.Alarm) station.Alarm {
	a := station.Alarm{ID: l.ID, Code: l.Code, Serial: serial, Text: l.Text, At: l.At, By: l.By, ClosedBy: l.ClosedBy, Reason: l.Reason}
	if l.Closed != nil {
		a.Closed = *l.Closed
	}
	return a
}

// proofOf is how a label was proven.
func proofOf(l record.Print) station.ScanProof {
	if l.Proof == nil {
		return station.ScanProof{}
	}
	const ms = time.Millisecond
	p := station.ScanProof{Method: station.ScanMethod(l.Proof.Method), Keys: l.Proof.Keys, Took: time.Duration(l.Proof.MS) * ms, Longest: time.Duration(l.Proof.LongestMS) * ms}
	if l.Proof.Method == l.Proof.Words { // not recorded
		p.Method = ""
	}
	return p
}

func bindingOf(l record.Binding) station.Binding {
	return station.Binding{
		ID: l.ID, IMEI: identity.IMEI(l.IMEI), IMEI2: identity.IMEI(l.IMEI2), ICCID: identity.ICCID(l.ICCID),
		IMSI: identity.IMSI(l.IMSI), EID: identity.EID(l.EID), Maker: l.Maker, Model: l.Model, Firmware: l.Firmware, At: l.At, By: l.By,
	}
}

func attemptOf(l record.Attempt) quality.AttemptHistory {
	a := quality.AttemptHistory{Code: l.Code, Attempt: station.Attempt{
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
