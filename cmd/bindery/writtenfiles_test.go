// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"bindery/station/identity"
)

// call is a command that ran: its arguments, and what it said on one stream.
type call struct {
	args         []string
	stream, said string
}

// writes reports whether a call was told to write a file.
func (c call) writes(name string) bool {
	return slices.ContainsFunc([]string{"-o", "--output"}, func(flag string) bool {
		at := slices.Index(c.args, flag)
		return at >= 0 && at+1 < len(c.args) && filepath.Clean(c.args[at+1]) == name
	})
}

// wholeFiles are the files in which identities stand whole, and why. Whatever else
// is written masks them.
var wholeFiles = []struct {
	why  string
	file *regexp.Regexp
	by   func(args []string) bool // that wrote it by name; nil where a file is named by the program
}{
	{"what the devices are that a demo makes up", regexp.MustCompile(`demo\.json$`), nil},
	{"a simulated printer keeps the labels: what is on them is on the unit", regexp.MustCompile(`labels/[^/]+$`), nil},
	{"a record was exported by who may, and the record has to whom", everything, isRecordExport},
	{"somebody who may see identities said why, and the record has both", everything, has("--whole")},
	{"a label is what is stuck on the unit", everything, begins("label")},
}

// isRecord tells a record, what SQLite keeps beside it and a backup, in which
// identities are kept, by how they begin, whatever their names.
func isRecord(text string) bool {
	return slices.ContainsFunc([]string{"SQLite format 3\x00", "\x37\x7f\x06\x82", "\x37\x7f\x06\x83"}, func(mark string) bool {
		return strings.HasPrefix(text, mark)
	})
}

// isRecordExport tells a record export from one of an incident, which masks.
func isRecordExport(args []string) bool {
	return begins("export")(args) && len(args) > 1 && args[1] != "units"
}

// mayBeWhole reports whether a file is in that list, or was given to a command and
// not made by one.
func mayBeWhole(name string, calls []call) bool {
	for _, w := range wholeFiles {
		if !w.file.MatchString(name) {
			continue
		}
		if w.by == nil || slices.ContainsFunc(calls, func(c call) bool { return c.writes(name) && w.by(c.args) }) {
			return true
		}
	}
	made := slices.ContainsFunc(calls, func(c call) bool { return c.writes(name) })
	return !made && slices.ContainsFunc(calls, func(c call) bool { return strings.Contains(strings.Join(c.args, "\n"), name) })
}

// contents are the files of a folder by their path in it.
func contents(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, dir+string(filepath.Separator))] = string(text)
		return err
	})
	return files, err
}

// writtenIn are the places with an identity, masked, in the files of a folder that
// were made since it had those of before.
func writtenIn(dir string, before map[string]string, calls []call) (found []string, err error) {
	known := map[string]bool{} // what a script has, and what a command said, which was looked at
	for _, text := range before {
		known[text] = true
	}
	for _, c := range calls {
		known[c.said] = true
	}
	after, err := contents(dir)
	for _, name := range slices.Sorted(maps.Keys(after)) {
		if known[after[name]] || isRecord(after[name]) || mayBeWhole(name, calls) {
			continue
		}
		text, err := readable(filepath.Join(dir, name), after[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for line := range strings.Lines(text) {
			if identity.HasIdentity(line) {
				found = append(found, fmt.Sprintf("file %s: %s", identity.MaskIn(name), strings.TrimSpace(sample(line))))
			}
		}
	}
	return found, err
}

// readable is what people read in a file.
func readable(path, text string) (string, error) {
	switch filepath.Ext(path) {
	case ".pdf":
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		return string(out), err
	case ".xlsx":
		return cellsOf(path)
	case ".csv":
		return twoDays.ReplaceAllString(text, ""), nil
	}
	return text, nil
}

// twoDays are the days of an export, which together have the digits of an identity.
var twoDays = regexp.MustCompile(`dates:\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d`)

// cellsOf are the cells of a workbook, one a line.
func cellsOf(path string) (string, error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var cells []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			return "", err
		}
		cells = slices.Concat(append(rows, cells)...)
	}
	return strings.Join(cells, "\n"), nil
}

func TestAnIdentityInAFileThatACommandWroteIsFoundUnlessItMayBeThere(t *testing.T) {
	const whole = "IMEI 980000420001012\n"
	dir := t.TempDir()
	before := map[string]string{"list.csv": "8999900000000001012\n"}
	for name, text := range map[string]string{
		"list.csv": before["list.csv"], "copy.csv": before["list.csv"], // the script's own
		"given.csv": whole + "given\n", "block.csv": whole + "block\n", "masked.csv": "•••••••••••1012\n",
		"desk.json": whole, "crash.txt": whole + "crash\n", "station.db": "SQLite format 3\x00" + whole, "text.db": whole + "no record\n",
		"unit.jsonl": whole + "unit\n", "whole.csv": whole + "with a reason\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls := []call{
		{args: []string{"reconcile", "given.csv"}},
		{args: []string{"export", "units", "-o", "block.csv"}},
		{args: []string{"export", "units", "-o", "masked.csv"}},
		{args: []string{"export", "units", "--whole", "-o", "whole.csv"}},
		{args: []string{"export", "--unit", "CL-000101", "-o", "unit.jsonl"}},
		{args: []string{"verify", "unit.jsonl"}},
	}
	got, err := writtenIn(dir, before, calls)
	if diff := cmp.Diff([]string{
		"file block.csv: IMEI •••••••••••1012", "file crash.txt: IMEI •••••••••••1012", "file desk.json: IMEI •••••••••••1012",
		"file text.db: IMEI •••••••••••1012",
	}, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
}
