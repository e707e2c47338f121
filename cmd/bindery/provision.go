// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/fixtures/port"
	"bindery/labels"
	"bindery/labels/printers"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
)

// provisionFlags holds the flags of the verb.
type provisionFlags struct {
	fixture fixtures.Config
	job     station.Job
	badge   string
	allowed string // badge of the person who allows a reprint
	printer string
	dpi     int
	scan    scanAnswers
}

// provision makes one unit as the screen does, by the same [station.Bench].
//
// Its user is a line that a script drives, or an engineer without a screen. The
// ten steps, their order and what ends them are [station.Bench]: this verb
// introduces a device, a printer and a record to it, and answers for the scanner
// (scan.go). So a unit cannot pass here that would not pass at the screen.
func (c *cli) provision() *cobra.Command {
	p := &provisionFlags{}
	cmd := &cobra.Command{
		Use:   "provision --order ORDER --serial SERIAL --port PORT",
		Short: "Provision one unit: read, judge, bind, label, scan back",
		Long: `Provision one unit from reading to scan-back. To continue a unit that was stopped,
give the same serial again. The label must be scanned back: on a terminal you are
asked for the scan; --scan-back gives it; --scan-back=decode reads the printed
picture. Without a scan the unit stays at that step (exit code 1).`,
		Example: "  bindery provision --order WO-118204 --serial CL-000101 --port /dev/ttyUSB2 --badge OP-1001",
		Args:    cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			// It is an answer from the beginning, with the outcome of a run that
			// never began: whatever goes wrong on the way, a script gets the same
			// shape.
			a := &provisioned{Outcome: station.Aborted, Serial: identity.MaskIn(p.job.Serial), Findings: []station.Finding{}, Steps: []stepOut{}}
			err := c.provisionUnit(cmd.Context(), p, a, cmd.ErrOrStderr())
			return a.addError(err), err
		}),
	}
	f := cmd.Flags()
	f.StringVar(&p.job.Order, "order", "", "work order")
	f.StringVar(&p.job.Serial, "serial", "", "serial of the product, as scanned")
	f.StringVar(&p.fixture.Port, "port", "", "serial port of the DUT")
	f.StringVar(&p.fixture.Dialect, "dialect", "", "dialect of the module (default: as the product says)")
	f.IntVar(&p.fixture.Baud, "baud", 0, "line rate; 0 tries what the dialect names")
	f.StringVar(&p.badge, "badge", "", "badge of the operator (default: the only operator)")
	f.StringVar(&p.printer, "printer", "", "printer, such as folder:DIR or tcp://host:9100 (default: the folder labels beside the record)")
	f.IntVar(&p.dpi, "dpi", labels.UsualResolution, "resolution of the printer, dots per inch")
	f.StringVar(&p.scan.text, "scan-back", "", "what was scanned from the printed label, or decode to read its picture")
	f.StringVar(&p.scan.reprint, "reprint", "", "print another label for this reason")
	f.StringVar(&p.allowed, "allowed-by", "", "badge of the person who allows the reprint, if needed")
	require(cmd, "order", "serial", "port")
	return cmd
}

// provisioned is how it ended.
type provisioned struct {
	Outcome  station.Outcome   `json:"outcome"`
	Serial   string            `json:"serial"`
	IMEI     *string           `json:"imei"` // as bound
	Findings []station.Finding `json:"findings"`
	Steps    []stepOut         `json:"steps"`
	Label    *labelOut         `json:"label"`
	Leaf     *int64            `json:"leaf"` // the audit leaf of the end of the attempt
}

// stepOut is one of the ten steps in JSON.
type stepOut struct {
	Name    station.Step    `json:"name"`
	MS      float64         `json:"ms"`
	Outcome station.Outcome `json:"outcome"`
}

// labelOut is the printed label in JSON.
type labelOut struct {
	Hash string  `json:"hash"`
	File *string `json:"file"` // of a folder printer
}

// provisionUnit fills a as it goes on, so that a run that breaks off still tells how
// far it came.
func (c *cli) provisionUnit(ctx context.Context, p *provisionFlags, a *provisioned, progress io.Writer) error {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // what was said to be done is on disk
	// The order of what follows is that of the secrets in a file of --secret-fd:
	// the operator's first, then that of who allows a reprint.
	if p.badge == "" {
		if p.badge, err = onlyOperator(ctx, d); err != nil {
			return err
		}
	}
	if p.job.By, err = c.admit(ctx, d, p.badge); err != nil {
		return err
	}
	// Before the device is touched: a wish that cannot be granted stops no unit
	// halfway.
	if err := p.mayReprint(ctx, d); err != nil {
		return err
	}
	bench, err := c.bench(ctx, d, p)
	if err != nil {
		return err
	}
	p.scan.out, p.scan.serial = progress, p.job.Serial
	if p.scan.approver, err = c.admitOr(ctx, d, p.allowed, ""); err != nil {
		return err
	}
	res := bench.Provision(ctx, p.job, p.scan.answer, func(e station.Event) { showEvent(progress, e); p.scan.watch(e) })
	return a.fill(res, bench.Printer)
}

// mayReprint refuses a wish that the run would pass over: it asks for no scan
// of a unit that has passed.
func (p *provisionFlags) mayReprint(ctx context.Context, d *dhr.DHR) error {
	if p.scan.reprint == "" {
		return nil
	}
	u, err := d.Unit(ctx, p.job.Serial)
	switch {
	case errors.Is(err, dhr.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return station.AllowReprint(u.Serial, u.Disposition)
}

// onlyOperator is the badge of the only operator there is.
//
// With two it is asked for: a unit that carries the name of somebody who was not
// there is worse than a call that has to be made again.
func onlyOperator(ctx context.Context, d *dhr.DHR) (badge string, err error) {
	people, err := d.People(ctx)
	if err != nil {
		return "", err
	}
	p, n := station.OnlyOperator(people)
	if n != 1 {
		return "", wrongUse("say who works with --badge: the record knows %s", station.Counted(n, "operator", "operators"))
	}
	return p.Badge, nil
}

// bench wires a station as cmd/internal/app does for the screen.
// Dialects are loaded with what quality has approved, and the one of the order's
// product is taken: --dialect that the product does not have is the record's to
// refuse.
func (c *cli) bench(ctx context.Context, d *dhr.DHR, p *provisionFlags) (*station.Bench, error) {
	approved, err := wire.ApprovedDialects(ctx, d)
	if err != nil {
		return nil, err
	}
	own, err := wire.Dialects(c.dialects, approved...)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	cfg, err := wire.Fixture(ctx, d, p.job.Order, p.fixture.Dialect, own)
	if err != nil {
		return nil, err
	}
	cfg.Port, cfg.Baud = p.fixture.Port, p.fixture.Baud
	dut, err := fixtures.New(cfg)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	set, err := wire.Layouts(ctx, d, p.dpi)
	if err != nil {
		return nil, err
	}
	printer, err := wire.Printer(p.printer, c.path())
	if err != nil {
		return nil, err
	}
	return &station.Bench{
		DUT: dut, Records: d, Binder: d, Prints: d, Labels: set, Printer: printer, Clock: wire.SystemClock{},
		Dialects: wire.BuiltinDialects(), Port: func() string { return port.Stable(p.fixture.Port) },
	}, nil
}

// fill takes the result of a run; its error is the exit code.
func (a *provisioned) fill(res station.Result, printer station.Printer) error {
	a.Outcome = res.Outcome
	a.Findings = append(a.Findings, res.Findings...)
	for _, s := range res.Steps {
		a.Steps = append(a.Steps, stepOut{s.Step, float64(s.Took.Microseconds()) / 1000, s.Outcome})
	}
	if res.Unit.Binding != nil {
		a.IMEI = orNull(res.Unit.Binding.IMEI.Full())
	}
	if res.Label != nil {
		a.Label = &labelOut{Hash: res.Label.Hash()}
		// No other label has a file that somebody should look at.
		if res.Print.State.Printed() {
			a.Label.File = orNull(printers.File(printer, res.Print.Job(), res.Label, "png"))
		}
	}
	if res.Leaf != 0 {
		a.Leaf = &res.Leaf
	}
	switch {
	case res.Fault != nil:
		return res.Fault
	case res.Outcome != station.Pass:
		return errNo
	}
	return nil
}

// addError puts an error into the answer. Wrong use and a refusal leave the
// outcome aborted: the unit was not judged, and neither was the bench at fault.
func (a *provisioned) addError(err error) *provisioned {
	if err == nil || errors.Is(err, errNo) {
		return a
	}
	if exitCode(&verbError{err}) == exitFault {
		a.Outcome = station.Errored
	}
	a.Findings = append(a.Findings, findingOf(err))
	return a
}

// showEvent tells a person on stderr what happens; stdout is for the answer.
func showEvent(w io.Writer, e station.Event) {
	switch {
	case e.Hint != "":
		fmt.Fprintf(w, "  … %s\n", e.Hint)
	case e.Wrong != nil:
		fmt.Fprintf(w, "  ✕ %s %s\n", e.Wrong.Message, e.Wrong.Next)
	case !e.Started:
		sign := "✓"
		if e.Result.Outcome != station.Pass {
			sign = "✕"
		}
		fmt.Fprintf(w, "  %s %-10s %s\n", sign, e.Step, e.Result.Found)
	}
}

// The outcome is the first word, in capitals, as on the screen: it is read over a
// shoulder.
func (a *provisioned) text(w io.Writer) {
	words := map[station.Outcome]string{station.Pass: "PASS", station.Fail: "FAIL", station.Errored: "ERROR: not judged", station.Aborted: "STOPPED: give the same serial again to go on"}
	fmt.Fprintf(w, "%s  %s\n", a.Serial, words[a.Outcome])
	printFindings(w, a.Findings)
	if a.Outcome == station.Pass && a.Label != nil && a.Label.File != nil {
		fmt.Fprintf(w, "  label %s\n", *a.Label.File)
	}
}
