// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/report"
	"bindery/station/safefile"
	"bindery/ui"
)

// desk is the record as quality and leads work with it.
func (b *bench) desk() ui.QualityService {
	d := b.dhr
	return ui.QualityService{
		Waiting: b.waiting, Units: b.unitsOf, Alarms: b.openAlarms, Orders: b.openOrders, Lots: d.OpenLots, Definitions: d.Unapproved,
		Order: b.orderSheet, Lot: b.lotSheet, Definition: b.definitionSheet,
		Move: func(ctx context.Context, m ui.Move) (int64, error) {
			return recorded(m.Serial)(d.Move(ctx, dhr.MoveRequest{Serial: m.Serial, To: m.To, By: m.By, Second: m.Second, Reason: m.Reason}))
		},
		CloseAlarm: func(ctx context.Context, id int64, by, reason string) (int64, error) {
			return recorded(strconv.FormatInt(id, 10))(d.CloseAlarm(ctx, id, by, reason))
		},
		CloseOrder: func(ctx context.Context, order, by, reason string) (int64, error) {
			return recorded(order)(d.CloseOrder(ctx, order, by, reason))
		},
		ExplainLabels: func(ctx context.Context, order, by, reason string) (int64, error) {
			return recorded(order)(d.ExplainLabels(ctx, order, by, reason))
		},
		ReleaseLot: func(ctx context.Context, s ui.Signing, lot string) (int64, error) {
			return recorded(lot)(d.ReleaseLot(ctx, signing(s), lot))
		},
		Approve: func(ctx context.Context, s ui.Signing, ref string, version int) (int64, error) {
			return recorded(ref)(d.ApproveProduct(ctx, signing(s), ref, version))
		},
		Reveal: d.Reveal, Export: b.export, Folder: b.exports(),
		Called: b.called,
		Own:    ownFile().read, Keep: ownFile().write,
		Copy: func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) },
		Now:  wire.Clock{}.Now,
	}
}

// recorded makes it a refusal, as screens know it, that the record does not
// have what was to be acted on.
func recorded(what string) func(int64, error) (int64, error) {
	return func(leaf int64, err error) (int64, error) { return leaf, there(what, err) }
}

func there(what string, err error) error {
	if errors.Is(err, dhr.ErrUnknown) {
		return station.Refuse(station.NotRecorded, station.Shown(what))
	}
	return err
}

func signing(s ui.Signing) dhr.Signing {
	return dhr.Signing{Badge: s.Badge, Password: s.Password, Meaning: s.Meaning, Shown: s.Shown}
}

// midnight is when this day began, by the clock on the wall.
func midnight() time.Time {
	now := wire.Clock{}.Now()
	return station.DayOf(now).Begins(now.Location())
}

func (b *bench) waiting(ctx context.Context) (map[ui.WorkList]int, error) {
	k, err := b.dhr.Desk(ctx, midnight())
	return map[ui.WorkList]int{
		ui.Quarantined: k.Quarantined, ui.InProcess: k.InProcess, ui.OpenAlarms: k.Alarms, ui.OpenOrders: k.Orders,
		ui.LotsToRelease: k.Lots, ui.ToApprove: k.Definitions, ui.Today: k.Today,
	}, err
}

func (b *bench) unitsOf(ctx context.Context, s ui.WorkList, skip int) ([]ui.FoundUnit, error) {
	if s == ui.Today {
		return foundOf(b.dhr.BoundSince(ctx, midnight(), skip))
	}
	return foundOf(b.dhr.Waiting(ctx, station.Disposition(s), skip))
}

func foundOf(found []dhr.FoundUnit, err error) ([]ui.FoundUnit, error) {
	var units []ui.FoundUnit
	for _, u := range found {
		f := ui.FoundUnit{
			Serial: u.Serial, Order: u.Order, Lot: u.Lot, IMEI: identity.IMEI(u.IMEI), ICCID: identity.ICCID(u.ICCID), Disposition: u.Disposition,
		}
		if u.BoundAt != nil {
			f.Bound = *u.BoundAt
		}
		units = append(units, f)
	}
	return units, err
}

func (b *bench) openAlarms(ctx context.Context) ([]station.Alarm, error) {
	if err := b.learnNames(ctx); err != nil {
		return nil, err
	}
	return b.dhr.UnclosedAlarms(ctx)
}

func (b *bench) openOrders(ctx context.Context) ([]ui.OrderSheet, error) {
	list, err := b.dhr.OpenOrders(ctx)
	var sheets []ui.OrderSheet
	for _, c := range list {
		sheets = append(sheets, sheetOf(c))
	}
	return sheets, err
}

func sheetOf(c dhr.Counts) ui.OrderSheet {
	return ui.OrderSheet{
		ID: c.Order, Lot: c.Lot, Closed: c.Closed, Planned: c.Planned, Built: c.Built, InProcess: c.InProcess, Passed: c.Passed,
		Quarantined: c.Quarantined, Reworked: c.Reworked, Scrapped: c.Scrapped, Released: c.Released, Alarms: c.Alarms,
		Labels: station.LabelReconciliation{Open: c.Prints},
	}
}

func (b *bench) orderSheet(ctx context.Context, id string) (ui.OrderSheet, error) {
	o, err := b.dhr.OrderSheet(ctx, id)
	s := sheetOf(o.Counts)
	s.Labels, s.Left = o.Labels, o.Left
	return s, there(id, err)
}

func (b *bench) lotSheet(ctx context.Context, lot string) (ui.LotSheet, error) {
	l, err := b.dhr.LotSheet(ctx, lot)
	s := ui.LotSheet{Lot: l.Lot, Shown: l.Shown, Left: l.Left, Signatures: signaturesOf(l.Signatures)}
	for i, c := range l.Orders {
		o := sheetOf(c)
		o.Labels = l.Labels[i].LabelReconciliation
		s.Orders = append(s.Orders, o)
	}
	return s, there(lot, err)
}

func (b *bench) definitionSheet(ctx context.Context, ref string, version int) (ui.DefinitionSheet, error) {
	d, err := b.dhr.DefinitionSheet(ctx, ref, version)
	if err == nil {
		err = b.learnNames(ctx)
	}
	if err != nil {
		return ui.DefinitionSheet{}, there(ref, err)
	}
	s := ui.DefinitionSheet{Product: d.Product, Author: d.Author, Hash: d.Hash, Signatures: signaturesOf(d.Signatures)}
	for _, own := range wire.OwnDialects(d.Dialects) {
		s.Own = append(s.Own, ui.Text{Name: own.Name, Hash: own.Hash, Text: string(own.Text), Unlisted: own.Unlisted})
	}
	s.Sample, _ = b.sample(d.LayoutHash) //nolint:errcheck // the set-up screen says what is wrong with a layout
	return s, nil
}

func signaturesOf(list []dhr.Signature) []ui.Signature {
	var out []ui.Signature
	for _, s := range list {
		var statement struct{ Shown string }
		_ = json.Unmarshal([]byte(s.Statement), &statement) // what is no statement of a lot has no such part
		out = append(out, ui.Signature{
			Meaning: s.Meaning, Name: s.Name, Role: s.Role, Hash: s.Hash, Shown: statement.Shown, At: s.At, Zone: s.Zone, Leaf: s.Leaf,
			Holds: holdingOf(s.Holds),
		})
	}
	return out
}

func holdingOf(h *dhr.SignatureStatus) *ui.Holding {
	if h == nil {
		return nil
	}
	out := ui.Holding{Unit: h.Unit, Units: h.Units, Later: h.Later, Next: h.Next}
	for _, c := range h.Changed {
		out.Changed = append(out.Changed, ui.HoldingChange{Serial: c.Serial, What: strings.TrimPrefix(c.What, "move-"), At: c.At, Leaf: c.Leaf})
	}
	return &out
}

var scopeOf = map[string]dhr.ScopeBy{"unit": dhr.BySerial, "order": dhr.ByOrder, "lot": dhr.ByLot}

var endings = map[string]string{"pdf": ".pdf", "csv": ".csv", "xlsx": ".xlsx", "json": ".jsonl", "bundle": ".zip"}

// export hands the record of a unit, order or lot over, under a name that tells
// when.
func (b *bench) export(ctx context.Context, h ui.Handover, progress func(done, of int64)) (ui.Handed, error) {
	folder, err := b.exportsTo(h.Folder)
	if err != nil {
		return ui.Handed{}, err
	}
	name := fmt.Sprintf("%s-%s-%s%s", h.Of, fileName(h.Name), wire.Clock{}.Now().Format("20060102-150405"), endings[h.Form])
	job := report.Job{
		Subject: report.Subject{Kind: report.Units, Scope: dhr.Scope{By: scopeOf[h.Of], Name: h.Name}}, Form: report.Form(h.Form),
		File: unused(filepath.Join(folder, name)), By: h.By, Clock: wire.Clock{}, Progress: progress,
	}
	if job.Labels, err = b.redrawers(ctx); err != nil {
		return ui.Handed{}, err
	}
	res, err := report.Export(ctx, b.dhr, job)
	return ui.Handed{Files: res.Files, Leaf: res.Leaf}, err
}

// exports is the folder for what is handed over unless another is named.
func (b *bench) exports() string {
	folder := filepath.Join(filepath.Dir(b.settings.DB), "exports")
	if whole, err := filepath.Abs(folder); err == nil {
		return whole
	}
	return folder
}

// exportsTo makes the folder that somebody has named; what is no whole path is
// beside the record.
func (b *bench) exportsTo(folder string) (string, error) {
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(filepath.Dir(b.settings.DB), folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", station.NewFault(station.ExportFault, "the folder cannot be made.", err)
	}
	return folder, nil
}

// unused is the name of a file that nothing has: two may be handed over within
// one second.
func unused(path string) string {
	ext := filepath.Ext(path)
	free := path
	for n := 2; errors.Is(safefile.Rules{}.Check(free), fs.ErrExist) && n < 100; n++ {
		free = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
	}
	return free
}

// fileName is a name of the record as the name of a file. There is never an
// identity in it.
func fileName(name string) string {
	if identity.HasIdentity(name) {
		return "masked" // a number that was scanned for a serial
	}
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, name)
}

// drawers draw the labels of the record again, one for each resolution that a
// printer may have. They are made anew when a layout was added.
type drawers struct {
	mu      sync.Mutex
	layouts int
	sets    []station.Labeller
}

func (b *bench) redrawers(ctx context.Context) ([]station.Labeller, error) {
	d := &b.drawers
	kept, err := b.dhr.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.layouts != len(kept) {
		d.sets = nil
		for _, dpi := range labels.Resolutions {
			set, err := wire.Layouts(ctx, b.dhr, dpi)
			if err != nil {
				return nil, err
			}
			d.sets = append(d.sets, set)
		}
		d.layouts = len(kept)
	}
	return slices.Clone(d.sets), nil // whoever draws puts them in another order
}
