// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"bindery/station"
	"bindery/station/ledger"
	"bindery/station/safefile"
)

// Verify checks a bundle by itself, with no record at hand, as
// docs/record-format.md says. keys are the public keys of stations that are to be
// believed; without any the one in the bundle is taken, which shows only that the bundle is of
// one piece. A bundle that is wrong is no error: the result says so.
func Verify(ctx context.Context, path string, keys ...string) (VerifyResult, error) {
	v := &checker{ctx: ctx, files: map[string]*zip.File{}, labelled: map[string]bool{}}
	for _, k := range keys {
		if k = strings.TrimSpace(k); k != "" {
			v.keys = append(v.keys, k)
		}
	}
	v.KeyGiven = len(v.keys) > 0
	err := v.checkAll(path)
	var f ledger.IntegrityError
	switch {
	case errors.As(err, &f):
		v.FirstFault = string(f)
	case err != nil:
		return v.VerifyResult, station.NewFault(station.BundleFault, "", err)
	default:
		v.OK = true
	}
	return v.VerifyResult, nil
}

func (v *checker) checkAll(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	info, err := file.Stat()
	if err != nil {
		return err
	}
	z, err := zip.NewReader(file, info.Size())
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, io.ErrUnexpectedEOF) {
		return wrong("The file is damaged or no bundle: %v.", err)
	} else if err != nil {
		return err
	}
	if !onlyFiles(file, info.Size(), z) {
		return wrong("The zip is damaged, or holds something beside its files.")
	}
	z.RegisterDecompressor(zip.Deflate, inflate)
	for _, f := range z.File {
		if v.files[f.Name] != nil {
			return wrong("The file %q is in the bundle twice.", f.Name)
		}
		v.files[f.Name] = f
	}
	for _, check := range []func() error{v.checkKey, v.checkManifest, v.checkCheckpoint, v.checkLeaves, v.checkRecords, v.checkComplete, v.checkLabels} {
		if err := check(); err != nil {
			return err
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// readWhole reads a file of at most so many bytes.
func (v *checker) readWhole(name string, most int64) ([]byte, error) {
	r, err := v.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close() // it was only read
	b, err := safefile.ReadAll(r, most)
	if err != nil {
		return nil, wrong("The file %q is damaged: %v.", name, err)
	}
	return b, nil
}

// checkKey compares the key of the bundle with the one that is known.
func (v *checker) checkKey() error {
	inside, err := v.readWhole(fileKey, mostSmall)
	if err != nil {
		return err
	}
	var whole bool
	v.Key, whole = strings.CutSuffix(string(inside), "\n")
	if !whole || strings.ContainsAny(v.Key, " \r\n") { // base64 would be read over a line end
		return wrong("The file %q is not one key and a line end.", fileKey)
	}
	if v.key = v.Key; len(v.keys) > 0 && !slices.Contains(v.keys, v.key) {
		return wrong("The bundle is signed with another key than the one given.")
	}
	return nil
}

// checkManifest checks its signature, and every file that it names.
func (v *checker) checkManifest() error {
	text, err := v.readWhole(fileManifest, mostSmall)
	if err != nil {
		return err
	}
	if err := ledger.CheckKey(v.key); err != nil {
		return wrong("The key is none: %v.", err)
	}
	got, _, err := ledger.OpenNote(text, v.key)
	if err != nil {
		return wrong("The manifest was changed, or another key signed it: %v.", err)
	}
	lines := strings.SplitAfter(got, "\n")
	if lines[0] != manifestForm+"\n" {
		return wrong("This is no %q but %q.", manifestForm, strings.TrimSuffix(lines[0], "\n"))
	}
	want := manifestForm + "\n"
	for i, name := range filesOfBundle {
		hash, err := v.hashOf(name)
		if err != nil {
			return err
		}
		line := hash + "  " + name + "\n"
		if i+1 >= len(lines) || lines[i+1] != line {
			return wrong("The file %q was changed: its hash is not in its line of the manifest.", name)
		}
		want += line
	}
	if got != want {
		return wrong("The manifest has lines that do not belong.")
	}
	for name := range v.files {
		if name != fileManifest && !slices.Contains(filesOfBundle, name) && !strings.HasPrefix(name, folderLabels) {
			return wrong("The file %q does not belong to the bundle.", name)
		}
	}
	return nil
}

func (v *checker) hashOf(name string) (string, error) {
	r, err := v.open(name)
	if err != nil {
		return "", err
	}
	defer r.Close() // it was only read
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", wrong("The file %q is damaged: %v.", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// checkCheckpoint opens the checkpoint.
func (v *checker) checkCheckpoint() error {
	text, err := v.readWhole(fileCheckpoint, mostSmall)
	if err != nil {
		return err
	}
	if v.checkpoint, err = ledger.OpenCheckpoint(text, v.key); err != nil {
		return wrong("The checkpoint is not sound: %v.", err)
	}
	v.Size, v.Root = v.checkpoint.Size, v.checkpoint.Root.String()
	return nil
}

// checkLabels checks that each picture has the hash in its name and the dots that
// its print has in the record.
func (v *checker) checkLabels() error {
	for name := range v.files {
		rest, ok := strings.CutPrefix(name, folderLabels)
		if !ok {
			continue
		}
		print, hash, ok := strings.Cut(strings.TrimSuffix(rest, ".png"), "-")
		png, err := v.readWhole(name, mostPicture)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(png)
		if !ok || hash != hex.EncodeToString(sum[:]) || !strings.HasSuffix(rest, ".png") {
			return wrong("The label %q was changed: it is not named by its hash.", name)
		}
		want, ok := v.dots[print]
		if !ok {
			return wrong("The label %q is of a print that the records do not have.", name)
		}
		if d, err := decodeLabel(png); err != nil || d.hash() != want {
			return wrong("The label %q does not show the dots that were printed, or something else with them.", name)
		}
		if v.labelled[print] {
			return wrong("The label of print %s is in the bundle twice.", print)
		}
		v.labelled[print] = true
		v.Labels++
	}
	return nil
}
