// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/identity"
	"bindery/station/report"
	"bindery/station/trace"
	"bindery/ui"
)

// archive is the record as the reading room sees it.
func (b *bench) archive() ui.Archive {
	return ui.Archive{
		Stop: b.dhr.Stop, Ways: b.dhr.Ways, Verify: b.verifyAll, Whole: b.dhr.WholeStop, HandOver: b.handOver,
		Exports: filepath.Join(filepath.Dir(b.db), "exports"),
	}
}

func (b *bench) verifyAll(ctx context.Context, progress func(done, of int64)) (ui.Verification, error) {
	began := time.Now()
	r, err := b.dhr.Verify(ctx, progress)
	return ui.Verification{
		OK: r.OK, Leaves: r.Leaves, Rows: r.Rows, Checkpoints: r.Checkpoints, Covered: r.Covered,
		FirstFault: r.FirstFault, Trusted: r.Trusted, At: time.Now(), Took: time.Since(began),
	}, err
}

// handOver makes a bundle and checks it as whoever gets it would.
func (b *bench) handOver(ctx context.Context, h ui.BundleJob, progress func(done, of int64)) (ui.Bundle, error) {
	scope, err := b.dhr.ScopeOf(h.Units)
	if err != nil {
		return ui.Bundle{}, err
	}
	if !filepath.IsAbs(h.Folder) {
		h.Folder = filepath.Join(filepath.Dir(b.db), h.Folder)
	}
	if err := os.MkdirAll(h.Folder, 0o700); err != nil {
		return ui.Bundle{}, station.NewFault(station.ExportFault, "the folder cannot be made.", err)
	}
	job := report.Job{
		Subject: report.Subject{Kind: report.Units, Scope: scope}, Form: report.Bundle,
		File: filepath.Join(h.Folder, bundleName(h.Units, time.Now())), By: h.By, Station: b.station,
		Program: "bindery-station", Clock: wire.Clock{}, Progress: progress,
	}
	for _, dpi := range labels.Resolutions {
		set, err := wire.Layouts(ctx, b.dhr, dpi)
		if err != nil {
			return ui.Bundle{}, err
		}
		job.Labels = append(job.Labels, set)
	}
	made, err := report.Export(ctx, b.dhr, job)
	if err != nil {
		return ui.Bundle{}, err
	}
	checked, err := report.VerifyBundle(ctx, made.Files[0], "")
	if err == nil && !checked.OK {
		err = station.NewFault(station.ExportFault, checked.FirstFault, nil)
	}
	return ui.Bundle{File: made.Files[0], Units: checked.Units, Leaf: made.Leaf, Size: made.Checkpoint, Key: checked.Key}, err
}

// bundleName is the name of a bundle: what of, and when. There is never an
// identity in it.
func bundleName(p trace.Place, at time.Time) string {
	if k := identity.KindOf(p.Name); k != identity.KindUnknown && k != identity.KindGTIN {
		p.Name = "masked" // a number that was scanned for a serial
	}
	name := strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, p.Name)
	return fmt.Sprintf("%s-%s-%s.zip", p.Kind, name, at.Format("20060102-150405"))
}
