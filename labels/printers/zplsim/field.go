// SPDX-License-Identifier: Apache-2.0

package zplsim

import (
	"encoding/hex"
	"errors"
	"image"
	"regexp"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/datamatrix"
)

// set takes a command of the field. What the simulator does not draw is an error
// and not passed over: a picture that lacks a part would prove a label that a
// printer prints otherwise.
func (f *fieldState) set(c zplCommand) error {
	switch c.name {
	case "^BY":
		f.module = c.int(0)
	case "^BC":
		if c.arg(5) != "A" {
			return errors.New("this simulator draws mode A only")
		}
		f.kind, f.height = c.name, c.int(1)
	case "^BX":
		f.kind, f.module, f.escape = c.name, c.int(1), c.arg(6)
	case "^FH":
		f.hex = "_"
		if c.args != "" {
			f.hex = c.args[:1]
		}
	case "^FD":
		f.data = c.args
	default:
		return errors.New("this simulator does not draw it")
	}
	return nil
}

// draw puts the barcode on the sheet, encoded anew from the text as a printer does:
// what is decoded from the picture is what the commands say.
func (f *fieldState) draw(p *pen) error {
	if f.kind == "" {
		return nil
	}
	data := unhex(f.data, f.hex)
	var bc barcode.Barcode
	var err error
	switch {
	case f.kind == "^BX":
		// FNC1 is the escape character and 1; the encoder takes it as byte 232.
		bc, err = datamatrix.Encode(strings.ReplaceAll(data, f.escape+"1", "\xe8"))
	default:
		bc, err = code128.Encode(data)
	}
	if err != nil {
		return err
	}
	size := bc.Bounds().Size()
	h := f.module
	if f.kind == "^BC" {
		h = f.height
	}
	for y := range size.Y {
		for x := range size.X {
			if r, _, _, _ := bc.At(x, y).RGBA(); r == 0 {
				p.fill(image.Rect(0, 0, f.module, h).Add(p.at).Add(image.Pt(x*f.module, y*h)))
			}
		}
	}
	return nil
}

// unhex replaces the indicator and two hex digits by the byte that they name.
func unhex(s, indicator string) string {
	if indicator == "" {
		return s
	}
	re := regexp.MustCompile(regexp.QuoteMeta(indicator) + `[0-9A-Fa-f]{2}`)
	return re.ReplaceAllStringFunc(s, func(m string) string {
		b, _ := hex.DecodeString(m[len(indicator):])
		return string(b)
	})
}
