// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr/incident"
	"bindery/station/record"
	"bindery/station/scope"
)

// scopeCount counts the units in a scope that was built at the screen.
func (a *App) scopeCount(ctx context.Context, e scope.Expr) (int, error) {
	whole, err := scope.ReadFiles(e, wire.Lines)
	if err != nil {
		return 0, err
	}
	// The zone is that of this computer, as for who reads the clock on its wall.
	return incident.Count(ctx, a.dhr.Reader(), whole, wire.SystemClock{}.Now().Location())
}

// scopeUnits is a page of the units in a scope.
func (a *App) scopeUnits(ctx context.Context, e scope.Expr, skip int) ([]record.Match, error) {
	whole, err := scope.ReadFiles(e, wire.Lines)
	if err != nil {
		return nil, err
	}
	// Counted and listed by the same query, so that the two cannot differ.
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
