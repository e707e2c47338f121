// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// CapHeight is how high capitals are, in parts of the text size: in Noto Sans
// and, within a hundredth, in Go Mono.
const CapHeight = 0.714

// The weights and faces in use.
var (
	plain    = fyne.TextStyle{}
	bold     = fyne.TextStyle{Bold: true}
	code     = fyne.TextStyle{Monospace: true}
	codeBold = fyne.TextStyle{Monospace: true, Bold: true}
)

func width(s string, size float32, style fyne.TextStyle) float32 {
	return fyne.MeasureText(s, size, style).Width
}

// newText makes a text whose box starts at x, y.
func newText(s string, size float32, style fyne.TextStyle, ink color.Color, x, y float32) *canvas.Text {
	t := canvas.NewText(s, ink)
	t.TextSize, t.TextStyle = size, style
	t.Resize(t.MinSize())
	t.Move(fyne.NewPos(x, y))
	return t
}

// middle makes a text whose capitals are centred on y.
func middle(s string, size float32, style fyne.TextStyle, ink color.Color, x, y float32) *canvas.Text {
	_, baseline := fyne.CurrentApp().Driver().RenderedTextSize(s, size, style, nil)
	return newText(s, size, style, ink, x, y+size*CapHeight/2-baseline)
}

// rightOf makes a text that ends at x, its capitals centred on y.
func rightOf(s string, size float32, style fyne.TextStyle, ink color.Color, x, y float32) *canvas.Text {
	return middle(s, size, style, ink, x-width(s, size, style), y)
}

// wrap breaks s between words into lines no wider than limit. A single word
// that is wider stands alone on its line.
func wrap(s string, size float32, style fyne.TextStyle, limit float32) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(s) {
		next := strings.TrimSpace(line + " " + w)
		if line != "" && width(next, size, style) > limit {
			lines = append(lines, line)
			next = w
		}
		line = next
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// balanced wraps s into as few lines as limit allows, and these as even as
// they can be.
func balanced(s string, size float32, style fyne.TextStyle, limit float32) []string {
	lines := wrap(s, size, style, limit)
	for step := limit / 24; len(lines) > 1; limit -= step {
		closer := wrap(s, size, style, limit-step)
		if len(closer) > len(lines) || widest(closer, size, style) > limit {
			break
		}
		lines = closer
	}
	return lines
}

// widest is the width of the widest line.
func widest(lines []string, size float32, style fyne.TextStyle) float32 {
	var w float32
	for _, l := range lines {
		w = max(w, width(l, size, style))
	}
	return w
}

// cut shortens s with an ellipsis until it is no wider than limit.
func cut(s string, size float32, style fyne.TextStyle, limit float32) string {
	if width(s, size, style) <= limit {
		return s
	}
	r := []rune(s)
	for len(r) > 1 && width(string(r)+"…", size, style) > limit {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// fill wraps s as [wrap] does, and breaks what is wider than a line, such as a
// hash, wherever the line ends. Line breaks of s stay.
func fill(s string, size float32, style fyne.TextStyle, limit float32) []string {
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		for _, l := range wrap(part, size, style, limit) {
			for width(l, size, style) > limit {
				r := []rune(l)
				n := max(1, int(float32(len(r))*limit/width(l, size, style)))
				for n > 1 && width(string(r[:n]), size, style) > limit {
					n--
				}
				lines, l = append(lines, string(r[:n])), string(r[n:])
			}
			lines = append(lines, l)
		}
	}
	return lines
}
