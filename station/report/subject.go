// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"errors"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/record"
)

// ExportKind is what an export shows.
type ExportKind string

// The kinds.
const (
	Units       ExportKind = "units"       // the device history records of a scope
	Trace       ExportKind = "trace"       // from a lot or order to its units, or from any identity to its unit
	Audit       ExportKind = "audit"       // every leaf of the audit trail
	Allocations ExportKind = "allocations" // every range of numbers, and how much of it is used
)

// Subject is what an export is about.
type Subject struct {
	Kind  ExportKind
	Scope record.ExportSubject // with Units; with Trace the result of [Resolve]
}

// String names the subject as its leaf does, without an identity.
func (s Subject) String() string {
	switch s.Kind {
	case Units:
		return s.Scope.String()
	case Trace:
		return "trace:" + s.Scope.String()
	case Audit, Allocations: // of the whole record
	}
	return "record:" + string(s.Kind)
}

// forward reports whether a trace goes from many to each, not from one number
// to its unit.
func (s Subject) forward() bool { return s.Scope.By == record.ByLot || s.Scope.By == record.ByOrder }

// title is what stands at the head of a paper.
func (s Subject) title() string {
	switch s.Kind {
	case Audit:
		return "Audit trail"
	case Allocations:
		return "Account of allocated numbers"
	case Trace:
		return "Traceability report"
	case Units: // of one or of many
	}
	if s.Scope.By == record.BySerial {
		return "Device history record"
	}
	return "Device history records"
}

// name is what stands on every page beside the title.
func (s Subject) name() string {
	if s.Kind == Audit || s.Kind == Allocations {
		return ""
	}
	switch s.Scope.By {
	case record.ByDates:
		if s.Scope.From == s.Scope.To {
			return string(s.Scope.From)
		}
		return string(s.Scope.From + " to " + s.Scope.To)
	case record.ByIdentity:
		return kindName(s.Scope.Name) + " " + s.Scope.Name
	case record.ByOrder:
		return "Order " + s.Scope.Name
	case record.ByLot:
		return "Lot " + s.Scope.Name
	case record.BySerial: // which says by itself what it is
	}
	return s.Scope.Name
}

// page is what stands on the pages of one unit, so that a loose one still says
// what it was part of.
func (s Subject) page(serial string) string {
	if s.Scope.By == record.ByOrder || s.Scope.By == record.ByLot {
		return s.name() + " · " + serial
	}
	return serial
}

// kindName is what a number is called on paper.
func kindName(s string) string {
	names := map[identity.Kind]string{
		identity.KindIMEI: "IMEI", identity.KindICCID: "ICCID", identity.KindIMSI: "IMSI", identity.KindEID: "EID",
	}
	if name, ok := names[identity.KindOf(s)]; ok {
		return name
	}
	return "Identity"
}

// Resolve finds out what a text to trace is: a serial, an identity that any
// unit ever held, a lot or an order, whole and as the record has it. Nothing
// of that is a *station.Refusal.
func Resolve(ctx context.Context, d *dhr.DHR, text string) (record.ExportSubject, error) {
	return resolve(ctx, d, text, record.BySerial, record.ByIdentity, record.ByLot, record.ByOrder)
}

// resolve is the first of the ways by which the record has something.
func resolve(ctx context.Context, d *dhr.DHR, name string, ways ...record.ExportBy) (scope record.ExportSubject, err error) {
	snap, err := d.Snapshot(ctx)
	if err != nil {
		return scope, err
	}
	defer func() { err = errors.Join(err, snap.Close()) }()
	orders, err := snap.Orders(ctx)
	if err != nil {
		return scope, err
	}
	for _, way := range ways {
		scope = record.ExportSubject{By: way, Name: name}
		n, err := snap.Count(ctx, scope)
		if err != nil {
			return scope, err
		}
		for _, o := range orders {
			if way == record.ByOrder && o.ID == name || way == record.ByLot && o.Lot == name {
				n++ // an order is there before its first unit
			}
		}
		if n > 0 {
			return scope, nil
		}
	}
	return scope, station.Refuse(station.ExportNothing, "that name")
}
