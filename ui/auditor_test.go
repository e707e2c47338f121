// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"bindery/station"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/widget"
)

// inRoom opens the screens and signs an auditor in.
func inRoom(t *testing.T, size fyne.Size, s *shelves, language string) (*bench, *AuditorScreen, fyne.Window) {
	t.Helper()
	b := newBench()
	b.words = i18n.For(language)
	b.people["B-AU"] = station.Person{ID: "p6", Name: "A. Sato", Badge: "B-AU", Role: station.Auditor}
	a := test.NewTempApp(t)
	test.ApplyTheme(t, &widget.Theme{Palette: widget.Palettes[0]})
	w := a.NewWindow("Bindery")
	w.SetPadded(false)
	services := b.services()
	services.Archive = s.archive()
	st := NewStation(t.Context(), w, widget.Palettes[0], services, RecordReader{}, workshop())
	w.Resize(size)
	typed(w, "B-AU\n482913\n")
	b.settle(t, func() bool {
		return w.Content() == st.auditor.frame && len(st.auditor.Model.ways) == 2 && st.auditor.Model.stop != nil
	})
	return b, st.auditor, w
}

// saidOn is all that an area says, without blanks and lines: where a text is
// broken depends on the window.
func saidOn(obj fyne.CanvasObject) string {
	var said []string
	texts(obj, 0, 0, func(text *canvas.Text, _ area) { said = append(said, text.Text) })
	return tight(strings.Join(said, ""))
}

func tight(s string) string { return strings.Join(strings.Fields(s), "") }

func says(obj fyne.CanvasObject, want string) bool { return strings.Contains(saidOn(obj), tight(want)) }

// at waits until the room shows a place.
func (b *bench) atPlace(t *testing.T, r *AuditorScreen, k record.Kind, name string) {
	t.Helper()
	m := r.Model
	b.settle(t, func() bool {
		return m.stop != nil && m.stop.Node == record.Node{Kind: k, Name: name} && (m.chosen() > 0 || m.of == 0 || len(m.ways) > 0)
	})
}

func walkToBinding(t *testing.T, b *bench, r *AuditorScreen, w fyne.Window) {
	t.Helper()
	typed(w, "CL-000777\n")
	b.atPlace(t, r, record.Unit, "CL-000777")
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Binding, "7")
}

func TestAnAuditorWalksFromTheRecordToTheLeaf(t *testing.T) {
	b, r, w := inRoom(t, sizes[0], newShelves(), "en")
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Lots, "")
	press(w, fyne.KeyReturn)
	b.settle(t, func() bool { return r.Model.here().place.Kind == record.Lots && len(r.Model.ways) == 1 })
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Lot, "2607A")
	press(w, fyne.KeyRight)
	b.settle(t, func() bool { return r.Model.here().place.Kind == record.Lot && len(r.Model.ways) == waysPage })
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Unit, "CL-000000")
	press(w, fyne.KeyReturn)
	b.settle(t, func() bool { return r.Model.here().place.Kind == record.Unit && len(r.Model.ways) == 2 })
	if !says(r.crumbs, "lot 2607A") || !says(r.crumbs, "unit CL-000000") {
		t.Errorf("the crumbs say %q", saidOn(r.crumbs))
	}
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Binding, "7")
	all := saidOn(r.page)
	press(w, fyne.KeyPageDown)
	all += saidOn(r.page)
	for _, want := range []string{
		"98000042•••••12", "live", "IMEI 98000042•••••12 was bound to unit CL-000777 by M. Alvarez (p1).", "The leaf behind it: 31", "bind", "a new module", "changed",
		"2026-07-14", strings.Repeat("5f", 16), "units CL-000777: disposition quarantined → reworked",
	} {
		if !strings.Contains(all, tight(want)) {
			t.Errorf("the page does not say %q; it says\n%s", want, all)
		}
	}
	for _, back := range []record.Kind{record.Lot, record.Lots, record.Record} {
		press(w, fyne.KeyBackspace)
		b.settle(t, func() bool { return r.Model.here().place.Kind == back && r.Model.stop != nil })
	}
}

func TestWhatIsStillBeingReadIsNotHandedOver(t *testing.T) {
	b, r, w := inRoom(t, sizes[0], newShelves(), "en")
	typed(w, "CL-000777\n")
	b.atPlace(t, r, record.Unit, "CL-000777")
	press(w, fyne.KeyDown)
	press(w, fyne.KeyF8)
	if r.Model.job != nil {
		t.Errorf("the page of %v was taken for that of %v", r.Model.stop.Node, r.Model.place())
	}
	lot := record.Node{Kind: record.Lot, Name: "2607A"}
	r.Model.enter(lot, "2607A")
	b.settle(t, func() bool { return r.Model.stop != nil })
	if got := r.Model.stop.Node; got != lot {
		t.Errorf("a late answer about %v stands on the page of %v", got, lot)
	}
}

func TestTheProofIsSaidInPlainWords(t *testing.T) {
	for name, c := range map[string]struct {
		size  int64
		wrong []record.Wrong
		want  string
	}{
		"proven":  {40000, nil, "Proven by checkpoint of size 40 000, signed by key bindery/Station-3+1a2b3c4d."},
		"not yet": {30, nil, "Not yet under a checkpoint. Leaf 31 is sound by itself. The newest checkpoint covers 30 leaves"},
		"changed": {40000, []record.Wrong{record.RowDiffers, record.NotInTheTree}, "it was changed by something else than the station"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShelves()
			s.size, s.wrong = c.size, c.wrong
			b, r, w := inRoom(t, sizes[0], s, "en")
			walkToBinding(t, b, r, w)
			var all []string
			for _, p := range r.Model.page() {
				all = append(all, p.Name, p.Text)
			}
			if got := strings.ReplaceAll(strings.Join(all, " "), "\u00a0", " "); !strings.Contains(got, c.want) {
				t.Errorf("%s", got)
			}
			if bad := r.Model.page()[1]; (bad.Kind == widget.Band && bad.Tone == widget.Bad) != (c.wrong != nil) {
				t.Errorf("what is wrong does not stand first: %+v", bad)
			}
		})
	}
}

func TestALotOfTenThousandIsReadAPageAtATime(t *testing.T) {
	s := newShelves()
	b, r, w := inRoom(t, sizes[0], s, "en")
	r.Model.enter(record.Node{Kind: record.Lot, Name: "2607A"}, "2607A")
	b.settle(t, func() bool { return len(r.Model.ways) == waysPage })
	before := s.asked["ways"]
	for range 3 * waysPage {
		press(w, fyne.KeyDown)
		b.settle(t, func() bool { return r.Model.chosen() < len(r.Model.ways)-5 })
	}
	if got := r.Model.chosen(); got != 3*waysPage {
		t.Errorf("600 steps lead to %d", got)
	}
	if got := s.asked["ways"] - before; got != 3 {
		t.Errorf("they took %d pages", got)
	}
	b.settle(t, func() bool { return says(r.crumbs, "600 of 10\u00a0000") })
}

// A slow record loses no key of somebody who knows the way.
func TestAKeyThatComesBeforeTheAnswerCounts(t *testing.T) {
	b, r, _ := inRoom(t, sizes[1], newShelves(), "en")
	r.Model.enter(record.Node{Kind: record.Lot, Name: "2607A"}, "2607A")
	r.Model.Move(1)
	r.Model.Move(1)
	b.atPlace(t, r, record.Unit, "CL-000001")
}

func TestATapWalksToo(t *testing.T) {
	b, r, _ := inRoom(t, sizes[0], newShelves(), "en")
	r.Model.Pick(1)
	b.atPlace(t, r, record.Lots, "")
	r.Model.Pick(1)
	b.settle(t, func() bool { return r.Model.here().place.Kind == record.Lots })
	r.Model.BackTo(0)
	b.settle(t, func() bool {
		return r.Model.here().place.Kind == record.Record && len(r.Model.ways) == 2 && r.Model.chosen() == 1
	})
}

func TestASearchThatFindsNothingSaysSo(t *testing.T) {
	b, r, w := inRoom(t, sizes[1], newShelves(), "en")
	typed(w, "356938035643809\n")
	b.settle(t, func() bool { return r.Model.here().place.Kind == record.Search && r.Model.stop != nil })
	if says(r.frame, "356938035643809") || !says(r.frame, "Nothing fits") {
		t.Errorf("%s", saidOn(r.frame))
	}
}

func TestNumbersAreWholeOnlyWhenAskedFor(t *testing.T) {
	s := newShelves()
	b, r, w := inRoom(t, sizes[0], s, "en")
	walkToBinding(t, b, r, w)
	if says(r.frame, "980000420001012") {
		t.Error("it is whole unasked")
	}
	press(w, fyne.KeyF7)
	b.settle(t, func() bool { return says(r.page, "980000420001012") })
	press(w, fyne.KeyUp)
	b.settle(t, func() bool { return !says(r.frame, "980000420001012") })
	if len(s.whole) != 1 || s.whole[0].Kind != record.Binding {
		t.Errorf("%v", s.whole)
	}
}

func TestVerifyEverythingSaysWhatCameOfIt(t *testing.T) {
	for _, sound := range []bool{true, false} {
		s := newShelves()
		s.sound = sound
		b, r, w := inRoom(t, sizes[0], s, "en")
		if !says(r.crumbs, "not verified since the program started") {
			t.Errorf("%s", saidOn(r.crumbs))
		}
		press(w, fyne.KeyF5)
		b.settle(t, func() bool { return says(r.page, "1\u00a0000 of 40\u00a0000") })
		close(s.gate)
		want := []string{"The record is sound.", "40\u00a0000", "1.5 s"}
		if !sound {
			want = []string{"THE RECORD IS NOT SOUND", "Leaf 412 was changed.", "Leaves 1 to 411, and what they say."}
		}
		b.settle(t, func() bool { return says(r.page, want[0]) })
		for _, text := range want {
			if !says(r.page, text) {
				t.Errorf("the page does not say %q", text)
			}
		}
		press(w, fyne.KeyEscape)
		if r.Model.job != nil || !says(r.crumbs, "verified 2026-07-14") {
			t.Error("escape does not lead back, or the time is forgotten")
		}
	}
}

func TestVerifyingCanBeGivenUpAndReadingGoesOnMeanwhile(t *testing.T) {
	s := newShelves()
	b, r, w := inRoom(t, sizes[0], s, "en")
	press(w, fyne.KeyF5)
	b.settle(t, func() bool { return r.Model.job.of > 0 })
	press(w, fyne.KeyDown)
	b.atPlace(t, r, record.Lots, "")
	if !r.Model.job.running() || r.Model.job.onPage || !says(r.entry, "of 40\u00a0000") {
		t.Error("it does not run on in the background")
	}
	press(w, fyne.KeyF5) // shows it again, begins no other
	press(w, fyne.KeyEscape)
	b.settle(t, func() bool { return says(r.page, "Given up.") })
	if r.Model.last != nil {
		t.Error("what was given up counts as verified")
	}
}

func TestHandOverAsksForTheFolderAndSaysHowToCheck(t *testing.T) {
	for answer, folder := range map[string]string{"\n": "/records/exports", "/mnt/stick\n": "/mnt/stick"} {
		s := newShelves()
		b, r, w := inRoom(t, sizes[0], s, "en")
		walkToBinding(t, b, r, w)
		press(w, fyne.KeyF8)
		if !says(r.page, "CL-000777") || len(s.bundles) > 0 {
			t.Errorf("%s", saidOn(r.page))
		}
		typed(w, answer)
		close(s.gate)
		b.settle(t, func() bool { return says(r.page, "The bundle is made.") })
		if len(s.bundles) != 1 || s.bundles[0].Folder != folder || s.bundles[0].By != "p6" || s.bundles[0].Units.Name != "CL-000777" {
			t.Errorf("%+v", s.bundles)
		}
		for _, want := range []string{"unit-CL-000777-20260714-120000.zip", "bindery verify ", "docs/verify_bundle.py ", "bindery/Station-3+1a2b3c4d"} {
			if !says(r.page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	}
}

func TestAHandOverThatIsGivenUpSaysThatNothingIsLeft(t *testing.T) {
	s := newShelves()
	b, r, w := inRoom(t, sizes[0], s, "en")
	walkToBinding(t, b, r, w)
	press(w, fyne.KeyF8)
	press(w, fyne.KeyReturn)
	b.settle(t, func() bool { return r.Model.job.of > 0 })
	press(w, fyne.KeyEscape)
	b.settle(t, func() bool { return says(r.page, "No file was left behind.") })
	if len(s.bundles) > 0 {
		t.Error("a bundle was made")
	}
}

func TestWhereNoUnitsAreNothingIsHandedOver(t *testing.T) {
	_, r, w := inRoom(t, sizes[1], newShelves(), "en")
	press(w, fyne.KeyF8)
	if r.Model.job != nil || !says(r.entry, "Choose a unit") {
		t.Errorf("%s", saidOn(r.entry))
	}
}

func TestEscapeLeadsBackAndThenOut(t *testing.T) {
	b, r, w := inRoom(t, sizes[1], newShelves(), "en")
	walkToBinding(t, b, r, w)
	press(w, fyne.KeyEscape)
	b.settle(t, func() bool { return len(r.Model.walk) == 1 })
	press(w, fyne.KeyEscape)
	if w.Content() == r.frame {
		t.Error("escape did not lead to the sign-in")
	}
}

func TestTheReadingRoomSaysThatNothingCanBeChanged(t *testing.T) {
	_, r, _ := inRoom(t, sizes[1], newShelves(), "en")
	if !says(r.header, "reading room: nothing can be changed from here") {
		t.Errorf("%s", saidOn(r.header))
	}
	if len(r.Model.view().Acts) != 3 {
		t.Errorf("there are other acts than to verify, to hand over and to see numbers: %+v", r.Model.view().Acts)
	}
}

func TestTheReadingRoomFitsTheWindow(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, size := range sizes {
			if language == "es" && size != sizes[2] {
				continue // the smallest is the hardest
			}
			s := newShelves()
			b, r, w := inRoom(t, size, s, language)
			check := func(name string) {
				t.Helper()
				b.drain()
				keepPicture(t, w, fmt.Sprintf("auditor %s %s %.0f", name, language, size.Width))
				for _, part := range w.Content().(*fyne.Container).Objects {
					room := area{part.Position().X, part.Position().Y, part.Size().Width, part.Size().Height}
					texts(part, 0, 0, func(text *canvas.Text, at area) {
						if !at.inside(room) || text.TextSize < 20 {
							t.Errorf("%s at %v in %s: %q, %v px, is drawn at %v in %v", name, size, language, text.Text, text.TextSize, at, room)
						}
					})
				}
			}
			check("record")
			walkToBinding(t, b, r, w)
			check("leaf")
			s.wrong = []record.Wrong{record.RowDiffers, record.NotInTheTree}
			press(w, fyne.KeyUp)
			b.atPlace(t, r, record.Unit, "CL-000777")
			press(w, fyne.KeyDown)
			b.atPlace(t, r, record.Binding, "7")
			check("wrong")
			press(w, fyne.KeyF8)
			check("folder")
			close(s.gate)
			press(w, fyne.KeyReturn)
			b.settle(t, func() bool { return r.Model.job != nil && r.Model.job.ended != nil })
			check("handed")
			press(w, fyne.KeyEscape)
			press(w, fyne.KeyF5)
			b.settle(t, func() bool { return r.Model.job != nil && r.Model.job.ended != nil })
			check("verified")
		}
	}
}
