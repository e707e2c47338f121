// SPDX-License-Identifier: Apache-2.0

package scope

import "strings"

// ReadFiles puts a [ListExpr] in the place of every [FileExpr]; read gives all lines
// of one, of which those with nothing in them are no items.
func ReadFiles(e Expr, read func(name string) ([]string, error)) (Expr, error) {
	switch e := e.(type) {
	case And:
		parts, err := readAll(e, read)
		return And(parts), err
	case Or:
		parts, err := readAll(e, read)
		return Or(parts), err
	case Not:
		of, err := ReadFiles(e.Of, read)
		return Not{of}, err
	case FileExpr:
		lines, err := read(e.Name)
		if err != nil {
			return nil, err
		}
		return listOf(e.Name, lines)
	}
	return e, nil
}

// listOf is the list that stands in a file. One without any item is refused: a
// scope of nobody, from a list that was saved empty, would read as "no unit is
// affected".
func listOf(name string, lines []string) (Expr, error) {
	l := ListExpr{File: shown(name[strings.LastIndexAny(name, `/\`)+1:])}
	for i, line := range lines {
		if line = strings.TrimSpace(strings.TrimPrefix(line, "\ufeff")); line != "" {
			l.Items, l.Lines = append(l.Items, line), append(l.Lines, i+1)
		}
	}
	if len(l.Items) == 0 {
		return nil, &ExprError{0, "The file " + l.File + " has no line with anything in it.", "Put a serial or an identity on each line."}
	}
	_, err := l.Read()
	return l, err
}

func readAll(parts []Expr, read func(string) ([]string, error)) ([]Expr, error) {
	all := make([]Expr, len(parts))
	for i, p := range parts {
		var err error
		if all[i], err = ReadFiles(p, read); err != nil {
			return nil, err
		}
	}
	return all, nil
}
