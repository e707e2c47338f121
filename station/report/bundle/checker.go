// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"context"
	"io"

	"bindery/station/ledger"
)

// VerifyResult is what [Verify] found.
type VerifyResult struct {
	OK         bool   `json:"ok"`
	Subject    string `json:"subject"`
	Units      int64  `json:"units"`
	Rows       int64  `json:"rows"`
	Leaves     int64  `json:"leaves"`
	Labels     int64  `json:"labels"`
	Size       int64  `json:"size"` // leaves that the checkpoint covers
	Root       string `json:"root"` // base64, as in the checkpoint
	Key        string `json:"key"`
	KeyGiven   bool   `json:"key_given"`   // the key was not only taken from the bundle
	FirstFault string `json:"first_fault"` // the first thing wrong, one plain sentence; "" when OK
}

// checker is a check of a bundle under way.
type checker struct {
	VerifyResult
	ctx        context.Context
	keys       []string // that are to be believed; none believes the bundle's
	key        string
	files      map[string]*zip.File
	checkpoint ledger.Checkpoint
	history    history
	last       ledger.Leaf       // of the leaves: that of the export
	units      map[string]bool   // subjects that the records are about
	rules      rules             // that they were made by
	dots       map[string]string // of each print in the records: its hash
	labelled   map[string]bool   // prints whose label is there
}

// open opens a file of the bundle. What is damaged shows while it is read.
func (v *checker) open(name string) (io.ReadCloser, error) {
	f := v.files[name]
	if f == nil {
		return nil, wrong("The file %q is missing.", name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, wrong("The file %q cannot be read: %v.", name, err)
	}
	return &summed{ReadCloser: r, want: f.CRC32}, nil
}
