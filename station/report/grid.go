// SPDX-License-Identifier: Apache-2.0

package report

import "slices"

// fact is something that is known under a name.
type fact struct {
	name, value string
	digits      bool // a number that is read digit by digit
}

// putFacts puts facts in two columns, down the left one first. Those without a
// value are left out.
func (p *pageBuilder) putFacts(list []fact) {
	list = slices.DeleteFunc(slices.Clone(list), func(f fact) bool { return f.value == "" })
	const columns, gap, names = 2, 6.0, 29.0
	rows := (len(list) + columns - 1) / columns
	each := (wide - gap) / columns
	for r := range rows {
		height := 0.0
		var cells [columns]cellLines
		for c := range columns {
			if i := c*rows + r; i < len(list) {
				cells[c] = p.styleOf(list[i]).cell(list[i].value, each-names)
				height = max(height, p.body().line()*float64(len(cells[c].lines)))
			}
		}
		p.ensureRoom(height)
		for c, value := range cells {
			if i := c*rows + r; i < len(list) {
				x := left + float64(c)*(each+gap)
				p.putLines(x, p.key(), []string{p.key().clean(list[i].name)})
				p.putLines(x+names, value.style, value.lines)
			}
		}
		p.y += height + 0.5
	}
}

func (p *pageBuilder) styleOf(f fact) textStyle {
	if f.digits {
		return p.digits()
	}
	return p.body()
}

// cellLines is a text as it stands in a width: no long number on two lines.
type cellLines struct {
	style textStyle
	lines []string
}

func (s textStyle) cell(text string, width float64) cellLines {
	s = s.unbroken(text, width)
	return cellLines{s, s.wrap(text, width)}
}

func (c cellLines) height() float64 { return c.style.line() * float64(len(c.lines)) }

// gridColumn is one of a grid: its name, its share of the width in mm, and how its
// cells look.
type gridColumn struct {
	name  string
	width float64
	style textStyle
	right bool // numbers end at the same place
}

// grid is a table whose head stands on each page that it reaches.
type grid struct {
	*pageBuilder
	columns []gridColumn
}

// gutter is what stays free at the right of a cell, mm.
const gutter = 2.0

// beginGrid begins a table.
func (p *pageBuilder) beginGrid(columns ...gridColumn) grid {
	g := grid{p, columns}
	p.ensureRoom(14)
	g.putHead()
	return g
}

func (g grid) putHead() {
	if !slices.ContainsFunc(g.columns, func(c gridColumn) bool { return c.name != "" }) {
		return
	}
	s := textStyle{g.bold, 7, 90}
	x, tallest := left, 1
	for _, c := range g.columns {
		lines := s.wrap(c.name, c.width-gutter)
		tallest = max(tallest, len(lines))
		g.putCell(x, c, s, lines)
		x += c.width
	}
	g.y += s.line()*float64(tallest) + 0.6
	g.putRule(g.y, 170, 0.2, g.width())
	g.y += 0.7
}

// addRow puts a row. One that no page could hold is broken.
func (g grid) addRow(values ...string) {
	cells := make([]cellLines, len(values))
	for i, v := range values {
		cells[i] = g.columns[i].style.cell(v, g.columns[i].width-gutter)
	}
	for height(cells) > bottom-top-12 {
		g.newPage()
		g.putHead()
		g.putLinesUpTo(cells, bottom-g.y-1)
	}
	if g.y+height(cells)+1.1 > bottom {
		g.newPage()
		g.putHead()
	}
	g.putLinesUpTo(cells, bottom)
	g.y += 0.5
	g.putRule(g.y, 225, 0.15, g.width())
	g.y += 0.6
}

func (g grid) width() (w float64) {
	for _, c := range g.columns {
		w += c.width
	}
	return w
}

func height(cells []cellLines) float64 {
	h := 0.0
	for _, c := range cells {
		h = max(h, c.height())
	}
	return h
}

// putLinesUpTo puts as many lines of each cell as most mm hold, and takes them away.
func (g grid) putLinesUpTo(cells []cellLines, most float64) {
	x, used := left, 0.0
	for i, one := range cells {
		c := g.columns[i]
		n := min(len(one.lines), int(most/one.style.line()))
		g.putCell(x, c, one.style, one.lines[:n])
		cells[i].lines = one.lines[n:]
		used = max(used, one.style.line()*float64(n))
		x += c.width
	}
	g.y += used
}

func (g grid) putCell(x float64, c gridColumn, s textStyle, lines []string) {
	if !c.right {
		g.putLines(x, s, lines)
		return
	}
	at := g.y
	for _, l := range lines {
		g.putLines(x+c.width-2*gutter-s.width(l), s, []string{l})
		g.y += s.line()
	}
	g.y = at
}
