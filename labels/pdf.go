// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"time"

	"github.com/jung-kurt/gofpdf"
)

// barInset is how much each side of a black area is drawn smaller in a PDF, in
// dots of the target printer: programs that turn PDF into dots paint every dot
// that an edge touches, and would widen bars by one.
const barInset = 0.3

// PDF is labels as vectors with embedded fonts, one on each page of its own
// size. It is for records and office printers; a label printer gets the dots.
// The same labels give the same bytes. An error is a *station.Fault.
func PDF(ls ...*Label) ([]byte, error) {
	doc := gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "mm"})
	// Nothing in the file may depend on when or in which order it was made.
	epoch := time.Unix(0, 0).UTC()
	doc.SetCreationDate(epoch)
	doc.SetModificationDate(epoch)
	doc.SetCatalogSort(true)
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	known := map[string]bool{}
	for _, l := range ls {
		w, h := l.Size()
		doc.AddPageFormat("P", gofpdf.SizeType{Wd: w, Ht: h})
		p := &pdfPage{doc: doc, res: l.drawing.res, known: known}
		for _, it := range l.drawing.items {
			p.paint(it)
		}
	}
	var b bytes.Buffer
	if err := doc.Output(&b); err != nil {
		return nil, asWriteFault("pdf", err)
	}
	return b.Bytes(), nil
}

// pdfPage draws one label.
type pdfPage struct {
	doc   *gofpdf.Fpdf
	res   resolution
	known map[string]bool // fonts that are in the document
}

func (p *pdfPage) paint(it drawItem) {
	switch it := it.(type) {
	case gridItem:
		p.grid(it)
	case *printedCode:
		p.grid(it.gridItem)
	case frameItem:
		inner := it.box().grown(-float64(it.line), -float64(it.line))
		p.rectangle(it.box().grown(-barInset, -barInset))
		p.hole(inner.grown(barInset, barInset))
		p.doc.DrawPath("F")
	case clearItem:
		a := it.box()
		p.doc.SetFillColor(255, 255, 255)
		p.doc.Rect(p.res.mm(a.x0), p.res.mm(a.y0), p.res.mm(a.x1-a.x0), p.res.mm(a.y1-a.y0), "F")
		p.doc.SetFillColor(0, 0, 0)
	case shapeItem:
		p.outline(it.path)
	case textItem:
		if !p.known[it.face.name] {
			// gofpdf writes into the font bytes that it is given.
			p.doc.AddUTF8FontFromBytes(it.face.name, "", bytes.Clone(it.face.ttf))
			p.known[it.face.name] = true
		}
		p.doc.SetFont(it.face.name, "", 0)
		p.doc.SetFontUnitSize(p.res.mm(it.size))
		p.doc.Text(p.res.mm(it.x), p.res.mm(it.y), it.text)
	}
}

// grid draws a block as one path.
func (p *pdfPage) grid(g gridItem) {
	for _, b := range g.eroded(barInset) {
		p.rectangle(b)
	}
	p.doc.DrawPath("F")
}

// rectangle adds a box to the path, clockwise; hole adds one that is left out.
func (p *pdfPage) rectangle(b box) {
	p.contour(point{b.x0, b.y0}, point{b.x1, b.y0}, point{b.x1, b.y1}, point{b.x0, b.y1})
}

func (p *pdfPage) hole(b box) {
	p.contour(point{b.x0, b.y0}, point{b.x0, b.y1}, point{b.x1, b.y1}, point{b.x1, b.y0})
}

func (p *pdfPage) contour(pts ...point) {
	p.doc.MoveTo(p.res.mm(pts[0].x), p.res.mm(pts[0].y))
	for _, q := range pts[1:] {
		p.doc.LineTo(p.res.mm(q.x), p.res.mm(q.y))
	}
	p.doc.ClosePath()
}

// eroded covers the black of a grid less a rim of that many dots. Each run of
// modules is a bar; where runs of two rows touch, a bridge from the middle of
// one to the middle of the other closes the gap between their bars.
func (g gridItem) eroded(rim float64) []box {
	var bars []box
	g.bits.runs(func(x, y, n int) {
		b := box{float64(g.x + x*g.w), float64(g.y + y*g.h), float64(g.x + (x+n)*g.w), float64(g.y + (y+1)*g.h)}
		bars = append(bars, b.grown(-rim, -rim))
	})
	half := float64(g.h) / 2
	for y := range g.bits.h - 1 {
		both := modules{w: g.bits.w, h: 1, on: make([]bool, g.bits.w)}
		for x := range both.on {
			both.on[x] = g.bits.at(x, y) && g.bits.at(x, y+1)
		}
		edge := float64(g.y + (y+1)*g.h)
		both.runs(func(x, _, n int) {
			bars = append(bars, box{float64(g.x+x*g.w) + rim, edge - half, float64(g.x+(x+n)*g.w) - rim, edge + half})
		})
	}
	return bars
}

func (p *pdfPage) outline(o path) {
	var at point // where the pen is
	for _, s := range o {
		switch s.op {
		case moveTo:
			p.doc.MoveTo(p.res.mm(s.to[0].x), p.res.mm(s.to[0].y))
		case lineTo:
			p.doc.LineTo(p.res.mm(s.to[0].x), p.res.mm(s.to[0].y))
		case quadTo:
			// PDF has no quadratic curves; this is the same curve as a cubic.
			p.cubic(between(at, s.to[0]), between(s.to[1], s.to[0]), s.to[1])
		case cubeTo:
			p.cubic(s.to[0], s.to[1], s.to[2])
		case closePath:
			p.doc.ClosePath()
			continue
		}
		at = s.to[s.op.points()-1]
	}
	p.doc.DrawPath("F")
}

func (p *pdfPage) cubic(a, b, to point) {
	p.doc.CurveBezierCubicTo(p.res.mm(a.x), p.res.mm(a.y), p.res.mm(b.x), p.res.mm(b.y), p.res.mm(to.x), p.res.mm(to.y))
}

// between is the point two thirds of the way from a to b.
func between(a, b point) point { return point{a.x + (b.x-a.x)*2/3, a.y + (b.y-a.y)*2/3} }
