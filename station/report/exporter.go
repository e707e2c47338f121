// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"errors"
	"slices"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report/bundle"
)

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

// errRecordMoved says that the record went on between the checkpoint and the
// snapshot.
var errRecordMoved = errors.New("the record went on")
