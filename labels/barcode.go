// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/datamatrix"
	"github.com/boombuler/barcode/qr"
)

// symbology is one kind of code and the rules for printing it.
type symbology struct {
	id      string  // symbology identifier that a scanner sends (ISO/IEC 15424)
	gs1     bool    // data is an element string
	linear  bool    // bars, with a height of their own
	quietX  int     // quiet zone left and right, modules
	quietY  int     // above and below, modules
	least   float64 // smallest module, mm
	lowest  float64 // smallest height of bars, mm
	longest int     // characters
	encode  func(payload string) (barcode.Barcode, error)
}

// symbologies by the name that a layout and a scan-back use. Modules and
// heights of the GS1 codes: GS1 General Specifications §5.12.3.6, table 6
// (regulated healthcare, not retail); the others: ISO/IEC 15417 and 18004, and
// what hand scanners read without care.
var symbologies = map[string]symbology{
	"gs1-datamatrix": {id: "]d2", gs1: true, quietX: 1, quietY: 1, least: 0.254, longest: 300, encode: gs1DataMatrix},
	"gs1-128":        {id: "]C1", gs1: true, linear: true, quietX: 10, least: 0.170, lowest: 12.7, longest: 48, encode: gs1Code128},
	"code128":        {id: "]C0", linear: true, quietX: 10, least: 0.19, lowest: 5, longest: 48, encode: plainCode128},
	"qr":             {id: "]Q1", quietX: 4, quietY: 4, least: 0.25, longest: 300, encode: plainQR},
}

// gs1DataMatrix opens with FNC1 and separates with FNC1. The encoder takes the
// raw byte 232, not the rune, for it.
func gs1DataMatrix(payload string) (barcode.Barcode, error) {
	const fnc1 = 232
	b := append([]byte{fnc1}, payload...)
	for i := range b {
		if b[i] == gs[0] {
			b[i] = fnc1
		}
	}
	return datamatrix.Encode(string(b))
}

func gs1Code128(payload string) (barcode.Barcode, error) {
	r := []rune{code128.FNC1}
	for _, c := range payload {
		if c == rune(gs[0]) {
			c = code128.FNC1
		}
		r = append(r, c)
	}
	return code128.Encode(string(r))
}

func plainCode128(payload string) (barcode.Barcode, error) { return code128.Encode(payload) }

func plainQR(payload string) (barcode.Barcode, error) { return qr.Encode(payload, qr.M, qr.Auto) }

// modules encodes a payload that has been checked.
func (s symbology) modules(payload string) (modules, error) {
	bc, err := s.encode(payload)
	if err != nil {
		return modules{}, fmt.Errorf("encode: %w", err)
	}
	size := bc.Bounds().Size()
	m := modules{w: size.X, h: size.Y, on: make([]bool, size.X*size.Y)}
	for y := range m.h {
		for x := range m.w {
			r, _, _, _ := bc.At(x, y).RGBA()
			m.on[y*m.w+x] = r == 0
		}
	}
	return m, nil
}
