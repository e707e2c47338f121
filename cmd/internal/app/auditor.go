// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr/browse"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/report/bundle"
	"bindery/ui/auditor"
)

// auditService is the record as the audit room sees it.
//
// It reads through browse alone, which masks: RevealPage is the one way to an identity,
// and leaves a leaf each time.
func (a *App) auditService() auditor.Services {
	walk := browse.New(a.dhr)
	return auditor.Services{
		ReadPage: walk.Page, Links: walk.Links, Verify: a.verifyAll, RevealPage: walk.PageUnmasked, HandOver: a.handOver,
		Exports: a.exports(),
	}
}

// verifyAll is the check of the command line, with how long it took: an auditor
// notes both.
func (a *App) verifyAll(ctx context.Context, progress func(done, of int64)) (auditor.Verification, error) {
	began := wire.SystemClock{}.Now()
	r, err := verify.Record(ctx, a.dhr, progress)
	now := wire.SystemClock{}.Now()
	return auditor.Verification{VerifyReport: r, At: now, Took: now.Sub(began)}, err
}

// handOver makes a bundle and checks it as whoever gets it would. A bundle that
// does not check is a fault and not an answer: the auditor would find out at their
// own desk, and believe nothing more of it.
func (a *App) handOver(ctx context.Context, h auditor.BundleJob, progress func(done, of int64)) (auditor.Bundle, error) {
	scope, err := browse.SubjectOf(h.Units)
	if err != nil {
		return auditor.Bundle{}, err
	}
	folder, err := a.exportsTo(h.Folder)
	if err != nil {
		return auditor.Bundle{}, err
	}
	job := report.ExportJob{
		Subject: report.Subject{Kind: report.Units, Scope: scope}, Form: report.Bundle,
		File: unused(filepath.Join(folder, bundleName(h.Units, wire.SystemClock{}.Now()))), By: h.By,
		Clock: wire.SystemClock{}, Progress: progress,
	}
	if job.Labels, err = a.relabellers(ctx); err != nil {
		return auditor.Bundle{}, err
	}
	made, err := report.Export(ctx, a.dhr, job)
	if err != nil {
		return auditor.Bundle{}, err
	}
	// No key is given: that the one in the bundle is the station's own, the
	// auditor compares with what the screen shows.
	checked, err := bundle.Verify(ctx, made.Files[0], "")
	if err == nil && !checked.OK {
		err = station.NewFault(station.ExportFault, checked.FirstFault, nil)
	}
	return auditor.Bundle{File: made.Files[0], Units: checked.Units, Leaf: made.Leaf, Size: made.Checkpoint, Key: checked.Key}, err
}

// bundleName is the name of a bundle: what of, and when.
func bundleName(p record.Node, at time.Time) string {
	return fmt.Sprintf("%s-%s-%s.zip", p.Kind, fileName(p.Name), stamp(at))
}
