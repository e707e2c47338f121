// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"time"
)

// ScanMethod is how the text of a label came to the station.
type ScanMethod string

// The methods, the strongest first. The empty method means "not recorded".
const (
	ByScanner  ScanMethod = "scanner"  // at the screen, as fast as no hand types
	ByHand     ScanMethod = "typed"    // at the screen or a terminal: typed, corrected or pasted
	ByArgument ScanMethod = "argument" // given on the command line
	ByDrawing  ScanMethod = "drawing"  // decoded from the drawing: no label was looked at
)

// rank is how much a method proves; 0 is nothing.
var rank = map[ScanMethod]int{ByScanner: 3, ByHand: 2, ByArgument: 2, ByDrawing: 1}

// ScanProof is how a scan-back came, as the record keeps it. The times are
// known where the station has seen the keys itself.
type ScanProof struct {
	Method  ScanMethod
	Keys    int           // key strokes, Shift and the like among them
	Took    time.Duration // from the first to the last
	Longest time.Duration // between two of them
}

// Keystrokes is what the scan field has seen of a text while it came.
type Keystrokes struct {
	Keys    int           // key strokes, Shift and the like among them
	Took    time.Duration // from the first to the last
	Longest time.Duration // between two of them
	InTurn  time.Duration // the most that each of two characters in a row let wait
	Edited  bool          // corrected, or pasted
}

// The rule for a scanner: so many strokes at least, and no more time than this
// for each on the average. Scanners need 1 to 30 ms a stroke. The fastest
// typists need 60 over a text that they know, and more for digits.
//
// The average hides a hand that adds what a scanner left out, so that no
// character may keep the station waiting for long, nor two in a row for half of
// that. A busy screen does it too, but to one: the characters that came meanwhile
// are behind it at once.
const (
	fewestStrokes = 4
	slowestStroke = 50 * time.Millisecond
	longestPause  = 500 * time.Millisecond
	slowInTurn    = 2 * slowestStroke
)

// Proof tells by their timing whether the strokes were those of a scanner. It
// is a sign, not a proof against fraud: a program can type as fast.
func (k Keystrokes) Proof() ScanProof {
	p := ScanProof{ByHand, k.Keys, k.Took, k.Longest}
	quick := k.Took <= time.Duration(k.Keys-1)*slowestStroke && k.Longest <= longestPause && k.InTurn <= slowInTurn
	if !k.Edited && k.Keys >= fewestStrokes && quick {
		p.Method = ByScanner
	}
	return p
}

// String is the proof in plain words, for findings and reports.
func (p ScanProof) String() string {
	words, known := map[ScanMethod]string{
		ByScanner: "by a scanner", ByHand: "typed", ByArgument: "given on the command line", ByDrawing: "decoded from the drawing", "": "not recorded",
	}[p.Method]
	if !known {
		words = string(p.Method)
	}
	if p.Keys == 0 {
		return words
	}
	words = fmt.Sprintf("%s: %s in %d ms", words, Counted(p.Keys, "key", "keys"), p.Took.Milliseconds())
	if p.Method == ByHand && p.Longest > 0 {
		words += fmt.Sprintf(", up to %d ms apart", p.Longest.Milliseconds())
	}
	return words
}

// Known reports whether a product definition may ask for m. What is given on a
// command line counts as typed.
func (m ScanMethod) Known() bool { return m == ByScanner || m == ByHand || m == ByDrawing }
