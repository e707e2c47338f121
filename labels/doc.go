// SPDX-License-Identifier: Apache-2.0

// Package labels turns an approved layout and the values of one unit into a
// checked label.
//
//	layout (TOML, mm) + values ─► drawing ─► dots ─► self-check ─► PNG, ZPL
//	                              (dots)  └► PDF
//
// A layout is a text file, see docs/layouts.md; [Parse] reads it, and
// [Layout.Draw] places its elements on a sheet that is measured in the dots of
// the printer. Everything that could go wrong on paper is refused there, with
// the line, the key and the cure: text that does not fit, a glyph that the font
// lacks, a module below the GS1 minimum, a code without its quiet zone, two
// elements that overlap, a value that a code cannot carry.
//
// The dots are the label: the screen shows them, the self-check decodes them,
// the printer gets them, and their SHA-256 is what the record keeps. The PDF is
// drawn from the same list of items, as vectors.
package labels
