// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// AutoDialect is what a product names where the station finds out which of
// several dialects a device speaks.
const AutoDialect = "auto"

// DialectRef names the text by which a family of modules is read.
type DialectRef struct {
	Name string
	Hash string // SHA-256, hex, of the text
}

// DialectList writes dialects that one product may be read by as a text: a line
// of hash, two blanks and name for each, by name. Its hash stands for them all.
func DialectList(list []DialectRef) []byte {
	var lines []string
	for _, d := range list {
		lines = append(lines, d.Hash+"  "+d.Name+"\n")
	}
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[64:], b[64:]) })
	return []byte(strings.Join(slices.Compact(lines), ""))
}

// dialectLine is a line of a list of dialects.
var dialectLine = regexp.MustCompile(`^([0-9a-f]{64})  ([a-z0-9][a-z0-9-]*)$`)

// ParseDialectList reads what [DialectList] has written.
func ParseDialectList(text []byte) ([]DialectRef, error) {
	var list []DialectRef
	for line := range strings.Lines(string(text)) {
		m := dialectLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			return nil, fmt.Errorf("line %d is not a hash and a name", len(list)+1)
		}
		list = append(list, DialectRef{Name: m[2], Hash: m[1]})
	}
	return list, nil
}

// ReadBy lists the dialects that a version of a product may be read by. named
// are those that the version holds by their hashes; one from before products
// did so means the dialects of that name that come along with the program.
func (p Product) ReadBy(named, builtin []DialectRef) []DialectRef {
	if p.DialectHash != "" {
		return named
	}
	var list []DialectRef
	for _, d := range builtin {
		if p.Dialect == AutoDialect || d.Name == p.Dialect {
			list = append(list, d)
		}
	}
	return list
}

// Overrides reports whether to name the dialect instead, for one reading, is to
// name another than the product does. The product that finds out is approved
// with the finding: which of its dialects fits is for the device to say, so any
// that is named is another. "" names none.
func (p Product) Overrides(instead string) bool { return instead != "" && instead != p.Dialect }
