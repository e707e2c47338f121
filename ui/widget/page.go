// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
)

// NewPage makes an empty page. pick is called when a paragraph that has an ID
// is tapped; it may be nil.
func NewPage(l *WindowStyle, pick func(id string)) *ReadingPane {
	p := &ReadingPane{onPick: pick}
	p.init(p, l, p.compose)
	return p
}

// Set shows paras: from their beginning, unless it is the same page that has
// changed.
func (p *ReadingPane) Set(paras []Para) {
	if slices.Equal(paras, p.paras) {
		return
	}
	if len(paras) == 0 || len(p.paras) == 0 || paras[0].Kind != p.paras[0].Kind || paras[0].Name != p.paras[0].Name {
		p.at, p.marked = 0, ""
	}
	p.paras = slices.Clone(paras)
	p.redraw()
	p.ScrollBy(0) // it may have become shorter
}

// Marked is the ID of the marked paragraph, "" when there is none.
func (p *ReadingPane) Marked() string {
	if !slices.ContainsFunc(p.paras, func(para Para) bool { return para.ID != "" && para.ID == p.marked }) {
		p.marked = ""
	}
	return p.marked
}

// Mark marks the next paragraph that has an ID, or the one before, and brings
// it into sight.
func (p *ReadingPane) Mark(by int) {
	var ids []string
	for _, para := range p.paras {
		if para.ID != "" {
			ids = append(ids, para.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	i := slices.Index(ids, p.Marked())
	if i < 0 && by < 0 {
		i = len(ids)
	}
	p.marked = ids[min(max(0, i+by), len(ids)-1)]
	p.redraw()
	p.show(p.marked)
}

// show scrolls until the paragraph can be seen.
func (p *ReadingPane) show(id string) {
	for i, para := range p.paras {
		if para.ID != id || i >= len(p.tops)-1 {
			continue
		}
		top, bottom, pad := p.tops[i]-p.at, p.tops[i+1]-p.at, p.style.Unit.Px(32)
		switch {
		case top < pad:
			p.ScrollBy(top - pad)
		case bottom > p.Size().Height-pad:
			p.ScrollBy(bottom - p.Size().Height + pad)
		}
		return
	}
}

// Tapped picks the paragraph under the tap.
func (p *ReadingPane) Tapped(e *fyne.PointEvent) {
	p.style.touch()
	y := e.Position.Y + p.at
	for i, para := range p.paras {
		if para.ID != "" && i < len(p.tops)-1 && y >= p.tops[i] && y < p.tops[i+1] {
			p.marked = para.ID
			p.redraw()
			if p.onPick != nil {
				p.onPick(para.ID)
			}
			return
		}
	}
}

// Scrolled moves the page with the wheel.
func (p *ReadingPane) Scrolled(e *fyne.ScrollEvent) {
	p.style.touch()
	p.ScrollBy(-e.Scrolled.DY * 3)
}

// Turn moves by so many pages, down when positive.
func (p *ReadingPane) Turn(pages float32) { p.ScrollBy(pages * p.Size().Height * 0.8) }

// ScrollBy moves by so many pixels, as far as there is something to read.
func (p *ReadingPane) ScrollBy(by float32) {
	at := min(max(0, p.at+by), max(0, p.full-p.Size().Height))
	if at != p.at || by != 0 {
		p.at = at
		p.redraw()
	}
}

func (p *ReadingPane) compose(size fyne.Size) []fyne.CanvasObject {
	u, c := p.style.Unit, p.style.Palette
	objs := []fyne.CanvasObject{panel(c, u, size)}
	pad := u.Px(32)
	y := pad - p.at
	marked := p.Marked()
	p.tops = p.tops[:0]
	for _, para := range p.paras {
		drawn, h := p.para(para, pad, y, size.Width-2*pad-u.Px(16))
		if y >= 0 && y+h <= size.Height { // a paragraph shows whole or not at all
			if marked != "" && para.ID == marked {
				objs = append(objs, p.cursor(y, h, size.Width))
			}
			objs = append(objs, drawn...)
		}
		p.tops = append(p.tops, y+p.at)
		y += h
	}
	p.tops = append(p.tops, y+p.at)
	p.full = y + p.at + pad
	if p.full > size.Height {
		objs = append(objs, p.bar(size))
	}
	return objs
}

// cursor is a frame around the marked paragraph.
func (p *ReadingPane) cursor(y, h, w float32) fyne.CanvasObject {
	u := p.style.Unit
	r := box(color.Transparent, u.Px(16), y, w-u.Px(48), h)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = p.style.Palette.Accent, u.Px(3), u.Px(8)
	return r
}

// bar shows where on the page one is.
func (p *ReadingPane) bar(size fyne.Size) fyne.CanvasObject {
	u := p.style.Unit
	h := size.Height * size.Height / p.full
	r := box(p.style.Palette.Quiet, size.Width-u.Px(16), p.at/p.full*size.Height, u.Px(6), h)
	r.CornerRadius = u.Px(3)
	return r
}
