// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/scope"
)

// IncidentForms are the forms in which the units of an incident are handed over.
var IncidentForms = []Form{CSV, XLSX, JSON}

// IncidentJob is a file of the units of an incident, to be made for an audience.
type IncidentJob struct {
	Export record.IncidentExport // who, for whom, why; how many and the hash are filled in
	Form   Form                  // one of [IncidentForms]
	Units  []string              // serials
	File   string                // where it goes; what stands there stays
	At     time.Time

	listed map[string][]station.ListedSIM // SIMs of the comparison that it was made from

	// Progress is told now and then how many of how many units are read, and once at
	// the end. It may be nil.
	Progress func(done, of int64)
}

// ExportIncident makes the file. It is in the record, with its hash, before it has
// its name; a job that is refused or fails leaves no file. Its error is a
// *station.Refusal or a *station.Fault.
func ExportIncident(ctx context.Context, d *dhr.DHR, job IncidentJob) (record.IncidentExport, []string, error) {
	e := job.Export
	e.Form, e.Units, e.At = string(job.Form), len(job.Units), job.At
	if !e.Audience.TakesIdentities() {
		e.Whole = false // there is nothing to mask
	}
	if err := d.AllowIncidentExport(ctx, e); err != nil {
		return e, nil, err
	}
	var err error
	if job.listed, err = listedSIMs(ctx, d, e.Audience, e.Expr, job.Units); err != nil {
		return e, nil, asFault(ctx, err)
	}
	out := &outputFiles{path: job.File, rules: safefile.Rules{Record: d.Path()}}
	defer out.discard()
	files, err := job.fill(ctx, d, out, &e)
	return e, files, asFault(ctx, err)
}

// PreviewIncident gives the rows of the first units of such a file, masked. An alias
// is given out with the file, and not before. What the file would be refused for is
// told here already.
func PreviewIncident(ctx context.Context, d *dhr.DHR, of station.Audience, e scope.Expr, units []string, at time.Time) (rows [][]string, err error) {
	listed, err := listedSIMs(ctx, d, of, e, units)
	if err != nil {
		return nil, err
	}
	err = incident.Facts(ctx, d.Reader(), units[:min(len(units), previewed)], func(u station.ExportedUnit) error {
		u.Listed = listed[u.Serial]
		rows = append(rows, of.Rows(u, false, station.DayOf(at))...)
		return nil
	})
	return rows, err
}

// previewed is how many units are shown of a file beforehand.
const previewed = 5

func (j IncidentJob) fill(ctx context.Context, d *dhr.DHR, out *outputFiles, e *record.IncidentExport) ([]string, error) {
	if err := checkWritable(j.File, out.rules); err != nil {
		return nil, err
	}
	sum := &digest{Hash: sha256.New()}
	out.copied = sum
	if err := j.write(ctx, d, out, e); err != nil {
		return nil, err
	}
	if ctx.Err() != nil { // the last moment to be given up
		return nil, ctx.Err()
	}
	e.Hash, e.Bytes = hex.EncodeToString(sum.Sum(nil)), sum.n
	leaf, err := d.RecordIncidentExport(ctx, *e)
	if err != nil {
		return nil, err
	}
	e.Leaf = leaf
	return out.publish()
}

// unitsAtOnce is how many units are in memory at a time.
const unitsAtOnce = 5000

// each calls do with what there is to say of each unit, with an alias of it where the
// audience gets one. Few of them are in memory at a time: there may be millions.
func (j IncidentJob) each(ctx context.Context, d *dhr.DHR, e *record.IncidentExport, do func(station.ExportedUnit) error) error {
	done := 0
	for some := range slices.Chunk(j.Units, unitsAtOnce) {
		units := make([]station.ExportedUnit, 0, len(some))
		err := incident.Facts(ctx, d.Reader(), some, func(u station.ExportedUnit) error {
			u.Listed = j.listed[u.Serial]
			units = append(units, u)
			return ctx.Err()
		})
		if err == nil && e.Audience == station.Support {
			err = giveAliases(ctx, d, e, units)
		}
		if err != nil {
			return err
		}
		for _, u := range units {
			if err := do(u); err != nil {
				return err
			}
		}
		if done += len(some); j.Progress != nil {
			j.Progress(int64(done), int64(len(j.Units)))
		}
	}
	return nil
}

// giveAliases gives each unit the alias of its IMEI.
func giveAliases(ctx context.Context, d *dhr.DHR, e *record.IncidentExport, units []station.ExportedUnit) error {
	of := make([]record.UnitIdentity, len(units))
	for i, u := range units {
		of[i] = record.UnitIdentity{Kind: identity.KindIMEI, Value: u.IMEI.Full(), Serial: u.Serial}
	}
	aliases, err := d.GiveAliases(ctx, e.By, e.Reason, of)
	for i := range aliases {
		units[i].Alias = aliases[i]
	}
	return err
}

func (j IncidentJob) write(ctx context.Context, d *dhr.DHR, out *outputFiles, e *record.IncidentExport) error {
	rows := func(t tableWriter) error {
		if err := t.begin(e.Audience.Columns()...); err != nil {
			return err
		}
		err := j.each(ctx, d, e, func(u station.ExportedUnit) error {
			for _, row := range e.Audience.Rows(u, e.Whole, station.DayOf(j.At)) {
				e.Rows++
				if err := t.add(row...); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		return t.end()
	}
	if j.Form == XLSX {
		folder, err := safefile.CreateFolder(j.File)
		if err != nil {
			return err
		}
		defer folder.Discard()
		t := &xlsxTable{ctx: ctx, out: out, folder: folder.Path(""), name: string(e.Audience), program: d.Program().String(), at: j.At.UTC().Format("2006-01-02T15:04:05Z")}
		defer t.close()
		return rows(t)
	}
	return out.writeVolume(ctx, func(w io.Writer) error {
		switch {
		case j.Form == JSON:
			return rows(&jsonTable{out: w})
		case e.Audience.TakesIdentities():
			return rows(&plainCSV{w: csv.NewWriter(w)})
		}
		return rows(newCSV(w))
	})
}

// plainCSV is a table for a program of a carrier: without the byte order mark and
// the apostrophes that a spreadsheet needs. Its cells are digits, days and flags.
type plainCSV struct{ w *csv.Writer }

func (t *plainCSV) begin(columns ...string) error { return t.w.Write(columns) }
func (t *plainCSV) add(values ...string) error    { return t.w.Write(values) }
func (t *plainCSV) end() error {
	t.w.Flush()
	return t.w.Error()
}

// jsonTable is a table as a JSON array of objects, whose values are texts.
type jsonTable struct {
	out     io.Writer
	columns []string
	some    bool
}

func (t *jsonTable) begin(columns ...string) error {
	t.columns = columns
	_, err := io.WriteString(t.out, "[")
	return err
}

func (t *jsonTable) add(values ...string) error {
	row := map[string]string{}
	for i, v := range values {
		row[t.columns[i]] = v
	}
	text, err := json.Marshal(row)
	if err != nil {
		return err
	}
	before := "\n"
	if t.some {
		before = ",\n"
	}
	t.some = true
	_, err1 := io.WriteString(t.out, before)
	_, err2 := t.out.Write(text)
	return errors.Join(err1, err2)
}

func (t *jsonTable) end() error {
	_, err := io.WriteString(t.out, "\n]\n")
	return err
}
