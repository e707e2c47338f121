// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"

	"bindery/station"
)

// labelFlags holds the flags of the verb. The picture goes to a file, which
// is there whole or not at all.
type labelFlags struct {
	layout string
	sample bool
	watch  string
	format string
	dpi    int
	output
}

// labelFile is what was written.
// The hash is that of the dots, by which a label on paper is compared.
type labelFile struct {
	File   string        `json:"file"`
	Format string        `json:"format"`
	Hash   string        `json:"hash"`
	Codes  []scannedCode `json:"codes"`
}

// scannedCode is what a scanner reads from one code.
type scannedCode struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// nameFormat finds the format that was asked for. It is found before anything is
// drawn: a large record is not opened for a format that is misspelt.
func (l *labelFlags) nameFormat() (err error) {
	l.format, err = formatOf(l.file, l.format, "png", "pdf", "zpl", "zpl-native")
	return err
}

// save writes the label to the file; record is the record in use. The codes are
// answered too, so that a script can hold them against what a verifier reads.
func (l *labelFlags) save(label station.Label, record string) (answer, error) {
	out, err := label.Encode(l.format)
	if err != nil {
		return nil, err
	}
	if err := l.write(out, record); err != nil {
		return nil, err
	}
	d := &labelFile{File: l.file, Format: l.format, Hash: label.Hash(), Codes: []scannedCode{}}
	for _, c := range label.Codes() {
		d.Codes = append(d.Codes, scannedCode{c.Kind, c.HRI})
	}
	return d, nil
}

func (d *labelFile) text(w io.Writer) { fmt.Fprintf(w, "%s  %s\n", d.File, d.Hash) }
