// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"
)

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

func writeText(w io.Writer, text string) error {
	_, err := io.WriteString(w, text)
	return err
}

// leafSet are a set of leaf numbers.
type leafSet []uint64

func (b leafSet) set(n int64) {
	if i := n / 64; i < int64(len(b)) {
		b[i] |= 1 << (n % 64)
	}
}

func (b leafSet) has(n int64) bool { return b[n/64]&(1<<(n%64)) != 0 }
