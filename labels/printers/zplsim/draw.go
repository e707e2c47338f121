// SPDX-License-Identifier: Apache-2.0

package zplsim

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"strconv"
	"strings"
)

// format is one label on its way in: the commands between ^XA and ^XZ.
type format struct{ commands []zplCommand }

func (f *format) add(c zplCommand) { f.commands = append(f.commands, c) }

// count is how many labels ^PQ asks for.
func (f *format) count() int {
	for _, c := range f.commands {
		if c.name == "^PQ" {
			return min(max(1, c.int(0)), 1000)
		}
	}
	return 1
}

// largest bounds a label, in dots each way.
const largest = 16000

// draw makes the picture; a format without a size is none.
func (f *format) draw() (*image.Paletted, error) {
	var w, h int
	for _, c := range f.commands {
		switch c.name {
		case "^PW":
			w = c.int(0)
		case "^LL":
			h = c.int(0)
		}
	}
	if w <= 0 || h <= 0 || w > largest || h > largest {
		return nil, errors.New("zplsim: a format without ^PW and ^LL")
	}
	p := &pen{sheet: image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})}
	var errs []error
	for _, c := range f.commands {
		if err := p.do(c); err != nil {
			errs = append(errs, fmt.Errorf("zplsim: %s: %w", c.name, err))
		}
	}
	return p.sheet, errors.Join(errs...)
}

// do carries one command out. One that is not known is an error, where a printer would
// pass over it: what we send must be all understood.
func (p *pen) do(c zplCommand) error {
	switch c.name {
	case "^FO":
		p.at = image.Pt(c.int(0), c.int(1))
	case "^GF":
		return p.graphic(c)
	case "^GB":
		p.boxed(c)
	case "^BY", "^BC", "^BX", "^BQ", "^FH", "^FD":
		return p.field.set(c)
	case "^FS":
		err := p.field.draw(p)
		p.field = fieldState{module: p.field.module}
		return err
	case "^XA", "^LH", "^LS", "^LT", "^PW", "^LL", "^PO", "^PM", "^LR", "^PQ", "^CI", "^FX":
	default:
		return errors.New("this simulator does not know the command")
	}
	return nil
}

// graphic draws ^GFA,bytes,bytes,rowbytes,data with hex or :Z64: data.
func (p *pen) graphic(c zplCommand) error {
	parts := strings.SplitN(c.args, ",", 5)
	if len(parts) < 5 || parts[0] != "A" {
		return errors.New("only ^GFA with five parameters is known")
	}
	stride, _ := strconv.Atoi(parts[3])
	data, err := unpack(parts[4])
	if err != nil {
		return err
	}
	if stride <= 0 || len(data)%stride != 0 {
		return fmt.Errorf("%d bytes do not fill rows of %d", len(data), stride)
	}
	for i, b := range data {
		for bit := range 8 {
			if b&(0x80>>bit) != 0 {
				p.dot(p.at.X+i%stride*8+bit, p.at.Y+i/stride)
			}
		}
	}
	return nil
}

// unpack takes plain hex, or base64 of zlib between :Z64: and a checksum.
func unpack(s string) ([]byte, error) {
	rest, ok := strings.CutPrefix(s, ":Z64:")
	if !ok {
		return hex.DecodeString(s)
	}
	text, sum, ok := strings.Cut(rest, ":")
	if !ok || fmt.Sprintf("%04X", checksum(text)) != strings.ToUpper(sum) {
		return nil, errors.New("the checksum of the graphic is wrong")
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, err
	}
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, largest*largest/8))
}

// checksum is CRC-16 with polynomial 0x1021, start 0, high bit first.
func checksum(s string) uint16 {
	var crc uint32
	for i := range len(s) {
		crc ^= uint32(s[i]) << 8
		for range 8 {
			if crc <<= 1; crc&0x10000 != 0 {
				crc ^= 0x11021
			}
		}
	}
	return uint16(crc)
}
