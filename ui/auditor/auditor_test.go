// SPDX-License-Identifier: Apache-2.0

package auditor

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station"
	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

// bench is a audit room, and whether its person has left.
type bench struct {
	*uitest.Harness
	left bool
}

// inAuditRoom opens the audit room for an auditor.
func inAuditRoom(t *testing.T, size fyne.Size, s *largeRecord, language string) (*bench, *Screen, fyne.Window) {
	t.Helper()
	b := &bench{Harness: uitest.NewHarness()}
	b.Words = i18n.For(language)
	w := uitest.OpenWindow(t, widget.Palettes[0])
	r := NewScreen(t.Context(), w, widget.Palettes[0], b.Services(), s.archive(), func() { b.left = true })
	r.Show(station.Person{ID: "p6", Name: "A. Sato", Badge: "B-AU", Role: station.Auditor})
	w.Resize(size)
	b.Settle(t, func() bool { return len(r.Model.links) == 2 && r.Model.nodePage != nil })
	return b, r, w
}

// atPlace waits until the room shows a place.
func (b *bench) atPlace(t *testing.T, r *Screen, k record.NodeKind, name string) {
	t.Helper()
	m := r.Model
	b.Settle(t, func() bool {
		return m.nodePage != nil && m.nodePage.Node == record.Node{Kind: k, Name: name} && (m.chosen() > 0 || m.of == 0 || len(m.links) > 0)
	})
}

func walkToBinding(t *testing.T, b *bench, r *Screen, w fyne.Window) {
	t.Helper()
	uitest.Type(w, "CL-000777\n")
	b.atPlace(t, r, record.KindUnit, "CL-000777")
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindBinding, "7")
}

func TestAnAuditorWalksFromTheRecordToTheLeaf(t *testing.T) {
	b, r, w := inAuditRoom(t, uitest.Sizes[0], newLargeRecord(), "en")
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindLots, "")
	uitest.Press(w, fyne.KeyReturn)
	b.Settle(t, func() bool { return r.Model.here().node.Kind == record.KindLots && len(r.Model.links) == 1 })
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindLot, "2607A")
	uitest.Press(w, fyne.KeyRight)
	b.Settle(t, func() bool { return r.Model.here().node.Kind == record.KindLot && len(r.Model.links) == linksPage })
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindUnit, "CL-000000")
	uitest.Press(w, fyne.KeyReturn)
	b.Settle(t, func() bool { return r.Model.here().node.Kind == record.KindUnit && len(r.Model.links) == 2 })
	if !uitest.HasText(r.crumbs, "lot 2607A") || !uitest.HasText(r.crumbs, "unit CL-000000") {
		t.Errorf("the crumbs say %q", uitest.TextOf(r.crumbs))
	}
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindBinding, "7")
	all := uitest.TextOf(r.page)
	uitest.Press(w, fyne.KeyPageDown)
	all += uitest.TextOf(r.page)
	for _, want := range []string{
		"98000042•••••12", "live", "IMEI 98000042•••••12 was bound to unit CL-000777 by M. Alvarez (p1).", "The leaf behind it: 31", "bind", "a new module", "changed",
		"2026-07-14", strings.Repeat("5f", 16), "units CL-000777: disposition quarantined → reworked",
	} {
		if !strings.Contains(all, uitest.WithoutBlanks(want)) {
			t.Errorf("the page does not say %q; it says\n%s", want, all)
		}
	}
	for _, back := range []record.NodeKind{record.KindLot, record.KindLots, record.KindRecord} {
		uitest.Press(w, fyne.KeyBackspace)
		b.Settle(t, func() bool { return r.Model.here().node.Kind == back && r.Model.nodePage != nil })
	}
}

func TestWhatIsStillBeingReadIsNotHandedOver(t *testing.T) {
	b, r, w := inAuditRoom(t, uitest.Sizes[0], newLargeRecord(), "en")
	uitest.Type(w, "CL-000777\n")
	b.atPlace(t, r, record.KindUnit, "CL-000777")
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyF8)
	if r.Model.job != nil {
		t.Errorf("the page of %v was taken for that of %v", r.Model.nodePage.Node, r.Model.node())
	}
	lot := record.Node{Kind: record.KindLot, Name: "2607A"}
	r.Model.enter(lot, "2607A")
	b.Settle(t, func() bool { return r.Model.nodePage != nil })
	if got := r.Model.nodePage.Node; got != lot {
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
		"changed": {40000, []record.Wrong{record.RowDiffers, record.NotInTheTree}, "something other than the station changed it"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newLargeRecord()
			s.size, s.wrong = c.size, c.wrong
			b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
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
	s := newLargeRecord()
	b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
	r.Model.enter(record.Node{Kind: record.KindLot, Name: "2607A"}, "2607A")
	b.Settle(t, func() bool { return len(r.Model.links) == linksPage })
	before := s.asked["ways"]
	for range 3 * linksPage {
		uitest.Press(w, fyne.KeyDown)
		b.Settle(t, func() bool { return r.Model.chosen() < len(r.Model.links)-5 })
	}
	if got := r.Model.chosen(); got != 3*linksPage {
		t.Errorf("600 steps lead to %d", got)
	}
	if got := s.asked["ways"] - before; got != 3 {
		t.Errorf("they took %d pages", got)
	}
	b.Settle(t, func() bool { return uitest.HasText(r.crumbs, "600 of 10\u00a0000") })
}

// A slow record loses no key of somebody who knows the way.
func TestAKeyThatComesBeforeTheAnswerCounts(t *testing.T) {
	b, r, _ := inAuditRoom(t, uitest.Sizes[1], newLargeRecord(), "en")
	r.Model.enter(record.Node{Kind: record.KindLot, Name: "2607A"}, "2607A")
	r.Model.Move(1)
	r.Model.Move(1)
	b.atPlace(t, r, record.KindUnit, "CL-000001")
}

func TestAFunctionKeyThatComesBeforeThePageIsForThatPage(t *testing.T) {
	s := newLargeRecord()
	b, r, w := inAuditRoom(t, uitest.Sizes[1], s, "en")
	walkToBinding(t, b, r, w)
	uitest.Press(w, fyne.KeyUp)
	uitest.Press(w, fyne.KeyDown)
	uitest.Press(w, fyne.KeyF7) // the page of the unit is still there
	uitest.ShowsWhole(w)
	b.Settle(t, func() bool { return uitest.HasText(r.page, "980000420001012") })
	if len(s.whole) != 1 || s.whole[0].Kind != record.KindBinding {
		t.Errorf("shown whole: %v", s.whole)
	}
}

func TestATapWalksToo(t *testing.T) {
	b, r, _ := inAuditRoom(t, uitest.Sizes[0], newLargeRecord(), "en")
	r.Model.Pick(1)
	b.atPlace(t, r, record.KindLots, "")
	r.Model.Pick(1)
	b.Settle(t, func() bool { return r.Model.here().node.Kind == record.KindLots })
	r.Model.BackTo(0)
	b.Settle(t, func() bool {
		return r.Model.here().node.Kind == record.KindRecord && len(r.Model.links) == 2 && r.Model.chosen() == 1
	})
}

func TestASearchThatFindsNothingSaysSo(t *testing.T) {
	b, r, w := inAuditRoom(t, uitest.Sizes[1], newLargeRecord(), "en")
	uitest.Type(w, "356938035643809\n")
	b.Settle(t, func() bool { return r.Model.here().node.Kind == record.KindSearch && r.Model.nodePage != nil })
	if uitest.HasText(r.Frame, "356938035643809") || !uitest.HasText(r.Frame, "Nothing matches") {
		t.Errorf("%s", uitest.TextOf(r.Frame))
	}
}

func TestTheSearchSaysWhatItTookATextForAndWhy(t *testing.T) {
	for _, one := range []struct {
		text string
		took record.Interpreted
		want []string
	}{
		{"CL-000777", record.Interpreted{Took: query.Serial, Why: "It is as the serials are.", Count: 1}, []string{"CL-000777", "Taken for: serial", "It is as the serials are."}},
		{"8.98E+19", record.Interpreted{Took: query.Refused, Refused: query.Exponent}, []string{"Not looked for", "Excel"}},
	} {
		s := newLargeRecord()
		s.took = &record.Matches{Interpreted: one.took}
		b, r, w := inAuditRoom(t, uitest.Sizes[1], s, "en")
		uitest.Type(w, one.text+"\n")
		b.Settle(t, func() bool { return uitest.HasText(r.page, one.want[0]) && r.Model.nodePage != nil })
		for _, want := range one.want {
			if !uitest.HasText(r.page, want) {
				t.Errorf("%s: the page does not say %q:\n%s", one.text, want, uitest.PageText(r.page))
			}
		}
		if one.took.Count > 0 {
			uitest.Press(w, fyne.KeyDown) // beside another fact it would mislead
			b.atPlace(t, r, record.KindBinding, "7")
			if uitest.HasText(r.page, "Taken for") {
				t.Error("it still stands there one place further on")
			}
		}
	}
}

func TestNumbersAreWholeOnlyWhenAskedFor(t *testing.T) {
	s := newLargeRecord()
	b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
	walkToBinding(t, b, r, w)
	if uitest.HasText(r.Frame, "980000420001012") {
		t.Error("it is whole unasked")
	}
	if !uitest.HasText(r.page, "F7 shows them whole") {
		t.Error("the page does not name the key that shows them")
	}
	uitest.Press(w, fyne.KeyF7)
	uitest.ShowsWhole(w)
	b.Settle(t, func() bool { return uitest.HasText(r.page, "980000420001012") })
	uitest.Press(w, fyne.KeyUp)
	b.Settle(t, func() bool { return !uitest.HasText(r.Frame, "980000420001012") })
	if len(s.whole) != 1 || s.whole[0].Kind != record.KindBinding {
		t.Errorf("%v", s.whole)
	}
}

func TestVerifyEverythingSaysWhatCameOfIt(t *testing.T) {
	for _, sound := range []bool{true, false} {
		s := newLargeRecord()
		s.sound = sound
		b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
		if !uitest.HasText(r.crumbs, "not verified since the program started") {
			t.Errorf("%s", uitest.TextOf(r.crumbs))
		}
		uitest.Press(w, fyne.KeyF5)
		b.Settle(t, func() bool { return uitest.HasText(r.page, "1\u00a0000 of 40\u00a0000") })
		close(s.held)
		want := []string{"The record is sound.", "40\u00a0000", "1.5 s"}
		if !sound {
			want = []string{"THE RECORD IS NOT SOUND", "Leaf 412 was changed.", "Leaves 1 to 411, and what they say."}
		}
		b.Settle(t, func() bool { return uitest.HasText(r.page, want[0]) })
		for _, text := range want {
			if !uitest.HasText(r.page, text) {
				t.Errorf("the page does not say %q", text)
			}
		}
		uitest.Press(w, fyne.KeyEscape)
		if r.Model.job != nil || !uitest.HasText(r.crumbs, "verified 2026-07-14") {
			t.Error("escape does not lead back, or the time is forgotten")
		}
	}
}

func TestVerifyingCanBeGivenUpAndReadingGoesOnMeanwhile(t *testing.T) {
	s := newLargeRecord()
	b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
	uitest.Press(w, fyne.KeyF5)
	b.Settle(t, func() bool { return r.Model.job.of > 0 })
	uitest.Press(w, fyne.KeyDown)
	b.atPlace(t, r, record.KindLots, "")
	if !r.Model.job.running() || r.Model.job.onPage || !uitest.HasText(r.entry, "of 40\u00a0000") {
		t.Error("it does not run on in the background")
	}
	uitest.Press(w, fyne.KeyF5) // shows it again, begins no other
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return uitest.HasText(r.page, "Cancelled.") })
	if r.Model.last != nil {
		t.Error("what was given up counts as verified")
	}
}

func TestHandOverAsksForTheFolderAndSaysHowToCheck(t *testing.T) {
	for answer, folder := range map[string]string{"\n": "/records/exports", "/mnt/stick\n": "/mnt/stick"} {
		s := newLargeRecord()
		b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
		walkToBinding(t, b, r, w)
		uitest.Press(w, fyne.KeyF8)
		if !uitest.HasText(r.page, "CL-000777") || len(s.bundles) > 0 {
			t.Errorf("%s", uitest.TextOf(r.page))
		}
		uitest.Type(w, answer)
		close(s.held)
		b.Settle(t, func() bool { return uitest.HasText(r.page, "The bundle is made.") })
		if len(s.bundles) != 1 || s.bundles[0].Folder != folder || s.bundles[0].By != "p6" || s.bundles[0].Units.Name != "CL-000777" {
			t.Errorf("%+v", s.bundles)
		}
		for _, want := range []string{"unit-CL-000777-at-20260714T120000.zip", "bindery verify ", "docs/verify_bundle.py ", "bindery/Station-3+1a2b3c4d"} {
			if !uitest.HasText(r.page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	}
}

func TestAHandOverThatIsGivenUpSaysThatNothingIsLeft(t *testing.T) {
	s := newLargeRecord()
	b, r, w := inAuditRoom(t, uitest.Sizes[0], s, "en")
	walkToBinding(t, b, r, w)
	uitest.Press(w, fyne.KeyF8)
	uitest.Press(w, fyne.KeyReturn)
	b.Settle(t, func() bool { return r.Model.job.of > 0 })
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return uitest.HasText(r.page, "No file was left behind.") })
	if len(s.bundles) > 0 {
		t.Error("a bundle was made")
	}
}

func TestWhereNoUnitsAreNothingIsHandedOver(t *testing.T) {
	_, r, w := inAuditRoom(t, uitest.Sizes[1], newLargeRecord(), "en")
	uitest.Press(w, fyne.KeyF8)
	if r.Model.job != nil || !uitest.HasText(r.entry, "Choose a unit") {
		t.Errorf("%s", uitest.TextOf(r.entry))
	}
}

func TestEscapeLeadsBackAndThenOut(t *testing.T) {
	b, r, w := inAuditRoom(t, uitest.Sizes[1], newLargeRecord(), "en")
	walkToBinding(t, b, r, w)
	uitest.Press(w, fyne.KeyEscape)
	b.Settle(t, func() bool { return len(r.Model.walk) == 1 })
	uitest.Press(w, fyne.KeyEscape)
	if !b.left {
		t.Error("escape did not sign out")
	}
}

func TestTheAuditRoomSaysThatNothingCanBeChanged(t *testing.T) {
	_, r, _ := inAuditRoom(t, uitest.Sizes[1], newLargeRecord(), "en")
	if !uitest.HasText(r.header, "audit room: nothing can be changed from here") {
		t.Errorf("%s", uitest.TextOf(r.header))
	}
	if len(r.Model.view().Acts) != 3 {
		t.Errorf("there are other acts than to verify, to hand over and to see numbers: %+v", r.Model.view().Acts)
	}
}

func TestTheGuideForAuditorsNamesTheKeysOfTheRoom(t *testing.T) {
	text, err := os.ReadFile("../../docs/auditor.md")
	if err != nil {
		t.Fatal(err)
	}
	_, r, _ := inAuditRoom(t, uitest.Sizes[0], newLargeRecord(), "en")
	offered := map[string]bool{}
	for _, a := range r.Model.view().Acts {
		offered[a.Key] = true
	}
	named := map[string]bool{}
	for _, key := range regexp.MustCompile(`\bF[0-9]+\b`).FindAllString(string(text), -1) {
		named[key] = true
	}
	if !maps.Equal(offered, named) {
		t.Errorf("the room has %v, its guide names %v", offered, named)
	}
}

func TestATapOnAnActionDoesIt(t *testing.T) {
	for i, says := range []string{"Verify everything", "980000420001012", "Hand over"} {
		b, r, w := inAuditRoom(t, uitest.Sizes[0], newLargeRecord(), "en")
		walkToBinding(t, b, r, w)
		if uitest.HasText(r.page, says) {
			t.Errorf("%q is there before", says)
		}
		if i == 1 {
			uitest.ShowsWhole(w)
		}
		r.acts.Tapped(&fyne.PointEvent{Position: placeOf(t, r, i)})
		b.Settle(t, func() bool { return uitest.HasText(r.page, says) })
	}
}

// placeOf is a place on a control of the bar.
func placeOf(t *testing.T, r *Screen, i int) fyne.Position {
	t.Helper()
	for x := float32(5); x < r.acts.Size().Width; x += 10 {
		if at := fyne.NewPos(x, 10); r.acts.At(at) == i {
			return at
		}
	}
	t.Fatalf("control %d is nowhere", i)
	return fyne.Position{}
}

func TestTheAuditRoomFitsTheWindow(t *testing.T) {
	for _, language := range i18n.Languages() {
		for _, size := range uitest.Sizes {
			if language == "es" && size != uitest.Sizes[2] {
				continue // the smallest is the hardest
			}
			s := newLargeRecord()
			b, r, w := inAuditRoom(t, size, s, language)
			check := func(name string) {
				t.Helper()
				b.Drain()
				uitest.KeepPicture(t, w, fmt.Sprintf("auditor %s %s %.0f", name, language, size.Width))
				for _, part := range w.Content().(*fyne.Container).Objects {
					room := uitest.AreaOf(part)
					uitest.Texts(part, 0, 0, func(text *canvas.Text, at uitest.Area) {
						if !at.Inside(room) || text.TextSize < 20 {
							t.Errorf("%s at %v in %s: %q, %v px, is drawn at %v in %v", name, size, language, text.Text, text.TextSize, at, room)
						}
					})
				}
			}
			check("record")
			walkToBinding(t, b, r, w)
			check("leaf")
			s.wrong = []record.Wrong{record.RowDiffers, record.NotInTheTree}
			uitest.Press(w, fyne.KeyUp)
			b.atPlace(t, r, record.KindUnit, "CL-000777")
			uitest.Press(w, fyne.KeyDown)
			b.atPlace(t, r, record.KindBinding, "7")
			check("wrong")
			uitest.Press(w, fyne.KeyF8)
			check("folder")
			close(s.held)
			uitest.Press(w, fyne.KeyReturn)
			b.Settle(t, func() bool { return r.Model.job != nil && r.Model.job.ended != nil })
			check("handed")
			uitest.Press(w, fyne.KeyEscape)
			uitest.Press(w, fyne.KeyF5)
			b.Settle(t, func() bool { return r.Model.job != nil && r.Model.job.ended != nil })
			check("verified")
		}
	}
}
