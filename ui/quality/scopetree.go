// SPDX-License-Identifier: Apache-2.0

package quality

import (
	"slices"

	"bindery/station/scope"
)

// scopeNode is a line of a scope that is being built: a condition, or a group in
// brackets of which all lines hold, or any.
type scopeNode struct {
	parent *scopeNode // nil of the whole scope
	not    bool
	any    bool
	is     scope.Expr // the condition; nil of a group
	parts  []*scopeNode
}

func (t *scopeNode) group() bool { return t.is == nil }

// expr is the scope as an expression; nil while a group has no condition.
func (t *scopeNode) expr() scope.Expr {
	e := t.is
	if t.group() {
		e = t.joined()
	}
	if e != nil && t.not {
		return scope.Not{Of: e}
	}
	return e
}

func (t *scopeNode) joined() scope.Expr {
	var parts []scope.Expr
	for _, p := range t.parts {
		if e := p.expr(); e != nil {
			parts = append(parts, e)
		}
	}
	switch {
	case len(parts) == 0:
		return nil
	case len(parts) == 1:
		return parts[0]
	case t.any:
		return scope.Or(parts)
	}
	return scope.And(parts)
}

// add puts a condition into a group, or behind a condition.
func (t *scopeNode) add(is scope.Expr) *scopeNode {
	group, at := t, len(t.parts)
	if !t.group() {
		group = t.parent
		at = slices.Index(group.parts, t) + 1
	}
	one := &scopeNode{parent: group, is: is}
	group.parts = slices.Insert(group.parts, at, one)
	return one
}

// enclose puts a line into brackets of its own, of which any holds where all of
// those around it do, and the other way round.
func (t *scopeNode) enclose() *scopeNode {
	group := &scopeNode{parent: t.parent, parts: []*scopeNode{t}}
	if t.parent == nil { // the whole: what was there is one of its lines now
		inner := &scopeNode{parent: t, any: t.any, not: t.not, parts: t.parts}
		for _, p := range inner.parts {
			p.parent = inner
		}
		t.parts, t.any, t.not = []*scopeNode{inner}, !inner.any, false
		return inner
	}
	group.any = !t.parent.any
	t.parent.parts[slices.Index(t.parent.parts, t)] = group
	t.parent = group
	return group
}

// remove takes a line away with all in it; the whole scope becomes empty.
func (t *scopeNode) remove() {
	if t.parent == nil {
		*t = scopeNode{}
		return
	}
	t.parent.parts = slices.DeleteFunc(t.parent.parts, func(p *scopeNode) bool { return p == t })
}

// walk calls do for each line in the order in which they stand, with how deep it
// stands.
func (t *scopeNode) walk(depth int, do func(t *scopeNode, depth int)) {
	do(t, depth)
	for _, p := range t.parts {
		p.walk(depth+1, do)
	}
}
