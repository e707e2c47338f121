// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/safefile"
)

// reconciliationSchema is that of its table; see the others.
const reconciliationSchema = "bindery-reconciliation/1"

// ReconciliationForms are the ends of the names of the files that a comparison
// can be written to.
var ReconciliationForms = []string{".csv", ".xlsx", ".json"}

// ReconciliationJob says how the result of a comparison is written to a file.
type ReconciliationJob struct {
	File    string // by its end one of [ReconciliationForms]
	Rules   safefile.Rules
	Whole   bool // numbers are whole, else masked
	Shape   string
	Program string
	At      time.Time
}

// ReconciliationWriter is a file that the result of a comparison is written to, row by
// row. It has no name until it is published. It must be discarded at the end.
type ReconciliationWriter struct {
	job    ReconciliationJob
	out    *outputFiles
	table  tableWriter
	flush  func() error
	folder *safefile.Folder
	book   *xlsxTable
	json   *reconcile.Encoder
}

// CreateReconciliation begins a file, by the end of its name. Errors are
// *safefile.ConflictError or *station.Fault, or say that no such file is made.
func CreateReconciliation(ctx context.Context, job ReconciliationJob) (*ReconciliationWriter, error) {
	if err := checkWritable(job.File, job.Rules); err != nil {
		return nil, err
	}
	r := &ReconciliationWriter{job: job, out: &outputFiles{path: job.File, rules: job.Rules}, flush: func() error { return nil }}
	var err error
	switch ext := strings.ToLower(filepath.Ext(job.File)); ext {
	case ".xlsx":
		err = r.beginWorkbook(ctx)
	case ".csv", ".json":
		err = r.beginText(ctx, ext)
	default:
		err = fmt.Errorf("a comparison is written as .csv, .xlsx or .json, not as %q", station.Shown(ext))
	}
	if err == nil && r.table != nil {
		err = r.table.begin("schema", "line", "class", "labels", "serial", "iccid", "imei", "state", "connects", "flags", "damage", "change", "before")
	}
	if err != nil {
		r.Discard()
		return nil, err
	}
	return r, nil
}

func (r *ReconciliationWriter) beginWorkbook(ctx context.Context) (err error) {
	if r.folder, err = safefile.CreateFolder(r.job.File); err != nil {
		return err
	}
	r.book = &xlsxTable{
		ctx: ctx, out: r.out, folder: r.folder.Path(""), name: "reconciliation", program: r.job.Program,
		at: r.job.At.UTC().Format("2006-01-02T15:04:05Z"),
	}
	r.table = r.book
	return nil
}

func (r *ReconciliationWriter) beginText(ctx context.Context, ext string) error {
	file, err := safefile.Create(r.job.File)
	if err != nil {
		return err
	}
	r.out.made = append(r.out.made, file)
	w := bufio.NewWriterSize(stoppable{ctx, file}, 1<<16)
	r.flush = w.Flush
	if ext == ".json" {
		r.json = reconcile.NewEncoder(w, r.job.Shape)
	} else {
		r.table = newCSV(w)
	}
	return nil
}

// Row writes a row of the list.
func (r *ReconciliationWriter) Row(row reconcile.ClassifiedRow) error {
	if r.json != nil {
		return r.json.Row(row)
	}
	connects := ""
	if row.State != "" {
		connects = "no"
		if row.Active {
			connects = "yes"
		}
	}
	return r.table.add(reconciliationSchema, strconv.Itoa(row.Line), string(row.Class), classes(row.Labels), row.Serial, r.iccid(row.ICCID),
		r.imei(row.IMEI), identity.MaskIn(row.State), connects, strings.Join(row.Flags, " "), string(row.Damage), "", "")
}

// Missing writes a SIM that the list lacks.
func (r *ReconciliationWriter) Missing(c reconcile.Card) error {
	if r.json != nil {
		return r.json.Missing(c)
	}
	return r.table.add(reconciliationSchema, "", string(reconcile.Missing), string(reconcile.Missing), c.Serial,
		r.iccid(identity.ICCID(c.ICCID)), r.imei(identity.IMEI(c.IMEI)), "", "", strings.Join(c.Flags, " "), "", "", "")
}

// Change writes what became of a SIM since an earlier comparison.
func (r *ReconciliationWriter) Change(c reconcile.Change) error {
	if r.json != nil {
		return r.json.Change(c)
	}
	return r.table.add(reconciliationSchema, "", "", classes(c.After), c.Serial, r.iccid(c.SIM), "", "", "", "", "", string(c.Kind), classes(c.Before))
}

// Publish ends the file and gives it its name.
func (r *ReconciliationWriter) Publish(s reconcile.Summary, run int64) ([]string, error) {
	var err error
	if r.json != nil {
		r.json.Kept(run)
		err = r.json.Close(s)
	} else {
		err = r.table.end()
	}
	if err = errors.Join(err, r.flush()); err != nil {
		return nil, station.NewFault(station.ExportFault, "the file is not whole.", err)
	}
	return r.out.publish()
}

// Discard removes what was not published.
func (r *ReconciliationWriter) Discard() {
	if r.book != nil {
		r.book.close()
	}
	if r.folder != nil {
		r.folder.Discard()
	}
	r.out.discard()
}

func (r *ReconciliationWriter) iccid(n identity.ICCID) string {
	if r.job.Whole {
		return n.Full()
	}
	return n.String()
}

func (r *ReconciliationWriter) imei(n identity.IMEI) string {
	if r.job.Whole {
		return n.Full()
	}
	return n.String()
}

func classes(list []reconcile.Class) string {
	var all []string
	for _, c := range list {
		all = append(all, string(c))
	}
	return strings.Join(all, " ")
}
