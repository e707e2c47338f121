// SPDX-License-Identifier: Apache-2.0

package table_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bindery/station/table"
)

// tolerant reads a foreign table whole: its lines with their cells, and what is
// wrong with it.
func tolerant(t *testing.T, text string) (lines []string, wrong []string, paths []string) {
	t.Helper()
	o := table.Options{Limits: table.Limits{Rows: 100, Columns: 20, Cell: 100, Unpacked: 1 << 20}, Tolerant: true}
	f, err := table.Open("whatever", strings.NewReader(text), int64(len(text)), o)
	if err != nil {
		return nil, []string{err.Error()}, nil
	}
	defer f.Close()
	for {
		r, err := f.Next()
		if errors.Is(err, io.EOF) {
			return lines, wrong, f.Paths()
		} else if err != nil {
			return lines, append(wrong, err.Error()), f.Paths()
		}
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		lines = append(lines, fmt.Sprintf("%d:%s", r.Line, strings.Join(cells, "|")))
		for _, e := range r.Errors {
			wrong = append(wrong, e.Error())
		}
	}
}

func TestATolerantReaderTakesATextAsItStands(t *testing.T) {
	latin := func(s string) string { return in(t, charmap.Windows1252.NewEncoder(), s) }
	bare := func(order unicode.Endianness) func(string) string {
		return func(s string) string { return in(t, unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder(), s) }
	}
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"Windows-1252", latin("Größe;€\n1;2\n"), []string{"1:Größe|€", "2:1|2"}},
		{"UTF-16 without a mark, the lower half first", bare(unicode.LittleEndian)("abc,bcd\n1,2\n"), []string{"1:abc|bcd", "2:1|2"}},
		{"UTF-16 without a mark, the upper half first", bare(unicode.BigEndian)("abc,bcd\n1,2\n"), []string{"1:abc|bcd", "2:1|2"}},
		{"lines that end in CR", "a;b\r1;2\r\r3;4", []string{"1:a|b", "2:1|2", "4:3|4"}},
		{"titles above, and commas in numbers", "Report, of May, for us, and you\n\na;b;c\n1,5;2;3\n4,5;6;7\n", []string{"1:Report, of May, for us, and you", "3:a|b|c", "4:1,5|2|3", "5:4,5|6|7"}},
		{"bars", "a|b\n1|2\n", []string{"1:a|b", "2:1|2"}},
		{"a quotation mark within", "a,b\n5\" tube,\"x\"y\n", []string{"1:a|b", "2:5\" tube|xy"}},
		{"lines within quotation marks count", "a,b\n\"x\ny\",2\n3,4\n", []string{"1:a|b", "2:x\ny|2", "4:3|4"}},
		{"the line that names the separator counts", "sep=;\na;b\n", []string{"2:a|b"}},
	} {
		got, wrong, _ := tolerant(t, c.text)
		if !slices.Equal(got, c.want) || wrong != nil {
			t.Errorf("%s: %q, %v, want %q", c.name, got, wrong, c.want)
		}
	}
}

func TestATolerantReaderKeepsWhatIsLeftOfASpoiltNumberAndNamesIt(t *testing.T) {
	got, wrong, _ := tolerant(t, "a,b\n8.99E+19,2\n")
	if want := []string{"1:a|b", "2:8.99E+19|2"}; !slices.Equal(got, want) || len(wrong) != 1 || !strings.Contains(wrong[0], "row 2, column A: is a number that a spreadsheet has shortened") {
		t.Errorf("%q %q", got, wrong)
	}
}

func TestJSONIsReadByTheListThatHoldsTheMostObjects(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		paths      string
	}{
		{"an array", `[{"a":1,"b":{"c":"x"}},{"b":{"c":null},"d":true}]`, []string{"1:1|x", "2:||true"}, "a b.c d"},
		{"an array within objects, pages of it behind each other", `{"links":[{"rel":"a"}],"page":{"items":[{"a":1},{"a":2}],"n":2}}{"page":{"items":[{"a":3}]}}`, []string{"1:1", "2:2", "3:3"}, "a"},
		{"JSON Lines with lists in them", "{\"a\":1,\"t\":[{\"x\":1},{\"x\":2}]}\n{\"a\":2}\n{\"a\":3}\n", []string{"1:1|1|2", "2:2", "3:3"}, "a t.x t.2.x"},
		{"identifiers of a kind", `[{"ids":[{"id":"1","kind":"k"},{"kind":"l","id":"2"}]}]`, []string{"1:||1|||2"}, "ids.id ids.kind ids.k ids.2.kind ids.2.id ids.l"},
		{"digits stay as they are written", `[{"a":89999113001010003035,"b":1e19,"c":007}]`, nil, "a b c"},
		{"UTF-16", in(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), `[{"a":"ü"}]`), []string{"1:ü"}, "a"},
		{"texts alone", `["x","y"]`, []string{"1:x", "2:y"}, ""},
		{"an empty list", `[]`, nil, ""},
	} {
		got, wrong, paths := tolerant(t, c.text)
		if c.name == "digits stay as they are written" { // and what is no JSON is named
			if len(wrong) != 1 || !strings.Contains(wrong[0], "row 1: the text is no sound JSON") {
				t.Errorf("%s: %q %q", c.name, got, wrong)
			}
			continue
		}
		if !slices.Equal(got, c.want) || wrong != nil || strings.Join(paths, " ") != c.paths {
			t.Errorf("%s: %q, %v, %q, want %q, %q", c.name, got, wrong, paths, c.want, c.paths)
		}
	}
}

func TestJSONThatCannotBeReadForCertainIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		`[{"a":1},{"a":`:                             "row 2: the text ends within the list; perhaps the file was cut off",
		`[{"a":1},{"a":1`:                            "row 2: the text ends within the list; perhaps the file was cut off",
		`[{"a":1,"a":2}]`:                            "row 1, column A: appears twice in the entry, with two values",
		`[{"a":` + strings.Repeat("[", 99):           "row 1: has more values within each other than are read here",
		`[{"a":"` + strings.Repeat("x", 101) + `"}]`: "row 1, column A: has 101 characters; at most 100 are read",
	} {
		if _, wrong, _ := tolerant(t, text); len(wrong) == 0 || wrong[len(wrong)-1] != want {
			t.Errorf("%.30s: %q, want %q", text, wrong, want)
		}
	}
}
