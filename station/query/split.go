// SPDX-License-Identifier: Apache-2.0

package query

import (
	"regexp"
	"slices"
	"strings"

	"bindery/station/identity"
)

// items are the texts in a pasted text. One that is a whole by itself, such as
// a number in groups or the data of a label, is not taken apart.
func (p parser) items(text string) []Item {
	bare, identifier := unwrap(text)
	if bare == "" {
		return nil
	}
	if p.whole(bare, identifier) {
		return []Item{p.interpretations("", bare, identifier)}
	}
	var list []Item
	var asked TextKind
	for _, line := range strings.FieldsFunc(bare, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if m := command.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			asked = nameOf(m[1])
			continue
		}
		list = append(list, p.line(line, asked)...)
		asked = ""
	}
	return withoutWords(unique(list))
}

// whole reports that a text is one value, though it may have blanks, commas or
// separators in it.
func (p parser) whole(text, identifier string) bool {
	if p.known.serial(text) || len(p.known.completed(text)) > 0 || truncatedBySpreadsheet(text) || floated(text) || len(p.gs1(text, identifier)) > 0 {
		return true
	}
	n := joined(text)
	return n != "" && (identity.KindOf(n) != identity.KindUnknown || isFloat(text) || thousands.MatchString(text) || len(iccid(n))+len(filled(n)) > 0)
}

// line are the items of one line: what stands behind the names of its kind, or
// else what stands between separators.
func (p parser) line(line string, asked TextKind) []Item {
	if list := p.namedValues(line); len(list) > 0 {
		return list
	}
	bare, identifier := unwrap(line)
	if p.whole(bare, identifier) {
		return []Item{p.interpretations(asked, bare, identifier)}
	}
	var list []Item
	phrase := false
	for _, cell := range strings.FieldsFunc(bare, func(r rune) bool { return strings.ContainsRune(",;|\t", r) }) {
		item, words := p.cell(cell, asked)
		phrase = phrase || words
		list = append(list, item...)
	}
	if phrase { // of it only what can be nothing else, when there is such
		if found := p.certain(bare); len(found) > 0 {
			return found
		}
	}
	return list
}

// cell are the items of a text without separators but blanks. words tells that
// some of it is no value.
func (p parser) cell(cell string, asked TextKind) (list []Item, words bool) {
	bare, identifier := unwrap(cell)
	if bare == "" {
		return nil, false
	}
	all := strings.Fields(bare)
	if parts := strings.Split(bare, "/"); len(all) == 1 && len(parts) > 1 && !p.whole(bare, identifier) {
		if list = p.certain(strings.Join(parts, " ")); len(list) == len(parts) {
			return list, false
		}
		list = nil
	}
	if len(all) == 1 || p.whole(bare, identifier) || hasHidden(bare) {
		return []Item{p.interpretations(asked, bare, identifier)}, !strings.ContainsAny(bare, "0123456789") && !hasHidden(bare)
	}
	for _, w := range all {
		w, identifier := unwrap(w)
		if !value(w) {
			return []Item{p.interpretations(asked, bare, "")}, true
		}
		list = append(list, p.interpretations("", w, identifier))
	}
	return list, false
}

// certain are the items of a phrase that can be nothing else than what they look
// like: a serial of a known form, an identity, what a spreadsheet left of one,
// the data of a label.
func (p parser) certain(phrase string) []Item {
	var list []Item
	rest := inGroups.ReplaceAllStringFunc(phrase, func(run string) string {
		if n := joined(strings.TrimSpace(run)); len(n) < 14 || len(numbers(n)) == 0 {
			return run
		}
		list = append(list, p.interpretations("", strings.TrimSpace(run), ""))
		return " "
	})
	for _, w := range strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" ,;|\t()", r) }) {
		w, identifier := unwrap(w)
		n := joined(w)
		if p.known.serial(w) || truncatedBySpreadsheet(w) || floated(w) || len(n) >= 14 && len(numbers(n)) > 0 || len(p.gs1(w, identifier)) > 0 {
			list = append(list, p.interpretations("", w, identifier))
		}
	}
	return list
}

// inGroups are the digits of an identity, however they are grouped.
var inGroups = regexp.MustCompile(`\b[0-9](?:[ ./_-]?[0-9]){13,31}\b`)

// value reports a word that may be a value among others: it has a digit, and as
// many characters as a part must have.
func value(word string) bool {
	return len(word) >= leastKnown && strings.ContainsAny(word, "0123456789")
}

// withoutWords leaves out what has no digit, such as OK or the heads of columns,
// where something has.
func withoutWords(list []Item) []Item {
	some := slices.ContainsFunc(list, func(i Item) bool { return strings.ContainsAny(i.Text, "0123456789") })
	return slices.DeleteFunc(list, func(i Item) bool {
		return some && !strings.ContainsAny(i.Text, "0123456789") && i.Interpretations[0].Refused == ""
	})
}

func unique(list []Item) []Item {
	var once []Item
	seen := map[string]bool{}
	for _, i := range list {
		if !seen[i.Text] {
			once, seen[i.Text] = append(once, i), true
		}
	}
	return once
}

// The names by which logs, portals and people call the kinds, in front of a
// value, and the commands that ask a module for one.
const words = `[a-z]*iccid|[a-z]*ccid|icc|scid|sim(?: ?card)?(?: ?id)?|crsm|imei|imeisv|[a-z]*gsn|egmr|[a-z]*imsi|cimi|eid|euiccid|euicc ?id|` +
	`serial|s/n|sn|lot|batch|charge|work ?order|order|label|print|leaf|attempt|alias|udi`

var (
	names = regexp.MustCompile(`(?i)(?:^|[^a-z0-9])(` + words +
		`)(?:[ _/]?(?:with[ _]?luhn|number|no\.?|nr\.?|id|sv|[12]))?["'\x{201d}]?(?:[ \t]*[:=][ \t=]*|[ \t]+)`)
	command = regexp.MustCompile(`(?i)^[>$#]*[ ]*AT[+^%*$#]+([A-Z]+)[=?0-9,]*$`)
	// What a module says before the value, as in +CRSM: 144,0,"98…".
	results = regexp.MustCompile(`^(?:[0-9]{1,3},)+[ ]*(?:["']|[0-9]{14})`)
	floats  = regexp.MustCompile(`^["'= ]*([0-9]+[.,][0-9]+[eE][+]?[0-9]+|[0-9]+[eE][+][0-9]+)`)
)

// nameOf is the kind that a name is of.
func nameOf(name string) TextKind {
	name = strings.ToLower(strings.ReplaceAll(name, " ", ""))
	for _, k := range []struct {
		kind TextKind
		part string
	}{{EID, "euicc"}, {ICCID, "cc"}, {ICCID, "scid"}, {ICCID, "sim"}, {ICCID, "crsm"}, {IMEI, "imei"}, {IMEI, "gsn"}, {IMEI, "egmr"}, {IMSI, "im"},
		{EID, "eid"}, {Lot, "lot"}, {Lot, "batch"}, {Lot, "charge"}, {Order, "order"}, {Label, "label"}, {Label, "print"}, {Leaf, "leaf"},
		{Attempt, "attempt"}, {Alias, "alias"}, {UDI, "udi"}, {Serial, "s"}} {
		if strings.Contains(name, k.part) {
			return k.kind
		}
	}
	return ""
}

// namedValues are the values of a line that stand behind the names of their
// kinds, and what else in it is certain.
func (p parser) namedValues(line string) []Item {
	at := names.FindAllStringSubmatchIndex(line, -1)
	if len(at) == 0 {
		return nil
	}
	list := p.certain(line[:at[0][0]])
	some := false
	for i, a := range at {
		end := len(line)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		found, behind := valueIn(line[a[1]:end])
		text, identifier := unwrap(found)
		if strings.ContainsAny(text, "0123456789") || hasHidden(text) {
			list = append(list, p.interpretations(nameOf(line[a[2]:a[3]]), text, identifier))
			some = true
		}
		list = append(list, p.certain(behind)...)
	}
	if !some {
		return nil
	}
	return list
}

// valueIn is the value that the rest of a line begins with, and what is behind
// it: up to a delimiter, and where that has several words that are no one
// number, the first of them.
func valueIn(rest string) (found, behind string) {
	if m := floats.FindStringSubmatchIndex(rest); m != nil {
		return rest[m[2]:m[3]], rest[m[3]:]
	}
	if m := results.FindString(rest); m != "" {
		rest = rest[strings.LastIndex(m, ",")+1:]
	}
	rest = strings.TrimLeft(rest, " \t\"'=\u201c\u201e")
	if i := strings.IndexAny(rest, ",;\"\t|\u201d"); i >= 0 {
		rest, behind = rest[:i], rest[i:]
	}
	rest = strings.TrimSpace(rest)
	if joined(rest) != "" || hasHidden(rest) || strings.HasPrefix(rest, "(01)") {
		return rest, behind
	}
	words := strings.Fields(rest)
	best := 0
	for i := range words { // a number in groups, with words behind it
		if i == 0 || strings.ContainsAny(words[i], "0123456789") && joined(strings.Join(words[:i+1], " ")) != "" {
			best = i + 1
		}
	}
	return strings.Join(words[:best], " "), strings.Join(words[best:], " ") + behind
}
