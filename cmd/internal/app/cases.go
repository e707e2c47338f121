// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr/incident"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/scope"
	"bindery/ui/quality"
)

// cases reads the names of people first: a case tells who opened it.
func (a *App) cases(ctx context.Context) ([]record.Case, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return a.dhr.Cases(ctx)
}

// caseView is a case with what became of it.
func (a *App) caseView(ctx context.Context, name string) (v quality.CaseView, err error) {
	if err = a.learnNames(ctx); err != nil {
		return v, err
	}
	if v.Case, err = a.dhr.Case(ctx, name); err != nil {
		return v, notRecorded(name, err)
	}
	if v.Changes, err = incident.Changes(ctx, a.dhr, v.Case); err != nil {
		return v, err
	}
	if v.Exports, err = a.dhr.IncidentExports(ctx); err != nil {
		return v, err
	}
	// There are few exports in all, a handful a case, so that the record has no query
	// of its own for those of one.
	v.Exports = slices.DeleteFunc(v.Exports, func(e record.IncidentExport) bool { return e.Case != v.ID })
	v.Answers, err = a.dhr.AnswersOf(ctx, v.ID)
	return v, err
}

// caseUnits is a page of the units of a case, as they were saved.
func (a *App) caseUnits(ctx context.Context, id, n int64, skip int) ([]record.Match, error) {
	serials, err := a.dhr.CaseUnits(ctx, id, n)
	if err != nil {
		return nil, err
	}
	// A list may have become shorter since its page was opened.
	skip = min(skip, len(serials))
	return a.dhr.Matches(ctx, serials[skip:min(skip+record.MostFound, len(serials))])
}

// openCase keeps the units of a scope, or of a list of serials, as a case.
func (a *App) openCase(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error) {
	if c.Expr, err = scope.ReadFiles(c.Expr, wire.Lines); err != nil {
		return 0, err
	}
	return incident.OpenCase(ctx, a.dhr, by, c, wire.SystemClock{}.Now().Location())
}

// updateCase lists the units of a case anew; the list before stays.
func (a *App) updateCase(ctx context.Context, by string, c record.NewCaseList) (leaf int64, err error) {
	leaf, err = incident.UpdateCase(ctx, a.dhr, by, c, wire.SystemClock{}.Now().Location())
	return leaf, notRecorded(c.Name, err)
}

// countAnswers takes the table of a field action as it came back. What is wrong with
// it is a refusal, and no fault of the station: somebody else filled it in. A
// message may name a cell, so that numbers in it are masked.
func (a *App) countAnswers(ctx context.Context, by, name, path string) (record.Answers, error) {
	found, err := a.dhr.Case(ctx, name)
	if err != nil {
		return record.Answers{}, notRecorded(name, err)
	}
	rows, list, err := wire.ReadReplies(path)
	var wrong *wire.RepliesError
	if errors.As(err, &wrong) {
		return record.Answers{}, station.Refuse(station.ListUnreadable, identity.MaskIn(wrong.Message)+".")
	} else if err != nil {
		return record.Answers{}, err
	}
	return a.dhr.CountAnswers(ctx, by, found, list, rows)
}

// previewCaseFile is the beginning of the file that an audience would get.
func (a *App) previewCaseFile(ctx context.Context, name string, to station.Audience) (p quality.FilePreview, err error) {
	found, err := a.dhr.Case(ctx, name)
	if err != nil {
		return p, notRecorded(name, err)
	}
	// Of the list that was saved last, as the file will be.
	last := found.Saved[0]
	units, err := a.dhr.CaseUnits(ctx, found.ID, last.N)
	if err != nil {
		return p, err
	}
	swapped, err := report.Swapped(ctx, a.dhr, to, units, last.AsOf)
	if err != nil {
		return p, err
	}
	if len(swapped) > 0 {
		p.Swapped = station.Some(swapped)
	}
	p.Rows, err = report.PreviewIncident(ctx, a.dhr, to, last.Expr, units, wire.SystemClock{}.Now())
	return p, err
}

// writeCaseFile hands the units of a case over, as they were saved last. The name of
// the file tells for whom and when; it is never that of one that is there.
func (a *App) writeCaseFile(ctx context.Context, f quality.CaseFile, progress func(done, of int64)) (leaf int64, files []string, err error) {
	found, err := a.dhr.Case(ctx, f.Case)
	if err != nil {
		return 0, nil, notRecorded(f.Case, err)
	}
	folder, err := a.exportsTo(f.Folder)
	if err != nil {
		return 0, nil, err
	}
	now, last := wire.SystemClock{}.Now(), found.Saved[0]
	name := fmt.Sprintf("%s-%s-%s.%s", fileName(found.Name), f.Export.Audience, stamp(now), f.Form)
	job := report.IncidentJob{Export: f.Export, Form: report.Form(f.Form), File: unused(filepath.Join(folder, name)), At: now, Progress: progress}
	job.Export.Case, job.Export.Expr, job.Export.Scope = found.ID, last.Expr, last.Scope
	if job.Units, err = a.dhr.CaseUnits(ctx, found.ID, last.N); err != nil {
		return 0, nil, err
	}
	done, files, err := report.ExportIncident(ctx, a.dhr, job)
	return done.Leaf, files, err
}
