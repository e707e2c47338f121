// SPDX-License-Identifier: Apache-2.0

package table_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"bindery/station/table"
)

var limits = table.Limits{Rows: 1000, Columns: 50, Cell: 200, Unpacked: 1 << 22}

// rows is a whole table as texts, each row after its number, and all that is
// wrong with it, in the words of the errors.
func rows(t testing.TB, name string, file []byte, o table.Options) (list [][]string, wrong []string) {
	t.Helper()
	tab, err := table.Open(name, bytes.NewReader(file), int64(len(file)), o)
	if err != nil {
		return nil, []string{err.Error()}
	}
	defer tab.Close()
	for {
		r, err := tab.Next()
		if errors.Is(err, io.EOF) {
			return list, wrong
		}
		if err != nil {
			return list, append(wrong, err.Error())
		}
		one := []string{fmt.Sprint(r.Number)}
		for _, c := range r.Cells {
			one = append(one, c.Text)
		}
		for _, e := range r.Errors {
			wrong = append(wrong, e.Error())
		}
		list = append(list, one)
	}
}

func in(t *testing.T, enc interface{ String(string) (string, error) }, text string) string {
	t.Helper()
	s, err := enc.String(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestATextIsReadAsProgramsWriteIt(t *testing.T) {
	const plain = "tac,note\n98000042,Prüfung\n"
	want := [][]string{{"1", "tac", "note"}, {"2", "98000042", "Prüfung"}}
	for name, text := range map[string]string{
		"UTF-8":                          plain,
		"with a byte order mark":         "\ufeff" + plain,
		"UTF-16, little end first":       in(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), plain),
		"UTF-16, big end first":          in(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder(), plain),
		"lines that end in CR LF":        strings.ReplaceAll(plain, "\n", "\r\n"),
		"no end of the last line":        strings.TrimSuffix(plain, "\n"),
		"semicolons":                     strings.ReplaceAll(plain, ",", ";"),
		"tabs":                           strings.ReplaceAll(plain, ",", "\t"),
		"sep=;":                          "sep=;\r\n" + strings.ReplaceAll(plain, ",", ";"),
		"sep=, and another in the names": "SEP=,\n" + plain,
		"sep=|":                          "sep=|\n" + strings.ReplaceAll(plain, ",", "|"),
		"a mark and sep=":                "\ufeffsep=;\n" + strings.ReplaceAll(plain, ",", ";"),
		"empty columns behind":           "tac,note,,,\r\n98000042,Prüfung,,,\r\n",
		"quotation marks":                "\"tac\",\"note\"\n\"98000042\", \"Prüfung\" \n",
		"blanks around":                  "tac , note\n 98000042, Prüfung  \n",
		"empty rows behind":              plain + ",\n\n , \n",
	} {
		t.Run(name, func(t *testing.T) {
			got, wrong := rows(t, "x.csv", []byte(text), table.Options{Limits: limits})
			if diff := cmp.Diff(want, got); diff != "" || wrong != nil {
				t.Errorf("%v\n%s", wrong, diff)
			}
		})
	}
}

// What looks like it only is somebody's.
func TestATextThatOnlyLooksLikeANumberOfASpreadsheetIsRead(t *testing.T) {
	for _, text := range []string{"3E12", "1e5", "9.8E14", "E+14", "X1E+14", "1.2E+19b", "#1", "#N/A?", "1E+1"} {
		if list, wrong := rows(t, "a.csv", []byte("id\n"+text+"\n"), table.Options{Limits: limits}); len(wrong) > 0 || list[1][1] != text {
			t.Errorf("%s: %v %v", text, list, wrong)
		}
	}
}

func TestARowHasTheNumberThatASpreadsheetGivesIt(t *testing.T) {
	text := "\n;;\nid;name;note\n\n;;\n1;\"A; B\";\"two\r\nlines, \"\"quoted\"\"\"\n\n2;C\n"
	want := [][]string{
		{"3", "id", "name", "note"}, {"6", "1", "A; B", "two\nlines, \"quoted\""}, {"8", "2", "C"},
	}
	got, wrong := rows(t, "x.csv", []byte(text), table.Options{Limits: limits})
	if diff := cmp.Diff(want, got); diff != "" || wrong != nil {
		t.Errorf("%v\n%s", wrong, diff)
	}
}

func TestAnEarlyCommaInANameDoesNotChooseTheSeparator(t *testing.T) {
	got, wrong := rows(t, "x.csv", []byte("id;name, full;role\n1;B, A;lead\n"), table.Options{Limits: limits})
	if wrong != nil || len(got) != 2 || len(got[1]) != 4 {
		t.Errorf("%q, %v", got, wrong)
	}
}

func TestATextThatCannotBeReadForCertainIsNamed(t *testing.T) {
	latin := in(t, charmap.ISO8859_1.NewEncoder(), "id,name\n1,Müller\n2,Ok\n3,Öl\n")
	cut := in(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), "id\nab")
	for name, c := range map[string]struct {
		text string
		want []string // each a part of one error
	}{
		"Latin-1":                            {latin, []string{"row 2, column B: is not UTF-8 (byte 0xFC); it looks like Latin-1", "row 4, column B: is not UTF-8 (byte 0xD6)"}},
		"a letter that another program lost": {"id,name\n1,M\ufffdller\n", []string{"row 2, column B: holds U+FFFD"}},
		"numbers that were shortened":        {"id,n\n9.8E+14,1\n\"1,2E+19\",1\n-1E+05,1\n", []string{"row 2, column A: is a number that a spreadsheet has shortened", "row 3, column A: is a number that a spreadsheet has shortened", "row 4, column A: is a number that a spreadsheet has shortened"}},
		"formulas that came to nothing":      {"id,n\n#N/A,#REF!\n", []string{"row 2, column A: is the error of a formula", "row 2, column B: is the error of a formula"}},
		"half a character of UTF-16":         {cut[:len(cut)-1], []string{"row 2, column A: holds U+FFFD"}},
		"UTF-16 without its mark":            {"i\x00d\x00\n\x00", []string{"UTF-16 without its byte order mark"}},
		"UTF-32":                             {"\xff\xfe\x00\x00i\x00\x00\x00", []string{"UTF-32"}},
		"a workbook by a wrong name":         {"PK\x03\x04 and so on", []string{"name it .xlsx"}},
		"an old workbook":                    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", []string{"old workbook (.xls)"}},
		"CR alone":                           {"id,name\r1,A\r", []string{"row 1, column B: a line ends in CR alone"}},
		"CR alone at the very end":           {"id,name\n1,A\r", []string{"row 2, column B: a line ends in CR alone"}},
		"a mark that is never closed":        {"id,name\n1,\"A\n2,B\n", []string{"row 2, column B: a quotation mark is never closed"}},
		"marks within fields":                {"id,name\n1,5\" pipe\n2,\"A\"B\n3,C\n", []string{"row 2, column B: a quotation mark stands within", "row 3, column B: a quotation mark closes before the end"}},
		"a long field":                       {"id,name\n1," + strings.Repeat("ü", 100_000) + "\n2,\n", []string{"row 2, column B: has 100000 characters; at most 200"}},
		"many columns":                       {"id" + strings.Repeat(",", 60) + "\n", []string{"row 1: the row has more than 50 columns"}},
		"two separators alike":               {"id,name;role\n", []string{"row 1: the header has commas, semicolons and tabs alike"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, wrong := rows(t, "x.csv", []byte(c.text), table.Options{Limits: limits})
			named(t, wrong, c.want)
		})
	}
	for name, want := range map[string]string{"x.ods": "LibreOffice", "x.xls": "another format of Excel", "x.xlsm": "another format of Excel", "x": "without an ending", "x.pdf": "not a kind of table"} {
		_, wrong := rows(t, name, nil, table.Options{Limits: limits})
		named(t, wrong, []string{want})
	}
}

// named fails unless there is one error for each part that is wanted, in order.
func named(t *testing.T, got, want []string) {
	t.Helper()
	for i := range want {
		if i >= len(got) || !strings.Contains(got[i], want[i]) {
			t.Fatalf("%q, want %q", got, want)
		}
	}
	if len(got) > len(want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMoreRowsThanAllowedAreRefused(t *testing.T) {
	o := table.Options{Limits: limits}
	o.Rows = 3
	got, wrong := rows(t, "x.csv", []byte("id\n1\n\n2\n\n3\n4\n"), o)
	named(t, wrong, []string{"row 6: the table has more than 3 rows"})
	if len(got) != 3 {
		t.Errorf("%q", got)
	}
}

func TestAHeaderNamesItsColumnsOnce(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // all that is wrong, header first
	}{
		"a name twice":                  {"tac,from,to,product,to\n1,2,3,4,5\n", []string{"row 1, column to: appears twice in the header, in C and E"}},
		"a name in capitals too":        {"\nID,name,id \n1,2,3\n", []string{"row 2, column id: appears twice in the header, in A and C"}},
		"only a header":                 {"\nid,name\n\n,\n", []string{"row 2: there is a header and no row under it"}},
		"nothing":                       {"\n\n", []string{"row 1: there is no header"}},
		"something without a name":      {"id,,name,\n1,,A,x\n2,y,B\n3,,C,\n", []string{"row 2, column D: holds something and has no name", "row 3, column B: holds something and has no name"}},
		"what is wrong, by its name":    {"id,,Name\n1,,\xff\n2,\xff,\n", []string{"row 2, column name: is not UTF-8", "row 3, column B: is not UTF-8"}},
		"the end, by the column's name": {"id, Name\n1,\"a\n", []string{"row 2, column name: a quotation mark is never closed"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			tab, err := table.Open("x.csv", strings.NewReader(c.text), int64(len(c.text)), table.Options{Limits: limits})
			if err != nil {
				t.Fatal(err)
			}
			n, err := table.ReadHeader(tab)
			if err != nil {
				named(t, []string{err.Error()}, c.want)
				return
			}
			for _, e := range n.Header.Errors {
				got = append(got, e.Error())
			}
			for {
				r, err := n.Next()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					got = append(got, err.Error())
					break
				}
				for _, e := range r.Errors {
					got = append(got, e.Error())
				}
				if len(r.Cells) != len(n.Names) {
					t.Errorf("%d cells under %d names", len(r.Cells), len(n.Names))
				}
			}
			named(t, got, c.want)
		})
	}
}

// endless is a file of rows that are all alike, behind a header, as large as it
// is asked to be.
type endless struct {
	head, row string
	size      int64
}

func (e endless) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) {
		from, rest := at+int64(n), p[n:]
		if from >= e.size {
			return n, io.EOF
		}
		rest = rest[:min(int64(len(rest)), e.size-from)]
		if from < int64(len(e.head)) {
			n += copy(rest, e.head[from:])
		} else {
			n += copy(rest, e.row[(from-int64(len(e.head)))%int64(len(e.row)):])
		}
	}
	return n, nil
}

// heap is how much memory is in use at most at the times at which do calls back.
func heap(do func(look func())) (most uint64) {
	var m runtime.MemStats
	inUse := func() uint64 {
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := inUse()
	do(func() {
		if now := inUse(); now > before {
			most = max(most, now-before)
		}
	})
	return most
}

// scale is how much of something a test takes: few, or many where make soak
// asks.
func scale(few, many int) int {
	if os.Getenv("BINDERY_SOAK") != "" {
		return many
	}
	return few
}

// A table that was kept would need more.
func TestRowsHoweverManyTakeNoMoreMemoryThanAFew(t *testing.T) {
	count := scale(100_000, 1_000_000)
	e := endless{head: "iccid,imei\n", row: "8988000000000001428,004401230001428\n"}
	e.size = int64(len(e.head) + count*len(e.row))
	read := 0
	most := heap(func(look func()) {
		tab, err := table.Open("x.csv", e, e.size, table.Options{Limits: table.Limits{Rows: 2 * count, Columns: 10, Cell: 100}})
		if err != nil {
			t.Fatal(err)
		}
		for {
			_, err := tab.Next()
			if errors.Is(err, io.EOF) {
				return
			} else if err != nil {
				t.Fatal(err)
			}
			if read++; read%(count/10) == 0 {
				look()
			}
		}
	})
	if read != count+1 || most > 1<<20 {
		t.Errorf("%d rows, %d bytes", read, most)
	}
}

func TestAFieldHoweverLongIsNamedInFlatMemory(t *testing.T) {
	e := endless{head: "id,note\n1,\"", row: strings.Repeat("x", 1000), size: int64(scale(8, 300)) << 20}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	tab, err := table.Open("x.csv", e, e.size, table.Options{Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = tab.Next()
	_, err = tab.Next()
	runtime.ReadMemStats(&after)
	var wrong *table.ReadError
	if !errors.As(err, &wrong) || wrong.Row != 2 || wrong.Column != "B" {
		t.Errorf("%v", err)
	}
	if took := after.TotalAlloc - before.TotalAlloc; took > 1<<20 {
		t.Errorf("%d bytes", took)
	}
}

// FuzzCSV holds the reader to encoding/csv wherever both take a text.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a,\"b\"\"c\"\n\n\"x\ny\",z", "a\r\n\"\"\r\n", ",\n,,\n", "\"a\" ,b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, wrong := rows(t, "x.csv", []byte("h,h\n"+text), table.Options{Limits: table.Limits{Rows: 1 << 20, Columns: 1 << 20, Cell: 1 << 20}})
		if wrong != nil || strings.ContainsAny(text, "\t\v\f\u0085\u00a0") || strings.Contains(text, " ") {
			return // blanks around a field are left out here, and some others there
		}
		r := csv.NewReader(strings.NewReader("h,h\n" + text))
		r.FieldsPerRecord = -1
		all, err := r.ReadAll()
		if err != nil {
			return
		}
		var want [][]string
		for _, one := range all {
			for len(one) > 0 && one[len(one)-1] == "" {
				one = one[:len(one)-1]
			}
			if len(one) > 0 {
				want = append(want, one)
			}
		}
		for i := range got {
			got[i] = got[i][1:]
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q\n%s", text, diff)
		}
	})
}
