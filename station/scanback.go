// SPDX-License-Identifier: Apache-2.0

package station

import (
	"regexp"
	"strings"
)

// LabelHasCode reports whether text, as a scanner sent it, is the whole payload of
// one of the codes of l: see [CheckScan].
func LabelHasCode(l Label, text string) bool {
	_, equal := equalScan(l.Codes(), nil, text)
	return equal
}

// equalScan tells whether text is certainly the whole payload of one of the
// codes, and what of the way in which it came was allowed for. A symbology
// identifier, where there is one, must be that of the code. plausible tells
// whether a text can be a serial; nil holds every text for one.
func equalScan(codes []LabelCode, plausible func(string) bool, text string) (notes []string, equal bool) {
	for _, form := range scanForms(text) {
		for _, c := range codes {
			if form.kind != "" && form.kind != c.Kind {
				continue
			}
			note, equal := equalCode(c, plausible, form.text)
			if !equal {
				continue
			}
			if note != "" {
				form.notes = append(form.notes, note)
			}
			return form.notes, true
		}
	}
	return nil, false
}

// equalCode compares the data of one code. The separator may be shown as
// something that no GS1 value can hold, or as the way a keyboard types it; it
// may be left out where the text can be split in one way only; and the text
// may have its AIs in parentheses where they can be told from the values.
func equalCode(c LabelCode, plausible func(string) bool, text string) (note string, equal bool) {
	if strings.TrimPrefix(text, gs) == c.Payload || text == c.Payload {
		return "", true
	}
	elements := elementsOf(c)
	switch {
	case len(elements) > 0 && text == c.HRI:
		return "AIs in parentheses", true
	case !strings.Contains(c.Payload, gs):
		return "", false
	case text == strings.ReplaceAll(c.Payload, gs, ""):
		return "no separator", splits(elements, plausible, text) == 1
	}
	for _, s := range separators {
		if strings.TrimPrefix(text, s) == strings.ReplaceAll(c.Payload, gs, s) {
			return "separator sent as " + s, true
		}
	}
	return "", false
}

// separators are what scanners and the programs between are known to send in
// place of GS. The single characters are outside the set of 82 that a GS1 value
// is made of (GS1 General Specifications §7.11), so they can be nothing else.
var separators = []string{
	"<GS>", "{GS}", "[GS]", "^]", "\u241d", "\\x1d", "\\x1D", "\\035", "\\u001d", "<0x1D>", "<1D>", "~029", "~d029",
	"{F8}", "{F9}", "#", "|", "~", "^", "@", "$", "`", "\\", "[", "]", "{", "}", " ", "\t",
}

// gs1Element is one AI of GS1 data with its value.
type gs1Element struct{ ai, value string }

var aiInHRI = regexp.MustCompile(`\(\d{2,4}\)`)

// elementsOf takes the human-readable form of a code apart. It gives nothing
// where a value holds what looks like an AI: then that form says less than the
// data does.
func elementsOf(c LabelCode) []gs1Element {
	at := aiInHRI.FindAllStringIndex(c.HRI, -1)
	data := strings.ReplaceAll(c.Payload, gs, "")
	if len(at) == 0 || at[0][0] != 0 || len(c.HRI)-2*len(at) != len(data) {
		return nil
	}
	var es []gs1Element
	for i, a := range at {
		end := len(c.HRI)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		es = append(es, gs1Element{c.HRI[a[0]+1 : a[1]-1], c.HRI[a[1]:end]})
	}
	return es
}

// fixedLength are the AIs that need no separator after them (GS1 General
// Specifications §7.8.5), by their first two digits.
var fixedLength = map[string]bool{"00": true, "01": true, "02": true, "11": true, "12": true, "13": true, "15": true, "16": true, "17": true, "20": true}

// splits counts in how many ways text, which came without separators, can be
// the elements of a label of this layout: same AIs, other values. It stops at
// two, for then it cannot be told whose label it was.
func splits(es []gs1Element, plausible func(string) bool, text string) int {
	if len(es) == 0 {
		return 0
	}
	e := es[0]
	rest, ok := strings.CutPrefix(text, e.ai)
	if !ok {
		return 0
	}
	n := 0
	for size := 1; size <= len(rest) && n < 2; size++ {
		last := len(es) == 1
		switch {
		case last && size < len(rest), fixedLength[e.ai[:2]] && size != len(e.value):
			continue
		case e.ai == "21" && plausible != nil && !plausible(rest[:size]):
			continue
		case last:
			n++
		default:
			n += splits(es[1:], plausible, rest[size:])
		}
	}
	return n
}
