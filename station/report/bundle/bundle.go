// SPDX-License-Identifier: Apache-2.0

// Package bundle writes the records of units as one file that proves itself,
// and checks such a file with no record at hand. docs/record-format.md
// describes it for somebody who writes a verifier of their own.
package bundle

import (
	"fmt"

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

// manifestForm is the first line of a manifest.
const manifestForm = "bindery bundle 1"

// blobColumns are the columns whose bytes stand beside their row, for a leaf
// has only their hash.
var blobColumns = map[string][]string{
	"evidence":   {"exchanges", "reading"},
	"verdicts":   {"findings", "steps"},
	"layouts":    {"text"},
	"dialects":   {"text"},
	"signatures": {"statement"},
}

// headLine is the first line of the records: that part of [Head] which the leaf of the
// export bears out; the rest has files of its own. Readers in other languages hold it
// to the byte. So At is a text: earlier programs wrote the time in another form.
type headLine struct {
	Bundle  int    `json:"bundle"` // 1
	Subject string `json:"subject"`
	At      string `json:"at"`
	By      string `json:"by"`
	ExportOrigin
}

// section is any other line of the records but the last.
type section struct {
	Of   string       `json:"of"` // "rules", or "unit:" and the serial
	Rows []sectionRow `json:"rows"`
}

// namesLine is the last line: what the people in the rows are called. Their
// rows are left out, for badges stand in them.
type namesLine struct {
	Of    string            `json:"of"`    // "names"
	Names map[string]string `json:"names"` // by person ID
}

// sectionRow is one row as its leaf shows it, with the bytes of its blobs: as
// text, or where they are not UTF-8 as base64.
type sectionRow struct {
	Table  string            `json:"table"`
	Row    map[string]any    `json:"row"`
	Blobs  map[string]string `json:"blobs,omitempty"`
	Base64 map[string][]byte `json:"base64,omitempty"`
}

// leafLine is one line of the leaves.
type leafLine struct {
	Number int64    `json:"number"`
	Body   string   `json:"body"`
	Proof  []string `json:"proof"` // hex, from the leaf to the root
}

func wrong(format string, args ...any) error {
	return ledger.IntegrityError(fmt.Sprintf(format, args...))
}
