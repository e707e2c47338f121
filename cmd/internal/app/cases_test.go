// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
	"bindery/ui/quality"
)

// smoke is a case that quality has opened.
func smoke(t *testing.T, d quality.Services) quality.CaseView {
	t.Helper()
	_, err := d.OpenCase(t.Context(), "quality", record.NewCaseList{Name: "smoke", Reason: "ticket 7013", People: []string{"quality"}, Expr: scope.Is{Field: scope.TAC, Value: stationtest.TAC}})
	failOn(t, err)
	c, err := d.Case(t.Context(), "smoke")
	failOn(t, err)
	return c
}

func TestACaseThatThereIsNotAndAnswersThatAreNoneAreRefused(t *testing.T) {
	b, _ := labelled(t)
	d := b.qualityService()
	smoke(t, d)
	var no *station.Refusal
	if _, err := d.CountAnswers(t.Context(), "quality", "smoke", t.TempDir()); !errors.As(err, &no) || no.Finding.Code != station.ListUnreadable {
		t.Errorf("a folder as answers: %v", err)
	}
	if _, err := d.Case(t.Context(), "fire"); !errors.As(err, &no) || no.Finding.Code != station.NotRecorded {
		t.Errorf("a case that there is not: %v", err)
	}
}

func TestACaseGoesFromItsFileToItsAnswersAtTheScreen(t *testing.T) {
	b, serial := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	c := smoke(t, d)
	if units, err := d.CaseUnits(ctx, c.ID, 1, 0); err != nil || len(units) != c.Saved[0].Count {
		t.Errorf("%d units, %v", len(units), err)
	}
	previewsAreMasked(t, d)
	folder := t.TempDir()
	job := quality.CaseFile{Case: "smoke", Form: "csv", Folder: folder, Export: record.IncidentExport{Audience: station.FieldAction, By: "quality", Recipient: "field service", Reason: "ticket 7013"}}
	var told []int64
	_, files, err := d.WriteFile(ctx, job, func(done, of int64) { told = append(told, done, of) })
	failOn(t, err)
	if n := int64(c.Saved[0].Count); !slices.Equal(told, []int64{n, n}) {
		t.Errorf("told of progress: %v, of %d units", told, n)
	}
	text, err := os.ReadFile(files[0])
	failOn(t, err)
	if !strings.HasPrefix(filepath.Base(files[0]), "smoke-field-action-") || !strings.Contains(string(text), serial) {
		t.Errorf("%s holds\n%s", files[0], text)
	}
	failOn(t, os.WriteFile(files[0], []byte("serial,reply\n"+serial+",exchanged\n"), 0o600))
	_, err = d.CountAnswers(ctx, "quality", "smoke", files[0])
	failOn(t, err)
	c, err = d.Case(ctx, "smoke")
	if err != nil || len(c.Exports) != 1 || len(c.Answers) != 1 || c.Answers[0].Answered != 1 || c.Answers[0].Leaf == 0 {
		t.Errorf("%+v, %v", c, err)
	}
	_, err = d.UpdateCase(ctx, "quality", record.NewCaseList{Name: "smoke", Reason: "a week later"})
	_, err2 := d.CloseCase(ctx, "quality", "smoke", "nothing found")
	if err := errors.Join(err, err2); err != nil {
		t.Error(err)
	}
}

// previewsAreMasked asks how the file of the case would begin for each who gets one.
func previewsAreMasked(t *testing.T, d quality.Services) {
	t.Helper()
	for _, a := range station.Audiences() {
		begun, err := d.PreviewFile(t.Context(), "smoke", a)
		rows := begun.Rows
		if err != nil || len(rows) == 0 || strings.Contains(strings.Join(rows[0], " "), stationtest.IMEI(1)) {
			t.Errorf("%s would begin %q, %v", a, rows, err)
		}
	}
}

func TestAFileOfACaseThatIsCalledOffLeavesNothing(t *testing.T) {
	b, _ := labelled(t)
	d, folder := b.qualityService(), t.TempDir()
	smoke(t, d)
	job := quality.CaseFile{Case: "smoke", Folder: folder, Export: record.IncidentExport{Audience: station.FieldAction, By: "quality", Recipient: "field service", Reason: "ticket 7013"}}
	for _, job.Form = range []string{"csv", "xlsx", "json"} {
		ctx, stop := context.WithCancel(t.Context())
		_, _, err := d.WriteFile(ctx, job, func(int64, int64) { stop() })
		var f *station.Fault
		if !errors.As(err, &f) || f.Code != station.ExportStopped || len(names(t, folder)) > 0 {
			t.Errorf("%s: %v, and the folder has %v", job.Form, err, names(t, folder))
		}
	}
	if c, err := d.Case(t.Context(), "smoke"); err != nil || len(c.Exports) > 0 {
		t.Errorf("it is recorded as handed over: %+v, %v", c.Exports, err)
	}
}
