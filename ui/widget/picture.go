// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"regexp"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/fyne-io/oksvg"
	"github.com/srwiley/rasterx"
)

// A station shows the same few signs all day. Fyne would read, draw and scale
// each of them anew whenever it is shown, and hold what it drew for a minute:
// here each is drawn once, to the very dots of the screen.

// mostPictures bounds what is kept: a window that is being resized asks for
// every sign in every size.
const mostPictures = 200

// picture makes an image of SVG elements, drawn in a box that is boxW wide and
// as high as w and h say.
func (l *WindowStyle) picture(body string, boxW float32, c inks, w, h, x, y float32) *canvas.Image {
	dots := func(n float32) int { return int(math.Round(float64(n * max(l.Density, 1)))) }
	k := sketch{body, boxW, dots(w), dots(h), c}
	img := l.drawn[k]
	if img == nil {
		if l.drawn == nil || len(l.drawn) >= mostPictures {
			l.drawn = map[sketch]image.Image{}
		}
		img = k.draw()
		l.drawn[k] = img
	}
	i := l.reuse(img)
	if i == nil {
		i = canvas.NewImageFromImage(img)
		i.Resize(fyne.NewSize(w, h))
	}
	i.Move(fyne.NewPos(x, y))
	return i
}

// draw draws the picture; the library does not scale strokes, so that this
// does.
func (k sketch) draw() image.Image {
	scale := float32(k.width) / k.box
	body := strokes.ReplaceAllStringFunc(k.body, func(s string) string {
		n, _ := strconv.ParseFloat(strokes.FindStringSubmatch(s)[1], 32)
		return fmt.Sprintf(`stroke-width="%.2f"`, float32(n)*scale)
	})
	body = strings.NewReplacer("INK", web(k.inks.ink), "FILL", web(k.inks.fill), "LIVE", web(k.inks.live)).Replace(body)
	img := image.NewRGBA(image.Rect(0, 0, k.width, k.height))
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.2f %.2f">%s</svg>`, k.box, float32(k.height)/scale, body)
	icon, err := oksvg.ReadIconStream(strings.NewReader(svg))
	if err != nil {
		return img // the drawings are the program's own: a test draws them all
	}
	icon.SetTarget(0, 0, float64(k.width), float64(k.height))
	icon.Draw(rasterx.NewDasher(k.width, k.height, rasterx.NewScannerGV(k.width, k.height, img, img.Bounds())), 1)
	return img
}

// keep lays the pictures among objs aside while their area is drawn anew, for
// [Look.reuse] to take: they are in the graphics memory already.
func (l *WindowStyle) keep(objs []fyne.CanvasObject) {
	l.spare = map[image.Image][]*canvas.Image{}
	for _, o := range objs {
		if i, ok := o.(*canvas.Image); ok && i.Image != nil {
			l.spare[i.Image] = append(l.spare[i.Image], i)
		}
	}
}

func (l *WindowStyle) reuse(img image.Image) *canvas.Image {
	s := l.spare[img]
	if len(s) == 0 {
		return nil
	}
	l.spare[img] = s[1:]
	return s[0]
}

// drop lets the graphics memory go of the pictures that were not used again;
// Fyne alone would hold it until its cache expires.
func (l *WindowStyle) drop() {
	for _, s := range l.spare {
		for _, i := range s {
			canvas.Refresh(i)
		}
	}
	l.spare = nil
}

var strokes = regexp.MustCompile(`stroke-width="([0-9.]+)"`)

func web(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
