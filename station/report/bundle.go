// SPDX-License-Identifier: Apache-2.0

package report

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"bindery/station/dhr"
	"bindery/station/ledger"
)

// The files of a bundle. All of them but the manifest are named in it; labels
// are named by their own hash.
const (
	fileReadme     = "README.txt"
	fileRecords    = "records.jsonl"
	fileLeaves     = "leaves.jsonl"
	fileCheckpoint = "checkpoint"
	fileKey        = "key"
	fileManifest   = "manifest"
	folderLabels   = "labels/"
)

// filesOfBundle are those that the manifest names.
var filesOfBundle = []string{fileReadme, fileRecords, fileLeaves, fileCheckpoint, fileKey}

// bundleForm is the first line of a manifest.
const bundleForm = "bindery bundle 1"

// blobColumns are the columns whose bytes stand beside their row, for a leaf
// has only their hash.
var blobColumns = map[string][]string{
	"evidence":   {"exchanges", "reading"},
	"verdicts":   {"findings", "steps"},
	"layouts":    {"text"},
	"dialects":   {"text"},
	"signatures": {"statement"},
}

// mostPictures is up to how many units labels are drawn again: each takes some
// milliseconds. The record has the hash of the dots in any case.
const mostPictures = 1000

//go:embed README.txt
var readme string

// bundleHead is the first line of the records.
type bundleHead struct {
	Bundle  int    `json:"bundle"` // 1
	Subject string `json:"subject"`
	At      string `json:"at"`
	By      string `json:"by"`
	Station string `json:"station"`
	Program string `json:"program"`
	Leaf    int64  `json:"leaf"` // records this export
}

// bundleRecord is any other line of the records but the last.
type bundleRecord struct {
	Of   string      `json:"of"` // "rules", or "unit:" and the serial
	Rows []bundleRow `json:"rows"`
}

// bundleNames is the last line: what the people in the rows are called. Their
// rows are left out, for badges stand in them.
type bundleNames struct {
	Of    string            `json:"of"`    // "names"
	Names map[string]string `json:"names"` // by person ID
}

// bundleRow is one row as its leaf shows it, with the bytes of its blobs: as
// text, or where they are not UTF-8 as base64.
type bundleRow struct {
	Table  string            `json:"table"`
	Row    map[string]any    `json:"row"`
	Blobs  map[string]string `json:"blobs,omitempty"`
	Base64 map[string][]byte `json:"base64,omitempty"`
}

// bundleLeaf is one line of the leaves.
type bundleLeaf struct {
	Number int64    `json:"number"`
	Body   string   `json:"body"`
	Proof  []string `json:"proof"` // hex, from the leaf to the root
}

// bundleWriter writes a bundle.
type bundleWriter struct {
	*exporter
	zip    *zip.Writer
	hashes []string // lines of the manifest
	marked bits     // leaves to bring along
	names  map[string]string
}

func (p *exporter) writeBundle(ctx context.Context, w io.Writer) error {
	b := &bundleWriter{exporter: p, zip: zip.NewWriter(w), marked: make(bits, p.checkpoint.Size/64+1), names: map[string]string{}}
	for _, part := range []struct {
		name string
		fill func(context.Context, io.Writer) error
	}{
		{fileReadme, b.writeReadme},
		{fileRecords, b.writeRecords},
		{fileLeaves, b.writeLeaves},
		{fileCheckpoint, func(_ context.Context, w io.Writer) error { return writeText(w, string(p.note)) }},
		{fileKey, func(_ context.Context, w io.Writer) error { return writeText(w, p.public+"\n") }},
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
	return b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.at.UTC().Truncate(2 * time.Second)})
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
		"{subject}", b.Subject.String(), "{at}", clock(b.at)+" UTC", "{by}", b.person(b.By), "{station}", b.station,
		"{size}", num(b.checkpoint.Size), "{leaf}", num(b.leaf), "{root}", b.checkpoint.Root.String(), "{key}", b.public,
	).Replace(readme))
}

func (b *bundleWriter) writeManifest() error {
	signed, err := b.sign(bundleForm + "\n" + strings.Join(b.hashes, "\n") + "\n")
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
	if err := enc.put(bundleHead{1, b.Subject.String(), b.at.UTC().Format(ledger.Stamp), b.By, b.station, b.program, b.leaf}); err != nil {
		return err
	}
	b.marked.set(b.leaf)
	b.addName(b.By)
	rules := bundleRecord{Of: "rules", Rows: []bundleRow{}}
	if err := b.snap.RuleRows(ctx, b.Subject.Scope, b.addTo(&rules)); err != nil {
		return err
	}
	if err := enc.put(rules); err != nil {
		return err
	}
	err := b.snap.Serials(ctx, b.Subject.Scope, func(serial string) error {
		b.countOne()
		r := bundleRecord{Of: "unit:" + serial, Rows: []bundleRow{}}
		if err := b.snap.UnitRows(ctx, serial, b.addTo(&r)); err != nil {
			return err
		}
		if err := b.snap.LeavesOf(ctx, r.Of, b.marked.set); err != nil {
			return err
		}
		return enc.put(r)
	})
	if err != nil {
		return err
	}
	return enc.put(bundleNames{"names", b.names})
}

// addName brings along what a person is called.
func (b *bundleWriter) addName(id any) {
	if id, ok := id.(string); ok && b.called[id] != "" {
		b.names[id] = b.called[id]
	}
}

// addTo adds rows to a record and marks the leaves that wrote them.
func (b *bundleWriter) addTo(r *bundleRecord) func(dhr.RowLine) error {
	return func(line dhr.RowLine) error {
		row := bundleRow{Table: line.Table, Row: line.Row}
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
	for n := int64(1); n <= b.checkpoint.Size; n++ {
		if !b.marked.has(n) {
			continue
		}
		leaf, err := b.snap.Leaf(ctx, n)
		if err != nil {
			return err
		}
		proof, err := b.snap.Prove(ctx, n, b.checkpoint.Size)
		if err != nil {
			return err
		}
		line := bundleLeaf{Number: n, Body: string(leaf.Body), Proof: []string{}}
		for _, h := range proof {
			line.Proof = append(line.Proof, hex.EncodeToString(h[:]))
		}
		if err := enc.put(line); err != nil {
			return err
		}
	}
	return nil
}

// markEarlier marks the leaves behind those of a whole lot: what such a leaf changed
// of a unit was written by another one, which must be there for the history to
// be whole. The newest goes first, for a leaf changes only what older ones
// wrote.
func (b *bundleWriter) markEarlier(ctx context.Context) error {
	for n := b.checkpoint.Size; n > 0; n-- {
		if !b.marked.has(n) {
			continue
		}
		line, err := b.snap.Leaf(ctx, n)
		if err != nil {
			return err
		}
		l, err := decodeLeaf(line)
		if err != nil {
			return err
		}
		if strings.HasPrefix(l.Subject, "unit:") {
			continue // all leaves of the unit are marked
		}
		if err := b.markRows(ctx, l.Rows); err != nil {
			return err
		}
	}
	return nil
}

func (b *bundleWriter) markRows(ctx context.Context, rows []ledger.Row) error {
	for _, r := range rows {
		serial, ok := r.Row["serial"].(string)
		if !ok || r.Was == 0 || b.marked.has(r.Was) {
			continue
		}
		in, err := b.snap.InScope(ctx, b.Subject.Scope, serial)
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
	return b.snap.Serials(ctx, b.Subject.Scope, func(serial string) error {
		r, err := b.snap.Show(ctx, serial)
		if err != nil {
			return err
		}
		for _, print := range r.Prints {
			png, err := b.redraw(ctx, r, print)
			if err != nil {
				return err
			}
			if png == nil {
				continue
			}
			w, err := b.createFile(fmt.Sprintf("%s%d-%x.png", folderLabels, print.ID, sha256.Sum256(png)))
			if err != nil {
				return err
			}
			if _, err := w.Write(png); err != nil {
				return err
			}
		}
		return nil
	})
}

// bits are a set of leaf numbers.
type bits []uint64

func (b bits) set(n int64) {
	if i := n / 64; i < int64(len(b)) {
		b[i] |= 1 << (n % 64)
	}
}

func (b bits) has(n int64) bool { return b[n/64]&(1<<(n%64)) != 0 }
