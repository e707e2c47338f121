// SPDX-License-Identifier: Apache-2.0

package main

import "testing"

func TestAFileIsWrittenInTheFormatThatItsNameSays(t *testing.T) {
	records, incident, label := []string{"pdf", "csv", "xlsx", "json", "bundle"}, []string{"csv", "xlsx", "json"}, []string{"png", "pdf", "zpl", "zpl-native"}
	for _, c := range []struct {
		file, given string
		formats     []string
		want        string // "" where it is refused
	}{
		{"x.xlsx", "", incident, "xlsx"}, {"x.XLSX", "", incident, "xlsx"}, {"x", "", incident, "csv"}, {"x.json", "", incident, "json"},
		{"x.xlsx", "xlsx", incident, "xlsx"}, {"x.xlsx", "csv", incident, ""}, {"x.pdf", "csv", incident, ""}, {"x.pdf", "", incident, ""},
		{"x.txt", "csv", incident, "csv"}, {"x.txt", "", incident, ""}, {"x.csv", "doc", incident, ""}, {"x", "xlsx", incident, "xlsx"},
		{"x.csv", "", records, "csv"}, {"x", "", records, "pdf"}, {"x.jsonl", "", records, "json"}, {"x.zip", "", records, "bundle"},
		{"x.zip", "bundle", records, "bundle"}, {"x.zip", "json", records, ""}, {"x.json", "bundle", records, ""}, {"CL-1.2", "", records, ""},
		{"x.zpl", "", label, "zpl"}, {"x.zpl", "zpl-native", label, "zpl-native"}, {"x.pdf", "png", label, ""}, {"x", "", label, "png"},
	} {
		got, err := formatOf(c.file, c.given, c.formats...)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s with --format %q: %q, %v; want %q", c.file, c.given, got, err, c.want)
		}
	}
}
