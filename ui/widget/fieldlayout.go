// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Sizes of the field's parts, in design pixels.
const (
	fieldMargin  = 48
	wordSize     = 136 // capitals of 97 px
	verdictSize  = 224
	serialSize   = 72
	sentenceSize = 52
	choiceSize   = 44
	noticeSize   = 40
	footSize     = 28
)

// fieldBlock is one part of the stack in the middle of the field.
type fieldBlock struct {
	height float32
	draw   func(x, y, w float32) []fyne.CanvasObject // x, w: the column; y: top
}

// compose draws the face: a stack of blocks in the middle, the code at the
// foot, the notice in a band over it.
func (f *StatusField) compose(size fyne.Size) []fyne.CanvasObject {
	u, c := f.style.Unit, f.inks()
	objs := f.ground(size, c)
	m := u.Px(fieldMargin)
	foot, top := f.footer(size, c)
	objs = append(objs, foot...)
	inner := fyne.NewSize(size.Width-2*m, top-2*m)
	f.unit = u
	blocks := f.blocks(inner)
	for total(blocks) > inner.Height && f.unit > u/2 {
		f.unit *= 0.96
		blocks = f.blocks(inner)
	}
	f.rows = f.rows[:0]
	y := m + max(0, (inner.Height-total(blocks))/2)
	for _, b := range blocks {
		objs = append(objs, b.draw(m, y, inner.Width)...)
		y += b.height
	}
	return objs
}

func total(bs []fieldBlock) float32 {
	var h float32
	for _, b := range bs {
		h += b.height
	}
	return h
}

func (f *StatusField) inks() inks {
	p := f.style.Palette
	pair := p.Tones[f.face.Tone]
	return inks{pair.Ink, pair.Fill, p.Accent}
}

func (f *StatusField) ground(size fyne.Size, c inks) []fyne.CanvasObject {
	r := box(c.fill, 0, 0, size.Width, size.Height)
	r.CornerRadius = f.style.Unit.Px(16)
	if f.style.Palette.Edge {
		r.StrokeColor, r.StrokeWidth = c.ink, f.style.Unit.Px(4)
	}
	return []fyne.CanvasObject{r}
}

// footer is what stands at the foot of the field; it returns where the room
// for the rest ends.
func (f *StatusField) footer(size fyne.Size, c inks) ([]fyne.CanvasObject, float32) {
	u := f.style.Unit
	m := u.Px(fieldMargin)
	if f.face.Notice != "" {
		return f.notice(size, c), size.Height - u.Px(104)
	}
	if f.face.Code+f.face.Keys == "" {
		return nil, size.Height
	}
	ts, y := u.Text(footSize), size.Height-m
	return []fyne.CanvasObject{
		middle(f.face.Code, ts, code, c.ink, m, y),
		rightOf(f.face.Keys, ts, plain, c.ink, size.Width-m, y),
	}, y
}

// notice is a band in reversed colours.
func (f *StatusField) notice(size fyne.Size, c inks) []fyne.CanvasObject {
	u := f.style.Unit
	m, h, mark, ts := u.Px(fieldMargin), u.Px(104), u.Px(56), u.Text(noticeSize)
	band := box(c.ink, m/2, size.Height-h-m/2, size.Width-m, h)
	band.CornerRadius = u.Px(8)
	mid := band.Position().Y + h/2
	text := cut(f.face.Notice, ts, bold, size.Width-3*m-mark)
	return []fyne.CanvasObject{
		band,
		f.style.sign(Triangle, inks{c.fill, c.ink, c.live}, mark, m, mid-mark/2),
		middle(text, ts, bold, c.fill, m+mark+u.Px(24), mid),
	}
}

// blocks lists what the face says, from top to bottom, in the field's unit.
func (f *StatusField) blocks(inner fyne.Size) []fieldBlock {
	u, face := f.unit, f.face
	bs := f.head(inner)
	if face.Serial != "" {
		bs = append(bs, gap(u.Px(40)), f.serial())
	}
	for i, s := range face.Say {
		style := plain
		if i == 0 && face.Verdict() {
			style = bold
		}
		bs = append(bs, gap(u.Px(28)), f.paragraph(s, u.Text(sentenceSize), style, inner.Width))
	}
	if len(face.Choices) > 0 {
		bs = append(bs, gap(u.Px(48)))
		bs = append(bs, f.choices(inner.Height-total(bs))...)
	}
	if face.Then != "" {
		bs = append(bs, gap(u.Px(40)), f.word(face.Then, fit(face.Then, u.Text(wordSize), inner.Width), inner.Width))
	}
	return bs
}

func gap(h float32) fieldBlock {
	return fieldBlock{h, func(_, _, _ float32) []fyne.CanvasObject { return nil }}
}

// head is the shape with the word: in a viewfinder for the scan of a serial,
// else side by side, or one over the other where that is too wide.
func (f *StatusField) head(inner fyne.Size) []fieldBlock {
	u, face := f.unit, f.face
	if face.Shape == Brackets {
		return []fieldBlock{f.framed(inner.Width)}
	}
	size, shape := u.Text(wordSize), u.Px(184)
	if face.Verdict() {
		wide := width(face.Word, 100, bold)/100 + 1 // word and shape, in parts of the size
		size = float32(int(min(u.Text(verdictSize), (inner.Width-u.Px(56))/wide)))
		return []fieldBlock{f.beside(size, size)}
	}
	if face.Shape != NoShape && width(face.Word, size, bold) <= inner.Width-shape-u.Px(56) {
		return []fieldBlock{f.beside(size, shape)}
	}
	word := f.word(face.Word, fit(face.Word, size, inner.Width), inner.Width)
	if face.Shape == NoShape {
		return []fieldBlock{word}
	}
	return []fieldBlock{f.shape(shape), gap(u.Px(40)), word}
}

// fitLine is the largest size, up to size, at which s stands on one line.
func fitLine(s string, size, limit float32) float32 {
	return float32(int(size * min(1, limit/width(s, size, bold))))
}

// fit is the same, but on two lines when one would make s small.
func fit(s string, size, limit float32) float32 {
	one := fitLine(s, size, limit)
	if one >= size*0.86 {
		return one
	}
	for two := size; two > one; two -= 2 {
		if l := wrap(s, two, bold, limit); len(l) <= 2 && widest(l, two, bold) <= limit {
			return two
		}
	}
	return one
}

// word is text in capitals, its box as high as the capitals.
func (f *StatusField) word(s string, size, limit float32) fieldBlock {
	lines := wrap(s, size, bold, limit)
	step := size * 1.08
	h := size*CapHeight + step*float32(len(lines)-1)
	return fieldBlock{h, func(x, y, w float32) []fyne.CanvasObject {
		return f.lines(lines, size, bold, x, y+size*CapHeight/2, w, step)
	}}
}

// lines centres lines in the column, the capitals of the first on y.
func (f *StatusField) lines(ls []string, size float32, style fyne.TextStyle, x, y, w, step float32) []fyne.CanvasObject {
	var objs []fyne.CanvasObject
	for i, l := range ls {
		left := x + (w-width(l, size, style))/2
		objs = append(objs, middle(l, size, style, f.inks().ink, left, y+float32(i)*step))
	}
	return objs
}

func (f *StatusField) paragraph(s string, size float32, style fyne.TextStyle, limit float32) fieldBlock {
	ls := balanced(s, size, style, limit)
	step := size * 1.28
	return fieldBlock{step * float32(len(ls)), func(x, y, w float32) []fyne.CanvasObject {
		return f.lines(ls, size, style, x, y+step/2, w, step)
	}}
}

// beside sets shape and word in one row.
func (f *StatusField) beside(size, shape float32) fieldBlock {
	return fieldBlock{shape, func(x, y, w float32) []fyne.CanvasObject {
		space := f.unit.Px(56)
		all := shape + space + width(f.face.Word, size, bold)
		left := x + (w-all)/2
		return []fyne.CanvasObject{
			f.mark(shape, left, y),
			middle(f.face.Word, size, bold, f.inks().ink, left+shape+space, y+shape/2),
		}
	}}
}

// framed sets the word in a viewfinder.
func (f *StatusField) framed(limit float32) fieldBlock {
	u := f.unit
	padX, padY := u.Px(88), u.Px(80)
	size := fit(f.face.Word, u.Text(wordSize), limit-2*padX)
	inside := f.word(f.face.Word, size, limit-2*padX)
	w := widest(wrap(f.face.Word, size, bold, limit-2*padX), size, bold) + 2*padX
	h := inside.height + 2*padY
	return fieldBlock{h, func(x, y, col float32) []fyne.CanvasObject {
		left := x + (col-w)/2
		return append(inside.draw(x, y+padY, col), f.style.brackets(f.inks(), w, h, left, y, u.Px(12)))
	}}
}

func (f *StatusField) shape(size float32) fieldBlock {
	return fieldBlock{size, func(x, y, w float32) []fyne.CanvasObject {
		return []fyne.CanvasObject{f.mark(size, x+(w-size)/2, y)}
	}}
}

func (f *StatusField) mark(size, x, y float32) fyne.CanvasObject {
	if f.face.Shape == Ring {
		return f.style.ring(f.face.Done, f.face.Of, f.inks(), size, x, y)
	}
	return f.style.sign(f.face.Shape, f.inks(), size, x, y)
}

// serial is the unit with, beside it, how long it took.
func (f *StatusField) serial() fieldBlock {
	size := f.unit.Text(serialSize)
	return fieldBlock{size, func(x, y, w float32) []fyne.CanvasObject {
		space := size * 0.8
		all := width(f.face.Serial, size, codeBold)
		if f.face.Aside != "" {
			all += space + width(f.face.Aside, size, plain)
		}
		left := x + (w-all)/2
		ink := color.Color(f.inks().ink)
		return []fyne.CanvasObject{
			middle(f.face.Serial, size, codeBold, ink, left, y+size/2),
			rightOf(f.face.Aside, size, plain, ink, left+all, y+size/2),
		}
	}}
}

// choices lists as many rows around the chosen one as there is room for.
func (f *StatusField) choices(room float32) []fieldBlock {
	u, face := f.unit, f.face
	h := u.Px(80)
	n := max(1, min(len(face.Choices), int(room/h)))
	first := min(max(0, face.Chosen-n/2), len(face.Choices)-n)
	var bs []fieldBlock
	for i := first; i < first+n; i++ {
		bs = append(bs, fieldBlock{h, func(x, y, w float32) []fyne.CanvasObject { return f.choice(i, x, y, w, h) }})
	}
	return bs
}

func (f *StatusField) choice(i int, x, y, w, h float32) []fyne.CanvasObject {
	u, c, ch := f.unit, f.inks(), f.face.Choices[i]
	f.rows = append(f.rows, choiceRow{i, y, h})
	ink := c.ink
	var objs []fyne.CanvasObject
	if i == f.face.Chosen {
		bar := box(c.ink, x, y+u.Px(4), w, h-u.Px(8))
		bar.CornerRadius = u.Px(8)
		objs, ink = append(objs, bar), c.fill
	}
	size, mid, pad := u.Text(choiceSize), y+h/2, u.Px(32)
	aside := width(ch.Aside, size, plain)
	keyEnd := x + pad + width(ch.Key, size, codeBold) + u.Px(40)
	return append(objs,
		middle(ch.Key, size, codeBold, ink, x+pad, mid),
		middle(cut(ch.Text, size, plain, x+w-pad-aside-u.Px(32)-keyEnd), size, plain, ink, keyEnd, mid),
		rightOf(ch.Aside, size, plain, ink, x+w-pad, mid),
	)
}
