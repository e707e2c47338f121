// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/reconcile"
	"bindery/station/record"
	"bindery/station/scope"
	"bindery/station/stationtest"
	"bindery/ui/quality"
)

func TestTheListOfACarrierIsComparedAtTheScreenAndKeptWithItsReport(t *testing.T) {
	b, serial := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	file := filepath.Join(t.TempDir(), "sims.csv")
	text := "ICCID,IMEI,State\n" + stationtest.ICCID(2) + "," + stationtest.IMEI(9) + ",active\n"
	failOn(t, os.WriteFile(file, []byte(text), 0o600))
	l, err := d.Preview(ctx, file)
	failOn(t, err)
	if len(l.First) != 1 || l.Name != "sims.csv" || len(l.Mapping.Columns) < 2 {
		t.Fatalf("%+v, %v", l, err)
	}
	job := quality.CompareJob{By: "quality", Path: file, Mapping: l.Mapping, Form: "pdf", Folder: t.TempDir()}
	steps := 0
	done, err := d.Compare(ctx, job, func(done, of int64) {
		steps++
		if done > of {
			t.Errorf("%d of %d", done, of)
		}
	})
	rows := done.Rows[reconcile.IMEIDiffers]
	failOn(t, err)
	if len(rows) != 1 || rows[0].Serial != serial || rows[0].SIM == stationtest.ICCID(2) || done.Leaf == 0 || len(done.Files) != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	if pdf, err := os.ReadFile(done.Files[0]); !strings.HasPrefix(string(pdf), "%PDF") {
		t.Errorf("the report: %v", err)
	}
	c := record.NewCaseList{Name: "swapped", Reason: "seen elsewhere", People: []string{"quality"}, Expr: scope.ListExpr{Items: done.Units[reconcile.IMEIDiffers]}}
	_, err = d.OpenCase(ctx, "quality", c)
	failOn(t, err)
	cases, err := d.Cases(ctx)
	if err != nil || len(cases) != 1 || cases[0].Saved[0].Count != 1 {
		t.Errorf("%+v, %v", cases, err)
	}
}

func TestAComparisonIsHeldAgainstAnEarlierOneAndItsColumnsAreKeptByName(t *testing.T) {
	b, serial := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	file := filepath.Join(t.TempDir(), "sims.csv")
	compare := func(imei, name string) quality.Comparison {
		failOn(t, os.WriteFile(file, []byte("ICCID,IMEI\n"+stationtest.ICCID(2)+","+imei+"\n"), 0o600))
		l, err := d.Preview(ctx, file)
		failOn(t, err)
		l.Mapping.Name = name
		done, err := d.Compare(ctx, quality.CompareJob{By: "quality", Path: file, Mapping: l.Mapping}, func(int64, int64) {})
		failOn(t, err)
		return done
	}
	first, second := compare(stationtest.IMEI(2), "weekly"), compare(stationtest.IMEI(9), "")
	ch, err := d.ChangesSince(ctx, second.Run, first.Run)
	if err != nil || ch.Counts[reconcile.Moved] != 1 || len(ch.First) != 1 || ch.First[0].Serial != serial || ch.First[0].SIM.String() == stationtest.ICCID(2) {
		t.Errorf("%+v, %v", ch, err)
	}
	if list, err := d.Comparisons(ctx); err != nil || len(list) != 2 || list[1].Mapping.Name != "weekly" {
		t.Errorf("%+v, %v", list, err)
	}
}

// failOn ends a test at an error that it cannot go on from.
func failOn(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAComparisonThatIsCalledOffOrOfNoListKeepsNothing(t *testing.T) {
	b, _ := labelled(t)
	d := b.qualityService()
	file := filepath.Join(t.TempDir(), "sims.csv")
	if err := os.WriteFile(file, []byte("ICCID,IMEI\n"+stationtest.ICCID(2)+","+stationtest.IMEI(2)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := d.Preview(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stopped *station.Fault
	if _, err := d.Compare(ctx, quality.CompareJob{By: "quality", Path: file, Mapping: l.Mapping, Form: "xlsx", Folder: folder}, func(int64, int64) {}); err == nil {
		t.Error("it was compared")
	} else if errors.As(err, &stopped) && stopped.Code != station.ExportStopped && stopped.Code != station.RecordFault {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("files are left: %v, %v", left, err)
	}
	if runs, err := b.dhr.Reconciliations(t.Context()); err != nil || len(runs) > 0 {
		t.Errorf("kept: %+v, %v", runs, err)
	}
	var no *station.Refusal
	if _, err := d.Preview(t.Context(), folder); !errors.As(err, &no) || no.Finding.Code != station.ListUnreadable {
		t.Error(err)
	}
}
