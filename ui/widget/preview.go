// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// LabelPreview shows the label as it will print.
type LabelPreview struct {
	area
	label   image.Image
	striped bool
	picture *canvas.Image
	caption string
}

// NewLabelPreview makes a preview without a label.
func NewLabelPreview(l *WindowStyle) *LabelPreview {
	p := &LabelPreview{picture: canvas.NewImageFromImage(nil)}
	p.picture.FillMode = canvas.ImageFillContain
	p.init(p, l, p.compose)
	return p
}

// Set shows label, or the caption alone when it is nil. A striped label can be
// looked at but not scanned: while the paper label is wanted, a scanner must
// not be able to read it off the glass.
func (p *LabelPreview) Set(label image.Image, striped bool, caption string) {
	if label == p.label && striped == p.striped && caption == p.caption {
		return
	}
	p.label, p.striped, p.caption = label, striped, caption
	p.picture.Image = label
	if label != nil && striped {
		p.picture.Image = Stripe(label)
	}
	p.picture.Refresh()
	p.redraw()
}

func (p *LabelPreview) compose(size fyne.Size) []fyne.CanvasObject {
	u, c := p.style.Unit, p.style.Palette
	objs := []fyne.CanvasObject{panel(c, u, size)}
	pad, ts := u.Px(24), u.Text(22)
	caption := cut(p.caption, ts, plain, size.Width-2*pad)
	objs = append(objs, middle(caption, ts, plain, c.Quiet, pad, size.Height-pad-ts*0.3))
	x, y, w, h := pad, pad, size.Width-2*pad, size.Height-2*pad-ts*1.5
	if p.label == nil {
		empty := box(color.Transparent, x, y, w, h)
		empty.StrokeColor, empty.StrokeWidth, empty.CornerRadius = c.Line, u.Px(3), u.Px(8)
		return append(objs, empty)
	}
	b := p.label.Bounds()
	scale := min(w/float32(b.Dx()), h/float32(b.Dy()))
	lw, lh := float32(b.Dx())*scale, float32(b.Dy())*scale
	x, y = x+(w-lw)/2, y+(h-lh)/2
	paper := box(color.White, x, y, lw, lh)
	edge := u.Px(6)
	p.picture.Move(fyne.NewPos(x+edge, y+edge))
	p.picture.Resize(fyne.NewSize(lw-2*edge, lh-2*edge))
	return append(objs, paper, p.picture)
}

// Stripe lays slanting bars over a picture of a label, close enough that no
// code in it can be read.
func Stripe(label image.Image) image.Image {
	b := label.Bounds()
	out := image.NewGray(b)
	bar := max(4, b.Dy()/24)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if (x+y)/bar%3 == 0 {
				out.SetGray(x, y, color.Gray{Y: 0xC4})
				continue
			}
			out.Set(x, y, label.At(x, y))
		}
	}
	return out
}

// panel is the ground of a quiet area.
func panel(p Palette, u DesignPixel, size fyne.Size) fyne.CanvasObject {
	r := box(p.Panel, 0, 0, size.Width, size.Height)
	r.CornerRadius = u.Px(16)
	if p.Edge {
		r.StrokeColor, r.StrokeWidth = p.Line, u.Px(2)
	}
	return r
}
