// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"bindery/station/identity"
)

// watch is what a window may show whole.
type watch struct {
	t     *testing.T
	typed string // the letters and digits of all that was typed into it
	whole bool   // somebody who may see identities asked for them
}

// ShowsWhole says that from now on identities are shown to somebody who may see
// them whole.
func ShowsWhole(w fyne.Window) { watches[w].whole = true }

// look reports what a window shows that it must not.
func look(w fyne.Window) {
	seen := watches[w]
	if seen == nil || seen.whole {
		return
	}
	shown := append([]fyne.CanvasObject{w.Content()}, w.Canvas().Overlays().List()...)
	for _, text := range unmasked(shown, seen.typed) {
		seen.t.Errorf("the screen shows an identity unmasked: %s", text)
	}
}

// unmasked are the texts with an identity that was not typed, masked.
func unmasked(shown []fyne.CanvasObject, typed string) (found []string) {
	for _, obj := range shown {
		walk(obj, 0, 0, func(text *canvas.Text, _, _ float32) {
			if identity.HasIdentity(text.Text) && !strings.Contains(typed, alnum(text.Text)) {
				found = append(found, identity.MaskIn(text.Text))
			}
		})
	}
	return found
}

// alnum is a text without blanks and signs: a field groups what is typed.
func alnum(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// watches are those of the open windows. A package has its windows one after the
// other, as the toolkit has its one app.
var watches = map[fyne.Window]*watch{}

// watchPrivacy has the test fail when the window shows an identity unmasked that
// nobody typed: before each key and when the test ends.
func watchPrivacy(t *testing.T, w fyne.Window) {
	t.Helper()
	watches[w] = &watch{t: t}
	t.Cleanup(func() {
		look(w)
		delete(watches, w)
	})
}
