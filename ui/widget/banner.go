// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"reflect"

	"fyne.io/fyne/v2"
)

// Call is what a banner says: what is asked of a person, or what has come of
// it. The zero value says nothing.
type Call struct {
	Tone  ColourRole
	Shape StateSign
	Word  string
	Say   []string
	Keys  string // small: which keys do what
}

// Banner is a band over a page. It asks, or it tells how something went.
type Banner struct {
	area
	call Call
}

// NewBanner makes a banner that says nothing.
func NewBanner(l *WindowStyle) *Banner {
	b := &Banner{}
	b.init(b, l, b.compose)
	return b
}

// Set says c.
func (b *Banner) Set(c Call) {
	if !reflect.DeepEqual(c, b.call) {
		b.call = c
		b.redraw()
	}
}

// Tall is how high the banner must be for all that it says, w pixels wide; 0
// when it says nothing.
func (b *Banner) Tall(w float32) float32 {
	if b.call.Word == "" {
		return 0
	}
	_, h := b.lines(w)
	return h
}

func (b *Banner) compose(size fyne.Size) []fyne.CanvasObject {
	if b.call.Word == "" {
		return nil
	}
	u, p := b.style.Unit, b.style.Palette
	pair := p.Tones[b.call.Tone]
	ground := box(pair.Fill, 0, 0, size.Width, size.Height)
	ground.CornerRadius = u.Px(16)
	if p.Edge {
		ground.StrokeColor, ground.StrokeWidth = p.Line, u.Px(2)
	}
	objs := []fyne.CanvasObject{ground}
	if b.call.Shape != NoShape {
		mark := u.Px(64)
		objs = append(objs, b.style.sign(b.call.Shape, inks{pair.Ink, pair.Fill, pair.Ink}, mark, u.Px(32), u.Px(28)))
	}
	lines, _ := b.lines(size.Width)
	return append(objs, lines...)
}

// lines are the texts, and how high a banner they need.
func (b *Banner) lines(w float32) (objs []fyne.CanvasObject, tall float32) {
	u := b.style.Unit
	ink := b.style.Palette.Tones[b.call.Tone].Ink
	left, y := u.Px(32), u.Px(28)
	if b.call.Shape != NoShape {
		left += u.Px(64 + 24)
	}
	put := func(text string, ts, line float32, style fyne.TextStyle) {
		for _, l := range fill(text, ts, style, w-left-u.Px(32)) {
			objs = append(objs, middle(l, ts, style, ink, left, y+ts*line/2))
			y += ts * line
		}
	}
	put(b.call.Word, u.Text(52), 1.25, bold)
	for _, s := range b.call.Say {
		put(s, u.Text(30), 1.35, plain)
	}
	put(b.call.Keys, u.Text(24), 1.5, plain)
	return objs, y + u.Px(20)
}
