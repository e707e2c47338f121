// SPDX-License-Identifier: Apache-2.0

package printers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/safefile"
)

// folderPrinter writes each label into three files, which only their owner can read.
// A file appears whole or not at all and replaces none; the PNG comes last, so
// where it is, the label is.
type folderPrinter struct{ uri, dir string }

func (f *folderPrinter) Name() string { return f.uri }

func (f *folderPrinter) Print(ctx context.Context, job string, l station.Label) error {
	if err := ctx.Err(); err != nil {
		return fault("the run was given up.", "Scan the same serial again.", false, err)
	}
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return f.unwritable(false, err)
	}
	name, err := f.nameOf(job, l)
	if err != nil {
		return err
	}
	for i, format := range folderFormats {
		data, err := l.Encode(format)
		if err != nil {
			return err
		}
		err = safefile.Write(name+format, data, safefile.Rules{})
		if err != nil && !holds(name+format, data) { // an earlier print may have come so far
			return f.unwritable(i > 0, err)
		}
	}
	return nil
}

// folderFormats are what a label is written as, in this order.
var folderFormats = []string{"zpl", "pdf", "png"}

// nameOf is where the files of a label go, up to their formats: under the name
// of the job, or where another label has that name, with its own hash behind
// it. Records may come and go beside one folder of labels.
func (f *folderPrinter) nameOf(job string, l station.Label) (string, error) {
	name := filepath.Join(f.dir, fileName(job, l))
	for _, format := range folderFormats {
		if _, err := os.Lstat(name + "." + format); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		data, err := l.Encode(format)
		if err != nil {
			return "", err
		}
		if !holds(name+"."+format, data) {
			return name + "-" + l.Hash()[:16] + ".", nil
		}
	}
	return name + ".", nil
}

// holds reports whether a file is there with these very bytes.
func holds(path string, data []byte) bool {
	got, err := safefile.Read(path, int64(len(data)))
	return err == nil && bytes.Equal(got, data)
}

// readCondition sees whether the folder, or the one that it is to be made in, can be
// written.
func (f *folderPrinter) readCondition(context.Context) Condition {
	dir, err := filepath.Abs(f.dir)
	for ; err == nil; dir = filepath.Dir(dir) {
		info, gone := os.Stat(dir)
		if errors.Is(gone, fs.ErrNotExist) && dir != filepath.Dir(dir) {
			continue
		}
		if gone != nil || !info.IsDir() || unix.Access(dir, unix.W_OK|unix.X_OK) != nil {
			return Denied
		}
		break
	}
	if free, err := safefile.FreeSpace(dir); err == nil && !station.LabelSpace.LeftBy(0, free) {
		return NoRoom
	}
	return Ready
}

// Printed looks whether the picture of this very label is there.
func (f *folderPrinter) Printed(_ context.Context, job string, l station.Label) (station.Answer, error) {
	want, err := l.Encode("png")
	if err != nil {
		return station.Unsure, err
	}
	name, err := f.nameOf(job, l)
	if err != nil {
		return station.Unsure, err
	}
	switch _, err := os.Stat(name + "png"); {
	case errors.Is(err, fs.ErrNotExist):
		return station.No, nil
	case err != nil:
		return station.Unsure, fault("the folder of labels cannot be read.", "Give the station the right to read it.", false, err)
	case holds(name+"png", want):
		return station.Yes, nil
	}
	return station.No, nil
}

// File is where the label of a job lies as "png", "pdf" or "zpl", when the
// printer is a folder; else "".
func File(p station.Printer, job string, l station.Label, format string) string {
	f, ok := p.(*folderPrinter)
	if !ok {
		return ""
	}
	name, err := f.nameOf(job, l)
	if err != nil {
		return ""
	}
	return name + format
}

func (f *folderPrinter) unwritable(sent bool, err error) error {
	return fault("the folder of labels cannot be written.", "Check the disk and the rights on it, then scan the same serial again.", sent, err)
}

// fileName makes a file name of a job that no two jobs share. A serial that
// looks like an identity stays out of it: file names travel.
func fileName(job string, l station.Label) string {
	serial, n := job, ""
	if i := strings.LastIndexByte(job, '-'); i >= 0 {
		serial, n = job[:i], job[i:]
	}
	if identity.HasIdentity(serial) || len(job) > 80 {
		return "label-" + l.Hash()[:16] + clean(n)
	}
	return clean(job)
}

// clean writes all but letters, digits, "-", "_" and "." as %XX.
func clean(s string) string {
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		plain := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.' && i > 0
		if plain {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "%%%02X", c)
	}
	return b.String()
}
