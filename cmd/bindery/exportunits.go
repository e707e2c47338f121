// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/scope"
)

// exportUnitsFlags holds the flags of the verb.
type exportUnitsFlags struct {
	caseName, expr, file, audience, format, output, badge string
	export                                                record.IncidentExport
}

// exportUnits hands the units of an incident over to whom it concerns.
//
// Its user is quality or support, with a carrier or an authority waiting. Whom a
// file is for decides its columns ([station.Audience]), so that nobody gets a
// number because a column was forgotten to be hidden.
func (c *cli) exportUnits() *cobra.Command {
	var in exportUnitsFlags
	cmd := &cobra.Command{
		Use:   "units (--case NAME|--scope EXPR|--file F) --for AUDIENCE --to WHO --reason TEXT -o FILE --badge BADGE",
		Short: "Hand over the units of an incident: to a carrier, support, a field action, a regulator",
		Long: `Hand over the units of an incident. AUDIENCE is
  carrier-block    IMEIs for the block list
  carrier-suspend  SIMs to be suspended
  support          serial, lot, state and an alias
  field-action     serial, UDI, lot, day made, firmware, and a column for the reply
  regulator        serial and UDI
Without --whole, numbers for a carrier are masked. Of a case, the units are exported
as they were last saved. The record notes what was exported, how many units, the
hash of the file, to whom it went and why. An existing file is never replaced.`,
		Example: "  bindery export units --case stolen --for carrier-suspend --whole --to 'carrier desk' --reason 'ticket 7013' -o suspend.csv --badge QA-3001",
		Args:    cobra.NoArgs,
	}
	f := cmd.Flags()
	f.StringVar(&in.caseName, "case", "", "name of a case")
	f.StringVar(&in.expr, "scope", "", "an expression, as for bindery scope")
	f.StringVar(&in.file, "file", "", "a file with the expression as JSON")
	f.StringVar(&in.audience, "for", "", "recipient of the file")
	f.StringVar(&in.export.Recipient, "to", "", "who gets it")
	f.StringVar(&in.export.Reason, "reason", "", "why")
	f.BoolVar(&in.export.Whole, "whole", false, "show numbers unmasked, to people who may see them")
	f.StringVar(&in.format, "format", "", "csv, xlsx or json (default: as the name of the file ends, else csv)")
	f.StringVarP(&in.output, "output", "o", "", "file to write")
	f.StringVar(&in.badge, "badge", "", "badge of the person who hands it over")
	cmd.MarkFlagsOneRequired("case", "scope", "file")
	cmd.MarkFlagsMutuallyExclusive("case", "scope", "file")
	require(cmd, "for", "to", "reason", "output", "badge")
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
		return c.handUnitsOver(ctx, d, in, cmd.ErrOrStderr())
	})
	return cmd
}

// handUnitsOver makes the file. What is wrong with the call is told before anybody
// is asked for a password.
func (c *cli) handUnitsOver(ctx context.Context, d *dhr.DHR, in exportUnitsFlags, progress io.Writer) (answer, error) {
	job := report.IncidentJob{Export: in.export, File: in.output, At: wire.SystemClock{}.Now(), Progress: showProgress(progress)}
	job.Export.Audience = station.Audience(in.audience)
	// An audience decides which columns there are, and no column is chosen here: a
	// file for a regulator cannot have an ICCID by a slip.
	if !job.Export.Audience.Known() {
		return nil, wrongUse("a file is for %s", joined(station.Audiences()))
	}
	form, err := formatOf(in.output, in.format, texts(report.IncidentForms)...)
	if err != nil {
		return nil, err
	}
	job.Form = report.Form(form)
	var swapped []string
	if in.caseName != "" {
		swapped, err = unitsOfCase(ctx, d, in.caseName, &job)
	} else {
		err = unitsOfScope(ctx, d, in.expr, in.file, &job)
	}
	if err != nil {
		return nil, err
	}
	if job.Export.By, err = c.admit(ctx, d, in.badge); err != nil {
		return nil, err
	}
	done, files, err := report.ExportIncident(ctx, d, job)
	if err != nil {
		return nil, err
	}
	warnOfSwapped(progress, swapped)
	return unitsHandedOver{handedOverOnce{done, in.caseName}, files}, nil
}

// unitsOfCase takes the list as it was saved last, and not the units of now: what is
// handed over is what people have looked at and decided on. swapped are units whose SIM
// is another since, where the file is about SIMs.
func unitsOfCase(ctx context.Context, d *dhr.DHR, name string, job *report.IncidentJob) (swapped []string, err error) {
	found, err := d.Case(ctx, name)
	if err != nil {
		return nil, err
	}
	last := found.Saved[0]
	job.Export.Case, job.Export.Expr, job.Export.Scope = found.ID, last.Expr, last.Scope
	if job.Units, err = d.CaseUnits(ctx, found.ID, last.N); err != nil {
		return nil, err
	}
	return report.Swapped(ctx, d, job.Export.Audience, job.Units, last.AsOf)
}

// warnOfSwapped names the units to look at before the file is sent.
func warnOfSwapped(w io.Writer, serials []string) {
	if len(serials) > 0 {
		fmt.Fprintf(w, "The SIM of %s was changed since the case was saved: look at each before you send the file.\n", station.Some(serials))
	}
}

// unitsOfScope finds the units now. The scope that is recorded has fixed days in it,
// so that next week it still says the same.
func unitsOfScope(ctx context.Context, d *dhr.DHR, expr, file string, job *report.IncidentJob) error {
	var args []string
	if expr != "" {
		args = []string{expr}
	}
	e, err := scopeOf(args, file)
	if err == nil {
		e, err = scope.ReadFiles(e, wire.Lines)
	}
	if err == nil {
		err = noteLists(ctx, d, e)
	}
	if err == nil {
		e = scope.Fix(e, localZone())
		job.Export.Expr, job.Export.Scope = e, scope.Shown(e)
		err = incident.Units(ctx, d.Reader(), e, localZone(), func(serial string) { job.Units = append(job.Units, serial) })
	}
	return asWrongUse(err)
}

// unitsHandedOver is what was handed over, and in which files.
type unitsHandedOver struct {
	handedOverOnce
	Files []string `json:"files"`
}

func (u unitsHandedOver) text(w io.Writer) {
	// Said where numbers could have been whole, so that nobody sends a carrier a file
	// of dots.
	masked := ""
	if u.Audience.TakesIdentities() && !u.Whole {
		masked = ", numbers masked"
	}
	fmt.Fprintf(w, "%s: %s, %s%s, leaf %d\n  SHA-256 %s\n", identity.MaskIn(strings.Join(u.Files, ", ")), station.Counted(u.Units, "unit", "units"),
		station.Counted(u.Rows, "row", "rows"), masked, u.Leaf, u.Hash)
}
