// SPDX-License-Identifier: Apache-2.0

package dhrtest

import (
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

// followUp opens a case of two units, hands them over for a field action, counts
// an answer, and gives an alias for a ticket.
func followUp(t testing.TB, d *dhr.DHR) {
	t.Helper()
	expr, err := scope.Parse("lot:L2603")
	stationtest.NoError(t, err)
	units := []string{stationtest.Serial(0), stationtest.Serial(1)}
	Succeeds(t)(d.OpenCase(t.Context(), "quality", record.NewCaseList{Name: "weak seals", People: []string{"quality"}, Reason: "complaints", Expr: expr, AsOf: 1, Units: units}))
	c, err := d.Case(t.Context(), "weak seals")
	stationtest.NoError(t, err)
	Succeeds(t)(d.RecordIncidentExport(t.Context(), record.IncidentExport{Audience: station.FieldAction, Case: c.ID, Expr: expr, Units: len(units), Rows: len(units),
		Form: "csv", Hash: strings.Repeat("c", 64), Bytes: 100, Recipient: "the hospitals", Reason: "to be sent back", By: "quality"}))
	_, err = d.CountAnswers(t.Context(), "quality", c, record.SourceFile{Name: "answers.csv", Hash: strings.Repeat("d", 64)},
		[]station.FieldReply{{Serial: units[0], Reply: "sent back"}})
	stationtest.NoError(t, err)
	_, err = d.GiveAlias(t.Context(), "quality", stationtest.IMEI(0), "ticket 12")
	stationtest.NoError(t, err)

	Succeeds(t)(d.CloseCase(t.Context(), "quality", "weak seals", "all are back"))
}
