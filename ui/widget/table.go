// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"image/color"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
)

// Sheet is what a table shows.
type Sheet struct {
	Heads  []string
	Rows   [][]string
	Chosen int
	Foot   string // which rows of how many these are
	Large  bool   // few rows, in words: read from further away
}

// TableView is rows of cells, with one row chosen. Columns that do not fit are left
// out from the right, and counted: no cell is cut.
type TableView struct {
	area
	sheet  Sheet
	first  int // choiceRow at the top
	onPick func(row int)
	onMove func(by int)
}

// NewTable makes an empty table; pick is called when a row is tapped, move when
// the wheel is turned.
func NewTable(l *WindowStyle, pick func(row int), move func(by int)) *TableView {
	t := &TableView{onPick: pick, onMove: move}
	t.init(t, l, t.compose)
	return t
}

// Set shows s, with the chosen row in sight.
func (t *TableView) Set(s Sheet) {
	if !reflect.DeepEqual(s, t.sheet) {
		t.sheet = s
		t.redraw()
	}
}

// Tapped picks the row under the tap.
func (t *TableView) Tapped(e *fyne.PointEvent) {
	t.style.touch()
	y := e.Position.Y - t.pad() - t.row()
	if i := t.first + int(y/t.row()); y >= 0 && i >= 0 && i < len(t.sheet.Rows) {
		t.onPick(i)
	}
}

// Scrolled moves the choice, so that what is chosen is always in sight.
func (t *TableView) Scrolled(e *fyne.ScrollEvent) {
	t.style.touch()
	if e.Scrolled.DY < 0 {
		t.onMove(1)
	} else {
		t.onMove(-1)
	}
}

// Seen is how many rows are seen at once.
func (t *TableView) Seen() int {
	return max(1, int((t.Size().Height-2*t.pad()-t.row()-t.foot())/t.row()))
}

func (t *TableView) pad() float32 { return t.style.Unit.Px(16) }

// size is the text size of the rows.
func (t *TableView) size() float32 {
	if t.sheet.Large {
		return t.style.Unit.Text(38)
	}
	return t.style.Unit.Text(26)
}

func (t *TableView) textStyle() fyne.TextStyle {
	if t.sheet.Large {
		return plain
	}
	return code
}

func (t *TableView) row() float32 { return t.size() * 1.75 }

func (t *TableView) foot() float32 { return t.style.Unit.Text(24) * 1.5 }

func (t *TableView) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := t.style.Unit, t.style.Palette
	objs := []fyne.CanvasObject{panel(p, u, size)}
	pad, h := t.pad(), t.row()
	cols := t.columns(size.Width - 4*pad)
	n := t.Seen()
	t.first = min(max(0, t.sheet.Chosen-n/2), max(0, len(t.sheet.Rows)-n))
	y := pad
	objs = append(objs, t.cells(t.sheet.Heads, cols, u.Text(22), bold, p.Quiet, y+h/2)...)
	y += h
	for i := t.first; i < min(t.first+n, len(t.sheet.Rows)); i++ {
		ink := p.Text
		if i == t.sheet.Chosen {
			bar := box(p.Text, pad, y, size.Width-2*pad, h)
			bar.CornerRadius = u.Px(8)
			objs, ink = append(objs, bar), p.Panel
		}
		objs = append(objs, t.cells(t.sheet.Rows[i], cols, t.size(), t.textStyle(), ink, y+h/2)...)
		y += h
	}
	foot := t.sheet.Foot
	if hidden := len(t.sheet.Heads) - len(cols); hidden > 0 {
		foot = strings.TrimSpace(fmt.Sprintf("%s  (+%d)", foot, hidden))
	}
	return append(objs, middle(foot, u.Text(24), plain, p.Quiet, 2*pad, size.Height-pad-t.foot()/2))
}

// columns are the left edges of the columns that fit into w.
func (t *TableView) columns(w float32) []float32 {
	u := t.style.Unit
	gap, x := t.size()*1.25, 2*t.pad()
	var edges []float32
	for c, head := range t.sheet.Heads {
		own := width(head, u.Text(22), bold)
		for _, r := range t.sheet.Rows {
			own = max(own, width(r[c], t.size(), t.textStyle()))
		}
		if c > 0 && x+own > w+2*t.pad() {
			break
		}
		edges = append(edges, x)
		x += own + gap
	}
	return edges
}

func (t *TableView) cells(texts []string, edges []float32, ts float32, style fyne.TextStyle, ink color.Color, y float32) []fyne.CanvasObject {
	var objs []fyne.CanvasObject
	for c, x := range edges {
		if texts[c] != "" {
			objs = append(objs, middle(texts[c], ts, style, ink, x, y))
		}
	}
	return objs
}
