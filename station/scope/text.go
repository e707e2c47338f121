// SPDX-License-Identifier: Apache-2.0

package scope

import (
	"fmt"
	"strings"
	"unicode"
)

// Parse reads an expression as text: conditions of the form field:value, or with
// <, <=, > and >= where the field has an order, joined by and, or and not, with
// and before or, and brackets. A value with blanks, brackets or quotes stands in
// quotes, in which \ goes before a quote or a \. The error is an [ExprError].
func Parse(text string) (Expr, error) {
	p := &textParser{runes: []rune(text)}
	e, err := p.or(0)
	if err != nil {
		return nil, err
	}
	if p.blank(); p.at < len(p.runes) {
		return nil, p.fail("Here the expression goes on after its end.", "Put and or or between two conditions, and close every bracket that you open.")
	}
	return e, nil
}

type textParser struct {
	runes []rune
	at    int
}

func (p *textParser) fail(message, cure string) error { return &ExprError{p.at + 1, message, cure} }

func (p *textParser) blank() {
	for p.at < len(p.runes) && unicode.IsSpace(p.runes[p.at]) {
		p.at++
	}
}

// took takes a sign, if it stands there.
func (p *textParser) took(sign string) bool {
	p.blank()
	if strings.HasPrefix(string(p.runes[p.at:min(len(p.runes), p.at+len(sign))]), sign) {
		p.at += len(sign)
		return true
	}
	return false
}

// word is the run of letters that stands there.
func (p *textParser) word() string {
	p.blank()
	end := p.at
	for end < len(p.runes) && (unicode.IsLetter(p.runes[end]) || p.runes[end] == '_') {
		end++
	}
	return string(p.runes[p.at:end])
}

func (p *textParser) tookWord(w string) bool {
	if strings.EqualFold(p.word(), w) {
		p.at += len([]rune(w))
		return true
	}
	return false
}

func (p *textParser) or(depth int) (Expr, error) {
	parts, err := p.parseJoined("or", depth, p.and)
	if err != nil || len(parts) == 1 {
		return first(parts), err
	}
	return Or(parts), nil
}

func (p *textParser) and(depth int) (Expr, error) {
	parts, err := p.parseJoined("and", depth, p.not)
	if err != nil || len(parts) == 1 {
		return first(parts), err
	}
	return And(parts), nil
}

func first(parts []Expr) Expr {
	if len(parts) == 0 {
		return nil
	}
	return parts[0]
}

func (p *textParser) parseJoined(by string, depth int, part func(int) (Expr, error)) ([]Expr, error) {
	var parts []Expr
	for {
		e, err := part(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, e)
		if !p.tookWord(by) {
			return parts, nil
		}
	}
}

func (p *textParser) not(depth int) (Expr, error) {
	if depth > deepest {
		return nil, p.fail(fmt.Sprintf("More than %d brackets stand inside each other.", deepest), "Write it with fewer.")
	}
	if p.tookWord("not") {
		e, err := p.not(depth + 1)
		if err != nil {
			return nil, err
		}
		return Not{e}, nil
	}
	if !p.took("(") {
		return p.condition()
	}
	opened := p.at
	e, err := p.or(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.took(")") {
		return nil, &ExprError{opened, "This bracket is not closed.", "Put ) where it ends."}
	}
	return e, nil
}

var signs = []string{">=", "<=", ":", "=", ">", "<"}

func (p *textParser) condition() (Expr, error) {
	name := p.word()
	if name == "" {
		return nil, p.fail("A condition is missing here.", "Write field:value, as lot:A260001.")
	}
	at := p.at + 1
	f, err := fieldNamed(name, at)
	if err != nil {
		return nil, err
	}
	p.at += len([]rune(name))
	for _, sign := range signs {
		if !p.took(sign) {
			continue
		}
		if sign != ":" && sign != "=" {
			return p.bound(f, sign, at)
		}
		return p.valueOf(f, at)
	}
	return nil, p.fail(fmt.Sprintf("After %s a sign is missing.", f), fmt.Sprintf("Write %s:VALUE.", f))
}

// bound reads the one bound of a range behind its sign.
func (p *textParser) bound(f Field, sign string, at int) (Expr, error) {
	v, err := p.value("")
	if err != nil {
		return nil, err
	}
	open := len(sign) == 1
	if sign[0] == '>' {
		return newRange(f, Range{From: v, OpenFrom: open}, at)
	}
	return newRange(f, Range{To: v, OpenTo: open}, at)
}

// valueOf reads what stands behind a colon: a value, a range, a list.
func (p *textParser) valueOf(f Field, at int) (Expr, error) {
	switch {
	case f == ListField:
		return p.list(at)
	case f == SNR:
		return p.snrs(at)
	case !f.Ranged():
		v, err := p.value("")
		if err != nil {
			return nil, err
		}
		return newIs(f, v, at)
	}
	from, err := p.value("..")
	if err != nil {
		return nil, err
	}
	if !p.tookHere("..") {
		return newIs(f, from, at)
	}
	if p.at == len(p.runes) || unicode.IsSpace(p.runes[p.at]) || p.runes[p.at] == ')' {
		return nil, p.fail("The range has no end.", fmt.Sprintf("Write FROM..TO, or %s>=FROM.", f))
	}
	to, err := p.value("..")
	if err != nil {
		return nil, err
	}
	return newRange(f, Range{From: from, To: to}, at)
}

func (p *textParser) list(at int) (Expr, error) {
	var items []string
	for {
		v, err := p.value(",")
		if err != nil {
			return nil, err
		}
		if items = append(items, v); !p.tookHere(",") {
			return newList(items, at)
		}
	}
}

func (p *textParser) snrs(at int) (Expr, error) {
	v, err := p.value("")
	if err != nil {
		return nil, err
	}
	tac, rest, _ := strings.Cut(v, "/")
	from, to, ranged := strings.Cut(rest, "..")
	if !ranged {
		to = from
	}
	return newSNRs(tac, from, to, at)
}

// tookHere takes a sign that follows without a blank.
func (p *textParser) tookHere(sign string) bool {
	if p.at < len(p.runes) && unicode.IsSpace(p.runes[p.at]) {
		return false
	}
	return p.took(sign)
}

// value reads a value in quotes, or up to a blank, a bracket, a quote or stop.
func (p *textParser) value(stop string) (string, error) {
	if p.took(`"`) {
		return p.parseQuoted()
	}
	begin := p.at
	for p.at < len(p.runes) && !unicode.IsSpace(p.runes[p.at]) && !strings.ContainsRune(`()"`, p.runes[p.at]) {
		if stop != "" && strings.HasPrefix(string(p.runes[p.at:min(len(p.runes), p.at+len(stop))]), stop) {
			break
		}
		p.at++
	}
	if begin == p.at {
		return "", p.fail("A value is missing here.", "Write it after the sign; one with blanks or brackets in quotes.")
	}
	return string(p.runes[begin:p.at]), nil
}

func (p *textParser) parseQuoted() (string, error) {
	opened := p.at
	var b strings.Builder
	for ; p.at < len(p.runes); p.at++ {
		switch r := p.runes[p.at]; {
		case r == '"':
			p.at++
			return b.String(), nil
		case r == '\\' && p.at+1 < len(p.runes):
			p.at++
			b.WriteRune(p.runes[p.at])
		default:
			b.WriteRune(r)
		}
	}
	return "", &ExprError{opened, "This quote is not closed.", `Put " where the value ends; write \" for a quote in it.`}
}
