// SPDX-License-Identifier: Apache-2.0

// Package sound tells the outcome of a unit to somebody who looks elsewhere.
// No screen depends on it.
package sound

import (
	"bytes"
	"encoding/binary"
	"math"
	"os/exec"
	"time"
)

// Tone is what can be heard.
type Tone string

// The tones, told apart by how they move and not by how high they are.
const (
	Rising   Tone = "rising"   // PASS
	Falling  Tone = "falling"  // FAIL
	Repeated Tone = "repeated" // a fault, or a scan that was not taken
	Short    Tone = "short"    // your turn
)

// Player plays a tone and does not wait for its end.
type Player interface {
	Play(Tone)
}

// Silent plays nothing.
type Silent struct{}

// Play does nothing.
func (Silent) Play(Tone) {}

// Find gives a player for this machine, at a volume from 0 to 1; Silent when
// the volume is 0 or no program to play sound is installed.
func Find(volume float64) Player {
	if volume <= 0 {
		return Silent{}
	}
	for _, argv := range [][]string{{"paplay"}, {"aplay", "-q"}} {
		if path, err := exec.LookPath(argv[0]); err == nil {
			return command{argv: append([]string{path}, argv[1:]...), volume: min(volume, 1)}
		}
	}
	return Silent{}
}

// command plays through a program that reads a WAV file from its input.
type command struct {
	argv   []string
	volume float64
}

// Play starts the program; a machine that can't play stays silent.
func (c command) Play(t Tone) {
	cmd := exec.Command(c.argv[0], c.argv[1:]...)
	cmd.Stdin = bytes.NewReader(WAV(t, c.volume))
	if cmd.Start() == nil {
		go cmd.Wait() //nolint:errcheck // nobody to tell
	}
}

// note is one tone of a given pitch, or silence at 0 Hz.
type note struct {
	hertz float64
	long  time.Duration
}

const ms = time.Millisecond

var tunes = map[Tone][]note{
	Rising:   {{660, 120 * ms}, {990, 180 * ms}},
	Falling:  {{520, 180 * ms}, {330, 320 * ms}},
	Repeated: {{440, 110 * ms}, {0, 70 * ms}, {440, 110 * ms}, {0, 70 * ms}, {440, 110 * ms}},
	Short:    {{880, 70 * ms}},
}

const rate = 22050 // samples a second

// WAV is the tone as a file: 16 bit, one channel.
func WAV(t Tone, volume float64) []byte {
	var pcm []int16
	for _, n := range tunes[t] {
		count := int(n.long.Seconds() * rate)
		for i := range count {
			// Faded in and out over 5 ms, so that it does not click.
			edge := min(float64(i), float64(count-i)) / (0.005 * rate)
			s := math.Sin(2*math.Pi*n.hertz*float64(i)/rate) * min(1, edge)
			pcm = append(pcm, int16(s*volume*0.6*math.MaxInt16))
		}
	}
	var b bytes.Buffer
	size := uint32(2 * len(pcm))
	for _, v := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), size, pcm,
	} {
		binary.Write(&b, binary.LittleEndian, v) //nolint:errcheck // a buffer takes all
	}
	return b.Bytes()
}
