// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"bindery/station"
)

const (
	// lineEnd is how close behind another an empty Enter is the second half of
	// one line end, such as CR LF.
	lineEnd = 50 * time.Millisecond
	// midScan is how close behind a character a function key belongs to the
	// same scan: some scanners send one for GS.
	midScan = 250 * time.Millisecond
	// anew is how long after digits that gave no text an empty field begins
	// anew: somebody has seen to the keypad meanwhile.
	anew = 500 * time.Millisecond
)

// TypedRune adds a character.
func (e *ScanEntry) TypedRune(r rune) {
	e.style.touch()
	e.said = ""
	e.strokes++
	s, now := &e.keying, e.hooks.Now()
	if s.pending {
		s.pending = false
		s.mute--
	}
	if len(e.text) == 0 && s.mute > 0 && now.Sub(s.muted) > anew {
		s.mute = 0
	}
	s.count(now, len(e.text) == 0)
	if len(e.text) < longest {
		e.text = append(e.text, r)
		e.hidden = e.hidden || e.secret
	}
	e.later()
}

// count counts the stroke of a character, with the Shift and the like before
// it: scanners press those too.
func (s *keying) count(now time.Time, first bool) {
	if first {
		s.first, s.gap, s.keys = now, 0, station.Keystrokes{Keys: 1, Edited: s.keys.Edited}
	} else {
		before := s.gap
		s.gap = now.Sub(s.last)
		s.keys.Keys += 1 + min(s.held, 2)
		s.keys.Took = now.Sub(s.first)
		s.keys.Longest = max(s.keys.Longest, s.gap)
		s.keys.InTurn = max(s.keys.InTurn, min(before, s.gap))
	}
	s.last, s.held, s.alt = now, 0, ""
}

// TypedKey ends a scan or edits it; what is left goes to the screen. The key of
// a character comes here first, and then the character as a rune.
func (e *ScanEntry) TypedKey(k *fyne.KeyEvent) {
	e.style.touch()
	e.strokes++
	if e.said != "" {
		e.said = ""
		e.later()
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		e.end(k.Name == fyne.KeyTab)
	case fyne.KeyBackspace:
		if len(e.text) == 0 {
			e.handleKey(k.Name)
			return
		}
		e.text = e.text[:len(e.text)-1]
		e.keying.keys.Edited, e.hidden = len(e.text) > 0, e.hidden && len(e.text) > 0
		e.later()
	case fyne.KeyEscape:
		if len(e.text) > 0 {
			e.Clear()
			return
		}
		e.handleKey(k.Name)
	case desktop.KeyShiftLeft, desktop.KeyShiftRight, desktop.KeyControlLeft, desktop.KeyControlRight, desktop.KeyAltLeft, desktop.KeyAltRight:
		e.keying.held++
	default:
		switch {
		case digitKey(k):
			e.expect()
		case functionKey(k.Name) && len(e.text) > 0 && e.hooks.Now().Sub(e.keying.last) < midScan:
			for _, r := range "{" + string(k.Name) + "}" {
				e.TypedRune(r)
			}
		default:
			e.handleKey(k.Name)
		}
	}
}

// handleKey hands a key to the screen. Whoever presses one that types nothing, such
// as an arrow, has seen what the digits before came to.
func (e *ScanEntry) handleKey(k fyne.KeyName) {
	if len(e.text) == 0 && len(k) > 1 && k != fyne.KeySpace {
		e.keying = keying{}
	}
	e.hooks.Key(k)
}

// end takes the text, unless digits of it gave none: what is left of such a
// text is not what was meant.
func (e *ScanEntry) end(tab bool) {
	s, now := e.keying, e.hooks.Now()
	text := string(e.text)
	if !e.hidden { // a password may begin or end with a space
		text = strings.TrimSpace(text)
	}
	e.Clear()
	e.keying = keying{}
	switch {
	case s.mute > 0:
		e.hooks.Mute()
	case text != "":
		e.keying.ended = now
		e.hooks.Scan(text, s.keys)
	case !tab && now.Sub(s.ended) > lineEnd:
		e.hooks.Scan("", station.Keystrokes{})
	}
}

// keypadPoint is the key code of the point on the keypad, as Linux has it on
// X11; Fyne has no name for it.
const keypadPoint = 91

// digitKey reports a key that types a digit or a point, or would if NumLock
// were on. Keys of letters are left out: those without a text of their own are
// accents, which come with the next letter.
func digitKey(k *fyne.KeyEvent) bool {
	return len(k.Name) == 1 && k.Name[0] >= '0' && k.Name[0] <= '9' || k.Name == "" && k.Physical.ScanCode == keypadPoint
}

func functionKey(k fyne.KeyName) bool { return len(k) > 1 && k[0] == 'F' && k[1] >= '1' && k[1] <= '9' }

// expect notes that a digit was pressed. Its rune, where there is one, comes
// before anything that is posted now.
func (e *ScanEntry) expect() {
	s := &e.keying
	s.mute++
	s.pending, s.muted = true, e.hooks.Now()
	pressed := s.muted
	e.hooks.Post(func() {
		if s.pending && s.muted.Equal(pressed) {
			s.pending = false
			if s.mute == 1 {
				e.hooks.Mute()
			}
		}
	})
}

// GroupSeparator is the shortcut as which a scanner types the FNC1 between two
// GS1 fields: Ctrl+] is ASCII 29.
var GroupSeparator = &desktop.CustomShortcut{KeyName: fyne.KeyRightBracket, Modifier: fyne.KeyModifierControl}

// KeyCopy is Ctrl+C: the field itself has nothing to copy.
const KeyCopy fyne.KeyName = "Copy"

// TypedShortcut takes what a keyboard can't type: control characters, and
// pasted text.
func (e *ScanEntry) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutPaste:
		e.keying.keys.Edited = true
		for _, r := range s.Clipboard.Content() {
			e.TypedRune(r)
		}
	case *fyne.ShortcutCopy:
		if len(e.text) > 0 { // nobody copies out of half a text: it is the ETX of a scan
			e.TypedRune('\x03')
			return
		}
		e.hooks.Key(KeyCopy)
	case *desktop.CustomShortcut:
		switch s.Modifier {
		case fyne.KeyModifierControl:
			e.control(s.KeyName)
		case fyne.KeyModifierAlt:
			e.numbered(s.KeyName)
		}
	}
}

// control takes a key with Ctrl for the control character that it stands for,
// which is how scanners send them.
func (e *ScanEntry) control(k fyne.KeyName) {
	if len(k) != 1 || k[0] < 'A' || k[0] > '_' {
		return
	}
	switch r := rune(k[0] & 0x1f); r {
	case '\r', '\n':
		e.end(false)
	case '\t':
		e.end(true)
	default:
		e.TypedRune(r)
	}
}

// numbered takes a digit with Alt. Three of them, or four after 0, are the
// number of a character: Alt+029 is GS.
func (e *ScanEntry) numbered(k fyne.KeyName) {
	if len(k) != 1 || k[0] < '0' || k[0] > '9' {
		return
	}
	e.keying.alt += string(k)
	digits := e.keying.alt
	if len(digits) < 3 || len(digits) == 3 && digits[:2] == "00" {
		return
	}
	e.keying.alt = ""
	if n, err := strconv.Atoi(digits); err == nil && n > 0 && n < 128 {
		e.TypedRune(rune(n))
	}
}
