// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image"
	"image/color"

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
	Band     ParaKind = "band" // a sign of State, Name and Text on the ground of a Tone
)

// Para is one paragraph of a page.
type Para struct {
	Kind  ParaKind
	State StepState  // of a heading or a band
	Tone  ColourRole // of a band; "" is quiet
	Name  string
	Text  string
	Image image.Image // of a picture
	Large bool        // it is what the page is about
	ID    string      // what is picked with it; "" where nothing is
	Fold  Fold        // of a heading
}

// Fold says whether what belongs to a heading is shown.
type Fold string

// The folds; "" is a heading that is always open.
const (
	Folded   Fold = "folded"
	Unfolded Fold = "unfolded"
)

// marks are the signs of the states.
var marks = map[StepState]StateSign{StepDone: stepDone, StepFail: stepFail, StepWarn: stepWarn}

// para draws one paragraph at y and returns its height.
func (p *ReadingPane) para(para Para, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, c := p.style.Unit, p.style.Palette
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
		return p.item(para, u.Text(26), w*0.26, c.Quiet, plain, x, y, w)
	case Dialogue:
		ts := u.Text(22)
		return p.item(para, ts, ts*6, c.Quiet, code, x, y, w)
	case Picture:
		high := u.Px(320)
		if para.Large {
			high = p.Size().Height * 0.6
		}
		return p.picture(para.Image, x, y, w, high)
	case Band:
		return p.band(para, x, y, w)
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

// item draws a name and, beside it, its value on as many lines as it takes.
func (p *ReadingPane) item(para Para, ts, name float32, ink color.Color, style fyne.TextStyle, x, y, w float32) ([]fyne.CanvasObject, float32) {
	const line = 1.45
	objs := []fyne.CanvasObject{middle(cut(para.Name, ts, style, name), ts, style, ink, x, y+ts*0.75)}
	ls := fill(para.Text, ts, code, w-name)
	for i, l := range ls {
		objs = append(objs, middle(l, ts, code, p.style.Palette.Text, x+name, y+ts*(0.75+line*float32(i))))
	}
	return objs, ts * line * float32(max(1, len(ls)))
}

// picture draws a label on white paper, at most at its own size.
func (p *ReadingPane) picture(img image.Image, x, y, w, high float32) ([]fyne.CanvasObject, float32) {
	u, b := p.style.Unit, img.Bounds()
	edge := u.Px(16)
	scale := min((w-2*edge)/float32(b.Dx()), high/float32(b.Dy()))
	lw, lh := float32(b.Dx())*scale, float32(b.Dy())*scale
	i := canvas.NewImageFromImage(img)
	i.Resize(fyne.NewSize(lw, lh))
	i.Move(fyne.NewPos(x+edge, y+2*edge))
	return []fyne.CanvasObject{box(color.White, x, y+edge, lw+2*edge, lh+2*edge), i}, lh + 4*edge
}

func (p *ReadingPane) heading(para Para, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, c := p.style.Unit, p.style.Palette
	ts, mark := u.Text(32), u.Px(32)
	top := u.Px(24)
	mid := y + top + ts*0.8
	objs := []fyne.CanvasObject{box(c.Line, x, y+top/2, w, u.Px(2))}
	left := x
	for _, shape := range []StateSign{folds[para.Fold], marks[para.State]} {
		if shape != NoShape {
			objs = append(objs, p.style.sign(shape, inks{c.Text, c.Panel, c.Accent}, mark, left, mid-mark/2))
			left += mark + u.Px(16)
		}
	}
	aside := width(para.Text, u.Text(24), plain)
	return append(objs,
		middle(cut(para.Name, ts, bold, x+w-left-aside-u.Px(24)), ts, bold, c.Text, left, mid),
		rightOf(para.Text, u.Text(24), plain, c.Quiet, x+w, mid)), top + ts*1.7
}

var folds = map[Fold]StateSign{Folded: foldClosed, Unfolded: foldOpen}

// band draws a sign, a word and a sentence on a ground of their own.
func (p *ReadingPane) band(para Para, x, y, w float32) ([]fyne.CanvasObject, float32) {
	u, c := p.style.Unit, p.style.Palette
	pair, ok := c.Tones[para.Tone]
	if !ok {
		pair = Pair{c.Ground, c.Text}
	}
	ts, small, pad, mark := u.Text(28), u.Text(24), u.Px(16), u.Px(36)
	left := x + pad
	ground := box(pair.Fill, x, y+pad/2, w, 0)
	ground.CornerRadius = u.Px(8)
	if c.Edge {
		ground.StrokeColor, ground.StrokeWidth = c.Line, u.Px(2)
	}
	objs := []fyne.CanvasObject{ground}
	if shape := marks[para.State]; shape != NoShape {
		objs = append(objs, p.style.sign(shape, inks{pair.Ink, pair.Fill, pair.Ink}, mark, left, y+pad*1.5+ts*0.5-mark/2))
		left += mark + pad
	}
	at := y + pad*1.5
	put := func(text string, ts float32, style fyne.TextStyle) {
		for _, l := range wrap(text, ts, style, x+w-pad-left) {
			objs = append(objs, middle(l, ts, style, pair.Ink, left, at+ts*0.5))
			at += ts * 1.35
		}
	}
	put(para.Name, ts, bold)
	put(para.Text, small, plain)
	ground.Resize(fyne.NewSize(w, at-y+pad/2))
	return objs, at - y + pad*1.5
}

// ReadingPane is a column to read, which scrolls. Paragraphs that have an ID can be
// marked with the keys and picked, or tapped.
type ReadingPane struct {
	area
	paras  []Para
	at     float32 // how far it is scrolled, pixels
	full   float32 // its whole height
	tops   []float32
	marked string // ID; "" when nothing is
	onPick func(id string)
}
