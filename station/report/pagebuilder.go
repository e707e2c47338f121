// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"time"

	"github.com/boombuler/barcode/qr"
	"github.com/jung-kurt/gofpdf"
)

// The sheet: A4, in mm.
const (
	sheetH      = 297.0
	left, right = 18.0, 192.0
	wide        = right - left
	top, bottom = 27.0, 274.0
)

// pageBuilder is one PDF file under way. What is put on it goes on below what was
// put before, and on a new page where that ends. Its bytes depend on nothing
// but what is put on it.
type pageBuilder struct {
	fonts
	doc   *gofpdf.Fpdf
	y     float64  // where the next thing begins
	about string   // what the page under way is about
	pages []string // what each page is about
	head  string   // what all pages are about
	foot  []string // lines at the foot of each page
}

func newPageBuilder(f fonts, head, about string, foot []string, at time.Time, program string) *pageBuilder {
	doc := gofpdf.New("P", "mm", "A4", "")
	doc.SetCreationDate(at.UTC())
	doc.SetModificationDate(at.UTC())
	doc.SetCatalogSort(true)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(0, 0, 0)
	doc.SetProducer(program, true)
	f.embed(doc)
	p := &pageBuilder{fonts: f, doc: doc, head: head, about: about, foot: foot}
	doc.SetTitle(p.body().clean(head+" "+about), true)
	p.newPage()
	return p
}

func (p *pageBuilder) body() textStyle  { return textStyle{p.regular, 8.5, 20} }
func (p *pageBuilder) small() textStyle { return textStyle{p.regular, 7, 90} }
func (p *pageBuilder) key() textStyle   { return textStyle{p.regular, 8.5, 105} }
func (p *pageBuilder) strong() textStyle {
	return textStyle{p.bold, 8.5, 20}
}
func (p *pageBuilder) digits() textStyle { return textStyle{p.mono, 8.5, 20} }

// newPage begins a new page.
func (p *pageBuilder) newPage() {
	p.doc.AddPage()
	p.pages = append(p.pages, p.about)
	p.y = top
}

// turnTo begins a new page about something else, unless the one under way is
// still empty.
func (p *pageBuilder) turnTo(about string) {
	p.about = about
	if p.y == top && len(p.pages) > 0 {
		p.pages[len(p.pages)-1] = about
		return
	}
	p.newPage()
}

// ensureRoom begins a new page where so many mm are not left.
func (p *pageBuilder) ensureRoom(h float64) {
	if p.y+h > bottom {
		p.newPage()
	}
}

// putText puts a text with its base line at y. It must be clean.
func (p *pageBuilder) putText(x, y float64, s textStyle, text string) {
	if text == "" {
		return
	}
	p.doc.SetFont(s.face.family, "", s.size)
	p.doc.SetTextColor(s.grey, s.grey, s.grey)
	p.doc.Text(x, y, text)
}

func (p *pageBuilder) putRule(y float64, grey int, thick, long float64) {
	p.doc.SetDrawColor(grey, grey, grey)
	p.doc.SetLineWidth(thick)
	p.doc.Line(left, y, left+long, y)
}

// putLines puts lines of a style at x from the place where the next thing begins.
// It returns their height and leaves that place.
func (p *pageBuilder) putLines(x float64, s textStyle, lines []string) float64 {
	h := s.line()
	for i, l := range lines {
		p.putText(x, p.y+h*float64(i)+s.size*mmPerPoint*0.95, s, l)
	}
	return h * float64(len(lines))
}

// putTitle puts the name of the record at the head of a page.
func (p *pageBuilder) putTitle(small, large string) {
	s, l := p.small(), textStyle{p.bold, 17, 20}
	p.y += p.putLines(left, s, s.wrap(small, wide)) + 0.5
	p.y += p.putLines(left, l, l.wrap(large, wide)) + 2
}

// putHeading begins a part of the record; need is how many mm of the part must
// stand on the same page.
func (p *pageBuilder) putHeading(text string, need float64) {
	if p.y > top {
		p.y += 3
	}
	p.ensureRoom(8 + need)
	s := textStyle{p.bold, 10, 20}
	p.y += p.putLines(left, s, s.wrap(text, wide)) + 1
	p.putRule(p.y, 150, 0.25, wide)
	p.y += 1.2
}

// putParagraph puts a text.
func (p *pageBuilder) putParagraph(s textStyle, text string) {
	for _, l := range s.wrap(text, wide) {
		p.ensureRoom(s.line())
		p.y += p.putLines(left, s, []string{l})
	}
}

// putQR draws a QR code, side mm wide, with its upper left corner there.
func (p *pageBuilder) putQR(x, y, side float64, content string) error {
	c, err := qr.Encode(content, qr.L, qr.Auto)
	if err != nil {
		return err
	}
	n := c.Bounds().Dx()
	dot := side / float64(n)
	p.doc.SetFillColor(0, 0, 0)
	for row := range n {
		for col := 0; col < n; col++ {
			run := 0
			for ; col+run < n; run++ {
				if r, _, _, _ := c.At(col+run, row).RGBA(); r != 0 {
					break
				}
			}
			if run > 0 {
				p.doc.Rect(x+float64(col)*dot, y+float64(row)*dot, float64(run)*dot, dot, "F")
				col += run
			}
		}
	}
	return nil
}

// finish puts head and foot on every page, now that it is known how many there
// are, and writes the file. volume is "" where there is but one.
func (p *pageBuilder) finish(w io.Writer, volume string) error {
	s, b := p.small(), textStyle{p.bold, 8, 20}
	for i, about := range p.pages {
		p.doc.SetPage(i + 1)
		p.putText(left, 15, b, b.clean(p.head))
		about = b.clean(about)
		p.putText(right-b.width(about), 15, b, about)
		p.putRule(18, 20, 0.35, wide)
		p.putRule(280, 150, 0.2, wide)
		for n, line := range p.foot {
			p.putText(left, 284+s.line()*float64(n), s, s.clean(line))
		}
		count := fmt.Sprintf("%sPage %d of %d", volume, i+1, len(p.pages))
		p.putText(right-s.width(count), 284, s, count)
	}
	p.doc.SetPage(len(p.pages))
	return p.doc.Output(w)
}
