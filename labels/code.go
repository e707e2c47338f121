// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"bindery/station"
)

// codeElement is [[code]]: one barcode.
type codeElement struct {
	position `toml:"-"`
	Kind     string     `toml:"kind"`
	At       [2]float64 `toml:"at"`     // top and, by align, left, middle or right of the symbol without its quiet zone, mm
	Align    string     `toml:"align"`  // "left" (default), "center", "right"
	Module   float64    `toml:"module"` // width of a module, mm; snapped to whole dots
	Height   float64    `toml:"height"` // of the bars, mm; for linear codes
	Data     string     `toml:"data"`
	Link     string     `toml:"link"` // base of a GS1 Digital Link, whose AIs stand in data; for qr

	template template          // when the data is plain
	elements []elementTemplate // when it is GS1
}

func (c *codeElement) check() (ms Mistakes) {
	s, ok := symbologies[c.Kind]
	if !ok {
		return Mistakes{c.mistake("kind", fmt.Sprintf("%q is no kind of code", c.Kind), "Write one of: "+strings.Join(slices.Sorted(maps.Keys(symbologies)), ", ")+".")}
	}
	var err error
	switch {
	case s.gs1 || c.Link != "":
		c.elements, err = parseElements(c.Data)
	case c.Data == "":
		err = &errField{"the code has no data", "Write fields such as {imei}."}
	default:
		c.template, err = parseTemplate(c.Data)
	}
	if err != nil {
		ms = append(ms, c.wrong("data", err))
	}
	if c.Link != "" {
		ms = append(ms, c.checkLink()...)
	}
	if !within(c.Module, s.least, 2) {
		ms = append(ms, c.mistake("module", fmt.Sprintf("a module of %.3g mm is not allowed for %s", c.Module, c.Kind), fmt.Sprintf("Give at least %.3f mm and at most 2 mm.", s.least)))
	}
	if s.linear && !within(c.Height, s.lowest, 100) {
		ms = append(ms, c.mistake("height", fmt.Sprintf("bars %.3g mm high are not allowed for %s", c.Height, c.Kind), fmt.Sprintf("Give at least %.1f mm.", s.lowest)))
	}
	if !s.linear && c.Height != 0 {
		ms = append(ms, c.mistake("height", "a square code has no height of its own", "Remove height; module sets the size."))
	}
	ms = append(ms, checkAlign(&c.position, c.Align)...)
	return append(ms, checkAt(&c.position, c.At)...)
}

func (c *codeElement) checkLink() Mistakes {
	if c.Kind != "qr" {
		return Mistakes{c.mistake("link", "only a qr code can be a Digital Link", "Remove link, or use kind = \"qr\".")}
	}
	if err := checkLink(c.Link, c.elements); err != nil {
		return Mistakes{c.wrong("link", err)}
	}
	return nil
}

func (c *codeElement) place(d *composer) {
	s := symbologies[c.Kind]
	lc, err := c.payload(d.values)
	if err != nil {
		d.refuseErr(&c.position, "data", err)
		return
	}
	if len(lc.Payload) > s.longest {
		d.refuse(&c.position, "data", fmt.Sprintf("the code would hold %d characters; %s takes at most %d", len(lc.Payload), c.Kind, s.longest), "Shorten the values or split the code.")
		return
	}
	m, err := s.modules(lc.Payload)
	if err != nil {
		d.refuse(&c.position, "data", "the code cannot be made ("+err.Error()+")", "Shorten or correct the value.")
		return
	}
	n := max(1, d.res.whole(c.Module))
	if d.res.mm(float64(n)) < s.least-0.0005 {
		least := int(math.Ceil(d.res.dots(s.least - 0.0005)))
		d.refuse(&c.position, "module", fmt.Sprintf("at this printer's resolution a module is %d dots, %.3f mm; %s needs %.3f mm", n, d.res.mm(float64(n)), c.Kind, s.least),
			fmt.Sprintf("Ask for %.3f mm, or use a finer printer.", d.res.mm(float64(least))))
		return
	}
	left := d.res.dots(d.x+c.At[0]) - anchors[c.Align]*float64(n*m.w)
	g := gridItem{x: int(math.Round(left)), y: d.res.whole(d.y + c.At[1]), w: n, h: n, bits: m}
	if s.linear {
		g.h = d.res.whole(c.Height)
	}
	p := &printedCode{LabelCode: lc, spot: &c.position, gridItem: g, quiet: g.box().grown(float64(s.quietX*n), float64(s.quietY*n))}
	if d.add(&c.position, []box{p.quiet}, clearItem(p.quiet), p) {
		d.codes = append(d.codes, p)
	}
}

// payload fills the data in and checks that the code can carry it.
func (c *codeElement) payload(v values) (station.LabelCode, error) {
	lc := station.LabelCode{Kind: c.Kind}
	if c.elements != nil {
		es, err := expandElements(c.elements, v)
		if err != nil {
			return lc, err
		}
		lc.Payload, lc.HRI = join(es, gs), readable(es)
		if c.Link != "" {
			lc.Payload = digitalLink(c.Link, es)
		}
		return lc, nil
	}
	s, err := c.template.expand(v)
	if err != nil {
		return lc, err
	}
	for _, r := range s {
		if r < ' ' || r > '~' {
			return lc, &errField{fmt.Sprintf("the value holds %q, which this code cannot carry", r), "Use plain ASCII characters in codes."}
		}
	}
	lc.Payload, lc.HRI = s, s
	return lc, nil
}
