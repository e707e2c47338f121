// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"slices"

	"bindery/station/dhr"
	"bindery/station/dhr/incident"
	"bindery/station/record"
)

// showCase reads a case and holds its units against the record of now. Also what an
// update and a new case answer with, so that all three say the same.
func showCase(ctx context.Context, d *dhr.DHR, name string) (answer, error) {
	found, err := d.Case(ctx, name)
	if err != nil {
		return nil, err
	}
	s := caseShown{Case: found}
	if s.CaseChanges, err = incident.Changes(ctx, d, found); err != nil {
		return nil, err
	}
	all, err := exportsOf(ctx, d)
	if err != nil {
		return nil, err
	}
	s.Exports = slices.DeleteFunc(all, func(e handedOverOnce) bool { return e.IncidentExport.Case != found.ID })
	s.Answers, err = d.AnswersOf(ctx, found.ID)
	return s, err
}

// caseShown is a case with what changed since it was saved last, who got what of it,
// and who answered.
type caseShown struct {
	record.Case
	record.CaseChanges
	Exports []handedOverOnce `json:"exports"` // the newest first
	Answers []record.Answers `json:"answers"` // to its field actions, the newest first
}
