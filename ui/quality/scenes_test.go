// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/query"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/scope"
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
	{"flagged", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		to := uitest.Noon.Add(time.Hour)
		b.flags = []record.FlagView{{Serial: "CL-000101", Flag: station.FlagFieldAction, Since: uitest.Noon, At: uitest.Noon, By: "p1", Reason: "part of a field action"}}
		b.sims = []record.Subscription{{ICCID: "8999900000000001012", From: uitest.Noon, To: &to, SaidBy: "field service", Reason: "roaming", Source: "portal", File: "swaps.csv", Row: 2, By: "p1"}}
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
	}},
	{"flag", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
		uitest.Press(w, fyne.KeyF7)
		uitest.TakeFirst(w)
	}},
	{"imported", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		b.disposition = ""
		b.imported = &record.ImportedUnitView{
			Source: "MES 2019", File: "units.csv", FileHash: strings.Repeat("5a", 32), Row: 7, REF: "CL-3G", Lot: "L9", Disposition: station.Imported, Was: "shipped", BoundAt: "2019-03-04",
			Bindings: []record.ImportedBindingView{{Source: "MES 2019", File: "units.csv", Row: 7, Live: true, IMEI: "980000420001020", Dated: "2019-03-04"}},
		}
		uitest.Type(w, "CL-000101\n")
		b.unitHistory(t, st, "CL-000101")
		st.Page.Turn(1)
	}},
	{"found", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		from, to := uitest.Noon, uitest.Noon.Add(time.Hour)
		b.found = &record.Matches{
			Interpreted: record.Interpreted{Took: query.List, Count: 2},
			Texts: []record.Interpreted{
				{Took: query.Serial, Count: 1}, {Took: query.IMEI, Refused: identity.IMEICheckDigit}, {Took: query.Refused, Refused: query.Exponent}, {Took: query.Lot, Count: 1}, {Took: query.Lot},
			},
			Units: []record.Match{
				{Serial: "CL-000101", Live: true, From: &from, IMEI: "980000420001012", ICCID: "8999900000000001012", Order: "WO-118204", Lot: "2607A", Disposition: station.Released, Flags: []station.Flag{station.FlagStolen}},
				{Serial: "CL-000102", From: &from, To: &to, IMEI: "980000420001012", ICCID: "8999900000000001012", Order: "WO-118204", Lot: "2607A", Disposition: station.Reworked},
				{Serial: "CL-000103", Attempt: 12, Code: station.IMEIInUse},
			},
		}
		uitest.Type(w, "CL-000101, 980000420001013, 8.98E+19\n")
		b.Settle(t, func() bool { return st.Model.list != nil })
	}},
	{"not-looked-for", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		b.found = &record.Matches{Interpreted: record.Interpreted{Took: query.Refused, Refused: query.Exponent}}
		uitest.Type(w, "8.98E+19\n")
		b.Settle(t, func() bool { return st.View.Call.Word != "" })
	}},
	{"scope", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF2)
		s := st.Model.built
		s.whole.add(scope.Is{Field: scope.Lot, Value: "2607A"})
		group := s.whole.add(scope.Range{Field: scope.Firmware, From: "BG95M3LAR02A03_01.008", To: "BG95M3LAR02A04_01.012"}).enclose()
		group.not = true
		s.showLines(group.add(scope.Is{Field: scope.Disposition, Value: string(station.Quarantined)}))
		b.Settle(t, func() bool { return s.stop == nil })
	}},
	{"condition", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF2)
		uitest.Press(w, fyne.KeyF2)
	}},
	{"cases", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF6)
		b.Settle(t, func() bool { return st.Model.list != nil })
	}},
	{"case", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF6)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil && !st.Model.looks })
	}},
	{"file", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		st.Model.openCase("blue lot")
		b.Settle(t, func() bool { return st.Model.open != nil && !st.Model.looks })
		uitest.Press(w, fyne.KeyF9)
		b.Settle(t, func() bool { _, ok := st.Model.open.(*fileItem); return ok && !st.Model.looks })
	}},
	{"list of a carrier", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF4)
		b.Settle(t, func() bool { return st.View.Table != nil && len(st.View.Table.Rows) == 1 })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil && !st.Model.looks })
	}},
	{"compared", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		l, _ := st.Model.services.Preview(t.Context(), "/media/stick/sims.csv")
		done, _ := st.Model.services.Compare(t.Context(), CompareJob{}, func(int64, int64) {})
		st.Model.openList(&compareItem{list: l, done: &done})
		for range slices.Index(classesShown(), reconcile.IMEIDiffers) {
			uitest.Press(w, fyne.KeyDown)
		}
	}},
	{"before", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		uitest.Press(w, fyne.KeyF7)
		b.Settle(t, func() bool { return st.Model.list != nil })
		uitest.TakeFirst(w)
		b.Settle(t, func() bool { return st.Model.open != nil && !st.Model.looks })
	}},
	{"flags", func(t *testing.T, b *bench, st *Screen, w fyne.Window) {
		b.flags = []record.FlagView{{Serial: "CL-000101", Flag: station.FlagInvestigation, Since: uitest.Noon, By: "p1", Reason: "its number is on the air with another SIM, as the list of the carrier says"}}
		uitest.Press(w, fyne.KeyF3)
		b.Settle(t, func() bool { return st.Model.list != nil })
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
		for _, size := range []fyne.Size{uitest.Sizes[0], {Width: 1024, Height: 600}} {
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
