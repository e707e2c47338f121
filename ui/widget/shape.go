// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2/canvas"
)

// StateSign is a sign that says a state without colour.
type StateSign string

// The shapes.
const (
	NoShape  StateSign = ""
	Brackets StateSign = "brackets" // around the word; drawn to its measure
	Badge    StateSign = "badge"
	Ring     StateSign = "ring" // one segment a step
	Sticker  StateSign = "label"
	Tick     StateSign = "tick"  // in a circle
	Cross    StateSign = "cross" // in an octagon
	Triangle StateSign = "triangle"
	Padlock  StateSign = "padlock"
	Square   StateSign = "square"   // stopped by a person
	Question StateSign = "question" // in a square
	Stack    StateSign = "stack"    // boxes, all of them

	stepWait StateSign = "step-wait"
	stepNow  StateSign = "step-now"
	stepDone StateSign = "step-done"
	stepFail StateSign = "step-fail"
	stepWarn StateSign = "step-warn"

	foldClosed StateSign = "fold-closed"
	foldOpen   StateSign = "fold-open"
)

// drawings are the shapes in a field of 100 × 100; INK is the colour of lines,
// FILL the ground's.
var drawings = map[StateSign]string{
	Tick: `<circle cx="50" cy="50" r="45" fill="none" stroke="INK" stroke-width="8"/>
		<path d="M27 52 L43 68 L74 34" fill="none" stroke="INK" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`,
	Cross: `<path d="M32 5 L68 5 L95 32 L95 68 L68 95 L32 95 L5 68 L5 32 Z" fill="none" stroke="INK" stroke-width="8" stroke-linejoin="round"/>
		<path d="M34 34 L66 66 M66 34 L34 66" fill="none" stroke="INK" stroke-width="12" stroke-linecap="round"/>`,
	Triangle: `<path d="M50 8 L96 90 L4 90 Z" fill="INK" stroke="INK" stroke-width="6" stroke-linejoin="round"/>
		<path d="M50 36 L50 62" fill="none" stroke="FILL" stroke-width="10" stroke-linecap="round"/><circle cx="50" cy="77" r="6" fill="FILL"/>`,
	Padlock: `<path d="M28 46 L28 32 C28 4 72 4 72 32 L72 46" fill="none" stroke="INK" stroke-width="10"/>
		<path d="M16 46 L84 46 L84 94 L16 94 Z" fill="INK" stroke="INK" stroke-width="4" stroke-linejoin="round"/>
		<circle cx="50" cy="66" r="8" fill="FILL"/><path d="M50 66 L50 82" fill="none" stroke="FILL" stroke-width="7" stroke-linecap="round"/>`,
	Square: `<path d="M10 10 L90 10 L90 90 L10 90 Z" fill="none" stroke="INK" stroke-width="8" stroke-linejoin="round"/>
		<path d="M36 34 L36 66 M64 34 L64 66" fill="none" stroke="INK" stroke-width="12" stroke-linecap="round"/>`,
	Question: `<path d="M10 10 L90 10 L90 90 L10 90 Z" fill="none" stroke="INK" stroke-width="8" stroke-linejoin="round"/>
		<path d="M36 40 C36 20 64 20 64 38 C64 50 50 48 50 62" fill="none" stroke="INK" stroke-width="9" stroke-linecap="round"/>
		<circle cx="50" cy="75" r="6" fill="INK"/>`,
	Stack: `<path d="M30 8 L70 8 L70 44 L30 44 Z M8 52 L48 52 L48 92 L8 92 Z M52 52 L92 52 L92 92 L52 92 Z" fill="none" stroke="INK" stroke-width="7" stroke-linejoin="round"/>
		<path d="M42 26 L48 33 L59 18 M20 72 L26 79 L37 64 M64 72 L70 79 L81 64" fill="none" stroke="INK" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>`,
	Badge: `<path d="M8 24 L92 24 L92 90 L8 90 Z" fill="none" stroke="INK" stroke-width="6" stroke-linejoin="round"/>
		<path d="M40 24 L40 8 L60 8 L60 24" fill="none" stroke="INK" stroke-width="6" stroke-linejoin="round"/>
		<circle cx="33" cy="49" r="9" fill="INK"/><path d="M17 78 C17 60 49 60 49 78 Z" fill="INK"/>
		<path d="M60 46 L82 46 M60 60 L82 60 M60 74 L74 74" fill="none" stroke="INK" stroke-width="5"/>`,
	Sticker: `<path d="M4 18 L96 18 L96 82 L4 82 Z" fill="INK" stroke="INK" stroke-width="6" stroke-linejoin="round"/>
		<path d="M14 30 L46 30 M14 40 L38 40" stroke="FILL" stroke-width="5" fill="none"/>
		<path d="M17 52 L17 74 M25 52 L25 74 M32 52 L32 74 M43 52 L43 74 M49 52 L49 74" stroke="FILL" stroke-width="4" fill="none"/>
		<path d="M62 30 L88 30 L88 74 L62 74 Z" stroke="FILL" stroke-width="4" fill="none"/>
		<path d="M67 37 L74 37 M79 44 L84 44 M68 51 L77 51 M71 59 L84 59 M67 67 L75 67" stroke="FILL" stroke-width="6" fill="none"/>
		<path d="M0 63 L100 63" stroke="LIVE" stroke-width="4" fill="none"/>`,
	stepWait: `<circle cx="50" cy="50" r="16" fill="none" stroke="INK" stroke-width="9"/>`,
	stepNow:  `<circle cx="50" cy="50" r="38" fill="none" stroke="LIVE" stroke-width="12"/><circle cx="50" cy="50" r="16" fill="LIVE"/>`,
	stepDone: `<path d="M14 54 L39 79 L86 25" fill="none" stroke="INK" stroke-width="16" stroke-linecap="round" stroke-linejoin="round"/>`,
	stepFail: `<path d="M22 22 L78 78 M78 22 L22 78" fill="none" stroke="INK" stroke-width="16" stroke-linecap="round"/>`,
	stepWarn: `<path d="M50 14 L92 86 L8 86 Z" fill="INK" stroke="INK" stroke-width="6" stroke-linejoin="round"/>
		<path d="M50 40 L50 60" stroke="FILL" stroke-width="10" fill="none"/><circle cx="50" cy="73" r="6" fill="FILL"/>`,
	foldClosed: `<path d="M34 18 L70 50 L34 82" fill="none" stroke="INK" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`,
	foldOpen:   `<path d="M18 34 L50 70 L82 34" fill="none" stroke="INK" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`,
}

// sign makes a shape, size pixels square, its top left corner at x, y.
func (l *WindowStyle) sign(s StateSign, c inks, size, x, y float32) *canvas.Image {
	return l.picture(drawings[s], 100, c, size, size, x, y)
}

// ring draws one segment for each step: done, under way, to come.
func (l *WindowStyle) ring(done, of int, c inks, size, x, y float32) *canvas.Image {
	var b strings.Builder
	each := 2 * math.Pi / float64(of)
	for i := range of {
		stroke, opacity := "INK", "1"
		switch {
		case i == done:
			stroke = "LIVE"
		case i > done:
			opacity = "0.25"
		}
		from, to := float64(i)*each-math.Pi/2+0.06, float64(i+1)*each-math.Pi/2-0.06
		fmt.Fprintf(&b, `<path d="M%.2f %.2f A42 42 0 0 1 %.2f %.2f" fill="none" stroke="%s" stroke-opacity="%s" stroke-width="14"/>`,
			50+42*math.Cos(from), 50+42*math.Sin(from), 50+42*math.Cos(to), 50+42*math.Sin(to), stroke, opacity)
	}
	return l.picture(b.String(), 100, c, size, size, x, y)
}

// brackets draws the four corners of a viewfinder around a box.
func (l *WindowStyle) brackets(c inks, w, h, x, y, thick float32) *canvas.Image {
	arm := min(w, h) * 0.28
	t := thick / 2
	corner := func(cx, cy, dx, dy float32) string {
		return fmt.Sprintf("M%.1f %.1f L%.1f %.1f L%.1f %.1f ", cx+dx*arm, cy, cx, cy, cx, cy+dy*arm)
	}
	d := corner(t, t, 1, 1) + corner(w-t, t, -1, 1) + corner(t, h-t, 1, -1) + corner(w-t, h-t, -1, -1)
	svg := fmt.Sprintf(`<path d="%s" fill="none" stroke="INK" stroke-width="%.1f"/>`, d, thick)
	return l.picture(svg, w, c, w, h, x, y)
}
