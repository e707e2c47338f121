// SPDX-License-Identifier: Apache-2.0

package labels_test

import (
	"fmt"

	"bindery/labels"
)

// A layout is a text. It is drawn with the values of a unit, and every code of
// the drawing is read back before there is a label.
func ExampleLayout_Draw() {
	layout, err := labels.Parse("small.toml", []byte(`
size = [50, 25]

[[text]]
at   = [2, 2]
cap  = 2
text = "{product}"

[[code]]
kind   = "gs1-datamatrix"
at     = [2, 8]
module = 0.375
data   = "(01){gtin}(21){serial}"
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	label, err := layout.Draw(labels.SampleValues(), 300)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, code := range label.Codes() {
		fmt.Println(code.Kind, code.HRI)
	}
	zpl, err := label.Encode("zpl")
	fmt.Println(string(zpl[:3]), len(label.Hash()), err)
	// Output:
	// gs1-datamatrix (01)09506000134352(21)CM-000142
	// ^XA 64 <nil>
}

// What could go wrong on paper is refused, with the line, the key and the cure.
func ExampleMistakesOf() {
	_, err := labels.Parse("small.toml", []byte(`size = [50, 25]

[[code]]
kind   = "code128"
at     = [4, 4]
module = 0.05
data   = "{serial}"
`))
	for _, m := range labels.MistakesOf(err) {
		fmt.Println(m)
	}
	// Output:
	// line 3, [[code]] 1, height: bars 0 mm high are not allowed for code128. Give at least 5.0 mm.
	// line 6, [[code]] 1, module: a module of 0.05 mm is not allowed for code128. Give at least 0.190 mm and at most 2 mm.
}
