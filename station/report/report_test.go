// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bindery/labels"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// built is a folder with the records that tests share, each in one of its own,
// made when the first test asks for it.
var built struct {
	sync.Mutex
	folder string
}

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		panic(err)
	}
	built.folder = dir
	code := m.Run()
	os.RemoveAll(dir) // a temporary folder
	os.Exit(code)
}

// copied is a copy of the record of a name, which make makes once for all tests.
func copied(t testing.TB, name string, make func(ctx context.Context, path string) error) (path string) {
	t.Helper()
	built.Lock()
	defer built.Unlock()
	folder := filepath.Join(built.folder, name)
	if _, err := os.Stat(folder); err != nil {
		if err := errors.Join(os.Mkdir(folder, 0o700), make(t.Context(), filepath.Join(folder, "dhr.db"))); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	keys, err := filepath.Glob(filepath.Join(dir, "*.key"))
	for _, key := range keys {
		err = errors.Join(err, os.Chmod(key, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "dhr.db")
}

// hostile is a name that a spreadsheet would run and that no font has whole.
const hostile = "=HYPERLINK(\"x\") {nb} Åse 心\U0001F600"

// makeLot makes a record on which much has happened: a product that was approved, three units that passed,
// the second of them reworked with another module, a serial that was refused
// with an alarm, the lot signed and released, and its third unit taken back.
func makeLot(ctx context.Context, path string) error {
	d, err := dhr.Open(ctx, path, dhr.Options{Clock: stationtest.NewClock(), Program: program, Station: "bench-1"})
	if err != nil {
		return err
	}
	defer d.Close() // its tests are in its own room
	people := stationtest.People()
	people[0].Name = hostile
	_, err = d.AddLayout(ctx, "quality", "device", layout().Text())
	steps := []func() error{
		func() error { return err },
		func() error {
			return imported(d.ImportDialects(ctx, "admin", dialects()))
		},
		func() error { return imported(d.ImportPeople(ctx, "admin", people)) },
		func() error {
			return imported(d.ImportProductRows(ctx, "admin", dhrtest.ProductRows(stationtest.Product())))
		},
		func() error {
			return imported(d.ImportAllocations(ctx, "quality", []station.Allocation{stationtest.Allocation()}))
		},
		func() error { return imported(d.ImportOrders(ctx, "quality", []station.Order{stationtest.Order()})) },
		func() error { return d.SetSecret(ctx, "quality", "quality", station.Password, password) },
		func() error { return leaf(d.ApproveProduct(ctx, signing, "CL-100", 1)) },
		func() error { return provision(ctx, d, 1, stationtest.Serial(1), station.Pass) },
		func() error { return provision(ctx, d, 2, stationtest.Serial(2), station.Pass) },
		func() error { return provision(ctx, d, 3, stationtest.Serial(3), station.Pass) },
		func() error { return provision(ctx, d, 1, stationtest.Serial(900), station.Fail) },
		func() error { return leaf(d.CloseAlarm(ctx, 1, "quality", "it was the wrong tray")) },
		func() error {
			return leaf(d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(2), To: station.Reworked, By: "lead", Second: "quality", Reason: "new module"}))
		},
		func() error { return provision(ctx, d, 12, stationtest.Serial(2), station.Pass) },
		func() error { return leaf(d.CloseOrder(ctx, "WO-1", "lead", "three were enough")) },
		func() error { return leaf(d.ReleaseLot(ctx, signing, "L2603")) },
		func() error {
			return leaf(d.Move(ctx, record.MoveRequest{Serial: stationtest.Serial(3), To: station.Quarantined, By: "quality", Reason: "complaint 17"}))
		},
		func() error { _, err := d.Checkpoint(ctx, ""); return err }, // makes the key
	}
	for _, do := range steps {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

const password = "correct horse battery 7"

var signing = record.Signing{Badge: "B-quality", Password: password, Meaning: station.Approval}

func imported(got record.Import, err error) error {
	if len(got.Errors) > 0 {
		return errors.New(got.Errors[0].Message)
	}
	return err
}

// dialects are those of the factory as they are brought in.
func dialects() []record.DialectView {
	return []record.DialectView{
		{Name: "quectel", Text: []byte(stationtest.Dialect)}, {Name: "auto", Text: station.DialectList(stationtest.Dialects())},
	}
}

// program is the build that these tests stand for.
var program = station.Program{Name: "bindery", Version: "v1.2.3", Commit: "0123456789abcdef", Go: "go1.26"}

func leaf(_ int64, err error) error { return err }

func layout() *labels.Layout {
	all := labels.Builtin()
	return all[slices.IndexFunc(all, func(l *labels.Layout) bool { return l.Name() == "device-50x25" })]
}

// drawers draw for every resolution that there is.
func drawers() []station.Labeller {
	var list []station.Labeller
	for _, dpi := range labels.Resolutions {
		list = append(list, labels.NewLayoutSet(dpi, layout()))
	}
	return list
}

func provision(ctx context.Context, d *dhr.DHR, n int, serial string, want station.Outcome) error {
	return provisionIn(ctx, d, "WO-1", n, serial, want)
}

func provisionIn(ctx context.Context, d *dhr.DHR, order string, n int, serial string, want station.Outcome) error {
	b := &station.Bench{
		DUT: stationtest.FakeDUT{Reading: stationtest.Reading(n)}, Records: d, Binder: d, Prints: d,
		Labels: drawers()[1], Printer: &stationtest.FakePrinter{}, Clock: stationtest.NewClock(), Dialects: stationtest.Dialects(),
	}
	scan, watch := stationtest.Scans()
	r := b.Provision(ctx, station.Job{Order: order, Serial: serial, By: "operator"}, scan, watch)
	if r.Outcome != want {
		return errors.Join(errors.New(serial+": "+string(r.Outcome)), r.Fault)
	}
	return nil
}

// openCopy opens a copy of the record that makeLot makes.
func openCopy(t testing.TB) *dhr.DHR {
	t.Helper()
	return openLater(t, copied(t, "lot", makeLot))
}

// openLater opens a record an hour after it was made.
func openLater(t testing.TB, path string) *dhr.DHR {
	t.Helper()
	clock := stationtest.NewClock()
	clock.Add(time.Hour)
	d, err := dhr.Open(t.Context(), path, dhr.Options{Clock: clock, Program: program, Station: "bench-1"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() }) // its tests are in its own room
	return d
}

func job(t *testing.T, s report.Subject, f report.Form) report.ExportJob {
	t.Helper()
	return report.ExportJob{
		Subject: s, Form: f, File: filepath.Join(t.TempDir(), "out."+string(f)), By: "quality",
		Clock: stationtest.NewClock(), Labels: drawers(),
	}
}

// export makes an export and returns its file.
func export(t *testing.T, d *dhr.DHR, s report.Subject, f report.Form) string {
	t.Helper()
	j := job(t, s, f)
	res, err := report.Export(t.Context(), d, j)
	if err != nil {
		t.Fatal(err, errors.Unwrap(err))
	}
	if !slices.Equal(res.Files, []string{j.File}) {
		t.Fatalf("files %v", res.Files)
	}
	return j.File
}

func units(by record.ExportBy, name string) report.Subject {
	return report.Subject{Kind: report.Units, Scope: record.ExportSubject{By: by, Name: name}}
}

func trace(by record.ExportBy, name string) report.Subject {
	return report.Subject{Kind: report.Trace, Scope: record.ExportSubject{By: by, Name: name}}
}

// subjects are one of each kind.
var subjects = map[string]report.Subject{
	"a unit":                     units(record.BySerial, stationtest.Serial(2)),
	"a serial that was refused":  units(record.BySerial, stationtest.Serial(900)),
	"an order":                   units(record.ByOrder, "WO-1"),
	"a lot":                      units(record.ByLot, "L2603"),
	"a day":                      {Kind: report.Units, Scope: record.ExportSubject{By: record.ByDates, From: "2026-03-02", To: "2026-03-02"}},
	"a day on which nothing was": {Kind: report.Units, Scope: record.ExportSubject{By: record.ByDates, From: "2026-03-03", To: "2026-03-04"}},
	"a trace of a lot":           trace(record.ByLot, "L2603"),
	"a trace of an IMEI":         trace(record.ByIdentity, stationtest.IMEI(1)),
	"a trace of one given up":    trace(record.ByIdentity, stationtest.IMEI(2)),
	"a trace of a SIM":           trace(record.ByIdentity, stationtest.ICCID(12)),
	"the audit trail":            {Kind: report.Audit},
	"the account of allocations": {Kind: report.Allocations},
}

func has(s report.Subject, f report.Form) bool {
	return f != report.Bundle || s.Kind == report.Units || s.Kind == report.Trace
}

// folder lists what is in the folder of a job.
func folder(t *testing.T, j report.ExportJob) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(j.File))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWhatIsGivenUpOrFailsLeavesNoFile(t *testing.T) {
	d := openCopy(t)
	for _, f := range []report.Form{report.PDF, report.CSV, report.XLSX, report.JSON, report.Bundle} {
		ctx, cancel := context.WithCancel(t.Context())
		j := job(t, subjects["an order"], f)
		j.Progress = func(int64, int64) { cancel() }
		if _, err := report.Export(ctx, d, j); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", f, err)
		}
		if names := folder(t, j); len(names) > 0 {
			t.Errorf("%s left %v", f, names)
		}
		cancel()
	}
}

// What was never begun is not said to be in the record.
func TestAnExportThatHasNoFolderIsNotSaidToBeBegun(t *testing.T) {
	d := openCopy(t)
	leaves := func() int64 {
		snap, err := d.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer snap.Close() // it only reads
		head, err := snap.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return head.Number
	}
	before := leaves()
	j := job(t, subjects["a lot"], report.PDF)
	j.File = filepath.Join(t.TempDir(), "nowhere", "lot.pdf")
	_, err := report.Export(t.Context(), d, j)
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.ExportFault || !strings.HasPrefix(f.Kept, "It was not begun") {
		t.Errorf("%v: %+v", err, f)
	}
	if after := leaves(); after != before {
		t.Errorf("%d leaves were written", after-before)
	}
	j = job(t, subjects["a lot"], report.PDF)
	ctx, cancel := context.WithCancel(t.Context())
	j.Progress = func(int64, int64) { cancel() }
	_, err = report.Export(ctx, d, j)
	if !errors.As(err, &f) || f.Code != station.ExportStopped || !strings.HasPrefix(f.Kept, "The record says that it was begun") || leaves() == before {
		t.Errorf("%v: %+v", err, f)
	}
}

func TestAnExportIsRecordedBeforeItLeavesAndByWhom(t *testing.T) {
	d := openCopy(t)
	j := job(t, trace(record.ByIdentity, stationtest.IMEI(1)), report.CSV)
	j.Recipient, j.Reason = "the authority", "audit of May"
	res, err := report.Export(t.Context(), d, j)
	if err != nil {
		t.Fatal(err)
	}
	snap, err := d.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Close() // it only reads
	l, err := snap.Leaf(t.Context(), res.Leaf)
	if err != nil {
		t.Fatal(err)
	}
	var body struct{ What, Who, Subject, Why string }
	mustJSON(t, l.Body, &body)
	if body.What != "export" || body.Who != "quality" || body.Subject != "trace:identity:masked" || body.Why != "csv to the authority: audit of May" {
		t.Errorf("the leaf says %+v", body)
	}
	if res.Checkpoint < res.Leaf {
		t.Errorf("the checkpoint covers %d leaves, the export is leaf %d", res.Checkpoint, res.Leaf)
	}
	l, err = snap.Leaf(t.Context(), res.Finished)
	stationtest.NoError(t, err)
	text, err := os.ReadFile(j.File)
	stationtest.NoError(t, err)
	mustJSON(t, l.Body, &body)
	want := fmt.Sprintf("export of leaf %d: 1 entry, %d bytes, SHA-256 %x", res.Leaf, len(text), sha256.Sum256(text))
	if body.What != "finish-export" || body.Who != "quality" || body.Subject != "trace:identity:masked" || body.Why != want || res.Bytes != int64(len(text)) {
		t.Errorf("the leaf of its end says %+v, want %s", body, want)
	}
}

func TestNoIdentityStandsForWhoGetsAnExport(t *testing.T) {
	d := openCopy(t)
	j := job(t, subjects["a unit"], report.CSV)
	j.Recipient = "whoever has " + stationtest.IMEI(1)
	if _, err := report.Export(t.Context(), d, j); stationtest.RefusalCode(t, err) != station.ReasonIdentity {
		t.Errorf("an identity stands for who gets it: %v", err)
	}
}

func TestWhoMayNotTakeRecordsTakesNone(t *testing.T) {
	d := openCopy(t)
	for _, c := range []struct {
		name   string
		change func(*report.ExportJob)
		want   station.Code
	}{
		{"an operator", func(j *report.ExportJob) { j.By = "operator" }, station.PersonNotAllowed},
		{"a unit that is not there", func(j *report.ExportJob) { j.Subject.Scope.Name = "CL-999999" }, station.ExportNothing},
		{"a folder that is not there", func(j *report.ExportJob) { j.File = filepath.Join(j.File, "x", "out") }, station.ExportFault},
		{"a bundle of the audit trail", func(j *report.ExportJob) { j.Form, j.Subject = report.Bundle, report.Subject{Kind: report.Audit} }, station.ExportFault},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := job(t, subjects["a unit"], report.PDF)
			c.change(&j)
			_, err := report.Export(t.Context(), d, j)
			if got := codeOf(err); got != c.want {
				t.Errorf("%q (%v), want %q", got, err, c.want)
			}
		})
	}
}

func codeOf(err error) station.Code {
	var refusal *station.Refusal
	var fault *station.Fault
	switch {
	case errors.As(err, &refusal):
		return refusal.Finding.Code
	case errors.As(err, &fault):
		return fault.Code
	}
	return ""
}

func TestATextToTraceIsTakenWhole(t *testing.T) {
	d := openCopy(t)
	for text, want := range map[string]record.ExportBy{
		stationtest.Serial(1): record.BySerial, stationtest.IMEI(1): record.ByIdentity, stationtest.IMEI(2): record.ByIdentity,
		stationtest.ICCID(3): record.ByIdentity, "L2603": record.ByLot, "WO-1": record.ByOrder, stationtest.TAC: "", "CL-0": "",
	} {
		got, err := report.Resolve(t.Context(), d, text)
		if want == "" && codeOf(err) != station.ExportNothing || want != "" && (err != nil || got.By != want || got.Name != text) {
			t.Errorf("%q: %+v, %v; want %q", text, got, err, want)
		}
	}
}
