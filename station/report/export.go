// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report/bundle"
	"bindery/station/safefile"
)

// Form is the form of an export.
type Form string

// The forms. docs/export-format.md describes CSV, XLSX and JSON, docs/record-format.md
// the bundle.
const (
	PDF    Form = "pdf"
	CSV    Form = "csv"
	XLSX   Form = "xlsx" // the tables of CSV, for spreadsheets
	JSON   Form = "json" // JSON Lines
	Bundle Form = "bundle"
)

// ExportJob is an export to be made.
type ExportJob struct {
	Subject Subject
	Form    Form
	File    string // where it goes; nothing is there before it is whole
	By      string // person ID of who takes it, or an account
	Reason  string // what it is for; "" where nobody said
	Clock   station.Clock

	// Overwrite lets an ordinary file go that stands there: see
	// [safefile.Rules].
	Overwrite bool

	// Labels draw the labels again, one for each resolution that a printer may
	// have. What they draw is shown where its dots are those that were printed.
	Labels []station.Labeller

	// Progress is told now and then how many of how many are done, and once at
	// the end. It may be nil.
	Progress func(done, of int64)
}

// errRecordMoved says that the record went on between the checkpoint and the
// snapshot.
var errRecordMoved = errors.New("the record went on")

// Export makes an export. It is recorded and a checkpoint is signed before
// anything is written; a job that is given up, or fails, leaves no file. Its
// error is a *station.Refusal or a *station.Fault.
func Export(ctx context.Context, d *dhr.DHR, job ExportJob) (record.Export, error) {
	res, err := export(ctx, d, job)
	err = asFault(ctx, err)
	var f *station.Fault
	if errors.As(err, &f) && (f.Code == station.ExportFault || f.Code == station.ExportStopped) && res.Leaf == 0 {
		f.Kept = "It was not begun: the record holds nothing of it, and no file was made."
	}
	return res, err
}

func export(ctx context.Context, d *dhr.DHR, job ExportJob) (res record.Export, err error) {
	if err := job.checkSubject(ctx, d); err != nil {
		return res, err
	}
	rules := safefile.Rules{Overwrite: job.Overwrite, Record: d.Path()}
	if err := checkWritable(job.File, rules); err != nil {
		return res, err
	}
	at, err := d.Station(ctx)
	if err != nil {
		return res, err
	}
	if res.Leaf, err = d.RecordExport(ctx, job.By, job.Subject.String(), string(job.Form), job.Reason); err != nil {
		return res, err
	}
	p, err := open(ctx, d, job)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, p.snap.Close()) }()
	p.exported.Leaf, p.exported.Station, p.exported.Program, res.Checkpoint = res.Leaf, at, d.Program().String(), p.exported.Checkpoint.Size
	out := &outputFiles{path: job.File, rules: rules}
	defer out.discard()
	if err := p.write(ctx, out); err != nil {
		return res, err
	}
	if res.Count = p.done; p.Progress != nil {
		p.Progress(p.done, p.done)
	}
	if ctx.Err() != nil { // the last moment to be given up
		return res, ctx.Err()
	}
	res.Files, err = out.publish()
	return res, err
}

// checkSubject refuses a subject that the record does not have.
func (j ExportJob) checkSubject(ctx context.Context, d *dhr.DHR) error {
	by := j.Subject.Scope.By
	if by == "" || by == record.ByDates {
		return nil
	}
	_, err := resolve(ctx, d, j.Subject.Scope.Name, by)
	return err
}

// checkWritable finds out early that a file is there which must stay, or that the
// folder is not there or not ours.
func checkWritable(path string, rules safefile.Rules) error {
	if err := rules.Check(path); err != nil {
		return err
	}
	safefile.Clear(filepath.Dir(path))
	f, err := safefile.Create(path)
	if err != nil {
		return station.NewFault(station.ExportFault, "the folder cannot be written to.", err)
	}
	f.Discard()
	return nil
}

// asFault is err as the program knows it.
func asFault(ctx context.Context, err error) error {
	var fault *station.Fault
	var refusal *station.Refusal
	var there *safefile.ConflictError
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil: // whatever it made of what was under way
		return station.NewFault(station.ExportStopped, "", ctx.Err())
	case errors.As(err, &fault), errors.As(err, &refusal):
		return err
	case errors.As(err, &there):
		return station.NewFault(station.ExportFault, there.Error()+".", err)
	}
	return station.NewFault(station.ExportFault, "the file is not whole.", err)
}

// exporter is an export under way: the record as it stood, and what is said of it
// on every form.
type exporter struct {
	ExportJob
	exported bundle.Head // as a bundle says it; the other forms say the same
	snap     *dhr.Snapshot
	sign     func(text string) ([]byte, error) // with the key of the station
	done, of int64                             // progress
}

// open signs a checkpoint and takes the record as it stood then. A line that
// goes on meanwhile makes it try again, so that the checkpoint covers all that
// is shown.
func open(ctx context.Context, d *dhr.DHR, job ExportJob) (p *exporter, err error) {
	for range 20 {
		if _, err := d.Checkpoint(ctx, job.By); err != nil {
			return nil, err
		}
		p, err = openSnapshot(ctx, d, job)
		if !errors.Is(err, errRecordMoved) {
			return p, err
		}
	}
	return nil, station.NewFault(station.ExportFault, "the line was too busy to sign a checkpoint.", err)
}

func openSnapshot(ctx context.Context, d *dhr.DHR, job ExportJob) (*exporter, error) {
	snap, err := d.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	job.Labels = slices.Clone(job.Labels) // their order will change
	p := &exporter{
		ExportJob: job, exported: bundle.Head{Subject: job.Subject.String(), At: job.Clock.Now(), By: job.By}, snap: snap,
		sign: func(text string) ([]byte, error) { return d.SignText(ctx, text) },
	}
	if err := p.readHead(ctx); err != nil {
		return nil, errors.Join(err, snap.Close())
	}
	return p, nil
}

// readHead reads what is said on every form.
func (p *exporter) readHead(ctx context.Context) (err error) {
	if p.exported.Note, p.exported.Checkpoint, p.exported.Key, err = p.snap.Checkpoint(ctx); err != nil {
		return err
	}
	head, err := p.snap.Head(ctx)
	if err != nil {
		return err
	}
	if head.Number > p.exported.Checkpoint.Size+1 { // the checkpoint's own leaf is the one after
		return errRecordMoved
	}
	p.exported.Names, err = p.snap.Names(ctx)
	return err
}

// write fills the files of the form.
func (p *exporter) write(ctx context.Context, out *outputFiles) error {
	if err := p.countAll(ctx); err != nil {
		return err
	}
	switch p.Form {
	case CSV:
		return out.writeVolume(ctx, func(w io.Writer) error { return p.writeTable(ctx, newCSV(w)) })
	case XLSX:
		return p.writeXLSX(ctx, out)
	case JSON:
		return out.writeVolume(ctx, func(w io.Writer) error { return p.writeJSON(ctx, w) })
	case Bundle:
		if p.Subject.Kind != Units && p.Subject.Kind != Trace {
			return station.NewFault(station.ExportFault, "a bundle holds units.", nil)
		}
		return out.writeVolume(ctx, func(w io.Writer) error { return bundle.Write(ctx, w, p.exported, bundleRecords{p}, p.sign) })
	case PDF:
		return p.writePDF(ctx, out)
	}
	return station.NewFault(station.ExportFault, fmt.Sprintf("%q is no form.", p.Form), nil)
}

// countAll counts what there will be.
func (p *exporter) countAll(ctx context.Context) (err error) {
	switch p.Subject.Kind {
	case Audit:
		p.of = p.exported.Checkpoint.Size
	case Allocations:
		var list []record.AllocationView
		list, err = p.snap.AllocationUsage(ctx)
		p.of = int64(len(list))
	case Units, Trace:
		p.of, err = p.snap.Count(ctx, p.Subject.Scope)
	}
	return err
}

// countOne tells of one more that is done.
func (p *exporter) countOne() {
	if p.done++; p.Progress != nil && p.done%100 == 0 {
		p.Progress(p.done, p.of)
	}
}

// person is what somebody is called.
func (p *exporter) person(id string) string { return station.DisplayName(id, p.exported.Names[id]) }
