// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
)

// zpl is the label as one graphic field, so that the printer puts down exactly
// the dots that were checked. No value stands in it as text. Zebra's ZPL II
// Programming Guide: ^GF, "Alternative Data Compression Scheme" (:Z64:).
func (l *Label) zpl() ([]byte, error) {
	field, err := graphic(l.dots, 0, 0)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "%s%s%s", zplHead(l.dots.w, l.dots.h), field, zplTail), nil
}

// zplHead opens a format and sets what an earlier job may have left turned:
// origin, size, orientation, mirror, reverse. Label top and shift are left
// alone: they are how the printer was adjusted to its labels.
func zplHead(w, h int) string {
	return fmt.Sprintf("^XA\n^LH0,0^PW%d^LL%d^PON^PMN^LRN\n", w, h)
}

const zplTail = "^PQ1\n^XZ\n"

// graphic is the bitmap as a ^GF field at (x, y).
func graphic(m *bitmap, x, y int) ([]byte, error) {
	var z bytes.Buffer
	w, err := zlib.NewWriterLevel(&z, zlib.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(m.bytes); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(z.Bytes())
	n := len(m.bytes)
	return fmt.Appendf(nil, "^FO%d,%d^GFA,%d,%d,%d,:Z64:%s:%04X^FS\n", x, y, n, n, m.stride, text, crc16(text)), nil
}

// crc16 is the CRC-16 with polynomial 0x1021 and start 0 that closes :Z64:
// data.
func crc16(s string) uint16 {
	var crc uint16
	for i := range len(s) {
		crc ^= uint16(s[i]) << 8
		for range 8 {
			carry := crc&0x8000 != 0
			crc <<= 1
			if carry {
				crc ^= 0x1021
			}
		}
	}
	return crc
}
