// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// printIncident shows what others say of a unit: lists of other systems, flags,
// and SIMs that it was given in the field. They come before what the record itself
// knows, for who looks up a unit in an incident must see first that it is stolen;
// and each says who says so, since none of it was observed by this station.
func printIncident(w io.Writer, r record.UnitView, who func(id string) string) {
	for _, f := range r.Flags {
		state := "IN FORCE"
		if f.Ended != nil {
			state = "ended " + local(*f.Ended) + " by " + who(f.EndedBy) + ": " + f.EndReason
		}
		fmt.Fprintf(w, "flag  %s  since %s by %s: %s\n  %s\n", f.Flag, local(f.Since), who(f.By), f.Reason, state)
	}
	if u := r.Imported; u != nil {
		fmt.Fprintf(w, "from before  %s, row %d of %s from %s; not observed by this station\n  ref %s, order %s, lot %s, %s by %s at %s, %s\n", u.Disposition,
			u.Row, u.File, u.Source, u.REF, u.Order, u.Lot, orUndated(u.BoundAt), orUnknown(u.Operator), orUnknown(u.Station), orUnknown(u.Was))
		// Who decided here about a unit of another system, after its list was accepted.
		if u.Changed != nil {
			fmt.Fprintf(w, "  %s %s by %s%s: %s\n", u.Disposition, local(*u.Changed), who(u.By), labelled(" and ", who(u.Second)), u.Reason)
		}
		for _, b := range u.Bindings {
			printImportedBinding(w, b)
		}
	}
	for _, s := range r.SIMs {
		until := ""
		if s.To != nil {
			until = " to " + local(*s.To)
		}
		fmt.Fprintf(w, "subscription  ICCID %s%s  from %s%s%s\n  %s, row %d of %s, %s\n", s.ICCID, labelled("  IMSI ", s.IMSI), local(s.From), until,
			labelled(": ", s.Reason), s.Source, s.Row, s.File, orUnknown(s.SaidBy))
	}
}

// printImportedBinding shows a binding with the list that tells of it. Dates are
// as they were written, also half ones: a list of 2012 that says "March" is not
// made to say the first of it.
func printImportedBinding(w io.Writer, b record.ImportedBindingView) {
	state := "live"
	if !b.Live {
		state = "given up"
	}
	fmt.Fprintf(w, "binding of %s  %s  %s%s%s%s\n  %s%s%s%s%s\n  %s %s, firmware %s\n", b.Source, state, orUndated(b.Dated), labelled(" to ", b.Undated),
		labelled(" by ", b.By), labelled(": ", b.Reason), labelled("IMEI ", b.IMEI), labelled("  second IMEI ", b.IMEI2), labelled("  ICCID ", b.ICCID),
		labelled("  IMSI ", b.IMSI), labelled("  EID ", b.EID), b.Maker, b.Model, b.Firmware)
}

// orUndated says that a list has no date, which an empty place would hide.
func orUndated(s string) string {
	if s == "" {
		return "undated"
	}
	return s
}

// orUnknown likewise says that a list does not tell.
func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// simsAt are the SIMs of a unit at a moment.
type simsAt struct {
	Serial string              `json:"serial"`
	At     time.Time           `json:"at"`
	SIMs   []station.SIMPeriod `json:"sims"`
}

// showSIMAt answers whose SIM it was at one moment, which is what a carrier asks:
// a bill names a time and an ICCID. The rule that a swap ends the SIM before it is
// [station.SIMPeriods].
func showSIMAt(ctx context.Context, d *dhr.DHR, serial, text string) (answer, error) {
	at := station.Moment(text)
	if at.IsZero() {
		return nil, wrongUse("--at is time with its zone, such as 2026-01-05T13:33:00Z")
	}
	list, err := d.SIMAt(ctx, serial, at)
	return &simsAt{serial, at, list}, err
}

// "as far as the record knows": a swap in the field that nobody has brought in is
// not among them.
func (s *simsAt) text(w io.Writer) {
	if len(s.SIMs) == 0 {
		fmt.Fprintf(w, "%s had no SIM at %s, as far as the record knows\n", s.Serial, local(s.At))
	}
	for _, p := range s.SIMs {
		until := "to " + momentOr(&p.To, "now")
		if p.GivenUp {
			until = "given up at " + aTimeUnknown
		}
		fmt.Fprintf(w, "%s  ICCID %s%s%s  from %s %s  (%s)\n", p.Serial, p.ICCID.Full(), labelled("  IMSI ", p.IMSI.Full()), labelled("  EID ", p.EID.Full()), momentOr(&p.From, "unknown"), until, p.Origin)
	}
}
