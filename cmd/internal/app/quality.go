// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/record"
	"bindery/ui/quality"
)

// qualityService is the record as quality and leads work with it.
//
// What writes is wrapped one by one: a unit or a lot that went away between two
// screens is a refusal there, with its name, and not a fault of the bench.
func (a *App) qualityService() quality.Services {
	d := a.dhr
	return quality.Services{
		BadgeHolder: a.dhr.BadgeHolder, SignIn: a.dhr.SignIn, SetSecret: a.setSecret,
		Waiting: a.waiting, Units: a.unitsOf, Alarms: a.openAlarms, Orders: d.OpenOrders, Lots: d.OpenLots, Definitions: d.Unapproved,
		Order: a.orderView, Lot: a.lotView, Definition: a.definitionView,
		Move: func(ctx context.Context, m record.MoveRequest) (int64, error) {
			return orNotRecorded(m.Serial)(d.Move(ctx, m))
		},
		CloseAlarm: func(ctx context.Context, id int64, by, reason string) (int64, error) {
			return orNotRecorded(strconv.FormatInt(id, 10))(d.CloseAlarm(ctx, id, by, reason))
		},
		RebuildIndex: d.RebuildIndex,
		CloseOrder: func(ctx context.Context, order, by, reason string) (int64, error) {
			return orNotRecorded(order)(d.CloseOrder(ctx, order, by, reason))
		},
		ExplainLabels: func(ctx context.Context, order, by, reason string) (int64, error) {
			return orNotRecorded(order)(d.ExplainLabels(ctx, order, by, reason))
		},
		ReleaseLot: func(ctx context.Context, s record.Signing, lot string) (int64, error) {
			return orNotRecorded(lot)(d.ReleaseLot(ctx, s, lot))
		},
		Approve: func(ctx context.Context, s record.Signing, ref string, version int) (int64, error) {
			return orNotRecorded(ref)(d.ApproveProduct(ctx, s, ref, version))
		},
		ScopeCount: a.scopeCount, ScopeUnits: a.scopeUnits, ScopeValues: a.scopeValues,
		HistoryFiles: a.historyFiles, History: a.historyList, HistorySample: d.HistorySample, ImportHistory: a.importHistory,
		PreviewHistory: lookAtHistory, WithdrawHistory: d.WithdrawHistory,
		LeaveOut: a.leaveOut, CompareHistory: d.CompareHistory, AcceptHistory: d.AcceptHistory,
		ListFiles: listFiles, Preview: a.previewList, Compare: a.compareList, Comparisons: d.Reconciliations, ChangesSince: a.changesSince, OpenCase: a.openCase, Cases: a.cases,
		Case: a.caseView, CaseUnits: a.caseUnits, UpdateCase: a.updateCase, CloseCase: d.CloseCase, CountAnswers: a.countAnswers,
		PreviewFile: a.previewCaseFile, WriteFile: a.writeCaseFile,
		Flags: a.flagsInForce,
		Flag: func(ctx context.Context, by string, f record.FlagRequest) (int64, error) {
			return orNotRecorded(f.Serial)(d.Flag(ctx, by, f))
		},
		Unflag: d.Unflag,
		Reveal: d.Reveal, Export: a.export, Folder: a.exports(),
		PersonName:      a.called,
		ReadPreferences: ownPreferences().read, KeepPreferences: ownPreferences().write,
		Copy: func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) },
		Now:  wire.SystemClock{}.Now,
	}
}

// midnight is when this day began, by the clock on the wall.
func midnight() time.Time {
	now := wire.SystemClock{}.Now()
	return station.DayOf(now).Begins(now.Location())
}

// waiting counts what is on each list, so that an empty one need not be opened.
func (a *App) waiting(ctx context.Context) (map[record.WorkList]int, error) {
	return a.dhr.WorkListCounts(ctx, midnight())
}

// unitsOf is one page of a list; all lists but that of today are a disposition.
func (a *App) unitsOf(ctx context.Context, s record.WorkList, skip int) ([]record.Match, error) {
	if s == record.Today {
		return a.dhr.BoundSince(ctx, midnight(), skip)
	}
	return a.dhr.Waiting(ctx, station.Disposition(s), skip)
}

// openAlarms reads the names of people first: an alarm tells who raised it.
func (a *App) openAlarms(ctx context.Context) ([]station.Alarm, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.UnclosedAlarms(ctx)
}

// flagsInForce reads the names of people first: a flag tells who set it.
func (a *App) flagsInForce(ctx context.Context) ([]record.FlagView, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.Flags(ctx)
}

// orderView is an order as it is shown before it is closed.
func (a *App) orderView(ctx context.Context, id string) (record.OrderView, error) {
	o, err := a.dhr.OrderView(ctx, id)
	return o, notRecorded(id, err)
}

// lotView is a lot as it is shown before it is signed, with the hash of that.
func (a *App) lotView(ctx context.Context, lot string) (record.LotView, error) {
	l, err := a.dhr.LotView(ctx, lot)
	return l, notRecorded(lot, err)
}

// definitionView is a definition as it is shown before it is approved.
func (a *App) definitionView(ctx context.Context, ref string, version int) (quality.DefinitionView, error) {
	d, err := a.dhr.ProductView(ctx, ref, version)
	if err == nil {
		err = a.learnNames(ctx)
	}
	if err != nil {
		return quality.DefinitionView{}, notRecorded(ref, err)
	}
	s := quality.DefinitionView{ProductView: d, Own: wire.OwnDialects(d.Dialects)}
	s.Sample, _ = a.sample(d.LayoutHash) // the set-up screen says what is wrong with a layout
	return s, nil
}
