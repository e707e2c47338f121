// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// A bundle is a zip of its files and nothing else: whatever stands between them,
// in a comment or behind what a file unpacks to could be taken for a part of it,
// and nobody vouches for that. The form is that of APPNOTE.TXT 4.3.

// What a record of a zip begins with, and how long it is before its names.
const (
	zipLocal, zipLocalSize         = "PK\x03\x04", 30
	zipDescriptor, zipDescribed    = "PK\x07\x08", 16
	zipEntry, zipEntrySize         = "PK\x01\x02", 46
	zipEnd64, zipEnd64Size         = "PK\x06\x06", 56
	zipLocator, zipLocatorSize     = "PK\x06\x07", 20
	zipEnd, zipEndSize             = "PK\x05\x06", 22
	zipStreamed, zipUTF8           = 0x8, 0x800 // flags
	zipTime, zipTimeSize, zipLarge = 0x5455, 5, 1
	zip64, zipMany                 = 1<<32 - 1, 1<<16 - 1 // sizes and numbers from here on stand elsewhere
)

var errZip = errors.New("it holds something beside its files")

// zipChecker goes through the bytes of a zip from the front.
type zipChecker struct {
	in  io.ReaderAt
	at  int64
	bad bool
}

// take reads a record of a kind, with nothing read where it is another.
func (w *zipChecker) take(kind string, size int64) []byte {
	b := make([]byte, size)
	if _, err := w.in.ReadAt(b, w.at); err != nil || string(b[:4]) != kind {
		w.bad = true
	}
	w.at += size
	return b
}

// text reads what follows a record.
func (w *zipChecker) text(size uint16) string {
	b := make([]byte, size)
	if _, err := w.in.ReadAt(b, w.at); err != nil {
		w.bad = true
	}
	w.at += int64(size)
	return string(b)
}

// onlyFiles reports whether a zip of so many bytes is its files, one behind the
// other in the order of its directory, then that directory, and no byte more.
func onlyFiles(in io.ReaderAt, size int64, z *zip.Reader) bool {
	w := zipChecker{in: in, bad: z.Comment != ""}
	for _, f := range z.File {
		if w.checkFile(f); w.bad {
			return false
		}
	}
	directory := w.at
	for _, f := range z.File {
		if w.checkEntry(f); w.bad {
			return false
		}
	}
	large := directory >= zip64 || w.at-directory >= zip64 || len(z.File) >= zipMany
	if large {
		w.take(zipEnd64, zipEnd64Size)
		w.take(zipLocator, zipLocatorSize)
	}
	entries := w.at - directory
	end := w.take(zipEnd, zipEndSize)
	return !w.bad && w.at == size && (large || string(end[4:]) == string(endOf(len(z.File), entries, directory)))
}

// endOf is the end record of a zip of one part, without its first bytes.
func endOf(files int, entries, directory int64) []byte {
	le := binary.LittleEndian
	b := le.AppendUint16(make([]byte, 4), uint16(files))
	b = le.AppendUint16(b, uint16(files))
	b = le.AppendUint32(le.AppendUint32(b, uint32(entries)), uint32(directory))
	return append(b, 0, 0) // no comment
}

// checkFile walks over one file with what stands before and behind it.
func (w *zipChecker) checkFile(f *zip.File) {
	h := w.take(zipLocal, zipLocalSize)
	le := binary.LittleEndian
	name, extra := w.text(le.Uint16(h[26:])), w.text(le.Uint16(h[28:]))
	offset, err := f.DataOffset()
	streamed := f.Flags&zipStreamed != 0
	if err != nil || offset != w.at || name != f.Name || !plainExtra(extra, false) || !plainMethod(h, f) {
		w.bad = true
		return
	}
	large := f.CompressedSize64 >= zip64 || f.UncompressedSize64 >= zip64
	sum, packed, plain := uint64(f.CRC32), f.CompressedSize64, f.UncompressedSize64
	if streamed {
		sum, packed, plain = 0, 0, 0
	} else if large {
		w.bad = true // what is as large as that is streamed
	}
	if uint64(le.Uint32(h[14:])) != sum || uint64(le.Uint32(h[18:])) != packed || uint64(le.Uint32(h[22:])) != plain {
		w.bad = true
	}
	w.at += int64(f.CompressedSize64)
	if streamed {
		w.checkDescriptor(f, large)
	}
}

// plainMethod reports whether a file is written as any program can read it, and
// whether what stands before it says the same as the directory.
func plainMethod(h []byte, f *zip.File) bool {
	flags, method := binary.LittleEndian.Uint16(h[6:]), binary.LittleEndian.Uint16(h[8:])
	return flags == f.Flags && flags&^(zipStreamed|zipUTF8) == 0 && method == f.Method && (method == zip.Store || method == zip.Deflate)
}

// checkDescriptor walks over the sum and sizes behind a file.
func (w *zipChecker) checkDescriptor(f *zip.File, large bool) {
	le := binary.LittleEndian
	size := int64(zipDescribed)
	if large {
		size += 8
	}
	d := w.take(zipDescriptor, size)
	packed, plain := uint64(le.Uint32(d[8:])), uint64(le.Uint32(d[12:]))
	if large {
		packed, plain = le.Uint64(d[8:]), le.Uint64(d[16:])
	}
	w.bad = w.bad || le.Uint32(d[4:]) != f.CRC32 || packed != f.CompressedSize64 || plain != f.UncompressedSize64
}

// checkEntry walks over one entry of the directory.
func (w *zipChecker) checkEntry(f *zip.File) {
	h := w.take(zipEntry, zipEntrySize)
	le := binary.LittleEndian
	name, extra := w.text(le.Uint16(h[28:])), w.text(le.Uint16(h[30:]))
	w.bad = w.bad || name != f.Name || !plainExtra(extra, true) || le.Uint16(h[32:]) != 0
}

// plainExtra reports whether the fields behind a name are the time of the file
// and, in the directory, its sizes, where they are large.
func plainExtra(extra string, directory bool) bool {
	b := []byte(extra)
	for len(b) >= 4 {
		kind, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		known := kind == zipTime && size == zipTimeSize || directory && kind == zipLarge && size <= 24
		if !known || len(b) < 4+size {
			return false
		}
		b = b[4+size:]
	}
	return len(b) == 0
}

// inflate unpacks a file and refuses what stands behind its end.
func inflate(r io.Reader) io.ReadCloser {
	raw := bufio.NewReader(r) // it reads byte by byte, and no byte too many
	return &inflated{flate.NewReader(raw), raw}
}

type inflated struct {
	io.ReadCloser
	raw *bufio.Reader
}

func (i *inflated) Read(p []byte) (int, error) {
	n, err := i.ReadCloser.Read(p)
	if errors.Is(err, io.EOF) {
		if _, more := i.raw.ReadByte(); !errors.Is(more, io.EOF) {
			err = errZip
		}
	}
	return n, err
}

// summed holds a file against its sum, which the library passes over where it
// is 0.
type summed struct {
	io.ReadCloser
	sum, want uint32
}

func (s *summed) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	s.sum = crc32.Update(s.sum, crc32.IEEETable, p[:n])
	if errors.Is(err, io.EOF) && s.sum != s.want {
		err = zip.ErrChecksum
	}
	return n, err
}
