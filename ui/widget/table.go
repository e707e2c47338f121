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

// Table is rows of cells, with one row chosen. Columns that do not fit are left
// out from the right, and counted: no cell is cut.
type Table struct {
	area
	sheet  Sheet
	first  int // row at the top
	onPick func(row int)
	onMove func(by int)
}

// NewTable makes an empty table; pick is called when a row is tapped, move when
// the wheel is turned.
func NewTable(l *Look, pick func(row int), move func(by int)) *Table {
	t := &Table{onPick: pick, onMove: move}
	t.init(t, l, t.compose)
	return t
}

// Set shows s, with the chosen row in sight.
func (t *Table) Set(s Sheet) {
	if !reflect.DeepEqual(s, t.sheet) {
		t.sheet = s
		t.redraw()
	}
}

// Tapped picks the row under the tap.
func (t *Table) Tapped(e *fyne.PointEvent) {
	t.look.touch()
	y := e.Position.Y - t.pad() - t.row()
	if i := t.first + int(y/t.row()); y >= 0 && i >= 0 && i < len(t.sheet.Rows) {
		t.onPick(i)
	}
}

// Scrolled moves the choice, so that what is chosen is always in sight.
func (t *Table) Scrolled(e *fyne.ScrollEvent) {
	t.look.touch()
	if e.Scrolled.DY < 0 {
		t.onMove(1)
	} else {
		t.onMove(-1)
	}
}

// Seen is how many rows are seen at once.
func (t *Table) Seen() int {
	return max(1, int((t.Size().Height-2*t.pad()-t.row()-t.foot())/t.row()))
}

func (t *Table) pad() float32 { return t.look.Unit.Px(16) }

// size is the text size of the rows.
func (t *Table) size() float32 {
	if t.sheet.Large {
		return t.look.Unit.Text(38)
	}
	return t.look.Unit.Text(26)
}

func (t *Table) style() fyne.TextStyle {
	if t.sheet.Large {
		return plain
	}
	return code
}

func (t *Table) row() float32 { return t.size() * 1.75 }

func (t *Table) foot() float32 { return t.look.Unit.Text(24) * 1.5 }

func (t *Table) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := t.look.Unit, t.look.Palette
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
		objs = append(objs, t.cells(t.sheet.Rows[i], cols, t.size(), t.style(), ink, y+h/2)...)
		y += h
	}
	foot := t.sheet.Foot
	if hidden := len(t.sheet.Heads) - len(cols); hidden > 0 {
		foot = strings.TrimSpace(fmt.Sprintf("%s  (+%d)", foot, hidden))
	}
	return append(objs, middle(foot, u.Text(24), plain, p.Quiet, 2*pad, size.Height-pad-t.foot()/2))
}

// columns are the left edges of the columns that fit into w.
func (t *Table) columns(w float32) []float32 {
	u := t.look.Unit
	gap, x := t.size()*1.25, 2*t.pad()
	var edges []float32
	for c, head := range t.sheet.Heads {
		own := width(head, u.Text(22), bold)
		for _, r := range t.sheet.Rows {
			own = max(own, width(r[c], t.size(), t.style()))
		}
		if c > 0 && x+own > w+2*t.pad() {
			break
		}
		edges = append(edges, x)
		x += own + gap
	}
	return edges
}

func (t *Table) cells(texts []string, edges []float32, ts float32, style fyne.TextStyle, ink color.Color, y float32) []fyne.CanvasObject {
	var objs []fyne.CanvasObject
	for c, x := range edges {
		if texts[c] != "" {
			objs = append(objs, middle(texts[c], ts, style, ink, x, y))
		}
	}
	return objs
}
