// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/quality"
)

// qualityService is the record as quality and leads work with it.
func (a *App) qualityService() quality.Services {
	d := a.dhr
	return quality.Services{
		Bearer: a.dhr.BadgeHolder, SignIn: a.dhr.SignIn, SetSecret: a.setSecret,
		Waiting: a.waiting, Units: a.unitsOf, Alarms: a.openAlarms, Orders: a.openOrders, Lots: d.OpenLots, Definitions: d.Unapproved,
		Order: a.orderSheet, Lot: a.lotSheet, Definition: a.definitionSheet,
		Move: func(ctx context.Context, m quality.Move) (int64, error) {
			return orNotRecorded(m.Serial)(d.Move(ctx, dhr.MoveRequest{Serial: m.Serial, To: m.To, By: m.By, Second: m.Second, Reason: m.Reason}))
		},
		CloseAlarm: func(ctx context.Context, id int64, by, reason string) (int64, error) {
			return orNotRecorded(strconv.FormatInt(id, 10))(d.CloseAlarm(ctx, id, by, reason))
		},
		CloseOrder: func(ctx context.Context, order, by, reason string) (int64, error) {
			return orNotRecorded(order)(d.CloseOrder(ctx, order, by, reason))
		},
		ExplainLabels: func(ctx context.Context, order, by, reason string) (int64, error) {
			return orNotRecorded(order)(d.ExplainLabels(ctx, order, by, reason))
		},
		ReleaseLot: func(ctx context.Context, s quality.Signing, lot string) (int64, error) {
			return orNotRecorded(lot)(d.ReleaseLot(ctx, signing(s), lot))
		},
		Approve: func(ctx context.Context, s quality.Signing, ref string, version int) (int64, error) {
			return orNotRecorded(ref)(d.ApproveProduct(ctx, signing(s), ref, version))
		},
		Reveal: d.Reveal, Export: a.export, Folder: a.exports(),
		Called: a.called,
		Own:    ownPreferences().read, Keep: ownPreferences().write,
		Copy: func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) },
		Now:  wire.Clock{}.Now,
	}
}

// orNotRecorded makes it a refusal, as screens know it, that the record does not
// have what was to be acted on.
func orNotRecorded(what string) func(int64, error) (int64, error) {
	return func(leaf int64, err error) (int64, error) { return leaf, notRecorded(what, err) }
}

// notRecorded is that refusal where the record says that it does not know something.
func notRecorded(what string, err error) error {
	if errors.Is(err, dhr.ErrUnknown) {
		return station.Refuse(station.NotRecorded, station.Shown(what))
	}
	return err
}

func signing(s quality.Signing) dhr.Signing {
	return dhr.Signing{Badge: s.Badge, Password: s.Password, Meaning: s.Meaning, Shown: s.Shown}
}

// midnight is when this day began, by the clock on the wall.
func midnight() time.Time {
	now := wire.Clock{}.Now()
	return station.DayOf(now).Begins(now.Location())
}

func (a *App) waiting(ctx context.Context) (map[quality.WorkList]int, error) {
	k, err := a.dhr.Desk(ctx, midnight())
	return map[quality.WorkList]int{
		quality.Quarantined: k.Quarantined, quality.InProcess: k.InProcess, quality.OpenAlarms: k.Alarms, quality.OpenOrders: k.Orders,
		quality.LotsToRelease: k.Lots, quality.ToApprove: k.Definitions, quality.Today: k.Today,
	}, err
}

func (a *App) unitsOf(ctx context.Context, s quality.WorkList, skip int) ([]quality.FoundUnit, error) {
	if s == quality.Today {
		return foundOf(a.dhr.BoundSince(ctx, midnight(), skip))
	}
	return foundOf(a.dhr.Waiting(ctx, station.Disposition(s), skip))
}

func foundOf(found []record.Match, err error) ([]quality.FoundUnit, error) {
	var units []quality.FoundUnit
	for _, u := range found {
		f := quality.FoundUnit{
			Serial: u.Serial, Order: u.Order, Lot: u.Lot, IMEI: identity.IMEI(u.IMEI), ICCID: identity.ICCID(u.ICCID), Disposition: u.Disposition,
		}
		if u.BoundAt != nil {
			f.Bound = *u.BoundAt
		}
		units = append(units, f)
	}
	return units, err
}

func (a *App) openAlarms(ctx context.Context) ([]station.Alarm, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.UnclosedAlarms(ctx)
}

func (a *App) openOrders(ctx context.Context) ([]quality.OrderSheet, error) {
	list, err := a.dhr.OpenOrders(ctx)
	var sheets []quality.OrderSheet
	for _, c := range list {
		sheets = append(sheets, sheetOf(c))
	}
	return sheets, err
}

func sheetOf(c record.OrderCounts) quality.OrderSheet {
	return quality.OrderSheet{
		ID: c.Order, Lot: c.Lot, Closed: c.Closed, Planned: c.Planned, Built: c.Built, InProcess: c.InProcess, Passed: c.Passed,
		Quarantined: c.Quarantined, Reworked: c.Reworked, Scrapped: c.Scrapped, Released: c.Released, Alarms: c.Alarms,
		Labels: station.LabelReconciliation{Open: c.Prints},
	}
}

func (a *App) orderSheet(ctx context.Context, id string) (quality.OrderSheet, error) {
	o, err := a.dhr.OrderSheet(ctx, id)
	s := sheetOf(o.OrderCounts)
	s.Labels, s.Left = o.Labels, o.Left
	return s, notRecorded(id, err)
}

func (a *App) lotSheet(ctx context.Context, lot string) (quality.LotSheet, error) {
	l, err := a.dhr.LotSheet(ctx, lot)
	s := quality.LotSheet{Lot: l.Lot, Shown: l.Shown, Left: l.Left, Signatures: signaturesOf(l.Signatures)}
	for i, c := range l.Orders {
		o := sheetOf(c)
		o.Labels = l.Labels[i].LabelReconciliation
		s.Orders = append(s.Orders, o)
	}
	return s, notRecorded(lot, err)
}

func (a *App) definitionSheet(ctx context.Context, ref string, version int) (quality.DefinitionSheet, error) {
	d, err := a.dhr.DefinitionSheet(ctx, ref, version)
	if err == nil {
		err = a.learnNames(ctx)
	}
	if err != nil {
		return quality.DefinitionSheet{}, notRecorded(ref, err)
	}
	s := quality.DefinitionSheet{Product: d.Product, Author: d.Author, Hash: d.Hash, Signatures: signaturesOf(d.Signatures)}
	for _, own := range wire.OwnDialects(d.Dialects) {
		s.Own = append(s.Own, quality.Text{Name: own.Name, Hash: own.Hash, Text: string(own.Text), Unlisted: own.Unlisted})
	}
	s.Sample, _ = a.sample(d.LayoutHash) //nolint:errcheck // the set-up screen says what is wrong with a layout
	return s, nil
}

func signaturesOf(list []record.Signature) []quality.Signature {
	var out []quality.Signature
	for _, s := range list {
		var statement struct{ Shown string }
		_ = json.Unmarshal([]byte(s.Statement), &statement) // what is no statement of a lot has no such part
		out = append(out, quality.Signature{
			Meaning: s.Meaning, Name: s.Name, Role: s.Role, Hash: s.Hash, Shown: statement.Shown, At: s.At, Zone: s.Zone, Leaf: s.Leaf,
			Holds: holdingOf(s.Holds),
		})
	}
	return out
}

func holdingOf(h *record.SignatureStatus) *quality.Holding {
	if h == nil {
		return nil
	}
	out := quality.Holding{Unit: h.Unit, Units: h.Units, Later: h.Later, Next: h.Next}
	for _, c := range h.Changed {
		out.Changed = append(out.Changed, quality.HoldingChange{Serial: c.Serial, What: strings.TrimPrefix(c.What, "move-"), At: c.At, Leaf: c.Leaf})
	}
	return &out
}
