// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bindery/station/dhr"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// tool finds a program of poppler-utils.
func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not here (package poppler-utils): the papers are not read back", name)
	}
	return path
}

// pages is the text of each page of a PDF.
func pages(t *testing.T, path string) []string {
	t.Helper()
	out, err := exec.Command(tool(t, "pdftotext"), "-layout", path, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

func TestEveryPageSaysWhatItIsAndHowManyThereAre(t *testing.T) {
	d := openCopy(t)
	for name, s := range subjects {
		t.Run(name, func(t *testing.T) {
			path := export(t, d, s, report.PDF)
			out, err := exec.Command(tool(t, "pdfinfo"), path).CombinedOutput()
			if err != nil || bytes.Contains(out, []byte("Error")) {
				t.Fatalf("%v: %s", err, out)
			}
			got := pages(t, path)
			if want := fmt.Sprintf("Pages:           %d\n", len(got)); !strings.Contains(string(out), want) {
				t.Errorf("%d pages with text, pdfinfo says\n%s", len(got), out)
			}
			for i, page := range got {
				head, _, _ := strings.Cut(strings.TrimSpace(page), "\n")
				if !regexp.MustCompile(`^(Device history records?|Traceability report|Audit trail|Account of allocated numbers)`).MatchString(head) {
					t.Errorf("page %d begins with %q", i+1, head)
				}
				if s.Kind == report.Units && s.Scope.By != record.ByDates && !regexp.MustCompile(`\s{2,}(CL-\d{6}|(Order WO-1|Lot L2603)( · CL-\d{6})?)$`).MatchString(head) {
					t.Errorf("page %d does not say of what: %q", i+1, head)
				}
				for _, want := range []string{fmt.Sprintf("Page %d of %d", i+1, len(got)), "by The quality (quality) at bench-1, recorded in leaf", "Checkpoint over", "Made by bindery v1.2.3 (commit 0123456789ab)"} {
					if !strings.Contains(page, want) {
						t.Errorf("page %d lacks %q", i+1, want)
					}
				}
			}
		})
	}
}

func TestThePaperOfAUnitHasItsWholeHistory(t *testing.T) {
	text := strings.Join(pages(t, export(t, openCopy(t), units(record.BySerial, stationtest.Serial(2)), report.PDF)), "\n")
	squeezed := regexp.MustCompile(`\s+`).ReplaceAllString(text, " ")
	for _, want := range []string{
		"CL-000002", "RELEASED", "CardioLink", "CL-100, version 1", "09506000134352", "WO-1", "L2603",
		"Identities bound", stationtest.IMEI(12), stationtest.ICCID(12), "Superseded: binding 2", stationtest.IMEI(2), stationtest.ICCID(2),
		"Attempt 1: PASS", "Attempt 2: PASS", "imei-sound", `AT+CGSN\r`, `OK\r\n\xff\x00`, "Dialogue of attempt 2, byte for byte",
		"Labels", "void", "verified", "drawn again and compared with the hash of the dots that were printed: equal",
		"passed → reworked", "new module", "The lead (lead)", "passed → released",
		"Signed: approval of product CL-100, version 1", "Signed: approval of lot L2603", "2026-03-02 08:", "+01:00",
		"Audit trail of this unit", "State of the record", "bindery/bench-1",
	} {
		if !strings.Contains(squeezed, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

// gofpdf would replace {nb} by the number of pages and panic at a rune above
// U+FFFF; what a font lacks it would draw as a box.
func TestANameIsPrintedAsItIsOrItsLettersAreNamed(t *testing.T) {
	text := strings.Join(pages(t, export(t, openCopy(t), subjects["a unit"], report.PDF)), "\n")
	for _, want := range []string{`=HYPERLINK("x") {nb} Åse`, `[U+5FC3][U+1F600]`} {
		if !strings.Contains(text, want) {
			t.Errorf("it lacks %q:\n%s", want, text)
		}
	}
}

func TestALotShowsItsAccountAndEachUnitOnAPageOfItsOwn(t *testing.T) {
	got := pages(t, export(t, openCopy(t), subjects["a lot"], report.PDF))
	for _, want := range []string{"Work orders", "Closing of the orders", "three were enough", "Units by disposition", "released", "quarantined", "Signed: approval of lot L2603", "4 labels printed = 3 on units + 1 destroyed + 0 open", "Attempts by outcome", "together"} {
		if !strings.Contains(got[0], want) {
			t.Errorf("the first page lacks %q:\n%s", want, got[0])
		}
	}
	all := strings.Join(got, "\f")
	for _, serial := range []string{stationtest.Serial(1), stationtest.Serial(2), stationtest.Serial(3), stationtest.Serial(900)} {
		if !regexp.MustCompile(`\f\s*Device history records +Lot L2603 · ` + serial).MatchString(all) {
			t.Errorf("no page is about %s", serial)
		}
	}
	for _, want := range []string{"What did not go straight through", "attempt: fail, ", "move: passed → reworked", "alarm: imei-in-use",
		"It holds for 2 of 3 units.", "It holds no longer for " + stationtest.Serial(3) + ": quarantined on "} {
		if !strings.Contains(all, want) {
			t.Errorf("it lacks %q", want)
		}
	}
	if !strings.Contains(all, "No unit was made under this serial") || !strings.Contains(all, "it was the wrong tray") {
		t.Error("the serial that was refused is not shown with its alarm")
	}
}

func TestATraceGoesFromANumberToWhoWhenWhereAndByWhichRule(t *testing.T) {
	d := openCopy(t)
	text := pages(t, export(t, d, subjects["a trace of one given up"], report.PDF))[0]
	for _, want := range []string{
		"IMEI " + stationtest.IMEI(2), "CL-000002", "superseded", "Who", "(operator)", "When", "2026-03-02 07:", "Where", "bench-1",
		"By which rule", "TAC 35812309, SNR 100000 to 199999", "certificate TAC-1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("backward lacks %q:\n%s", want, text)
		}
	}
	text = strings.Join(pages(t, export(t, d, subjects["a trace of a lot"], report.PDF)), "\n")
	for _, want := range []string{stationtest.IMEI(1), stationtest.ICCID(12), "EG91EFBR06A05M4G", "35812309", "1 verified", "2 verified"} {
		if !strings.Contains(text, want) {
			t.Errorf("forward lacks %q:\n%s", want, text)
		}
	}
}

func TestVolumesAreCountedByThemselvesAndTheLastSaysSo(t *testing.T) {
	report.SetMostPages(t, 2)
	d := openCopy(t)
	j := job(t, subjects["an order"], report.PDF)
	res, err := report.Export(t.Context(), d, j)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Files) < 2 || filepath.Base(res.Files[0]) != "out-001.pdf" {
		t.Fatalf("files %v", res.Files)
	}
	if got := folder(t, j); len(got) != len(res.Files) {
		t.Errorf("the folder has %v", got)
	}
	for i, file := range res.Files {
		got := pages(t, file)
		want := fmt.Sprintf("Volume %d · Page 1 of %d", i+1, len(got))
		if i == len(res.Files)-1 {
			want = fmt.Sprintf("Volume %d, the last · Page 1 of %d", i+1, len(got))
		}
		if !strings.Contains(got[0], want) || !strings.Contains(got[len(got)-1]+got[max(0, len(got)-2)], "State of the record") {
			t.Errorf("volume %d lacks %q or its end:\n%s", i+1, want, got[0])
		}
	}
}

// The same record gives the same bytes, in every form.
func TestTheSameRecordGivesTheSameBytes(t *testing.T) {
	a, b := openCopy(t), openCopy(t)
	for _, f := range []report.Form{report.PDF, report.CSV, report.XLSX, report.JSON, report.Bundle} {
		var texts [2][]byte
		for i, d := range []*dhr.DHR{a, b} {
			var err error
			if texts[i], err = os.ReadFile(export(t, d, subjects["a lot"], f)); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(texts[0], texts[1]) {
			t.Errorf("two exports as %s are not the same", f)
		}
	}
}

// The code at the end holds the whole signed checkpoint, and is read from paper
// at the resolution of an office printer.
func TestTheCodeHoldsTheCheckpoint(t *testing.T) {
	d := openCopy(t)
	path := export(t, d, subjects["the account of allocations"], report.PDF)
	picture := filepath.Join(t.TempDir(), "page")
	if out, err := exec.Command(tool(t, "pdftoppm"), "-r", "300", "-png", "-singlefile", path, picture).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	zbarimg, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Skip("zbarimg is not here (package zbar-tools): the code is not read back")
	}
	out, err := exec.Command(zbarimg, "-q", "--raw", picture+".png").Output()
	if err != nil {
		t.Fatal(err)
	}
	notes, err := d.Checkpoints(t.Context())
	if err != nil || !bytes.Contains(out, notes[len(notes)-1]) {
		t.Errorf("the code says %q, not the checkpoint %q, %v", out, notes[len(notes)-1], err)
	}
}
