// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// source is a layout file as TOML sees it.
type source struct {
	Size   [2]float64        `toml:"size"`
	Repeat repeat            `toml:"repeat"`
	Text   []*textElement    `toml:"text"`
	Code   []*codeElement    `toml:"code"`
	Symbol []*symbolElement  `toml:"symbol"`
	Rule   []*ruleElement    `toml:"rule"`
	Image  []*pictureElement `toml:"image"`
	lines  map[string]int    // "size", "text.0", "text.0.cap" → line
}

// checkable is an element that can say what is wrong with it before it meets a
// value.
type checkable interface {
	element
	check() Mistakes
}

// elements lists all tables and tells each its place.
func (src *source) elements() []checkable {
	var all []checkable
	add := func(kind string, i int, e checkable) {
		path := fmt.Sprintf("%s.%d", kind, i)
		*e.where() = position{name: fmt.Sprintf("[[%s]] %d", kind, i+1), path: path, line: src.lines[path], lines: src.lines}
		all = append(all, e)
	}
	for i, e := range src.Text {
		add("text", i, e)
	}
	for i, e := range src.Code {
		add("code", i, e)
	}
	for i, e := range src.Symbol {
		add("symbol", i, e)
	}
	for i, e := range src.Rule {
		add("rule", i, e)
	}
	for i, e := range src.Image {
		add("image", i, e)
	}
	return all
}

// maxText bounds a layout file: a label says no more than fits on it, but an
// [[image]] may bring its dots along.
const maxText = 1 << 20

// decode reads a layout strictly. A byte order mark, which some editors write,
// means nothing.
func decode(text []byte) (*source, Mistakes) {
	src := &source{}
	if len(text) > maxText {
		return src, Mistakes{{Message: "the layout is larger than 1 MB", Cure: "Use a smaller image."}}
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	err := toml.NewDecoder(bytes.NewReader(text)).DisallowUnknownFields().Decode(src)
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	switch {
	case errors.As(err, &unknown):
		var ms Mistakes
		for i := range unknown.Errors {
			ms = append(ms, at(&unknown.Errors[i], "there is no such key", "Correct its name or take the line out; docs/layouts.md lists the keys."))
		}
		return src, ms
	case errors.As(err, &wrong):
		return src, Mistakes{unreadable(wrong)}
	case err != nil:
		return src, Mistakes{{Message: "this is not a layout in TOML (" + err.Error() + ")", Cure: "Start from a layout that comes along."}}
	}
	var ms Mistakes
	src.lines, ms = lineIndex(text)
	return src, ms
}

func at(e *toml.DecodeError, message, cure string) Mistake {
	row, _ := e.Position()
	return Mistake{Line: row, Key: strings.Join(e.Key(), "."), Message: message, Cure: cure}
}

var wrongType = regexp.MustCompile(`cannot decode TOML .+ into struct field \S+ of type (\S+)`)

// belongs says in plain words what a key of a Go type takes.
var belongs = map[string]string{
	"float64": "a number without quotes", "int": "a whole number", "string": "a text in quotes", "bool": "true or false",
	"[2]float64": "two numbers in brackets", "labels.repeat": "a table [repeat]",
}

// unreadable tells of a line that TOML or the type of its key refuses.
func unreadable(e *toml.DecodeError) Mistake {
	if m := wrongType.FindStringSubmatch(e.Error()); m != nil && belongs[m[1]] != "" {
		return at(e, "this is of the wrong kind", "Write "+belongs[m[1]]+".")
	}
	return at(e, "this cannot be read ("+strings.TrimPrefix(e.Error(), "toml: ")+")", "Correct the line; the layouts that come along show how.")
}

// lineIndex finds the line of every key, so that a mistake can be found in the
// file. On its way it checks that arrays are pairs, which all of a layout's
// are. The text has been decoded before, so it parses.
func lineIndex(text []byte) (map[string]int, Mistakes) {
	lines, count, table := map[string]int{}, map[string]int{}, ""
	var ms Mistakes
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() {
		e := p.Expression()
		name, line := keyOf(&p, e)
		switch e.Kind {
		case unstable.ArrayTable:
			table = fmt.Sprintf("%s.%d", name, count[name])
			count[name]++
			lines[table] = line
		case unstable.Table:
			table = name
			lines[table] = line
			if name != "repeat" {
				ms = append(ms, Mistake{Line: line, Key: name, Message: "there may be several of this", Cure: "Write it in double brackets: [[" + name + "]]."})
			}
		case unstable.KeyValue:
			if !pair(e.Value()) {
				ms = append(ms, Mistake{Line: line, Key: name, Message: "this is not a pair of numbers", Cure: "Write two, as in [50, 25]."})
			}
			if table != "" {
				name = table + "." + name
			}
			lines[name] = line
		default: // of the others none is an expression by itself
		}
	}
	return lines, ms
}

// keyOf is the dotted key of an expression and its line.
func keyOf(p *unstable.Parser, e *unstable.Node) (name string, line int) {
	var parts []string
	for it := e.Key(); it.Next(); {
		if line == 0 {
			line = p.Shape(it.Node().Raw).Start.Line
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), line
}

// pair is true for all but arrays that do not have two members.
func pair(n *unstable.Node) bool {
	if n.Kind != unstable.Array {
		return true
	}
	members := 0
	for it := n.Children(); it.Next(); {
		members++
	}
	return members == 2
}
