// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"bindery/station"
)

// longest is how much one scan may hold; the longest code that a label carries
// is far below. What goes on past it is noise, and taken as one bad scan.
const longest = 512

// settled is how long no key must have come before what was typed is drawn: all
// of a scan, one key of a hand. A drawing in the midst of a scan keeps its next
// key waiting, for seconds on a slow machine, and a scanner would look like a hand.
const settled = 60 * time.Millisecond

// ScanEntry is the scan field. It is always live: it gets every key that the
// window gets, whether or not it has the focus, because the window's own key
// handlers are wired to it too and nothing else on the screen takes keys.
type ScanEntry struct {
	area
	prompt  string
	said    string // in place of the prompt, until the next key
	due     bool   // a redraw is to come
	strokes int    // keys so far; a redraw waits until it stands still
	text    []rune
	secret  bool // what is typed from now on is
	hidden  bool // text is, in whole or in part
	busy    bool // an answer is waited for
	focused bool
	keying  keying
	hooks   ScanHooks
}

// ScanHooks are what a scan field needs of its screen.
type ScanHooks struct {
	Scan func(text string, keys station.Keystrokes) // gets each text that ends in Enter or Tab
	Key  func(fyne.KeyName)                         // gets the other keys
	Lost func()                                     // the focus has gone elsewhere; may not change it at once
	Mute func()                                     // digits were pressed that gave no text, and nothing was taken
	Post func(func())                               // runs a function after the keys that wait

	After func(time.Duration, func()) // does so once so long has passed; nil: without waiting
	Now   func() time.Time            // for the timing of the keys
}

// NewScanEntry makes an empty field.
func NewScanEntry(l *WindowStyle, h ScanHooks) *ScanEntry {
	e := &ScanEntry{text: make([]rune, 0, longest), hooks: h}
	e.init(e, l, e.compose)
	return e
}

// Prompt sets the words that an empty field shows.
func (e *ScanEntry) Prompt(s string) {
	if s != e.prompt {
		e.prompt = s
		e.redraw()
	}
}

// Say shows a sentence in place of the prompt, until the next key.
func (e *ScanEntry) Say(s string) {
	e.said = s
	e.redraw()
}

// Secret says whether what is typed from now on is a PIN or a password. It
// shows as dots only; a text that was begun as a secret stays one to its end.
func (e *ScanEntry) Secret(on bool) {
	if on != e.secret {
		e.secret, e.hidden = on, len(e.text) > 0
		e.redraw()
	}
}

// Busy says whether an answer is waited for: the brackets are quiet then.
func (e *ScanEntry) Busy(on bool) {
	if on != e.busy {
		e.busy = on
		e.redraw()
	}
}

// Text is what was typed since the last terminator, a secret as dots.
func (e *ScanEntry) Text() string {
	if e.hidden {
		return strings.Repeat("•", len(e.text))
	}
	return string(e.text)
}

// Clear forgets what was typed since the last terminator.
func (e *ScanEntry) Clear() {
	clear(e.text[:cap(e.text)]) // a secret does not stay in memory
	e.text, e.hidden, e.keying = e.text[:0], false, keying{}
	e.later()
}

// Focused reports whether the field has the focus.
func (e *ScanEntry) Focused() bool { return e.focused }

// FocusGained is for Fyne.
func (e *ScanEntry) FocusGained() { e.focused = true; e.later() }

// FocusLost is for Fyne.
func (e *ScanEntry) FocusLost() { e.focused = false; e.later(); e.hooks.Lost() }

// AcceptsTab keeps the focus here: some scanners end a scan with Tab.
func (e *ScanEntry) AcceptsTab() bool { return true }

// later redraws once for all the keys of a burst, when the last has come.
func (e *ScanEntry) later() {
	if !e.due {
		e.due = true
		e.whenSettled()
	}
}

func (e *ScanEntry) whenSettled() {
	seen := e.strokes
	draw := func() {
		if e.strokes != seen {
			e.whenSettled()
			return
		}
		e.due = false
		e.redraw()
	}
	if e.hooks.After == nil {
		e.hooks.Post(draw)
		return
	}
	e.hooks.After(settled, draw)
}

// Tapped is there so that a tap on the field is no tap on empty space.
func (e *ScanEntry) Tapped(*fyne.PointEvent) { e.hooks.Lost() }

func (e *ScanEntry) compose(size fyne.Size) []fyne.CanvasObject {
	u, p := e.style.Unit, e.style.Palette
	ground := box(p.Panel, 0, 0, size.Width, size.Height)
	ground.CornerRadius = u.Px(16)
	ground.StrokeColor, ground.StrokeWidth = p.Line, u.Px(3)
	if e.focused {
		ground.StrokeColor = p.Accent
	}
	mid, pad, mark := size.Height/2, u.Px(32), u.Px(48)
	left := pad + mark + u.Px(24)
	ink := p.Accent
	if e.busy {
		ink = p.Quiet
	}
	objs := []fyne.CanvasObject{
		ground,
		e.style.brackets(inks{ink, p.Panel, ink}, mark, mark, pad, mid-mark/2, u.Px(6)),
	}
	ts := u.Text(44)
	if len(e.text) == 0 {
		quiet, says, ink := u.Text(32), e.prompt, p.Quiet
		if e.said != "" {
			says, ink = e.said, p.Text
		}
		return append(objs, e.cursor(left, mid, ts), middle(cut(says, quiet, plain, size.Width-left-u.Px(20)-pad), quiet, plain, ink, left+u.Px(20), mid))
	}
	if e.hidden {
		return append(objs, e.dots(left, mid, size.Width-left-pad)...)
	}
	shown := tail(e.text, ts, size.Width-left-pad-ts)
	return append(objs, middle(shown, ts, code, p.Text, left, mid), e.cursor(left+width(shown, ts, code)+u.Px(4), mid, ts))
}

// dots stand for a secret, large enough to be counted at arm's length; the
// cursor is behind the last that there is room for.
func (e *ScanEntry) dots(x, mid, room float32) []fyne.CanvasObject {
	d, step := e.style.Unit.Px(36), e.style.Unit.Px(60)
	var objs []fyne.CanvasObject
	for i := range min(len(e.text), int(room/step)) {
		dot := box(e.style.Palette.Text, x+float32(i)*step, mid-d/2, d, d)
		dot.CornerRadius = d / 2
		objs = append(objs, dot)
	}
	return append(objs, e.cursor(x+float32(len(objs))*step-(step-d)/2, mid, e.style.Unit.Text(44)))
}

func (e *ScanEntry) cursor(x, mid, ts float32) fyne.CanvasObject {
	return box(e.style.Palette.Accent, x, mid-ts*0.55, e.style.Unit.Px(4), ts*1.1)
}

// tail is the end of text that fits; control characters show as dots.
func tail(text []rune, size, limit float32) string {
	shown := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, string(text))
	r := []rune(shown)
	for len(r) > 1 && width(string(r), size, code) > limit {
		r = r[1:]
	}
	return string(r)
}

// keying is how the text that is under way has come so far.
type keying struct {
	keys    station.Keystrokes
	first   time.Time
	last    time.Time     // of the last character
	gap     time.Duration // before it
	held    int           // Shift, Ctrl and Alt since then
	alt     string        // digits typed with Alt: the number of a character
	mute    int           // digits that gave no text
	pending bool          // the last of them may still give one
	muted   time.Time     // when it was pressed
	ended   time.Time     // when the last text ended
}
