// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/safefile"
)

// ReconciliationForms are the ends of the names of the files that a comparison
// can be written to.
var ReconciliationForms = []string{".pdf", ".csv", ".xlsx", ".json"}

// ReconciliationWriter is a file that the result of a comparison is written to, row by
// row. It has no name until it is published. It must be discarded at the end.
type ReconciliationWriter struct {
	out    *outputFiles
	to     reconciliationForm
	folder *safefile.Folder // of parts that wait; nil where none do
}

// reconciliationForm is a form of the result.
type reconciliationForm interface {
	Row(reconcile.ClassifiedRow) error
	Missing(reconcile.Card) error
	Change(reconcile.Change) error
	end(reconcile.Summary, record.Reconciliation) error // writes what is not written yet
	close()
}

// CreateReconciliation begins a file, by the end of its name. Errors are
// *safefile.ConflictError or *station.Fault, or say that no such file is made.
func CreateReconciliation(ctx context.Context, job ReconciliationJob) (*ReconciliationWriter, error) {
	ext := strings.ToLower(filepath.Ext(job.File))
	if !slices.Contains(ReconciliationForms, ext) {
		return nil, fmt.Errorf("a comparison is written as %s, not as %q", strings.Join(ReconciliationForms, ", "), station.Shown(ext))
	}
	if err := checkWritable(job.File, job.Rules); err != nil {
		return nil, err
	}
	r := &ReconciliationWriter{out: &outputFiles{path: job.File, rules: job.Rules}}
	var err error
	switch ext {
	case ".pdf":
		r.to, err = newReconciliationPDF(ctx, job, r.out)
	case ".xlsx":
		err = r.beginWorkbook(ctx, job)
	default:
		err = r.beginText(ctx, job, ext)
	}
	if err != nil {
		r.Discard()
		return nil, err
	}
	return r, nil
}

func (r *ReconciliationWriter) beginWorkbook(ctx context.Context, job ReconciliationJob) (err error) {
	if r.folder, err = safefile.CreateFolder(job.File); err != nil {
		return err
	}
	book := &xlsxTable{
		ctx: ctx, out: r.out, folder: r.folder.Path(""), name: "reconciliation", program: job.Program,
		at: job.At.UTC().Format("2006-01-02T15:04:05Z"),
	}
	t := &reconciliationTable{tableWriter: book, shown: shown{job.Whole}, flush: func() error { return nil }, closed: book.close}
	r.to = t
	return t.head()
}

func (r *ReconciliationWriter) beginText(ctx context.Context, job ReconciliationJob, ext string) error {
	file, err := safefile.Create(job.File)
	if err != nil {
		return err
	}
	r.out.made = append(r.out.made, file)
	w := bufio.NewWriterSize(stoppable{ctx, file}, 1<<16)
	if ext == ".json" {
		r.to = &reconciliationJSON{reconcile.NewEncoder(w, job.Mapping), w}
		return nil
	}
	t := &reconciliationTable{tableWriter: newCSV(w), shown: shown{job.Whole}, flush: w.Flush, closed: func() {}}
	r.to = t
	return t.head()
}

// Row writes a row of the list.
func (r *ReconciliationWriter) Row(row reconcile.ClassifiedRow) error { return r.to.Row(row) }

// Missing writes a SIM that the list lacks.
func (r *ReconciliationWriter) Missing(c reconcile.Card) error { return r.to.Missing(c) }

// Change writes what became of a SIM since an earlier comparison.
func (r *ReconciliationWriter) Change(c reconcile.Change) error { return r.to.Change(c) }

// Publish ends the file of a comparison that was kept, and gives it its name.
func (r *ReconciliationWriter) Publish(s reconcile.Summary, kept record.Reconciliation) ([]string, error) {
	if err := r.to.end(s, kept); err != nil {
		return nil, station.NewFault(station.ExportFault, "the file is not whole.", err)
	}
	return r.out.publish()
}

// Discard removes what was not published.
func (r *ReconciliationWriter) Discard() {
	if r.to != nil {
		r.to.close()
	}
	if r.folder != nil {
		r.folder.Discard()
	}
	r.out.discard()
}

// reconciliationJSON is the result as one JSON object.
type reconciliationJSON struct {
	*reconcile.Encoder
	w *bufio.Writer
}

func (j *reconciliationJSON) end(s reconcile.Summary, kept record.Reconciliation) error {
	j.SetRun(kept.Run)
	return errors.Join(j.Close(s), j.w.Flush())
}

func (*reconciliationJSON) close() {}
