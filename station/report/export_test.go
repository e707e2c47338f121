// SPDX-License-Identifier: Apache-2.0

package report

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"
)

// SetMostRows makes sheets shorter for a test.
func SetMostRows(t *testing.T, n int) {
	t.Helper()
	was := mostRows
	mostRows = n
	t.Cleanup(func() { mostRows = was })
}

// ThroughACell writes a text to a workbook as exports do and reads it again.
func ThroughACell(t *testing.T, text string) string {
	t.Helper()
	out := &outputFiles{path: filepath.Join(t.TempDir(), "cell.xlsx")}
	x := &xlsxTable{ctx: t.Context(), out: out, folder: t.TempDir(), name: "cells", at: "2026-03-02T07:00:00Z"}
	for _, err := range []error{x.begin("a"), x.add(text), x.end()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	names, err := out.publish()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetCellValue("cells", "A2")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// SetMostPages makes volumes shorter for a test.
func SetMostPages(t *testing.T, n int) {
	t.Helper()
	was := mostPages
	mostPages = n
	t.Cleanup(func() { mostPages = was })
}
