// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report"
)

// exportFlags holds the flags of the verb. What is exported is one of several flags and not an argument, since a
// serial, an order and a lot may look alike.
type exportFlags struct {
	unit, order, lot, trace string
	from, to                string
	audit, allocations      bool
	format, badge           string
	reason, recipient       string
	output
}

// export hands records over, and the record keeps who took which of them.
//
// Its user hands records to somebody else: an auditor, a customer, an authority.
// Who may is [station.MayExport]; that it was done is in the record before a byte
// leaves it, so that one that was stopped is known of too.
func (c *cli) export() *cobra.Command {
	e := &exportFlags{}
	cmd := &cobra.Command{
		Use:   "export WHAT --format pdf|csv|xlsx|json|bundle -o FILE",
		Short: "Export the records of a unit, order, lot or period; a trace; the audit trail",
		Long: `Export records. WHAT is one of --unit, --order, --lot, --from with --to (days,
both included), --trace (from a lot or order to its units, or from any number to
its unit), --audit (every leaf) and --allocations. A bundle can be verified
without the record: see docs/record-format.md. A checkpoint is signed first, and
the export is recorded.`,
		Example: `  bindery export --unit CL-000101 --format pdf -o CL-000101.pdf --badge AU-4001
  bindery export --lot 2607A --format bundle -o lot.zip --badge AU-4001`,
		Args: cobra.NoArgs,
	}
	f := cmd.Flags()
	f.StringVar(&e.unit, "unit", "", "serial of a unit")
	f.StringVar(&e.order, "order", "", "work order")
	f.StringVar(&e.lot, "lot", "", "lot")
	f.StringVar(&e.from, "from", "", "first day, YYYY-MM-DD, by the station's calendar when it made or tried the unit")
	f.StringVar(&e.to, "to", "", "last day, YYYY-MM-DD")
	f.StringVar(&e.trace, "trace", "", "traceability of a serial, identity, lot or order")
	f.BoolVar(&e.audit, "audit", false, "the audit trail")
	f.BoolVar(&e.allocations, "allocations", false, "the use of the IMEI ranges")
	f.StringVar(&e.format, "format", "", "pdf, csv, xlsx (the same tables as csv), json (JSON Lines) or bundle (default: as the name of the file ends, else pdf)")
	e.flags(cmd)
	f.StringVar(&e.reason, "reason", "", "what it is for, such as an audit; the record keeps it")
	f.StringVar(&e.recipient, "recipient", "", "who gets it; the record keeps it")
	f.StringVar(&e.badge, "badge", "", "badge of the person who takes it (default: the account that runs this)")
	cmd.MarkFlagsOneRequired("unit", "order", "lot", "from", "trace", "audit", "allocations")
	cmd.MarkFlagsMutuallyExclusive("unit", "order", "lot", "from", "trace", "audit", "allocations")
	cmd.MarkFlagsRequiredTogether("from", "to")
	cmd.AddCommand(c.exportUnits())
	cmd.RunE = c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
		job, err := c.exportJob(ctx, d, e, cmd.ErrOrStderr())
		if err != nil {
			return nil, err
		}
		res, err := report.Export(ctx, d, job)
		if err != nil {
			return nil, err
		}
		return handedOver{res}, nil
	})
	return cmd
}

// exportJob finds everything wrong with a call before a large record is read.
func (c *cli) exportJob(ctx context.Context, d *dhr.DHR, e *exportFlags, progress io.Writer) (report.ExportJob, error) {
	job := report.ExportJob{
		File: e.file, Overwrite: e.overwrite, By: dhr.ComputerAccount(), Recipient: e.recipient, Reason: e.reason,
		Clock: wire.SystemClock{}, Progress: showProgress(progress),
	}
	form, err := formatOf(e.file, e.format, texts(report.Forms)...)
	if err != nil {
		return job, err
	}
	job.Form = report.Form(form)
	if job.By, err = c.admitOr(ctx, d, e.badge, job.By); err != nil {
		return job, err
	}
	// A label was drawn for the printer of its day: which resolution that was, its
	// hash tells only once one of them gives the same dots.
	for _, dpi := range labels.Resolutions {
		set, err := wire.Layouts(ctx, d, dpi)
		if err != nil {
			return job, err
		}
		job.Labels = append(job.Labels, set)
	}
	job.Subject, err = e.subject(ctx, d)
	return job, err
}

// subject is what the flags ask for. cobra has seen to it that exactly one is
// given, so that the order of the cases decides nothing.
func (e *exportFlags) subject(ctx context.Context, d *dhr.DHR) (report.Subject, error) {
	s := report.Subject{Kind: report.Units}
	var err error
	switch {
	case e.audit:
		s.Kind = report.Audit
	case e.allocations:
		s.Kind = report.Allocations
	case e.trace != "":
		s.Kind = report.Trace
		s.Scope, err = report.Resolve(ctx, d, e.trace)
	case e.unit != "":
		s.Scope = record.ExportSubject{By: record.BySerial, Name: e.unit}
	case e.order != "":
		s.Scope = record.ExportSubject{By: record.ByOrder, Name: e.order}
	case e.lot != "":
		s.Scope = record.ExportSubject{By: record.ByLot, Name: e.lot}
	default:
		s.Scope, err = days(e.from, e.to)
	}
	return s, err
}

// days are those from one to another, both included. They are days of the
// station's calendar, and not of this computer: an auditor in another zone gets
// the same units.
func days(from, to string) (record.ExportSubject, error) {
	first, err := station.ParseDay(from)
	if err != nil {
		return record.ExportSubject{}, wrongUse("a day is written 2026-07-01, not %q", from)
	}
	last, err := station.ParseDay(to)
	if err != nil {
		return record.ExportSubject{}, wrongUse("a day is written 2026-07-01, not %q", to)
	}
	// Else it would be an export of nothing, with a leaf and a checkpoint.
	if last < first {
		return record.ExportSubject{}, wrongUse("the last day, %s, is before the first, %s", to, from)
	}
	return record.ExportSubject{By: record.ByDates, From: first, To: last}, nil
}

// handedOver is what the record wrote of it.
type handedOver struct{ record.Export }

func (h handedOver) text(w io.Writer) {
	fmt.Fprintf(w, "%s: %s, leaf %d, checkpoint over %s\n  SHA-256 %s, in leaf %d\n", strings.Join(h.Files, ", "), station.Counted(h.Count, "entry", "entries"),
		h.Leaf, leafCount(h.Checkpoint), h.Hash, h.Finished)
}
