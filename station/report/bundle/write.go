// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
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

// Sign signs a text with the key of the station, as a note (C2SP signed-note).
type Sign func(text string) ([]byte, error)

// bundleWriter writes a bundle.
type bundleWriter struct {
	Head
	records Contents
	sign    Sign
	zip     *zip.Writer
	hashes  []string // lines of the manifest
	marked  leafSet  // leaves to bring along
	names   map[string]string
}

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

func writeText(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}

func (b *bundleWriter) createFile(name string) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.At.UTC().Truncate(2 * time.Second)})
}

// writeFile puts a file in the bundle and its hash in the manifest.
func (b *bundleWriter) writeFile(ctx context.Context, name string, fill func(context.Context, io.Writer) error) error {
	w, err := b.createFile(name)
	if err != nil {
		return err
	}
	h := sha256.New()
	if err := fill(ctx, io.MultiWriter(w, h)); err != nil {
		return err
	}
	b.hashes = append(b.hashes, hex.EncodeToString(h.Sum(nil))+"  "+name)
	return nil
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
	if err := enc.put(headLine{1, b.Subject, b.At.UTC().Format(ledger.Stamp), b.By, b.Station, b.Program, b.Leaf}); err != nil {
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

// writeLeaves writes the marked leaves with their proofs.
func (b *bundleWriter) writeLeaves(ctx context.Context, w io.Writer) error {
	if err := b.markEarlier(ctx); err != nil {
		return err
	}
	enc := newLineWriter(w)
	for n := int64(1); n <= b.Checkpoint.Size; n++ {
		if !b.marked.has(n) {
			continue
		}
		body, err := b.records.Leaf(ctx, n)
		if err != nil {
			return err
		}
		if err := b.holdsNoOther(ctx, n, body); err != nil {
			return err
		}
		proof, err := b.records.Prove(ctx, n, b.Checkpoint.Size)
		if err != nil {
			return err
		}
		line := leafLine{Number: n, Body: string(body), Proof: []string{}}
		for _, h := range proof {
			line.Proof = append(line.Proof, hex.EncodeToString(h[:]))
		}
		if err := enc.put(line); err != nil {
			return err
		}
	}
	return nil
}

// holdsNoOther refuses a leaf with identities of a unit that is not in the bundle.
// Leaves have been of one unit each since lists of other systems are written so;
// the first of these lists were not.
func (b *bundleWriter) holdsNoOther(ctx context.Context, n int64, body []byte) error {
	if !bytes.Contains(body, []byte(`"iccid":`)) { // stands in all rows that have identities
		return nil
	}
	var l ledger.Leaf
	if err := json.Unmarshal(body, &l); err != nil {
		return err
	}
	for _, r := range l.Rows {
		serial, ok := r.Row["serial"].(string)
		if _, identities := r.Row["iccid"]; !ok || !identities {
			continue
		}
		in, err := b.records.Has(ctx, serial)
		if err != nil {
			return err
		}
		if !in {
			return station.NewFault(station.ExportFault, fmt.Sprintf("leaf %d has identities of other units as well, and is in no bundle without them: take another form.", n), nil)
		}
	}
	return nil
}

// markEarlier marks the leaves behind those of a whole lot, or of a list of another
// system: what such a leaf wrote of a unit and another changed must be there for
// the history to be whole. The newest goes first, for a leaf changes only what
// older ones wrote.
func (b *bundleWriter) markEarlier(ctx context.Context) error {
	for n := b.Checkpoint.Size; n > 0; n-- {
		if !b.marked.has(n) {
			continue
		}
		body, err := b.records.Leaf(ctx, n)
		if err != nil {
			return err
		}
		if !bytes.Contains(body, []byte(`"was":`)) {
			continue // it changes nothing
		}
		var l ledger.Leaf
		if err := json.Unmarshal(body, &l); err != nil {
			return err
		}
		if err := b.markRows(ctx, l.Rows); err != nil {
			return err
		}
	}
	return nil
}

func (b *bundleWriter) markRows(ctx context.Context, rows []ledger.RowImage) error {
	for _, r := range rows {
		serial, ok := r.Row["serial"].(string)
		if !ok || r.Was == 0 || b.marked.has(r.Was) {
			continue
		}
		in, err := b.records.Has(ctx, serial)
		if err != nil {
			return err
		}
		if in {
			b.marked.set(r.Was)
		}
	}
	return nil
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

// leafSet are a set of leaf numbers.
type leafSet []uint64

func (b leafSet) set(n int64) {
	if i := n / 64; i < int64(len(b)) {
		b[i] |= 1 << (n % 64)
	}
}

func (b leafSet) has(n int64) bool { return b[n/64]&(1<<(n%64)) != 0 }
