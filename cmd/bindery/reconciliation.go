// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/pelletier/go-toml/v2"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/identity"
	"bindery/station/reconcile"
)

// reconciliation is what a comparison came to: as JSON the whole of it, from a
// file, for a list may have a million rows; as text the sums and examples.
type reconciliation struct {
	mapping  reconcile.Mapping
	sum      reconcile.Summary
	examples map[reconcile.Class][]reconcile.Row
	missing  []reconcile.Card
	whole    *os.File // its JSON, where that was asked for
}

// mostExamples is how many rows of a class a terminal shows.
const mostExamples = 20

// compare holds a list against the record.
func (c *cli) compare(ctx context.Context, d *dhr.DHR, list *carrierList, issuer string, progress func(reconcile.Progress)) (*reconciliation, error) {
	book, err := d.Book(ctx)
	if err != nil {
		return nil, err
	}
	defer book.Close() //nolint:errcheck // it was only read
	done := &reconciliation{mapping: list.Mapping, examples: map[reconcile.Class][]reconcile.Row{}}
	all := sinks{done.exampleSink()}
	if c.json {
		if done.whole, err = os.CreateTemp("", "bindery-*.json"); err != nil {
			return nil, err
		}
		os.Remove(done.whole.Name()) // it lives as long as it is open
		all = append(all, jsonSink(done.whole, list.Mapping.Shape))
	}
	done.sum, err = list.Run(ctx, book, reconcile.Options{Issuer: issuer, Row: all.row, Missing: all.missing, Progress: progress})
	if err == nil {
		err = all.close(done.sum)
	}
	if err == nil {
		err = list.checkUnchanged()
	}
	if err != nil {
		done.close()
		return nil, err
	}
	return done, nil
}

func (r *reconciliation) close() {
	if r.whole != nil {
		r.whole.Close()
	}
}

// sink takes a result, row by row.
type sink struct {
	row     func(reconcile.Row) error
	missing func(reconcile.Card) error
	close   func(reconcile.Summary) error
}

// sinks are all that take a result.
type sinks []sink

func (k sinks) row(r reconcile.Row) error {
	for _, s := range k {
		if err := s.row(r); err != nil {
			return err
		}
	}
	return nil
}

func (k sinks) missing(c reconcile.Card) error {
	for _, s := range k {
		if err := s.missing(c); err != nil {
			return err
		}
	}
	return nil
}

func (k sinks) close(sum reconcile.Summary) error {
	for _, s := range k {
		if err := s.close(sum); err != nil {
			return err
		}
	}
	return nil
}

// jsonSink is the JSON of a result.
func jsonSink(w io.Writer, shape string) sink {
	e := reconcile.NewEncoder(w, shape)
	return sink{e.Row, e.Missing, e.Close}
}

// exampleSink keeps the first rows of each class, for people.
func (r *reconciliation) exampleSink() sink {
	return sink{
		func(row reconcile.Row) error {
			if row.Class != reconcile.Match && row.Class != reconcile.Ignore && len(r.examples[row.Class]) < mostExamples {
				r.examples[row.Class] = append(r.examples[row.Class], row)
			}
			return nil
		},
		func(c reconcile.Card) error {
			if len(r.missing) < mostExamples {
				r.missing = append(r.missing, c)
			}
			return nil
		},
		func(reconcile.Summary) error { return nil },
	}
}

// writeJSON gives the whole result.
func (r *reconciliation) writeJSON(w io.Writer) error {
	defer r.close()
	if _, err := r.whole.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(w, r.whole)
	return err
}

func (r *reconciliation) text(w io.Writer) {
	r.columns(w)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "CLASS\tROWS")
	for _, class := range reconcile.Classes() {
		if n := r.sum.Counts[class]; n > 0 {
			fmt.Fprintf(t, "%s\t%d\n", class, n)
		}
	}
	fmt.Fprintf(t, "%s\t%d\n", reconcile.Missing, r.sum.Missing)
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	if r.sum.Unread > 0 {
		fmt.Fprintf(w, "The ICCIDs of %d rows cannot be read: the SIM of each may count as missing.\n", r.sum.Unread)
	}
	r.rows(w)
}

// columns says what the list was taken for.
func (r *reconciliation) columns(w io.Writer) {
	shape := "by what its columns hold"
	if r.mapping.Shape != "" {
		shape = "as " + r.mapping.Shape
	} else if r.mapping.Name != "" {
		shape = "as the mapping " + station.Shown(r.mapping.Name)
	}
	var columns []string
	for _, c := range r.mapping.Columns {
		name := c.Name
		if name == "" {
			name = fmt.Sprintf("column %d", c.At)
		}
		columns = append(columns, fmt.Sprintf("%s is %s", identity.MaskIn(station.Shown(name)), c.Role))
	}
	fmt.Fprintf(w, "%d rows, read %s: %s.\n", r.sum.Rows, shape, strings.Join(columns, ", "))
	if len(r.sum.Issuers) > 0 {
		fmt.Fprintf(w, "SIMs that begin %s were looked for.\n", strings.Join(r.sum.Issuers, ", "))
	}
}

// rows shows the first of each class that is no match.
func (r *reconciliation) rows(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nLINE\tCLASS\tSERIAL\tICCID\tIMEI\tSTATE\tBESIDES")
	more := 0
	for _, class := range reconcile.Classes() {
		for _, row := range r.examples[class] {
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", row.Line, row.Class, orDash(row.Serial), orDash(row.ICCID.String()),
				orDash(row.IMEI.String()), orDash(identity.MaskIn(station.Shown(row.State))), orDash(besides(row)))
		}
		if n := len(r.examples[class]); n > 0 {
			more += r.sum.Counts[class] - n
		}
	}
	for _, c := range r.missing {
		fmt.Fprintf(t, "-\t%s\t%s\t%s\t%s\t-\t-\n", reconcile.Missing, c.Serial, identity.ICCID(c.ICCID), identity.IMEI(c.IMEI))
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	if more += r.sum.Missing - len(r.missing); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
}

// besides is what else holds of a row, and why it is malformed.
func besides(r reconcile.Row) string {
	var all []string
	if r.Damage != "" {
		all = append(all, string(r.Damage))
	}
	for _, l := range r.Labels {
		if l != r.Class {
			all = append(all, string(l))
		}
	}
	return strings.Join(append(all, r.Flags...), ", ")
}

// mappingOf reads a mapping from TOML.
func mappingOf(path string, text []byte) (m reconcile.Mapping, err error) {
	d := toml.NewDecoder(bytes.NewReader(text))
	if err := d.DisallowUnknownFields().Decode(&m); err != nil {
		return m, wrongUse("%s is no mapping: %v", path, err)
	}
	if m.Name == "" {
		m.Name = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	return m, m.Check()
}
