// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"strings"
)

// pictureElement is [[image]]: a black and white PNG, such as a logo. Its bytes stand
// in the layout itself, so that the layout's hash covers them.
type pictureElement struct {
	position `toml:"-"`
	At       [2]float64 `toml:"at"`    // top left corner, mm
	Width    float64    `toml:"width"` // mm; the height follows
	PNG      string     `toml:"png"`   // base64

	img image.Image
}

func (p *pictureElement) check() (ms Mistakes) {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(p.PNG), ""))
	if err == nil {
		// The size is looked at first: a small file may ask for a huge picture.
		var c image.Config
		if c, err = png.DecodeConfig(bytes.NewReader(raw)); err == nil && (c.Width > 4000 || c.Height > 4000) {
			return Mistakes{p.mistake("png", "the picture is larger than 4000 × 4000", "Use a smaller one.")}
		}
	}
	if err == nil {
		p.img, err = png.Decode(bytes.NewReader(raw))
	}
	if err != nil {
		ms = append(ms, p.mistake("png", "this is no PNG in base64", "Write png = \"\"\"…\"\"\" with the output of base64 FILE.png."))
	}
	if !within(p.Width, 1, largest) {
		ms = append(ms, p.mistake("width", "the picture has no width", "Give its width in mm."))
	}
	return append(ms, checkAt(&p.position, p.At)...)
}

// place takes for each dot the pixel under its middle; half-transparent or
// light pixels stay white.
func (p *pictureElement) place(d *composer) {
	size := p.img.Bounds().Size()
	w := d.res.whole(p.Width)
	h := max(1, w*size.Y/size.X)
	if h > d.h {
		d.refuse(&p.position, "width", "the picture is higher than the label", "Make it narrower.")
		return
	}
	m := modules{w: w, h: h, on: make([]bool, w*h)}
	for i := range m.on {
		x, y := i%w, i/w
		c := p.img.At(p.img.Bounds().Min.X+(2*x+1)*size.X/(2*w), p.img.Bounds().Min.Y+(2*y+1)*size.Y/(2*h))
		_, _, _, alpha := c.RGBA()
		m.on[i] = alpha > 0x7fff && color.Gray16Model.Convert(c).(color.Gray16).Y < 0x8000
	}
	g := gridItem{x: d.res.whole(d.x + p.At[0]), y: d.res.whole(d.y + p.At[1]), w: 1, h: 1, bits: m}
	d.add(&p.position, []box{g.box()}, g)
}
