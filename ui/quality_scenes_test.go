// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/ui/i18n"
)

// places of the desk, to be looked at.
var deskScenes = []struct {
	name string
	play func(t *testing.T, b *bench, st *Station, w fyne.Window)
}{
	{"home", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		b.own.Searches = []Search{{"the twenties", "CL-00012"}}
		st.quality.Show(b.people["B-QA"])
		b.settle(t, func() bool { return st.quality.Model.home.entries[0].cells[1] == "1" })
	}},
	{"list", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		typed(w, "CL-0001\n")
		b.settle(t, func() bool { return st.quality.Model.list != nil })
	}},
	{"unit", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		typed(w, "CL-000101\n")
		b.story(t, st, "CL-000101")
	}},
	{"damaged", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		b.seal = Seal{Leaves: 5, Fault: "A row of table bindings (id 7) is not as leaf 3 wrote it."}
		typed(w, "CL-000101\n")
		b.story(t, st, "CL-000101")
	}},
	{"rework", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		typed(w, "CL-0001\n")
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		takeFirst(w)
		b.story(t, st, "CL-000101")
		press(w, fyne.KeyF4)
		typed(w, "module replaced\nB-LD\n")
		b.settle(t, func() bool { return st.quality.view.Secret })
	}},
	{"lot", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		st.quality.Model.openScope(LotsToRelease)
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		takeFirst(w)
		b.settle(t, func() bool { return st.quality.Model.open != nil })
		press(w, fyne.KeyF7)
		typed(w, "B-QA\n")
		b.settle(t, func() bool { return st.quality.view.Secret })
	}},
	{"definition", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		st.quality.Model.openScope(ToApprove)
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		takeFirst(w)
		b.settle(t, func() bool { return st.quality.Model.open != nil })
	}},
	{"columns", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		typed(w, "CL-0001\n")
		b.settle(t, func() bool { return st.quality.Model.list != nil })
		press(w, fyne.KeyF10)
	}},
	{"refused", func(t *testing.T, b *bench, st *Station, w fyne.Window) {
		typed(w, "CL-000101\n")
		b.story(t, st, "CL-000101")
		b.desk.refusal = station.Refuse(station.MoveNotAllowed, "passed to quarantined")
		press(w, fyne.KeyF2)
		typed(w, "dropped\n")
		b.says(t, st, st.quality.Model.say("quality.refused"))
	}},
}

func TestTheDeskFitsTheWindow(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, size := range []fyne.Size{sizes[0], sizes[2]} {
			for _, scene := range deskScenes {
				t.Run(fmt.Sprintf("%s %s %.0f×%.0f", scene.name, language, size.Width, size.Height), func(t *testing.T) {
					b := newBench()
					b.words = i18n.For(language)
					st, w := b.read(t, size)
					scene.play(t, b, st, w)
					b.drain()
					keepPicture(t, w, fmt.Sprintf("desk %s %s %.0f", scene.name, language, size.Height))
					for _, part := range w.Content().(*fyne.Container).Objects {
						if !part.Visible() {
							continue
						}
						room := area{part.Position().X, part.Position().Y, part.Size().Width, part.Size().Height}
						texts(part, 0, 0, func(text *canvas.Text, at area) {
							if !at.inside(room) || text.TextSize < 20 {
								t.Errorf("%q, %v px, is drawn at %v in %v", text.Text, text.TextSize, at, room)
							}
						})
					}
				})
			}
		}
	}
}
