// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report/bundle"
	"bindery/station/safefile"
)

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
	if res.Leaf, err = d.RecordExport(ctx, job.By, job.Subject.String(), string(job.Form), job.Recipient, job.Reason); err != nil {
		return res, err
	}
	p, err := open(ctx, d, job)
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, p.snap.Close()) }()
	p.exported.ExportOrigin = bundle.ExportOrigin{Station: at, Program: d.Program().String(), Leaf: res.Leaf}
	res.Checkpoint = p.exported.Checkpoint.Size
	sum := &digest{Hash: sha256.New()}
	out := &outputFiles{path: job.File, rules: rules, copied: sum}
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
	res.Hash, res.Bytes = hex.EncodeToString(sum.Sum(nil)), sum.n
	if res.Finished, err = d.FinishExport(ctx, job.By, job.Subject.String(), res); err != nil {
		return res, err
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
