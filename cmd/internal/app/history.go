// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"path/filepath"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/ui/quality"
)

// historyFiles reads the names of people first: a list tells who brought it in.
func (a *App) historyFiles(ctx context.Context) ([]station.HistoryFile, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.HistoryFiles(ctx)
}

// historyList is a list with what is still to be decided of it.
func (a *App) historyList(ctx context.Context, id int64) (l quality.HistoryList, err error) {
	// Clashes are what keeps an open list from being accepted. Of a list that was decided
	// on nobody asks any more, and to find them takes the whole of it.
	if l.HistoryFile, err = a.dhr.HistoryFile(ctx, id); err == nil && l.AllowChange() == nil {
		l.Clashes, l.Count, err = a.dhr.Clashes(ctx, id)
	}
	if err != nil {
		return l, err
	}
	review, err := a.dhr.HistoryReview(ctx, id)
	l.LeftOut, l.Shown = review.LeftOut, review.Shown
	return l, err
}

// historyFile opens a list, and gives what closes it.
func historyFile(kind station.HistoryKind, path string) (history.List, func(), error) {
	f, size, err := openList(path)
	if err != nil {
		return history.List{}, nil, err
	}
	return history.List{Kind: kind, Name: identity.MaskIn(filepath.Base(path)), File: f, Size: size}, func() { f.Close() }, nil
}

// lookAtHistory reads the beginning of a list of units from before.
func lookAtHistory(_ context.Context, path string) (quality.HistoryPreview, error) {
	l, done, err := historyFile(station.UnitList, path)
	if err != nil {
		return quality.HistoryPreview{}, err
	}
	defer done()
	p, err := l.Preview()
	var wrong *history.ListError
	if errors.As(err, &wrong) {
		err = station.Refuse(station.ListUnreadable, wrong.Rows[0].Message)
	}
	return quality.HistoryPreview{Preview: p, Path: path, Name: identity.MaskIn(l.Name)}, listRefused(err)
}

// importHistory brings a list of units from before in, and what was given up where
// that is a list of its own. One that was called off goes on where it was when the
// same file is chosen again.
func (a *App) importHistory(ctx context.Context, job quality.HistoryImport, progress func(done, of int64)) (station.HistoryFile, error) {
	var lists []history.List
	for _, of := range []struct {
		kind station.HistoryKind
		path string
	}{{station.UnitList, job.Path}, {station.GivenUpList, job.GivenUp}} {
		if of.path == "" {
			continue
		}
		l, done, err := historyFile(of.kind, of.path)
		if err != nil {
			return station.HistoryFile{}, err
		}
		defer done()
		l.Source = job.Source
		if of.kind == station.UnitList { // the other has the names of docs/import.md
			l.Mapping = job.Mapping
		}
		lists = append(lists, l)
	}
	// One bar stands for both lists, and never shows more than all.
	files, err := history.Import(ctx, a.dhr, job.By, lists, func(_ string, _ history.List, done, of int64) { progress(done, max(of, done)) })
	if err != nil {
		return station.HistoryFile{}, listRefused(err)
	}
	return files[0], nil
}

// leaveOut takes one row out of a list: at the screen each is looked at by itself.
func (a *App) leaveOut(ctx context.Context, by string, id int64, row record.LeftOutRow) (int64, error) {
	return a.dhr.LeaveOut(ctx, by, id, []record.LeftOutRow{row})
}
