// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
)

// places of the desk, to be looked at.
var deskScenes = []struct {
	name string
	play func(t *testing.T, b *bench, st *Screen, w fyne.Window)
}{
	{"home", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		b.own.Searches = []Search{{"the twenties", "CL-00012"}}
		st.Show(b.People["B-QA"])
		b.Settle(t, func() bool { return st.Model.home.entries[0].cells[1] == "1" })
	}},
	{"list", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-0001\n")
		b.Settle(t, func() bool { return st.Model.list != nil })
	}},
	{"unit", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
	}},
	{"damaged", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		b.proof = record.UnitProof{Leaves: 5, FirstFault: "A row of table bindings (id 7) is not as leaf 3 wrote it."}
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
	}},
	{"rework", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-0001\n")
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.unitHistory(t, st, "CL-000101")
		uitest.Press(w, fyne.KeyF4)
		uitest.Type(w, "module replaced\nB-LD\n")
		b.Settle(t, func() bool { return st.View.Secret })
	}},
	{"lot", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		st.Model.openScope(record.LotsToRelease)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil })
		uitest.Press(w, fyne.KeyF7)
		uitest.Type(w, "B-QA\n")
		b.Settle(t, func() bool { return st.View.Secret })
	}},
	{"definition", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		st.Model.openScope(record.ToApprove)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil })
	}},
	{"columns", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-0001\n")
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.Press(w, fyne.KeyF10)
	}},
	{"refused", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
		b.desk.refusal = station.Refuse(station.MoveNotAllowed, "passed to quarantined")
		uitest.Press(w, fyne.KeyF2)
		uitest.Type(w, "dropped\n")
		b.says(t, st, st.Model.say("quality.refused"))
	}},
}

func TestTheDeskFitsTheWindow(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, size := range []fyne.Size{uitest.Sizes[0], uitest.Sizes[2]} {
			for _, scene := range deskScenes {
				t.Run(fmt.Sprintf("%s %s %.0f×%.0f", scene.name, language, size.Width, size.Height), func(t *testing.T) {
					b := newBench()
					b.Words = i18n.For(language)
					st, w := b.read(t, size)
					scene.play(t, b, st, w)
					b.Drain()
					uitest.KeepPicture(t, w, fmt.Sprintf("desk %s %s %.0f", scene.name, language, size.Height))
					for _, part := range w.Content().(*fyne.Container).Objects {
						if !part.Visible() {
							continue
						}
						room := uitest.AreaOf(part)
						uitest.Texts(part, 0, 0, func(text *canvas.Text, at uitest.Area) {
							if !at.Inside(room) || text.TextSize < 20 {
								t.Errorf("%q, %v px, is drawn at %v in %v", text.Text, text.TextSize, at, room)
							}
						})
					}
				})
			}
		}
	}
}
