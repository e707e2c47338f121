// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"path/filepath"
	"strings"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr/incident"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/station/scope"
)

// scopeCount counts the units in a scope that was built at the screen.
func (a *App) scopeCount(ctx context.Context, e scope.Expr) (int, error) {
	whole, err := scope.ReadFiles(e, linesOf)
	if err != nil {
		return 0, err
	}
	return incident.Count(ctx, a.dhr.Reader(), whole, wire.SystemClock{}.Now().Location())
}

// scopeUnits is a page of the units in a scope.
func (a *App) scopeUnits(ctx context.Context, e scope.Expr, skip int) ([]record.Match, error) {
	whole, err := scope.ReadFiles(e, linesOf)
	if err != nil {
		return nil, err
	}
	serials, err := incident.Page(ctx, a.dhr.Reader(), whole, wire.SystemClock{}.Now().Location(), skip, record.MostFound)
	if err != nil {
		return nil, err
	}
	return a.dhr.Matches(ctx, serials)
}

// scopeValues reads the names of people first: operators are chosen by name.
func (a *App) scopeValues(ctx context.Context, f scope.Field) ([]string, error) {
	if err := a.learnNames(ctx); err != nil {
		return nil, err
	}
	return incident.Values(ctx, a.dhr.Reader(), f)
}

// linesOf are the lines of a list in a file that have something in them; what is
// wrong with the file is told as what is wrong with the scope.
func linesOf(path string) ([]string, error) {
	name := identity.MaskIn(filepath.Base(path))
	text, err := safefile.Read(path, safefile.MostOfText)
	if err != nil {
		return nil, &scope.Error{Message: "The file " + name + " cannot be read.", Cure: "Give the whole path of a text file with a serial or an identity on each line."}
	}
	var list []string
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	if len(list) == 0 {
		return nil, &scope.Error{Message: "The file " + name + " has no line with anything in it.", Cure: "Put a serial or an identity on each line."}
	}
	return list, nil
}
