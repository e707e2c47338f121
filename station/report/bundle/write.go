// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/record"
)

//go:embed README.txt
var readme string

// Write writes a bundle of records to w. The same records give the same bytes.
// Its error is of records, of sign or of w, or a *station.Fault where a unit or
// a leaf is too long for a bundle.
func Write(ctx context.Context, w io.Writer, head Head, records Contents, sign Sign) error {
	b := &bundleWriter{
		Head: head, records: records, sign: sign, zip: zip.NewWriter(w),
		marked: make(leafSet, head.Checkpoint.Size/64+1), names: map[string]string{},
	}
	for _, part := range []struct {
		name string
		fill func(context.Context, io.Writer) error
	}{
		{fileReadme, b.writeReadme},
		{fileRecords, b.writeRecords},
		{fileLeaves, b.writeLeaves},
		{fileCheckpoint, func(_ context.Context, w io.Writer) error { return writeText(w, string(b.Note)) }},
		{fileKey, func(_ context.Context, w io.Writer) error { return writeText(w, b.Key+"\n") }},
	} {
		if err := b.writeFile(ctx, part.name, part.fill); err != nil {
			return err
		}
	}
	if err := b.writeLabels(ctx); err != nil {
		return err
	}
	if err := b.writeManifest(); err != nil {
		return err
	}
	return b.zip.Close()
}

func (b *bundleWriter) writeReadme(_ context.Context, w io.Writer) error {
	return writeText(w, strings.NewReplacer(
		"{subject}", b.Subject, "{at}", b.At.UTC().Format(time.DateTime)+" UTC", "{by}", station.DisplayName(b.By, b.Names[b.By]), "{station}", b.Station,
		"{size}", strconv.FormatInt(b.Checkpoint.Size, 10), "{leaf}", strconv.FormatInt(b.Leaf, 10), "{root}", b.Checkpoint.Root.String(), "{key}", b.Key,
	).Replace(readme))
}

func (b *bundleWriter) writeManifest() error {
	signed, err := b.sign(manifestForm + "\n" + strings.Join(b.hashes, "\n") + "\n")
	if err != nil {
		return err
	}
	w, err := b.createFile(fileManifest)
	if err != nil {
		return err
	}
	_, err = w.Write(signed)
	return err
}

// writeRecords writes the rows, the rules first, then unit by unit, and marks the
// leaves that they need.
func (b *bundleWriter) writeRecords(ctx context.Context, w io.Writer) error {
	enc := newLineWriter(w)
	if err := enc.put(headLine{1, b.Subject, b.At.UTC().Format(ledger.Stamp), b.By, b.ExportOrigin}); err != nil {
		return err
	}
	b.marked.set(b.Leaf)
	b.addName(b.By)
	rules := section{Of: "rules", Rows: []sectionRow{}}
	if err := b.records.Rules(ctx, b.addTo(&rules)); err != nil {
		return err
	}
	if err := enc.put(rules); err != nil {
		return err
	}
	err := b.records.Serials(ctx, func(serial string) error {
		r := section{Of: "unit:" + serial, Rows: []sectionRow{}}
		if err := b.records.Rows(ctx, serial, b.addTo(&r)); err != nil {
			return err
		}
		if err := b.records.LeavesOf(ctx, r.Of, b.marked.set); err != nil {
			return err
		}
		return enc.put(r)
	})
	if err != nil {
		return err
	}
	return enc.put(namesLine{"names", b.names})
}

// addName brings along what a person is called.
func (b *bundleWriter) addName(id any) {
	if id, ok := id.(string); ok && b.Names[id] != "" {
		b.names[id] = b.Names[id]
	}
}

// addTo adds rows to a record and marks the leaves that wrote them.
func (b *bundleWriter) addTo(r *section) func(record.LeafRow) error {
	return func(line record.LeafRow) error {
		row := sectionRow{Table: line.Table, Row: line.Row}
		for name, blob := range line.Blobs {
			if utf8.Valid(blob) {
				row.Blobs = withEntry(row.Blobs, name, string(blob))
			} else {
				row.Base64 = withEntry(row.Base64, name, blob)
			}
		}
		r.Rows = append(r.Rows, row)
		b.marked.set(line.Leaf())
		for _, column := range []string{"person", "approver", "closed_by"} {
			b.addName(line.Row[column])
		}
		return nil
	}
}

func withEntry[V any](m map[string]V, name string, v V) map[string]V {
	if m == nil {
		m = map[string]V{}
	}
	m[name] = v
	return m
}

// writeLabels draws the labels of the units again, those whose dots are the ones
// that were printed.
func (b *bundleWriter) writeLabels(ctx context.Context) error {
	return b.records.Serials(ctx, func(serial string) error {
		return b.records.Labels(ctx, serial, func(print int64, png []byte) error {
			w, err := b.createFile(fmt.Sprintf("%s%d-%x.png", folderLabels, print, sha256.Sum256(png)))
			if err != nil {
				return err
			}
			_, err = w.Write(png)
			return err
		})
	})
}
