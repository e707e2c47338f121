// SPDX-License-Identifier: Apache-2.0

package history

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"

	"bindery/station"
)

// RecordWriter is what an import asks of the record. Each call that adds is one
// commit, and what was committed stays.
type RecordWriter interface {
	// AllowHistory refuses who may not bring a list in.
	AllowHistory(ctx context.Context, by string) error
	// BeginHistory opens a list, or gives the open one of the same file.
	BeginHistory(ctx context.Context, by string, f station.HistoryFile) (station.HistoryFile, error)
	// HistoryParts is how many parts of the file are kept.
	HistoryParts(ctx context.Context, id int64) (int64, error)
	// KeepHistoryPart keeps the n-th part, from 1, packed by gzip.
	KeepHistoryPart(ctx context.Context, by string, id, n int64, packed []byte) error
	// LastHistoryRow is the last row that is there; 0 for none.
	LastHistoryRow(ctx context.Context, id int64) (int64, error)
	// AddImportedUnits and AddGivenUp add rows.
	AddImportedUnits(ctx context.Context, by string, id int64, units []station.ImportedUnit) error
	AddGivenUp(ctx context.Context, by string, id int64, given []station.ImportedBinding) error
	// EndHistory says that all rows are there.
	EndHistory(ctx context.Context, by string, id, rows int64) error
}

// ProgressFunc tells how an import goes: what is done to which list, and how many
// rows or parts of it are done. of is 0 while it is not known.
type ProgressFunc func(what string, l List, done, of int64)

// Steps, as Progress names them.
const (
	Reading = "read"   // every row is looked at before any is written
	Keeping = "keep"   // the file goes into the record
	Adding  = "import" // and its rows
)

const (
	partBytes = 1 << 20 // of the file, to one part
	chunk     = 250     // rows to a commit
)

// Import brings a list of units in, and the given-up bindings that go with it.
// Who may not is refused before a row is read. Every row is read before any is
// written: where one is wrong nothing is written, and the error is an *ListError. One that stopped goes on where it was
// when the same file is imported again. progress may be nil.
func Import(ctx context.Context, into RecordWriter, by string, lists []List, progress ProgressFunc) ([]station.HistoryFile, error) {
	if progress == nil {
		progress = func(string, List, int64, int64) {}
	}
	if err := into.AllowHistory(ctx, by); err != nil {
		return nil, err
	}
	counts := make([]int64, len(lists))
	for i, l := range lists {
		var err error
		if counts[i], err = l.check(ctx, progress); err != nil {
			return nil, err
		}
	}
	var files []station.HistoryFile
	for i, l := range lists {
		r := &importRun{into: into, by: by, list: l, rows: counts[i], progress: progress}
		if len(files) > 0 {
			r.goesWith = files[0].ID
		}
		f, err := r.importList(ctx)
		if err != nil {
			return files, asStopped(ctx, err)
		}
		files = append(files, f)
	}
	return files, nil
}

// asStopped is the fault of an import that was given up.
func asStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return station.NewFault(station.ImportStopped, "it was stopped", ctx.Err())
	}
	return err
}

// check reads every row and counts them.
func (l List) check(ctx context.Context, progress ProgressFunc) (rows int64, err error) {
	wrong := &ListError{Name: l.Name}
	err = l.each(func(e listRow) error {
		if rows++; rows%1000 == 0 {
			progress(Reading, l, rows, 0)
		}
		for _, c := range e.wrong {
			wrong.add(c.Row, c.Column, c.Sentence())
		}
		list := l.wrongIn(e)
		for _, f := range list {
			wrong.add(e.row, f.Field, f.Message)
		}
		return ctx.Err()
	})
	if err == nil {
		err = wrong.of()
	}
	return rows, asStopped(ctx, err)
}

func (l List) wrongIn(e listRow) []station.FieldError {
	if l.Kind == station.GivenUpList {
		_, wrong := station.ReadGivenUp(e.row, e.field)
		return wrong
	}
	_, wrong := station.ReadImportedUnit(e.row, e.field)
	return wrong
}

// importRun is the import of one list.
type importRun struct {
	into     RecordWriter
	by       string
	list     List
	goesWith int64
	rows     int64
	progress ProgressFunc

	id    int64
	done  int64
	units []station.ImportedUnit
	given []station.ImportedBinding
}

func (r *importRun) importList(ctx context.Context) (f station.HistoryFile, err error) {
	l := r.list
	// The record keeps what a list was said to be; the file itself goes in by parts.
	f = station.HistoryFile{Kind: l.Kind, GoesWith: r.goesWith, Source: l.Source, Name: l.Name, Bytes: l.Size, Sheet: l.Sheet}
	if f.Hash, err = l.hash(); err != nil {
		return f, err
	}
	if f.Mapping, err = l.mapping(); err != nil {
		return f, err
	}
	if f, err = r.into.BeginHistory(ctx, r.by, f); err != nil || f.Rows != nil {
		return f, err
	}
	r.id = f.ID
	if err := r.keep(ctx); err != nil {
		return f, err
	}
	if err := r.add(ctx); err != nil {
		return f, err
	}
	if err := r.into.EndHistory(ctx, r.by, r.id, r.rows); err != nil {
		return f, err
	}
	f.Rows = &r.rows
	return f, nil
}

// keep brings the file itself into the record, part by part.
func (r *importRun) keep(ctx context.Context) error {
	kept, err := r.into.HistoryParts(ctx, r.id)
	if err != nil {
		return err
	}
	parts := (r.list.Size + partBytes - 1) / partBytes
	for n := kept + 1; n <= parts; n++ {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := io.Copy(z, io.NewSectionReader(r.list.File, (n-1)*partBytes, min(partBytes, r.list.Size-(n-1)*partBytes))); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		if err := r.into.KeepHistoryPart(ctx, r.by, r.id, n, packed.Bytes()); err != nil {
			return err
		}
		r.progress(Keeping, r.list, n, parts)
	}
	return nil
}

// add brings the rows into the record that are not there yet.
func (r *importRun) add(ctx context.Context) error {
	last, err := r.into.LastHistoryRow(ctx, r.id)
	if err != nil {
		return err
	}
	err = r.list.each(func(e listRow) error {
		r.done++
		if int64(e.row) <= last {
			return ctx.Err()
		}
		if err := r.take(e); err != nil {
			return err
		}
		if len(r.units)+len(r.given) < chunk {
			return nil
		}
		return r.flush(ctx)
	})
	if err == nil {
		err = r.flush(ctx)
	}
	return err
}

// errChanged is a file that is not what it was a moment ago.
var errChanged = errors.New("the file was changed while it was read")

// take reads a row again, which was sound.
func (r *importRun) take(e listRow) error {
	var wrong []station.FieldError
	if r.list.Kind == station.GivenUpList {
		var b station.ImportedBinding
		b, wrong = station.ReadGivenUp(e.row, e.field)
		r.given = append(r.given, b)
	} else {
		var u station.ImportedUnit
		u, wrong = station.ReadImportedUnit(e.row, e.field)
		r.units = append(r.units, u)
	}
	if len(wrong) > 0 || len(e.wrong) > 0 {
		return errChanged
	}
	return nil
}

func (r *importRun) flush(ctx context.Context) (err error) {
	switch {
	case len(r.units) > 0:
		err = r.into.AddImportedUnits(ctx, r.by, r.id, r.units)
	case len(r.given) > 0:
		err = r.into.AddGivenUp(ctx, r.by, r.id, r.given)
	}
	r.units, r.given = r.units[:0], r.given[:0]
	r.progress(Adding, r.list, r.done, r.rows)
	return err
}
