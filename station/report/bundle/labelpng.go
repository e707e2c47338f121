// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"regexp"
	"strings"
)

// mostDots is more than any label has on a side, at 330 mm and 600 dots an inch.
const mostDots = 8192

// chunks are those of a label, in this order. pHYs says how large a dot is.
var chunks = regexp.MustCompile("^IHDR (pHYs )?PLTE (IDAT )+IEND $")

var errLabel = errors.New("the picture is not written as it must be")

// decodeLabel takes the dots out of a PNG as labels are written in a bundle, and
// as nothing else is: 1 bit a dot, white and black, no line filtered, no other
// chunk that a viewer could show (PNG, ISO/IEC 15948, 5 and 11.2).
func decodeLabel(file []byte) (d labelBitmap, err error) {
	rest, ok := bytes.CutPrefix(file, []byte("\x89PNG\r\n\x1a\n"))
	var order strings.Builder
	var packed []byte
	for ok && len(rest) > 0 {
		var kind string
		var data []byte
		if kind, data, rest, ok = nextChunk(rest); !ok {
			break
		}
		order.WriteString(kind + " ")
		if kind == "IDAT" {
			packed = append(packed, data...)
		} else {
			ok = d.readChunk(kind, data)
		}
	}
	if !ok || !chunks.MatchString(order.String()) || d.w == 0 || d.h == 0 || d.w > mostDots || d.h > mostDots {
		return d, errLabel
	}
	return d, d.inflateRows(packed)
}

// readChunk takes in a chunk that holds no dots, and reports whether it is
// written as in any label.
func (d *labelBitmap) readChunk(kind string, data []byte) bool {
	switch kind {
	case "IHDR":
		if len(data) != 13 || string(data[8:]) != "\x01\x03\x00\x00\x00" {
			return false
		}
		d.w, d.h = int(binary.BigEndian.Uint32(data)), int(binary.BigEndian.Uint32(data[4:]))
	case "PLTE":
		return string(data) == "\xff\xff\xff\x00\x00\x00"
	case "pHYs":
		return len(data) == 9
	case "IEND":
		return len(data) == 0
	}
	return true // what else there is does not stand in its place
}

// nextChunk takes one chunk off.
func nextChunk(b []byte) (kind string, data, rest []byte, ok bool) {
	const frame = 12 // length, kind, CRC
	if len(b) < frame {
		return "", nil, nil, false
	}
	n := binary.BigEndian.Uint32(b)
	if int64(n) > int64(len(b)-frame) {
		return "", nil, nil, false
	}
	end := 8 + int(n)
	return string(b[4:8]), b[8:end], b[end+4:], crc32.ChecksumIEEE(b[4:end]) == binary.BigEndian.Uint32(b[end:])
}

// inflateRows fills the rows; before each stands the byte of its filter.
func (d *labelBitmap) inflateRows(packed []byte) error {
	const dictionary = 0x20 // RFC 1950 §2.2: flag FDICT, which compress/zlib lets pass for an empty dictionary
	if len(packed) > 1 && packed[1]&dictionary != 0 {
		return errLabel
	}
	in := bytes.NewReader(packed) // it is read byte by byte, and no byte too many
	z, err := zlib.NewReader(in)
	if err != nil {
		return err
	}
	line := make([]byte, 1+(d.w+7)/8)
	for range d.h {
		if _, err := io.ReadFull(z, line); err != nil {
			return err
		}
		if line[0] != 0 {
			return errLabel
		}
		d.rows = append(d.rows, line[1:]...)
	}
	if n, err := z.Read(line); n != 0 || !errors.Is(err, io.EOF) || in.Len() > 0 {
		return errLabel
	}
	return nil
}

// labelBitmap is a label as the record has its hash: rows of whole bytes, the
// leftmost dot in the highest bit, 1 is black.
type labelBitmap struct {
	w, h int
	rows []byte
}

func (d labelBitmap) hash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d %d\n", d.w, d.h)
	h.Write(d.rows)
	return hex.EncodeToString(h.Sum(nil))
}
