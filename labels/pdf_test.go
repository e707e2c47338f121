// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"strconv"
	"testing"
)

// readPBM reads what pdftoppm -mono writes: a raw PBM, where 1 is black.
func readPBM(t *testing.T, path string) *bitmap {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var w, h int
	if _, err := fmt.Sscanf(string(data[:min(len(data), 40)]), "P4\n%d %d\n", &w, &h); err != nil {
		t.Fatal(err)
	}
	m := newBitmap(w, h)
	copy(m.bytes, data[bytes.IndexByte(data, '\n')+1+len(strconv.Itoa(w))+1+len(strconv.Itoa(h))+1:])
	return m
}

// differ counts the dots of an area that are not the same in both.
func differ(a, b *bitmap, r image.Rectangle) (n int) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.black(x, y) != b.black(x, y) {
				n++
			}
		}
	}
	return n
}

func TestThePDFPutsEveryModuleOnItsDots(t *testing.T) {
	tool(t, "pdftoppm", "poppler-utils")
	for _, l := range everyLayout(t) {
		for _, dpi := range Resolutions {
			t.Run(fmt.Sprintf("%s at %d dpi", l.Name(), dpi), func(t *testing.T) {
				t.Parallel()
				label := drawn(t, l, dpi)
				pdf := readPBM(t, rasterised(t, label))
				// A page is whole hundredths of a point, so a row or column more may come out.
				if pdf.w < label.dots.w || pdf.h < label.dots.h || pdf.w > label.dots.w+2 || pdf.h > label.dots.h+2 {
					t.Fatalf("the page is %d × %d dots, the label %d × %d", pdf.w, pdf.h, label.dots.w, label.dots.h)
				}
				for _, c := range label.drawing.codes {
					b := c.gridItem.box()
					if n := differ(label.dots, pdf, image.Rect(int(b.x0), int(b.y0), int(b.x1), int(b.y1))); n > 0 {
						t.Errorf("%d dots of the %s differ", n, c.Kind)
					}
				}
				all := image.Rect(0, 0, label.dots.w, label.dots.h)
				if n := differ(label.dots, pdf, all); n > label.dots.w*label.dots.h*3/100 {
					t.Errorf("%d dots of %d differ in all; text and lines may at their edges only", n, label.dots.w*label.dots.h)
				}
			})
		}
	}
}
