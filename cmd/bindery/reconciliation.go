// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/reconcile"
)

// reconciliation is what a comparison came to: as JSON the whole of it, from a
// file, for a list may have a million rows; as text the sums and examples.
type reconciliation struct {
	mapping   reconcile.Mapping
	sum       reconcile.Summary
	examples  map[reconcile.Class][]reconcile.ClassifiedRow
	missing   []reconcile.Card
	run       int64 // its number in the record
	since     int64 // of the earlier one
	changes   []reconcile.Change
	changed   int
	files     []string
	caseName  string // of the case that was opened; "" for none
	caseUnits int
	whole     *os.File // its JSON, where that was asked for
}

// mostExamples is how many rows of a class a terminal shows.
const mostExamples = 20

// row keeps the first rows of each class, for people.
func (r *reconciliation) row(row reconcile.ClassifiedRow) {
	if row.Class != reconcile.Match && row.Class != reconcile.Ignore && len(r.examples[row.Class]) < mostExamples {
		r.examples[row.Class] = append(r.examples[row.Class], row)
	}
}

// miss keeps the first SIMs that the list lacks. They are no rows, and counted by
// the summary.
func (r *reconciliation) miss(c reconcile.Card) {
	if len(r.missing) < mostExamples {
		r.missing = append(r.missing, c)
	}
}

// change counts all and keeps the first: a carrier that renumbers changes every row.
func (r *reconciliation) change(c reconcile.Change) {
	if r.changed++; len(r.changes) < mostExamples {
		r.changes = append(r.changes, c)
	}
}

// close lets the file of the result go, which then is gone from the disk.
func (r *reconciliation) close() {
	if r.whole != nil {
		r.whole.Close()
	}
}

// writeJSON gives the whole result. It stands in a file, as a list of a million rows
// would not fit beside the record in the memory of a bench.
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
	// Told with the numbers and not below them: a SIM that is missing only because its
	// row was damaged must not be reported to a carrier.
	if r.sum.Unread > 0 {
		fmt.Fprintf(w, "The ICCIDs of %s cannot be read: the SIM of each may count as missing.\n", station.Counted(r.sum.Unread, "row", "rows"))
	}
	r.rows(w)
	if r.since != 0 {
		r.changesSince(w)
	}
	fmt.Fprintf(w, "\nkept as number %d\n", r.run)
	if r.caseName != "" {
		fmt.Fprintf(w, "case %s opened: %s\n", station.Visible(r.caseName, ""), station.Counted(r.caseUnits, "unit", "units"))
	}
	for _, f := range r.files {
		fmt.Fprintln(w, identity.MaskIn(f))
	}
}

// columns says what the list was taken for, in the words of its own header, so that
// its owner sees a column that was taken for another. They are masked: a list without
// a header has numbers where the words would be.
func (r *reconciliation) columns(w io.Writer) {
	shape := "by what its columns hold"
	if r.mapping.Shape != "" {
		shape = "as " + r.mapping.Shape
	} else if r.mapping.Name != "" {
		shape = "as the mapping " + station.Shown(r.mapping.Name)
	}
	var columns, beside []string
	for _, c := range r.mapping.Columns {
		columns = append(columns, columnShown(c)+" is "+string(c.Role))
	}
	fmt.Fprintf(w, "%s, read %s: %s.\n", station.Counted(r.sum.Rows, "row", "rows"), shape, strings.Join(columns, ", "))
	for _, c := range r.mapping.Beside {
		beside = append(beside, columnShown(c)+" may be "+string(c.Role)+" too")
	}
	if len(beside) > 0 {
		fmt.Fprintf(w, "Not read: %s.\n", strings.Join(beside, ", "))
	}
	if len(r.sum.Issuers) > 0 {
		fmt.Fprintf(w, "SIMs that begin with %s were looked for.\n", strings.Join(r.sum.Issuers, ", "))
	}
}

func columnShown(c reconcile.Column) string {
	if c.Name == "" {
		return fmt.Sprintf("column %d", c.At)
	}
	return station.Shown(c.Name)
}

// rows shows the first of each class that is no match: what needs nobody would hide
// what somebody has to do.
func (r *reconciliation) rows(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nLINE\tCLASS\tSERIAL\tICCID\tIMEI\tSTATE\tBESIDES")
	more := 0
	for _, class := range reconcile.Classes() {
		for _, row := range r.examples[class] {
			fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", row.Line, row.Class, orDash(row.Serial), orDash(row.ICCID.String()),
				orDash(row.Device.String()), orDash(identity.MaskIn(station.Shown(row.State))), orDash(strings.Join(row.OtherFindings(), ", ")))
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

// changesSince shows the first changes.
func (r *reconciliation) changesSince(w io.Writer) {
	fmt.Fprintf(w, "\nsince number %d: %s\n", r.since, station.Counted(r.changed, "change", "changes"))
	if r.changed == 0 {
		return
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "CHANGE\tSERIAL\tICCID\tBEFORE\tNOW")
	for _, c := range r.changes {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", c.Kind, orDash(c.Serial), c.SIM, orDash(joined(c.Before)), orDash(joined(c.After)))
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
	if more := r.changed - len(r.changes); more > 0 {
		fmt.Fprintf(w, "and %d more\n", more)
	}
}

// joined is a list of words of a type of its own, for one cell.
func joined[S ~string](list []S) string {
	return strings.Join(texts(list), ", ")
}

// texts are the members of a list as they are written.
func texts[S ~string](list []S) []string {
	all := make([]string, len(list))
	for i, c := range list {
		all[i] = string(c)
	}
	return all
}
