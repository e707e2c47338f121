// SPDX-License-Identifier: Apache-2.0

package scope

import "encoding/json"

// list reads the items of a list, behind its bracket.
func (p jsonParser) list(at int) (Expr, error) {
	var items []string
	for p.d.More() {
		t, err := p.token()
		if err != nil {
			return nil, err
		}
		s, ok := t.(string)
		if !ok {
			return nil, p.fail("An item of the list is not text.", "Write each in quotes, so that no digit is lost.")
		}
		items = append(items, s)
	}
	if _, err := p.token(); err != nil {
		return nil, err
	}
	return newList(items, at)
}

func (p jsonParser) wrongList() error {
	return p.fail("The list of a comparison has a wrong form.", `Write {"list": {"items": ["…"], "comparison": 3, "class": "superseded"}}.`)
}

// compared reads a list whose items the rows of a class of a comparison led to.
func (p jsonParser) compared(at int) (Expr, error) {
	var e ListExpr
	for p.d.More() {
		key, err := p.token()
		if err != nil {
			return nil, err
		}
		v, err := p.token()
		if err != nil {
			return nil, err
		}
		if err := p.comparedPart(&e, key, v, at); err != nil {
			return nil, err
		}
	}
	if _, err := p.token(); err != nil {
		return nil, err
	}
	if len(e.Items) == 0 || e.Comparison < 1 || e.Class == "" {
		return nil, p.wrongList()
	}
	return e, nil
}

// comparedPart takes one of the three values, once.
func (p jsonParser) comparedPart(e *ListExpr, key, v json.Token, at int) error {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if key == "comparison" && e.Comparison == 0 && err == nil {
			e.Comparison = n
			return nil
		}
	case string:
		if key == "class" && e.Class == "" {
			e.Class = v
			return nil
		}
	case json.Delim:
		if key == "items" && e.Items == nil && v == '[' {
			l, err := p.list(at)
			if list, ok := l.(ListExpr); ok {
				e.Items = list.Items
			}
			return err
		}
	}
	return p.wrongList()
}
