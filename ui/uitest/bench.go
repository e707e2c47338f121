// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"testing"
	"time"

	"bindery/station/stationtest"
	"bindery/ui/i18n"
	"bindery/ui/screen"
	"bindery/ui/sound"
)

// Harness stands in for the program around a screen: a test runs what the
// screen posts, moves its clock and reads what it played.
type Harness struct {
	posts chan func()
	Clock *stationtest.SteppingClock
	Tones TonePlayer
	Words i18n.Catalogue
	Name  string // of the station
}

// NewHarness is that of Station 3, in English.
func NewHarness() *Harness {
	return &Harness{posts: make(chan func(), 1000), Clock: stationtest.NewClock(), Words: i18n.For("en"), Name: "Station 3"}
}

// Services is the bench as a screen sees it.
func (b *Harness) Services() screen.Services {
	return screen.Services{
		Station: func() string { return b.Name }, Zone: time.UTC,
		Post: func(f func()) { b.posts <- f }, Clock: b.Clock, Words: b.Words, Sound: &b.Tones,
	}
}

// TonePlayer notes what was played.
type TonePlayer struct{ Played []sound.Tone }

// Play notes a tone.
func (e *TonePlayer) Play(t sound.Tone) { e.Played = append(e.Played, t) }

// Settle runs what was posted until done says so.
func (b *Harness) Settle(t *testing.T, done func() bool) {
	t.Helper()
	for !done() {
		select {
		case f := <-b.posts:
			f()
		case <-time.After(5 * time.Second):
			t.Fatal("the screen never came to the state that the test waits for")
		}
	}
}

// Drain runs what is posted by now.
func (b *Harness) Drain() {
	for {
		select {
		case f := <-b.posts:
			f()
		default:
			return
		}
	}
}

// Noon is the time at which everything happened.
var Noon = time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC)

// PIN is the PIN of everybody who has not chosen another.
const PIN = "482913"

// LongPassword is the password of everybody who has not chosen another.
const LongPassword = "correct horse battery"
