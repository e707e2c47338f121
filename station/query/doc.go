// SPDX-License-Identifier: Apache-2.0

// Package query tells what a text may be that somebody pastes into the question
// box: a serial, an identity in any of the ways that people, portals, scanners
// and modems write it, a lot, an order, a part of one. It knows no record:
// [Parse] gives the interpretations of a text, the likeliest first, each with the
// terms to look up; [Resolve] tries them in order and says which of them holds.
//
// A number is never repaired to the nearest one that is known. What is taken off
// or added is this and no more:
//
//   - what stands around a number: blanks, quotes, ="…", the frame and the
//     symbology identifier of a scanner, the words of a log before it, ".0"
//     behind fifteen digits or fewer;
//   - what groups its digits, and what nobody sees; digits of another script
//     become the same digits, small letters capitals;
//   - of an IMEI, all after its fourteenth digit: a check digit (which must be
//     right, or the spare 0), a software version, a filler F; and a spare 0 before
//     a sound one. It is looked up with the check digit that follows from them;
//   - of an ICCID, the filler F; nibbles are swapped back; its check digit is put
//     behind one without it, and left out behind one that has it;
//   - of a serial, what all serials of a product begin with is put before it, and
//     the signs in that are put back;
//   - of a masked number, nothing: what is hidden may be any digit.
package query
