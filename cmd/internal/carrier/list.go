// SPDX-License-Identifier: Apache-2.0

// Package carrier holds the list of a carrier open while it is compared with the
// record, for the command line and the desktop app alike.
package carrier

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/record"
)

// OpenedList is the list of a carrier that is open.
type OpenedList struct {
	*reconcile.ListFile
	Name string // of the file, without the folder, masked

	file *os.File
	size int64
	was  fs.FileInfo
}

// OpenList opens the list in file, which has so many bytes. It is found out from them
// what it is: the name that a portal gives a file says nothing. The list closes
// file, also where it is none; its errors are those of [reconcile.Open].
func OpenList(path string, file *os.File, size int64) (*OpenedList, error) {
	l := &OpenedList{Name: identity.MaskIn(filepath.Base(path)), file: file, size: size}
	var err error
	if l.was, err = file.Stat(); err == nil {
		l.ListFile, err = reconcile.Open(filepath.Base(path), file, size)
	}
	if err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// Close closes the file.
func (l *OpenedList) Close() { l.file.Close() }

// Hash is the SHA-256 of the file, hex.
func (l *OpenedList) Hash() (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(l.file, 0, l.size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Changed reports whether the file was changed since it was opened. Between the two
// readings of it a row could then be counted once as there and once as missing.
func (l *OpenedList) Changed() (bool, error) {
	now, err := l.file.Stat()
	if err != nil {
		return false, err
	}
	return now.Size() != l.was.Size() || !now.ModTime().Equal(l.was.ModTime()), nil
}

// Reconciliation is what the record keeps of a comparison of l: what it came to, of a
// file of that hash, and whose it is, a person or an account.
func (l *OpenedList) Reconciliation(sum reconcile.Summary, hash, by string) record.Reconciliation {
	return record.Reconciliation{File: l.Name, Hash: hash, Mapping: l.Mapping, By: by, Totals: sum.Totals}
}
