// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

func TestAnExportOfAnIncidentIsRefusedBeforehandAsItIsWhenItIsRecorded(t *testing.T) {
	d := dhrtest.Factory(t)
	p, err := d.Person(t.Context(), "quality")
	stationtest.NoError(t, err)
	p.TrainedUntil = stationtest.Start.AddDate(0, 0, -1).Format(time.DateOnly)
	_, err = d.ChangePerson(t.Context(), "admin", p, "course of last year")
	stationtest.NoError(t, err)
	expr, err := scope.Parse("lot:L2603")
	stationtest.NoError(t, err)
	for by, want := range map[string]station.Code{"quality": station.TrainingExpired, "nobody": station.PersonUnknown, "lead": station.PersonNotAllowed} {
		e := record.IncidentExport{Audience: station.FieldAction, Expr: expr, Form: "csv", Hash: strings.Repeat("c", 64), Recipient: "the hospitals", Reason: "recall", By: by}
		before := d.AllowIncidentExport(t.Context(), e)
		_, then := d.RecordIncidentExport(t.Context(), e)
		if refused(t, before) != want || refused(t, then) != want {
			t.Errorf("%s: beforehand %v, when it is recorded %v", by, before, then)
		}
	}
}
