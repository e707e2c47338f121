// SPDX-License-Identifier: Apache-2.0

package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"bindery/cmd/internal/carrier"
	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/safefile"
	"bindery/station/table"
	"bindery/ui/quality"
)

// openList opens the file that was chosen. One that is not there any more is refused:
// a stick was pulled out.
func openList(path string) (*os.File, int64, error) {
	file, size, err := safefile.Open(path)
	if err != nil {
		return nil, 0, station.Refuse(station.ListUnreadable, "the file cannot be read; it may be gone, or be a folder or a device.")
	}
	return file, size, nil
}

// openCarrierList opens a list of a carrier.
func openCarrierList(path string) (*carrier.OpenedList, error) {
	file, size, err := openList(path)
	if err != nil {
		return nil, err
	}
	l, err := carrier.OpenList(path, file, size)
	return l, listRefused(err)
}

// listRefused is what is wrong with a list, as screens know it.
func listRefused(err error) error {
	var wrong *reconcile.CompareError
	// The two tell row and column themselves; an error of the disk stays a fault.
	var unread *table.ReadError
	switch {
	case errors.As(err, &wrong):
		return station.Refuse(station.ListUnreadable, wrong.Error())
	case errors.As(err, &unread):
		return station.Refuse(station.ListUnreadable, unread.Error())
	}
	return err
}

// previewList looks at the beginning of the list of a carrier.
func (a *App) previewList(_ context.Context, path string) (quality.CarrierList, error) {
	c, err := openCarrierList(path)
	if err != nil {
		return quality.CarrierList{}, err
	}
	defer c.Close()
	l := quality.CarrierList{Path: path, Name: c.Name, Header: c.Header, Mapping: c.Mapping}
	for _, row := range c.First {
		var cells []string
		// As text: the screen asks which column is which, and not what kind a cell is.
		for _, cell := range row.Cells {
			cells = append(cells, cell.Text)
		}
		l.First = append(l.First, cells)
	}
	return l, nil
}

// compareList holds a list against the record, keeps that, and gives what it came
// to. The report, if one is wanted, gets its name only when all of it is there.
func (a *App) compareList(ctx context.Context, job quality.CompareJob, progress func(done, of int64)) (done quality.Comparison, err error) {
	c, err := openCarrierList(job.Path)
	if err != nil {
		return done, err
	}
	defer c.Close()
	c.Mapping = job.Mapping
	// The hash names the list in the record. It is made before the comparison, which
	// tells at its end whether the file is still the same.
	hash, err := c.Hash()
	if err != nil {
		return done, err
	}
	out, err := a.compareReport(ctx, job)
	if err != nil {
		return done, err
	}
	// After Publish there is nothing left to discard.
	if out != nil {
		defer out.Discard()
	}
	done = quality.Comparison{Rows: map[reconcile.Class][]quality.ComparedRow{}, Units: map[reconcile.Class][]string{}}
	t := &comparisonRows{done: &done, out: out}
	book, err := a.dhr.Book(ctx)
	if err != nil {
		return done, err
	}
	defer book.Close() //nolint:errcheck // it was only read
	done.Sum, err = c.Run(ctx, book, reconcile.Options{
		Issuer: job.Issuer, Row: t.row, Missing: t.missing,
		Progress: func(p reconcile.Progress) {
			progress(int64((p.Reading-1)*p.Of+p.Rows), int64(2*max(p.Of, p.Rows)))
		},
	})
	// Being called off comes first: it is why the other two may have happened.
	switch changed, gone := c.Changed(); {
	case ctx.Err() != nil:
		f := station.NewFault(station.ExportStopped, "", ctx.Err())
		f.Kept = "Nothing of the comparison was kept; the list and the record are as they were."
		return done, f
	case err != nil:
		return done, listRefused(err)
	case gone != nil || changed:
		return done, station.Refuse(station.ListUnreadable, "it was changed while it was read; nothing was kept: compare it again.")
	}
	return done, listRefused(t.keep(ctx, a, c.Reconciliation(done.Sum, hash, job.By)))
}

// compareReport begins the report that is wanted; nil for none.
func (a *App) compareReport(ctx context.Context, job quality.CompareJob) (*report.ReconciliationWriter, error) {
	if job.Form == "" {
		return nil, nil
	}
	// The name has no part of that of the list, which may hold the name of a customer
	// or a number.
	folder, err := a.exportsTo(job.Folder)
	if err != nil {
		return nil, err
	}
	now := wire.SystemClock{}.Now()
	return report.CreateReconciliation(ctx, report.ReconciliationJob{
		File:    unused(filepath.Join(folder, fmt.Sprintf("comparison-%s.%s", stamp(now), job.Form))),
		Mapping: job.Mapping, Person: a.called(job.By), Program: a.dhr.Program().String(), At: now,
	})
}

// comparisonRows takes the rows of a comparison as they come: of each class some to
// show, and the serials of all.
type comparisonRows struct {
	done    *quality.Comparison
	out     *report.ReconciliationWriter
	entries reconcile.Entries
}

// row takes a row of the list. Titles, totals and a header again are none.
func (t *comparisonRows) row(r reconcile.ClassifiedRow) error {
	if r.Class == reconcile.Ignore {
		return nil
	}
	t.take(r.Class, quality.ComparedRow{Line: r.Line, Serial: r.Serial, SIM: r.SIM.String(), Note: string(r.Damage)})
	err := t.entries.Add(r.Entry)
	if err == nil && t.out != nil {
		err = t.out.Row(r)
	}
	return err
}

// missing takes a SIM of ours that the list lacks. It has no line.
func (t *comparisonRows) missing(c reconcile.Card) error {
	t.take(reconcile.Missing, quality.ComparedRow{Serial: c.Serial, SIM: identity.ICCID(c.ICCID).String()})
	err := t.entries.Add(c.Entry())
	if err == nil && t.out != nil {
		err = t.out.Missing(c)
	}
	return err
}

// take keeps what the screen can show, and of the rest the serial: a case may be
// opened of all units of a class.
func (t *comparisonRows) take(c reconcile.Class, r quality.ComparedRow) {
	if len(t.done.Rows[c]) < quality.MostCompared {
		t.done.Rows[c] = append(t.done.Rows[c], r)
	}
	if r.Serial != "" && c != reconcile.Match { // nobody opens a case of what is right
		t.done.Units[c] = append(t.done.Units[c], r.Serial)
	}
}

// keep writes the comparison into the record, and then gives its report a name.
func (t *comparisonRows) keep(ctx context.Context, a *App, kept record.Reconciliation) error {
	packed, err := t.entries.Pack()
	if err != nil {
		return err
	}
	if kept.Run, kept.Leaf, err = a.dhr.RecordReconciliation(ctx, kept, packed); err != nil {
		return err
	}
	t.done.Run, t.done.Leaf = kept.Run, kept.Leaf
	if t.out != nil {
		t.done.Files, err = t.out.Publish(t.done.Sum, kept)
	}
	return err
}

// changesSince holds a comparison that was kept against an earlier one.
func (a *App) changesSince(ctx context.Context, run, since int64) (ch quality.ComparedChanges, err error) {
	after, err := a.dhr.ReconciliationEntries(ctx, run)
	if err != nil {
		return ch, err
	}
	before, err := a.dhr.ReconciliationEntries(ctx, since)
	if err != nil {
		return ch, err
	}
	ch.Counts = map[reconcile.ChangeKind]int{}
	// Both are read row by row, and never as a whole: each may have a million.
	var failed error
	for c := range reconcile.Compare(reconcile.Unpack(before, &failed), reconcile.Unpack(after, &failed)) {
		if ch.Counts[c.Kind]++; len(ch.First) < quality.MostCompared {
			ch.First = append(ch.First, c)
		}
	}
	return ch, failed
}

// listFiles are the lists in the folders where browsers and sticks put them, the
// newest first.
func listFiles(context.Context) ([]string, error) {
	home, _ := os.UserHomeDir() // then there are those of sticks
	type found struct {
		path string
		at   int64
	}
	var list []found
	// At the station there is no file dialog: its keys are those of a scanner and of
	// gloves, and a list of the newest files needs only arrows.
	for _, folder := range []string{filepath.Join(home, "Downloads"), filepath.Join(home, "Desktop"), home, "/media/*/*", "/run/media/*/*"} {
		for _, end := range []string{"csv", "tsv", "txt", "xlsx", "json"} {
			names, _ := filepath.Glob(filepath.Join(folder, "*."+end)) // the pattern is right
			for _, name := range names {
				if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
					list = append(list, found{name, info.ModTime().UnixNano()})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b found) int { return cmp.Compare(b.at, a.at) })
	var paths []string
	for _, f := range list[:min(len(list), 100)] {
		paths = append(paths, f.path)
	}
	return paths, nil
}
