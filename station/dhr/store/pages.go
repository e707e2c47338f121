// SPDX-License-Identifier: Apache-2.0

package store

import (
	"context"
	"fmt"
	"strings"
)

// PagesReport is what SQLite finds in the pages of a file.
type PagesReport struct {
	Record string // "ok", or the first thing that is wrong
	Parts  string // "ok", or what is wrong within the index of parts, which can be made anew
}

// CheckPages asks SQLite whether the pages of a file are sound.
func CheckPages(ctx context.Context, from rowsQueryer) (PagesReport, error) {
	r := PagesReport{Record: "ok", Parts: "ok"}
	err := r.ask(ctx, from, "PRAGMA integrity_check")
	if err == nil || !Damaged(err) || !ofParts(err.Error()) {
		return r, err
	}
	// The index of parts cannot even be opened, and what comes after it was not
	// looked at.
	r.Parts = err.Error()
	tables, err := textsOf(ctx, from, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
	for _, name := range tables {
		if err == nil {
			err = r.ask(ctx, from, fmt.Sprintf("PRAGMA integrity_check('%s')", strings.ReplaceAll(name, "'", "''")))
		}
	}
	return r, err
}

// ask adds what one check finds.
func (r *PagesReport) ask(ctx context.Context, from rowsQueryer, text string) error {
	list, err := textsOf(ctx, from, text)
	for _, found := range list {
		if into := r.place(found); *into == "ok" {
			*into = found
		}
	}
	return err
}

func (r *PagesReport) place(found string) *string {
	if ofParts(found) {
		return &r.Parts
	}
	return &r.Record
}

// textsOf are the answers to a query for one text.
func textsOf(ctx context.Context, from rowsQueryer, text string) (list []string, err error) {
	rows, err := from.QueryContext(ctx, text)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}
