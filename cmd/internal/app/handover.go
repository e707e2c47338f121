// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/safefile"
	"bindery/ui/quality"
)

// scopeOf is what may be handed over, by its name on the screen.
var scopeOf = map[string]record.ExportBy{"unit": record.BySerial, "order": record.ByOrder, "lot": record.ByLot}

// endings are those of the files, by form.
var endings = map[string]string{"pdf": ".pdf", "csv": ".csv", "xlsx": ".xlsx", "json": ".jsonl", "bundle": ".zip"}

// export hands the record of a unit, order or lot over, under a name that tells
// when. The time is in it, so that two exports of one lot stand side by side and
// neither replaces the other.
func (a *App) export(ctx context.Context, h quality.Handover, progress func(done, of int64)) (record.Export, error) {
	folder, err := a.exportsTo(h.Folder)
	if err != nil {
		return record.Export{}, err
	}
	name := fmt.Sprintf("%s-%s-%s%s", h.Of, fileName(h.Name), stamp(wire.SystemClock{}.Now()), endings[h.Form])
	job := report.ExportJob{
		Subject: report.Subject{Kind: report.Units, Scope: record.ExportSubject{By: scopeOf[h.Of], Name: h.Name}}, Form: report.Form(h.Form),
		File: unused(filepath.Join(folder, name)), By: h.By, Clock: wire.SystemClock{}, Progress: progress,
	}
	// A PDF and a bundle show the labels; the other forms ask for none of them.
	if job.Labels, err = a.relabellers(ctx); err != nil {
		return record.Export{}, err
	}
	return report.Export(ctx, a.dhr, job)
}

// exports is the folder for what is handed over unless another is named.
func (a *App) exports() string {
	folder := filepath.Join(filepath.Dir(a.settings.DB), "exports")
	if whole, err := filepath.Abs(folder); err == nil {
		return whole
	}
	return folder
}

// exportsTo makes the folder that somebody has named; what is no whole path is
// beside the record.
func (a *App) exportsTo(folder string) (string, error) {
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(filepath.Dir(a.settings.DB), folder)
	}
	// For the account alone, as the record that it comes from.
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

// stamp is a time in the name of a file. The letters in it keep its digits from
// those of a serial before it: together they would look like an identity, and be
// masked wherever the file is named.
func stamp(at time.Time) string { return at.Format("at-20060102T150405") }

// fileName is a name of the record as the name of a file. There is never an
// identity in it.
func fileName(name string) string {
	// A file name ends in mails, logs and lists of downloads.
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

// relabellers draw labels again as they were printed. They are kept until a layout is
// added: reading all of them for each export takes longer than the export.
func (a *App) relabellers(ctx context.Context) ([]station.Labeller, error) {
	d := &a.renderers
	kept, err := a.dhr.Layouts(ctx)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.layouts != len(kept) {
		d.sets = nil
		for _, dpi := range labels.Resolutions {
			set, err := wire.Layouts(ctx, a.dhr, dpi)
			if err != nil {
				return nil, err
			}
			d.sets = append(d.sets, set)
		}
		d.layouts = len(kept)
	}
	return slices.Clone(d.sets), nil // whoever draws puts them in another order
}
