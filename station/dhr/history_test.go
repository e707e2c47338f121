// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/history"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// incidentSet is the world of the shared incident set.
const incidentSet = "../query/testdata/incident/"

func fileOf(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(incidentSet + name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// signing is a record in which two people of quality can sign, and one of them
// has approved the product.
func signing(t testing.TB) *dhr.DHR {
	t.Helper()
	return signingAt(t, stationtest.NewClock())
}

func signingAt(t testing.TB, clock station.Clock) *dhr.DHR {
	t.Helper()
	return signingIn(t, filepath.Join(t.TempDir(), "dhr.db"), clock)
}

func signingIn(t testing.TB, path string, clock station.Clock) *dhr.DHR {
	t.Helper()
	d := dhrtest.Open(t, path, clock)
	dhrtest.AddFactory(t, d)
	ctx := t.Context()
	dhrtest.Imported(t, "people", func() (record.Import, error) {
		return d.ImportPeople(ctx, "admin", []station.Person{{ID: "q2", Name: "Q2", Badge: "B-q2", Role: station.Quality}})
	})
	for _, id := range []string{"quality", "q2"} {
		if err := d.SetSecret(ctx, id, id, station.Password, signersPassword); err != nil {
			t.Fatal(err)
		}
	}
	dhrtest.Succeeds(t)(d.ApproveProduct(ctx, signs("q2"), stationtest.Product().REF, 1))
	return d
}

const signersPassword = "correct horse battery staple"

func signs(id string) record.Signing {
	return record.Signing{Badge: "B-" + id, Password: signersPassword, Meaning: station.Approval}
}

// accepted brings lists in and closes them.
func accepted(t testing.TB, d *dhr.DHR, lists ...history.List) []station.HistoryFile {
	t.Helper()
	files, err := history.Import(t.Context(), d, "admin", lists, nil)
	if err != nil {
		t.Fatal(err)
	}
	dhrtest.Succeeds(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
	dhrtest.Succeeds(t)(d.AcceptHistory(t.Context(), signs("quality"), files[0].ID))
	return files
}

// oldWorld is a record with the world of the incident set from before it.
func oldWorld(t testing.TB) *dhr.DHR {
	t.Helper()
	d := signing(t)
	accepted(t, d, dhrtest.ListOf(station.UnitList, "world.csv", fileOf(t, "world.csv")), dhrtest.ListOf(station.GivenUpList, "history.csv", fileOf(t, "history.csv")))
	return d
}

func TestUnitsFromBeforeAreFoundByTheirSerialsAndHoldTheirIdentities(t *testing.T) {
	d := oldWorld(t)
	rows := csvRows(t, "world.csv")
	if len(rows) != 500 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, r := range rows {
		isShownAsImported(t, d, r)
		holdsItsIdentities(t, d, r)
	}
	dhrtest.Sound(t, d)
}

// isShownAsImported checks that a unit is shown as its row has it.
func isShownAsImported(t *testing.T, d *dhr.DHR, r map[string]string) {
	t.Helper()
	u, err := d.Show(t.Context(), strings.ToLower(r["serial"]))
	if err != nil || u.Imported == nil || u.Disposition != station.Imported || u.Made != nil || u.Lot != r["lot"] || u.Order != r["order"] {
		t.Fatalf("%s: %+v, %v", r["serial"], u.Imported, err)
	}
	live := u.Imported.Bindings[len(u.Imported.Bindings)-1]
	got := []string{live.IMEI, live.IMEI2, live.ICCID, live.IMSI, live.EID, live.Firmware, live.Dated, u.Imported.Source}
	want := []string{r["imei"], r["imei2"], r["iccid"], r["imsi"], r["eid"], r["firmware"], r["bound_at"], "the old system"}
	if !live.Live || !slices.Equal(got, want) {
		t.Fatalf("%s: %+v", r["serial"], live)
	}
}

// holdsItsIdentities checks that no other unit may have an identity of the row.
func holdsItsIdentities(t *testing.T, d *dhr.DHR, r map[string]string) {
	t.Helper()
	for what, reading := range map[string]station.Reading{
		"imei": {IMEI: r["imei"]}, "imei2": {IMEI: r["imei2"]}, "iccid": {ICCID: r["iccid"]}, "eid": {EID: r["eid"]},
	} {
		held, err := d.ConflictingBindings(t.Context(), reading)
		if err != nil || r[what] != "" && (len(held) != 1 || held[0].Serial != r["serial"]) {
			t.Fatalf("%s %s: held by %+v, %v", r["serial"], what, held, err)
		}
	}
}

func TestTheFileOfAListIsKeptWhole(t *testing.T) {
	d := oldWorld(t)
	files, err := d.HistoryFiles(t.Context())
	if err != nil || len(files) != 2 || files[0].State != station.HistoryAccepted || files[1].GoesWith != 0 || files[0].GoesWith != files[1].ID {
		t.Fatalf("%+v, %v", files, err)
	}
	rows := storetest.Edit(t, d.Path())
	for _, f := range files {
		var packed []byte
		for n := int64(1); ; n++ {
			var part []byte
			err := rows.QueryRowContext(t.Context(), `SELECT content FROM history_parts WHERE file = ? AND n = ?`, f.ID, n).Scan(&part)
			if errors.Is(err, sql.ErrNoRows) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			packed = append(packed, part...)
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(z); err != nil || !bytes.Equal(text, fileOf(t, f.Name)) {
			t.Errorf("%s: %d bytes, %v", f.Name, len(text), err)
		}
	}
}

func TestWhichSIMWasInWhichUnitAtAMoment(t *testing.T) {
	d := oldWorld(t)
	var set struct {
		Moments []struct {
			SIM, Serial, ICCID string
			Unit               *string
			At                 time.Time
		}
	}
	if err := json.Unmarshal(fileOf(t, "scopes.json"), &set); err != nil {
		t.Fatal(err)
	}
	if len(set.Moments) != 7 {
		t.Fatalf("%d moments", len(set.Moments))
	}
	for i, m := range set.Moments {
		if m.SIM != "" {
			got, err := d.FindAt(t.Context(), m.SIM, m.At)
			if err != nil || (m.Unit == nil) != (len(got.Units) == 0) || m.Unit != nil && (len(got.Units) != 1 || got.Units[0].Serial != *m.Unit) {
				t.Errorf("moment %d: %+v, %v", i, got, err)
			}
			continue
		}
		if got, err := d.SIMAt(t.Context(), m.Serial, m.At); err != nil || len(got) != 1 || got[0].ICCID.Full() != m.ICCID {
			t.Errorf("moment %d: %+v, %v", i, got, err)
		}
	}
}

func TestAnOpenListCountsForNothing(t *testing.T) {
	d := signing(t)
	text := "serial,imei,iccid\n" + stationtest.Serial(1) + "," + stationtest.IMEI(1) + "," + stationtest.ICCID(1) + "\n"
	files, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", []byte(text))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Show(t.Context(), stationtest.Serial(1)); err == nil {
		t.Error("it is shown")
	}
	ends(t, d, 1, station.Pass, "", "right")
	list, n, err := d.Clashes(t.Context(), files[0].ID)
	if err != nil || n != 3 || len(list) != 3 { // serial, IMEI, SIM
		t.Errorf("%+v, %d, %v", list, n, err)
	}
	dhrtest.Succeeds(t)(d.CompareHistory(t.Context(), "lead", files[0].ID))
	_, err = d.AcceptHistory(t.Context(), signs("quality"), files[0].ID)
	if refused(t, err) != station.HistoryNotReady {
		t.Error(err)
	}
	dhrtest.Succeeds(t)(d.WithdrawHistory(t.Context(), "admin", files[0].ID, "these are ours"))
	dhrtest.Sound(t, d)
}

func TestWhetherAListMayComeInIsAnsweredBeforehandAsByTheImport(t *testing.T) {
	for what, d := range map[string]*dhr.DHR{"with people": dhrtest.Factory(t), "without": dhrtest.Open(t, filepath.Join(t.TempDir(), "new.db"), stationtest.NewClock())} {
		for i, by := range []string{"operator", "lead", "quality", "auditor", "admin", "nobody", "account:me"} {
			before := d.AllowHistory(t.Context(), by)
			f := station.HistoryFile{Kind: station.UnitList, Source: "old", Name: "u.csv", Hash: strings.Repeat(string('a'+rune(i)), 64), Mapping: []byte("{}")}
			_, err := d.BeginHistory(t.Context(), by, f)
			if (before == nil) != (err == nil) || err != nil && before.Error() != err.Error() {
				t.Errorf("%s, by %s: beforehand %v, then %v", what, by, before, err)
			}
		}
		dhrtest.Sound(t, d)
	}
}

func TestAListIsClosedByAnotherPersonThanWhoBroughtItIn(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	list := dhrtest.ListOf(station.UnitList, "world.csv", fileOf(t, "world.csv"))
	files, err := history.Import(ctx, d, "quality", []history.List{list}, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := files[0].ID
	_, err = d.AcceptHistory(ctx, signs("q2"), id)
	if refused(t, err) != station.HistoryNotReady {
		t.Errorf("accepted without a comparison: %v", err)
	}
	for _, by := range []string{"quality", "operator", "auditor"} {
		_, err := d.CompareHistory(ctx, by, id)
		if refused(t, err) != station.PersonNotAllowed {
			t.Errorf("%s compared: %v", by, err)
		}
	}
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", id))
	_, err = d.CompareHistory(ctx, "q2", id)
	if refused(t, err) != station.HistoryKnown {
		t.Errorf("compared a second time: %v", err)
	}
	_, err = d.AcceptHistory(ctx, signs("quality"), id)
	if refused(t, err) != station.PersonNotAllowed {
		t.Errorf("accepted by who brought it in: %v", err)
	}
	dhrtest.Succeeds(t)(d.AcceptHistory(ctx, signs("q2"), id))
	_, err = history.Import(ctx, d, "quality", []history.List{list}, nil)
	if refused(t, err) != station.HistoryKnown {
		t.Errorf("accepted twice: %v", err)
	}
	dhrtest.Sound(t, d)
}

func TestARowThatClashesIsLeftOutByQuality(t *testing.T) {
	d := signing(t)
	ctx := t.Context()
	ends(t, d, 1, station.Pass, "", "right")
	row := func(serial string, imei, sim int) string {
		return fmt.Sprintf("%s,%s,%s\n", serial, stationtest.IMEI(imei), stationtest.ICCID(sim))
	}
	text := "serial,imei,iccid\n" + row("A-1", 11, 11) + row("A-2", 11, 12) + row("a-1", 13, 13) + row("A-4", 14, 1) + row("A-5", 15, 15)
	files, err := history.Import(ctx, d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", []byte(text))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	id := files[0].ID
	list, n, err := d.Clashes(ctx, id)
	got := ""
	for _, c := range list {
		got += fmt.Sprintf("%d %s with %s; ", c.Row, c.Code, c.With)
	}
	want := "3 imei-in-use with row 2; 4 serial-in-use with row 2; 5 iccid-in-use with unit " + stationtest.Serial(1) + "; "
	if err != nil || n != 3 || got != want {
		t.Fatalf("%s %d, %v", got, n, err)
	}
	out := []record.LeftOutRow{{Row: 2, Reason: "typed twice"}, {Row: 5, Reason: "the SIM went to ours"}}
	_, err = d.LeaveOut(ctx, "lead", id, out)
	if refused(t, err) != station.PersonNotAllowed {
		t.Error(err)
	}
	dhrtest.Succeeds(t)(d.LeaveOut(ctx, "quality", id, out))
	_, err = d.LeaveOut(ctx, "quality", id, out[1:])
	if refused(t, err) != station.HistoryKnown {
		t.Errorf("left out twice: %v", err)
	}
	dhrtest.Succeeds(t)(d.CompareHistory(ctx, "lead", id))
	dhrtest.Succeeds(t)(d.AcceptHistory(ctx, signs("quality"), id))
	for serial, there := range map[string]bool{"a-1": true, "A-2": true, "A-4": false, "A-5": true} {
		if u, err := d.Show(ctx, serial); (err == nil) != there || there && u.Serial != serial {
			t.Errorf("%s: %s, %v", serial, u.Serial, err)
		}
	}
	dhrtest.Sound(t, d)
}

func TestNothingOfAListIsWrittenWhereARowIsWrong(t *testing.T) {
	d := signing(t)
	wrong := stationtest.IMEI(2)[:14] + "x"
	for _, text := range []string{
		"serial,imei\nA-1," + stationtest.IMEI(1) + "\nA-2," + wrong + "\n",
		"serial,imei\nA-1," + stationtest.IMEI(1) + "\n," + stationtest.IMEI(2) + "\n",
		"serial,imei,colour\nA-1," + stationtest.IMEI(1) + ",red\n",
		"imei\n" + stationtest.IMEI(1) + "\n",
		"serial,imei\nA-1,\n",
		"serial,imei,tac\nA-1," + stationtest.IMEI(1) + ",35812308\n",
	} {
		_, err := history.Import(t.Context(), d, "admin", []history.List{dhrtest.ListOf(station.UnitList, "old.csv", []byte(text))}, nil)
		var e *history.ListError
		if !asError(err, &e) || strings.Contains(fmt.Sprint(e.Rows), wrong) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if files, err := d.HistoryFiles(t.Context()); err != nil || len(files) != 0 {
		t.Errorf("%+v, %v", files, err)
	}
}

func TestColumnsOfOtherNamesAreNamedByAMapping(t *testing.T) {
	d := signing(t)
	text := "Seriennummer;Modul-IMEI;SIM;Farbe\nA-1;" + stationtest.IMEI(1) + ";" + stationtest.ICCID(1) + ";rot\n"
	l := dhrtest.ListOf(station.UnitList, "alt.csv", []byte(text))
	l.Mapping = history.FieldColumns{"serial": "seriennummer", "imei": "Modul-IMEI", "iccid": "SIM"}
	accepted(t, d, l)
	if u, err := d.Show(t.Context(), "A-1"); err != nil || u.Imported.Bindings[0].IMEI != stationtest.IMEI(1) {
		t.Errorf("%+v, %v", u, err)
	}
}

func isStopped(t *testing.T, err error) {
	t.Helper()
	var f *station.Fault
	if !asError(err, &f) || f.Code != station.ImportStopped {
		t.Fatal(err)
	}
}

func TestAnImportThatWasStoppedGoesOnWhereItWas(t *testing.T) {
	d := signing(t)
	lists := func() []history.List {
		return []history.List{dhrtest.ListOf(station.UnitList, "world.csv", fileOf(t, "world.csv"))}
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err := history.Import(ctx, d, "admin", lists(), func(what string, _ history.List, done, _ int64) {
		if what == history.Adding && done > 0 {
			stop()
		}
	})
	isStopped(t, err)
	dhrtest.Sound(t, d)
	files, err := d.HistoryFiles(t.Context())
	if err != nil || len(files) != 1 || files[0].Rows != nil {
		t.Fatalf("%+v, %v", files, err)
	}
	_, err = d.CompareHistory(t.Context(), "lead", files[0].ID)
	if refused(t, err) != station.HistoryNotReady {
		t.Error(err)
	}
	last, err := d.LastHistoryRow(t.Context(), files[0].ID)
	if err != nil || last == 0 || last > 499 {
		t.Fatalf("row %d, %v", last, err)
	}
	again := accepted(t, d, lists()...)
	if again[0].ID != files[0].ID || *again[0].Rows != 500 {
		t.Errorf("%+v", again)
	}
	if u, err := d.Show(t.Context(), "CL-0000500"); err != nil || u.Imported == nil {
		t.Error(err)
	}
	dhrtest.Sound(t, d)
}
