// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/stationtest"
	"bindery/ui/quality"
)

// broughtIn is a list of two units and one of what was given up, with a row that was
// wrong before; the two rows clash.
func broughtIn(t *testing.T, d quality.Services) station.HistoryFile {
	t.Helper()
	ctx, file := t.Context(), filepath.Join(t.TempDir(), "units.csv")
	write := func(text string) { failOn(t, os.WriteFile(file, []byte(text), 0o600)) }
	job := quality.HistoryImport{By: "admin", Path: file, Source: "MES 2019"}
	none := func(int64, int64) {}
	write("serial,imei\nOLD-1,123\n")
	var wrong *history.ListError
	if _, err := d.ImportHistory(ctx, job, none); !errors.As(err, &wrong) || len(wrong.Rows) != 1 {
		t.Fatalf("a row that is wrong: %v", err)
	}
	write("SN,Modem no,colour\nOLD-1," + stationtest.IMEI(71) + ",red\nOLD-2," + stationtest.IMEI(71) + ",blue\n")
	job.GivenUp = filepath.Join(t.TempDir(), "given-up.csv")
	failOn(t, os.WriteFile(job.GivenUp, []byte("serial,to,iccid\nOLD-1,2020-01-01T00:00:00Z,"+stationtest.ICCID(72)+"\n"), 0o600))
	p, err := d.PreviewHistory(ctx, file)
	if err != nil || p.Mapping["serial"] != "sn" || p.Mapping["imei"] != "modem no" || len(p.First) != 2 {
		t.Fatalf("%+v, %v", p, err)
	}
	job.Mapping = p.Mapping
	f, err := d.ImportHistory(ctx, job, none)
	failOn(t, err)
	return f
}

func TestAListOfUnitsFromBeforeIsBroughtInDecidedComparedAndSignedAtTheScreen(t *testing.T) {
	b, _ := labelled(t)
	d, ctx := b.qualityService(), t.Context()
	const secret = "a long enough password"
	failOn(t, b.dhr.SetSecret(ctx, "quality", "quality", station.Password, secret))
	f := broughtIn(t, d)
	l, err := d.History(ctx, f.ID)
	if err != nil || l.Count != 1 || len(l.Clashes) != 1 {
		t.Fatalf("%+v, %v", l, err)
	}
	_, err = d.LeaveOut(ctx, "quality", f.ID, record.LeftOutRow{Row: l.Clashes[0].Row, Reason: "appears twice"})
	failOn(t, err)
	if rows, err := d.HistorySample(ctx, f.ID); err != nil || len(rows) != 3 {
		t.Errorf("the sample: %+v, %v", rows, err)
	}
	_, err = d.CompareHistory(ctx, "lead", f.ID)
	failOn(t, err)
	if l, err = d.History(ctx, f.ID); err != nil || len(l.LeftOut) != 1 || l.LeftOut[0].Reason != "appears twice" || l.Shown == "" {
		t.Errorf("before it is signed: %+v, %v", l.LeftOut, err)
	}
	sign := record.Signing{Badge: "B-quality", Password: secret, Meaning: station.Approval, Shown: l.Shown}
	_, err = d.AcceptHistory(ctx, sign, f.ID)
	failOn(t, err)
	foundAsImported(t, b)
}

// foundAsImported asks the screens for the unit that the list brought in.
func foundAsImported(t *testing.T, b *App) {
	t.Helper()
	ctx := t.Context()
	found, err := b.recordReader().Find(ctx, stationtest.IMEI(71), 0)
	if err != nil || len(found.Units) != 1 || found.Units[0].Disposition != station.Imported {
		t.Errorf("found %+v, %v", found, err)
	}
	s, err := b.unitHistory(ctx, found.Units[0].Serial)
	if err != nil || s.Imported == nil || s.Imported.Source != "MES 2019" || !s.Proof.OK {
		t.Errorf("its page: %+v, %+v, %v", s.Imported, s.Proof, err)
	}
}

func TestAListThatIsNoneIsRefusedBeforeItIsBroughtIn(t *testing.T) {
	b, _ := labelled(t)
	d := b.qualityService()
	empty := filepath.Join(t.TempDir(), "units.csv")
	failOn(t, os.WriteFile(empty, nil, 0o600))
	for _, path := range []string{t.TempDir(), empty, empty + ".lost"} {
		var no *station.Refusal
		if _, err := d.PreviewHistory(t.Context(), path); !errors.As(err, &no) || no.Finding.Code != station.ListUnreadable {
			t.Errorf("%s: %v", path, err)
		}
	}
}
