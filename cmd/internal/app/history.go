// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"path/filepath"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/ui/quality"
)

// historyFiles reads the names of people first: a list tells who brought it in.
func (a *App) historyFiles(ctx context.Context) ([]record.HistoryFileView, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.HistoryFiles(ctx)
}

// historyList is a list with what is still to be decided of it.
func (a *App) historyList(ctx context.Context, id int64) (l quality.HistoryList, err error) {
	if l.HistoryFileView, err = a.dhr.HistoryFile(ctx, id); err == nil && l.File(0).AllowChange() == nil {
		l.Clashes, l.Count, err = a.dhr.Clashes(ctx, id)
	}
	return l, err
}

// importHistory brings a list of units from before in. One that was called off goes
// on where it was when the same file is chosen again.
func (a *App) importHistory(ctx context.Context, job quality.HistoryImport, progress func(done, of int64)) (record.HistoryFileView, error) {
	f, size, err := safefile.Open(job.Path)
	if err != nil {
		return record.HistoryFileView{}, station.Refuse(station.ListUnreadable, "there is no ordinary file of that name.")
	}
	defer f.Close()
	list := history.List{Kind: station.UnitList, Source: job.Source, Name: filepath.Base(job.Path), File: f, Size: size}
	files, err := history.Import(ctx, a.dhr, job.By, []history.List{list}, func(_ string, _ history.List, done, of int64) { progress(done, max(of, done)) })
	if err != nil {
		return record.HistoryFileView{}, listRefused(err)
	}
	return files[0], nil
}

func (a *App) leaveOut(ctx context.Context, by string, id int64, row record.LeftOutRow) (int64, error) {
	return a.dhr.LeaveOut(ctx, by, id, []record.LeftOutRow{row})
}
