// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"reflect"

	"fyne.io/fyne/v2"
)

// Bar is what the header says.
type Bar struct {
	Who             string // station and person
	Work            string // order, product, lot
	Passed, Planned int    // of the order; no count when Planned is 0
	Dots            []Dot
}

// Dot is the health of one thing that the station needs.
type Dot struct {
	Well bool
	Word string // what it is, said when it is not well
}

// Header is the quiet line at the top.
type Header struct {
	area
	bar Bar
}

// NewHeader makes an empty header.
func NewHeader(l *WindowStyle) *Header {
	h := &Header{}
	h.init(h, l, h.compose)
	return h
}

// Set shows b.
func (h *Header) Set(b Bar) {
	if !reflect.DeepEqual(b, h.bar) {
		h.bar = b
		h.redraw()
	}
}

func (h *Header) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := h.style.Unit, h.style.Palette
	mid, pad := size.Height/2, u.Px(32)
	objs := []fyne.CanvasObject{box(p.Panel, 0, 0, size.Width, size.Height), box(p.Line, 0, size.Height-1, size.Width, 1)}
	dots, right := h.dots(size.Width-pad, mid)
	objs = append(objs, dots...)
	if h.bar.Planned > 0 {
		ts := u.Text(40)
		count := fmt.Sprintf("%d / %d", h.bar.Passed, h.bar.Planned)
		objs = append(objs, rightOf(count, ts, bold, p.Text, right-pad, mid))
		right -= pad + width(count, ts, bold)
	}
	ts := u.Text(32)
	who := cut(h.bar.Who, ts, bold, size.Width*0.3)
	left := pad + width(who, ts, bold) + u.Px(56)
	work := cut(h.bar.Work, ts, plain, right-left-pad)
	return append(objs, middle(who, ts, bold, p.Text, pad, mid), middle(work, ts, plain, p.Quiet, left, mid))
}

// dots draws the health from right to left; it returns where that begins. A
// well thing is a small disc; one that is not is a triangle with its word.
func (h *Header) dots(x, mid float32) ([]fyne.CanvasObject, float32) {
	u, p := h.style.Unit, h.style.Palette
	var objs []fyne.CanvasObject
	for i := len(h.bar.Dots) - 1; i >= 0; i-- {
		d := h.bar.Dots[i]
		if d.Well {
			r := u.Px(20)
			disc := box(p.Quiet, x-r, mid-r/2, r, r)
			disc.CornerRadius = r / 2
			objs = append(objs, disc)
			x -= r + u.Px(12)
			continue
		}
		ts, mark := u.Text(28), u.Px(36)
		w := width(d.Word, ts, bold)
		amber := p.Tones[Caution]
		tag := box(amber.Fill, x-w-mark-u.Px(40), mid-u.Px(28), w+mark+u.Px(40), u.Px(56))
		tag.CornerRadius = u.Px(8)
		left := tag.Position().X + u.Px(12)
		objs = append(objs, tag,
			h.style.sign(Triangle, inks{amber.Ink, amber.Fill, amber.Ink}, mark, left, mid-mark/2),
			middle(d.Word, ts, bold, amber.Ink, left+mark+u.Px(12), mid))
		x = tag.Position().X - u.Px(16)
	}
	return objs, x
}
