// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/safefile"
)

// label draws a label without printing it. It makes no second label of a unit: what
// is drawn of one that has not passed carries no code.
//
// Its users write layouts, or send a picture of a label to somebody. A file with
// the codes of a unit that still waits for its scan would be scanned in place of
// the paper, and the unit would pass with no label on it: what may be drawn with
// codes is [station.Unit.LabelDue] to say.
func (c *cli) label() *cobra.Command {
	l := &labelFlags{}
	cmd := &cobra.Command{
		Use:   "label SERIAL|--sample|--watch LAYOUT -o FILE",
		Short: "Draw the label of a unit, or a sample of a layout, without printing",
		Long: `Draw the label of a unit as it was or will be printed, or a layout with sample
values and the mark SAMPLE. The label of a unit also has that mark until its product
is approved. While the paper label still has to be scanned, the drawing has the mark
and no codes, so that only the printed label can be scanned. Nothing is printed or
recorded. --watch redraws a layout each time its file is saved, until interrupted.`,
		Example: `  bindery label CL-000101 --format pdf -o label.pdf
  bindery label --sample --layout my-layout.toml -o sample.png`,
		Args: cobra.MaximumNArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			if err := l.nameFormat(); err != nil {
				return nil, err
			}
			if err := l.check(c.path()); err != nil {
				return nil, err
			}
			if l.watch != "" {
				return nil, l.redraw(cmd.Context(), c.path(), cmd.ErrOrStderr())
			}
			// Neither, or both: a unit drawn with sample values is the label of
			// nobody.
			if l.sample == (len(args) == 1) {
				return nil, wrongUse("give the serial of a unit, or --sample with --layout")
			}
			label, err := c.drawLabel(cmd.Context(), l, args)
			if err != nil {
				return nil, err
			}
			return l.save(label, c.path())
		}),
	}
	f := cmd.Flags()
	f.BoolVar(&l.sample, "sample", false, "draw with sample values")
	f.StringVar(&l.watch, "watch", "", "layout file to draw whenever it is saved")
	f.StringVar(&l.layout, "layout", "", "layout: a .toml file, or the name of a built-in one")
	f.StringVar(&l.format, "format", "", "png, pdf, zpl or zpl-native (default: as the name of the file says, else png)")
	l.flags(cmd)
	f.IntVar(&l.dpi, "dpi", labels.UsualResolution, "resolution of the printer, dots per inch")
	return cmd
}

// drawLabel draws what was asked for, a sample or that of a bound unit. A sample
// needs no record: whoever writes a layout may have none.
func (c *cli) drawLabel(ctx context.Context, l *labelFlags, args []string) (station.Label, error) {
	if l.sample {
		layout, err := layoutNamed(l.layout)
		if err != nil {
			return nil, err
		}
		return layout.Draw(labels.SampleValues(), l.dpi)
	}
	d, err := c.open(ctx)
	if err != nil {
		return nil, err
	}
	defer d.Close() //nolint:errcheck // nothing was written
	unit, err := d.Unit(ctx, args[0])
	if err != nil {
		return nil, err
	}
	// A unit that was never bound has no label, and one that was given up may not look
	// as if it had one still.
	if err := unit.AllowLabel(); err != nil {
		return nil, err
	}
	p, err := d.Product(ctx, unit.REF, unit.Version)
	if err != nil {
		return nil, err
	}
	return drawUnitLabel(ctx, d, unit, p, l.dpi)
}

// drawUnitLabel draws the label of a bound unit of p.
func drawUnitLabel(ctx context.Context, d *dhr.DHR, unit station.Unit, p station.Product, dpi int) (station.Label, error) {
	set, err := wire.Layouts(ctx, d, dpi)
	if err != nil {
		return nil, err
	}
	may, err := d.MayBuild(ctx, p.REF, p.Version)
	if err != nil {
		return nil, err
	}
	values := unit.LabelValues(p)
	// As the line itself would draw it: while the product is not approved its
	// labels are samples.
	values.Sample = unit.LabelIsSample(may)
	label, err := set.Draw(p.LayoutHash, values)
	if err != nil {
		return nil, err
	}
	if unit.LabelDue() {
		label = label.Uncoded()
	}
	return label, nil
}

// layoutNamed is a layout from a file, or one that comes along. A name comes
// before a file, as in an import, so that a file of such a name in the folder
// changes nothing.
func layoutNamed(name string) (*labels.Layout, error) {
	var names []string
	for _, l := range labels.Builtin() {
		if l.Name() == name {
			return l, nil
		}
		names = append(names, l.Name())
	}
	text, err := safefile.Read(name, safefile.MostOfText)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse("%v", err)
	} else if err != nil {
		return nil, wrongUse("there is no layout %q: name a file, or one of %s", name, strings.Join(names, ", "))
	}
	return labels.Parse(strings.TrimSuffix(filepath.Base(name), ".toml"), text)
}
