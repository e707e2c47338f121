// SPDX-License-Identifier: Apache-2.0

package look

import (
	"image"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ParaKind says how a paragraph looks.
type ParaKind string

// The kinds of paragraphs.
const (
	Title    ParaKind = "title"
	Heading  ParaKind = "heading"
	Item     ParaKind = "item" // Name, and Text as a value that is copied as it stands
	Plain    ParaKind = "plain"
	Dialogue ParaKind = "dialogue" // what went over the line
	Picture  ParaKind = "picture"
)

// Para is one paragraph of a page.
type Para struct {
	Kind  ParaKind
	State StepState // of a heading
	Name  string
	Text  string
	Image image.Image // of a picture
}

// Page is a column to read, which scrolls.
type Page struct {
	area
	paras []Para
	at    float32 // how far it is scrolled, pixels
	full  float32 // its whole height
}

// NewPage makes an empty page.
func NewPage(l *Look) *Page {
	p := &Page{}
	p.init(p, l, p.compose)
	return p
}

// Set shows paras from their beginning.
func (p *Page) Set(paras []Para) {
	if !slices.Equal(paras, p.paras) {
		p.paras, p.at = slices.Clone(paras), 0
		p.redraw()
	}
}

// Scrolled moves the page with the wheel.
func (p *Page) Scrolled(e *fyne.ScrollEvent) {
	p.look.touch()
	p.Shift(-e.Scrolled.DY * 3)
}

// Turn moves by so many pages, down when positive.
func (p *Page) Turn(pages float32) { p.Shift(pages * p.Size().Height * 0.8) }

// Shift moves by so many pixels, as far as there is something to read.
func (p *Page) Shift(by float32) {
	p.at = min(max(0, p.at+by), max(0, p.full-p.Size().Height))
	p.redraw()
}

func (p *Page) compose(size fyne.Size) []fyne.CanvasObject {
	u, c := p.look.Unit, p.look.Palette
	objs := []fyne.CanvasObject{panel(c, u, size)}
	pad := u.Px(32)
	y := pad - p.at
	for _, para := range p.paras {
		drawn, h := p.para(para, pad, y, size.Width-2*pad-u.Px(16))
		if y >= 0 && y+h <= size.Height { // a paragraph shows whole or not at all
			objs = append(objs, drawn...)
		}
		y += h
	}
	p.full = y + p.at + pad
	if p.full > size.Height {
		objs = append(objs, p.bar(size))
	}
	return objs
}

// bar shows where on the page one is.
func (p *Page) bar(size fyne.Size) fyne.CanvasObject {
	u := p.look.Unit
	h := size.Height * size.Height / p.full
	r := box(p.look.Palette.Quiet, size.Width-u.Px(16), p.at/p.full*size.Height, u.Px(6), h)
	r.CornerRadius = u.Px(3)
	return r
}

// para draws one paragraph at y and returns its height.
func (p *Page) para(para Para, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, c := p.look.Unit, p.look.Palette
	switch para.Kind {
	case Title:
		ts := u.Text(56)
		return []fyne.CanvasObject{
			middle(para.Name, ts, codeBold, c.Text, x, y+ts*0.6),
			rightOf(para.Text, u.Text(32), bold, c.Text, x+w, y+ts*0.6),
		}, ts * 1.5
	case Heading:
		return p.heading(para, x, y, w)
	case Item:
		ts := u.Text(26)
		name := w * 0.26
		return []fyne.CanvasObject{
			middle(cut(para.Name, ts, plain, name), ts, plain, c.Quiet, x, y+ts*0.75),
			middle(cut(para.Text, ts, code, w-name), ts, code, c.Text, x+name, y+ts*0.75),
		}, ts * 1.5
	case Dialogue:
		ts := u.Text(22)
		name := ts * 6
		return []fyne.CanvasObject{
			middle(para.Name, ts, code, c.Quiet, x, y+ts*0.7),
			middle(cut(para.Text, ts, code, w-name), ts, code, c.Text, x+name, y+ts*0.7),
		}, ts * 1.4
	case Picture:
		return p.picture(para.Image, x, y, w)
	case Plain:
	}
	ts := u.Text(26)
	var objs []fyne.CanvasObject
	ls := wrap(para.Text, ts, plain, w)
	for i, l := range ls {
		objs = append(objs, middle(l, ts, plain, c.Text, x, y+ts*(0.75+1.35*float32(i))))
	}
	return objs, ts * (1.35*float32(len(ls)) + 0.2)
}

// picture draws a label on white paper, at most at its own size.
func (p *Page) picture(img image.Image, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, b := p.look.Unit, img.Bounds()
	edge := u.Px(16)
	scale := min((w-2*edge)/float32(b.Dx()), u.Px(480)/float32(b.Dy()))
	lw, lh := float32(b.Dx())*scale, float32(b.Dy())*scale
	i := canvas.NewImageFromImage(img)
	i.Resize(fyne.NewSize(lw, lh))
	i.Move(fyne.NewPos(x+edge, y+2*edge))
	return []fyne.CanvasObject{box(color.White, x, y+edge, lw+2*edge, lh+2*edge), i}, lh + 4*edge
}

func (p *Page) heading(para Para, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, c := p.look.Unit, p.look.Palette
	ts, mark := u.Text(32), u.Px(32)
	top := u.Px(24)
	mid := y + top + ts*0.8
	objs := []fyne.CanvasObject{box(c.Line, x, y+top/2, w, u.Px(2))}
	left := x
	shape := map[StepState]Shape{StepDone: stepDone, StepFail: stepFail, StepWarn: stepWarn}[para.State]
	if shape != NoShape {
		objs = append(objs, p.look.sign(shape, inks{c.Text, c.Panel, c.Accent}, mark, x, mid-mark/2))
		left += mark + u.Px(16)
	}
	aside := width(para.Text, u.Text(24), plain)
	return append(objs,
		middle(cut(para.Name, ts, bold, x+w-left-aside-u.Px(24)), ts, bold, c.Text, left, mid),
		rightOf(para.Text, u.Text(24), plain, c.Quiet, x+w, mid)), top + ts*1.7
}
