// SPDX-License-Identifier: Apache-2.0

package scope_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station/identity"
	"bindery/station/scope"
	"bindery/station/scope/scopetest"
)

// written are expressions as text, as JSON, and how many units of the world are
// in them.
var written = []struct {
	text, json string
	count      int
}{
	{`tac:98000042`, `{"tac":"98000042"}`, 250},
	{`tac:98000042 and not (lot:A260001 or disposition:released)`,
		`{"and":[{"tac":"98000042"},{"not":{"or":[{"lot":"A260001"},{"disposition":"released"}]}}]}`, 50},
	{`tac:98000042 and lot:A260001 or order:WO-200020`, `{"or":[{"and":[{"tac":"98000042"},{"lot":"A260001"}]},{"order":"WO-200020"}]}`, 75},
	{`tac:98000042 and (lot:A260001 or order:WO-200020)`, `{"and":[{"tac":"98000042"},{"or":[{"lot":"A260001"},{"order":"WO-200020"}]}]}`, 50},
	{`not not lot:A260001`, `{"not":{"not":{"lot":"A260001"}}}`, 50},
	{`(lot:A260001 and tac:98000042) and station:line-1`, `{"and":[{"and":[{"lot":"A260001"},{"tac":"98000042"}]},{"station":"line-1"}]}`, 25},
	{`snr:98000042/22003..22060`, `{"snr":{"tac":"98000042","from":22003,"to":22060}}`, 58},
	{`module:BG95-M3 and firmware:BG95M3LAR02A04_01.009.01.009..BG95M3LAR02A04_01.010.01.010`,
		`{"and":[{"module":"BG95-M3"},{"firmware":{"from":"BG95M3LAR02A04_01.009.01.009","to":"BG95M3LAR02A04_01.010.01.010"}}]}`, 150},
	{`firmware:02.06,A00.01`, `{"firmware":"02.06,A00.01"}`, 50},
	{`module:SARA-R510S-01B and firmware<02.10`, `{"and":[{"module":"SARA-R510S-01B"},{"firmware":{"before":"02.10"}}]}`, 100},
	{`module:SARA-R510S-01B and firmware>=02.9`, `{"and":[{"module":"SARA-R510S-01B"},{"firmware":{"from":"02.9"}}]}`, 75},
	{`module:SARA-R510S-01B and firmware>02.9`, `{"and":[{"module":"SARA-R510S-01B"},{"firmware":{"after":"02.9"}}]}`, 25},
	{`module:SARA-R510S-01B and firmware<=02.9`, `{"and":[{"module":"SARA-R510S-01B"},{"firmware":{"to":"02.9"}}]}`, 100},
	{`made:2026-01-05..2026-01-05`, `{"made":{"from":"2026-01-05","to":"2026-01-05"}}`, 50},
	{`made<2026-01-06`, `{"made":{"before":"2026-01-06"}}`, 50},
	{`made>2026-01-05 and made<=2026-01-06`, `{"and":[{"made":{"after":"2026-01-05"}},{"made":{"to":"2026-01-06"}}]}`, 50},
	{`made:2026-01-05T05:30:00.387Z..2026-01-05T05:30:41.976Z`, `{"made":{"from":"2026-01-05T05:30:00.387Z","to":"2026-01-05T05:30:41.976Z"}}`, 2},
	{`made>2026-01-05T05:30:00.387Z and made<2026-01-05T05:31:22.513Z`,
		`{"and":[{"made":{"after":"2026-01-05T05:30:00.387Z"}},{"made":{"before":"2026-01-05T05:31:22.513Z"}}]}`, 1},
	{`issuer:8999922`, `{"issuer":"8999922"}`, 162},
	{`flag:stolen or flag:lost`, `{"or":[{"flag":"stolen"},{"flag":"lost"}]}`, 6},
	{`maker:"Sierra Wireless"`, `{"maker":"Sierra Wireless"}`, 25},
	{`operator:OP-1002 and ref:CL-US-01`, `{"and":[{"operator":"OP-1002"},{"ref":"CL-US-01"}]}`, 25},
	{`layout:device-50x25 and dialect:quectel and lot:A260001`, `{"and":[{"layout":"device-50x25"},{"dialect":"quectel"},{"lot":"A260001"}]}`, 50},
	{`program>=1.10 and program<2.0.1 and lot:A260001`, `{"and":[{"program":{"from":"1.10"}},{"program":{"before":"2.0.1"}},{"lot":"A260001"}]}`, 50},
	{`list:CL-0000001,019999000220246,8999922001013962533`, `{"list":["CL-0000001","019999000220246","8999922001013962533"]}`, 3},
	{`list:cl-0000001,"01 999900 022024","89999220010139625 33F"`, `{"list":["cl-0000001","01 999900 022024","89999220010139625 33F"]}`, 3},
	{`in:"leaked list.csv"`, `{"in":"leaked list.csv"}`, 0},
	{`lot:"a \"b\" (c) \\"`, `{"lot":"a \"b\" (c) \\"}`, 0},
}

func TestTextAndJSONSayTheSame(t *testing.T) {
	units := world(t)
	for _, c := range written {
		fromText, err := scope.Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		fromJSON, err := scope.ParseJSON([]byte(c.json))
		if d := cmp.Diff(fromText, fromJSON); err != nil || d != "" {
			t.Errorf("%s: %v %s", c.json, err, d)
		}
		if got := scope.Text(fromText); got != c.text {
			t.Errorf("%s is written as %s", c.text, got)
		}
		if got := string(scope.JSON(fromText)); got != c.json {
			t.Errorf("%s is written as %s", c.json, got)
		}
		if got := len(in(units, fromText)); got != c.count {
			t.Errorf("%s: %d units, want %d", c.text, got, c.count)
		}
	}
}

func TestAnExpressionMayBeWrittenInOtherWays(t *testing.T) {
	for text, want := range map[string]string{
		" ( tac = 98000042 ) AND Not lot : A260001 ": `tac:98000042 and not lot:A260001`,
		"product:CL-US-01 or model:HL7800":           `ref:CL-US-01 or module:HL7800`,
		"ISSUER_PREFIX:8999911":                      `issuer:8999911`,
		"snr:98000042/22003":                         `snr:98000042/22003..22003`,
		"made:2026-01-05":                            `made:2026-01-05..2026-01-05`,
		"list:CL-0000001, CL-0000002":                `list:CL-0000001,CL-0000002`,
		`firmware:"a..b".."c"`:                       `firmware:"a..b"..c`,
		`lot:"=x"`:                                   `lot:"=x"`,
	} {
		e, err := scope.Parse(text)
		if err != nil || scope.Text(e) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]string{
		`{"and":[{"lot":"A260001"}]}`:                           `lot:A260001`,
		`{"firmware":{"module":"BG95-M3","from":"1","to":"2"}}`: `module:BG95-M3 and firmware:1..2`,
		`{"made":{"after":"2026-01-01","to":"2026-01-02"}}`:     `made>2026-01-01 and made<=2026-01-02`,
		`{"snr":{"tac":"98000042","from":"1","to":2}}`:          `snr:98000042/1..2`,
	} {
		e, err := scope.ParseJSON([]byte(text))
		if err != nil || scope.Text(e) != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestAnErrorSaysWhereAndHowToCureIt(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		say  string
	}{
		{"", 1, "A condition is missing"},
		{"tac:98000042 lot:A1", 14, "goes on after its end"},
		{"tac:98000042 and", 17, "A condition is missing"},
		{"tac:9800004", 1, "is not a TAC"},
		{"colour:red", 1, "There is no condition"},
		{"lot:A1 or und:b", 11, "There is no condition"},
		{"(lot:A1", 1, "is not closed"},
		{"lot:A1)", 7, "goes on after its end"},
		{`lot:"A1`, 5, "quote is not closed"},
		{"lot:", 5, "A value is missing"},
		{"lot", 4, "a sign is missing"},
		{"lot>=A1", 1, "has no order"},
		{"issuer:12", 1, "is not an issuer"},
		{"made:2026-13-01", 1, "neither a day nor a time"},
		{"made:2026-02-01..2026-01-01", 1, "ends before it begins"},
		{"firmware:02.10..02.9", 1, "ends before it begins"},
		{"firmware:02.10..", 17, "has no end"},
		{"snr:98000042/5..3", 1, "ends before it begins"},
		{"snr:98000042/1000000", 1, "An SNR is a number"},
		{"snr:9800/1", 1, "is not a TAC"},
		{"list:CL-1,8.98E+19", 1, "Item 2 of the list"},
		{"list:CL-1,8.98E+19", 1, "Item 2 of the list"},
		{`list:"CL-0000001 CL-0000002"`, 1, "several texts"},
		{"lot:A\u202eB", 1, "turns the direction"},
		{strings.Repeat("(", 200) + "lot:A", 102, "brackets stand inside"},
		{strings.Repeat("not ", 200) + "lot:A", 404, "brackets stand inside"},
	} {
		_, err := scope.Parse(c.text)
		var e *scope.ExprError
		if !errors.As(err, &e) || e.At != c.at || !strings.Contains(e.Message, c.say) || e.Cure == "" {
			t.Errorf("%.40q: %v, want at %d: %s", c.text, err, c.at, c.say)
		}
		if err != nil && identity.HasIdentity(err.Error()) {
			t.Errorf("%.40q: the error shows an identity: %v", c.text, err)
		}
	}
}

func TestAnErrorInAJSONScopeSaysWhereAndHowToCureIt(t *testing.T) {
	for text, say := range map[string]string{
		``:                                     "not JSON",
		`{`:                                    "not JSON",
		`[]`:                                   "A condition is missing",
		`{"snr":5}`:                            "has a wrong form",
		`{}`:                                   "has no name",
		`{"lot":"A"} x`:                        "behind the scope",
		`{"lot":5}`:                            "has a wrong form",
		`{"tac":"98000042","lot":"A"}`:         "one condition",
		`{"and":[]}`:                           "is empty",
		`{"and":{}}`:                           "a list of conditions",
		`{"snr":"98000042"}`:                   "is not text",
		`{"snr":{"tac":"98000042","start":1}}`: "no bound",
		`{"made":{}}`:                          "has no bound",
		`{"made":{"from":"x"}}`:                "neither a day",
		`{"made":{"from":"2026-01-01","after":"2026-01-01"}}`: "two bounds on one side",
		`{"list":[8999911]}`: "not text",
		`{"list":[]}`:        "list is empty",
		`{"list":{}}`:        "of a comparison has a wrong form",
		`{"list":{"items":["CL-1"],"comparison":0,"class":"superseded"}}`:             "of a comparison has a wrong form",
		`{"list":{"items":["CL-1"],"comparison":3}}`:                                  "of a comparison has a wrong form",
		`{"list":{"items":["CL-1"],"items":["CL-2"],"comparison":3,"class":"match"}}`: "of a comparison has a wrong form",
		`{"list":{"items":[8999911],"comparison":3,"class":"match"}}`:                 "not text",
		`{"not":[]}`:                   "A condition is missing",
		strings.Repeat(`{"not":`, 150): "inside each other",
	} {
		_, err := scope.ParseJSON([]byte(text))
		var e *scope.ExprError
		if !errors.As(err, &e) || e.At == 0 || !strings.Contains(e.Message, say) || e.Cure == "" {
			t.Errorf("%.40q: %v, want %s", text, err, say)
		}
	}
}

func TestAListOfAComparisonKeepsWhichOneAndWhichClass(t *testing.T) {
	want := scope.ListExpr{Items: []string{"CL-1", "CL-2"}, Comparison: 3, Class: "superseded"}
	got, err := scope.ParseJSON(scope.JSON(want))
	if diff := cmp.Diff(scope.Expr(want), scope.Fix(got, time.UTC)); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestVersionsCompareByTheirParts(t *testing.T) {
	for _, ordered := range [][]string{
		{"02.06,A00.01", "02.9,A00.01", "02.10,A00.01", "02.10,A00.02"},
		{"BG95M3LAR02A03_01.008.01.008", "BG95M3LAR02A04_01.009.01.009", "BG95M3LAR02A04_01.010.01.010"},
		{"EG915UEUABR03A04M08", "EG915UEUABR03A05M08"},
		{"1", "1.0", "1.1", "1.1-beta", "1.2", "1.10", "1.beta"},
		{"9", "10", "99999999999999999999999", "100000000000000000000000"},
	} {
		for i, a := range ordered {
			for j, b := range ordered {
				if got, want := scope.CompareVersions(a, b), min(1, max(-1, i-j)); got != want {
					t.Errorf("%s to %s: %d, want %d", a, b, got, want)
				}
			}
		}
	}
	if scope.CompareVersions("V1.02", "v1_2") != 0 {
		t.Error("capitals, zeros or separators count")
	}
}

func TestABoundHoldsForAllThatItNamesTheBeginningOf(t *testing.T) {
	for _, c := range []struct {
		r    scope.Range
		v    string
		want bool
	}{
		{scope.Range{To: "02.10"}, "02.10,A00.01", true},
		{scope.Range{To: "02.10", OpenTo: true}, "02.10,A00.01", false},
		{scope.Range{From: "02.10", OpenFrom: true}, "02.10,A00.01", false},
		{scope.Range{From: "02.10"}, "02.10,A00.01", true},
		{scope.Range{From: "02.10,A00.01"}, "02.10", false},
		{scope.Range{To: "02.1"}, "02.10", false},
		{scope.Range{To: "9"}, "", false},
	} {
		if got := c.r.HasVersion(c.v); got != c.want {
			t.Errorf("%+v has %q: %v", c.r, c.v, got)
		}
	}
}

func TestADayIsThatOfTheZone(t *testing.T) {
	tokyo := time.FixedZone("", 9*3600)
	u := scopetest.UnitFacts{Made: time.Date(2026, 1, 4, 20, 0, 0, 0, time.UTC)}
	e := scope.Range{Field: scope.Made, From: "2026-01-05", To: "2026-01-05"}
	if scopetest.Match(e, u, time.UTC) || !scopetest.Match(e, u, tokyo) || scopetest.Match(e, scopetest.UnitFacts{}, tokyo) {
		t.Error("the day is another")
	}
}

func TestAnSNRCountsWithItsOwnTAC(t *testing.T) {
	u := scopetest.UnitFacts{IMEIs: []string{"980000430220008", "980000435220003"}}
	for text, want := range map[string]bool{
		"snr:98000043/22000": true, "snr:98000043/522000": true, "snr:98000042/22000": false, "snr:98000043/22001..521999": false,
	} {
		e, err := scope.Parse(text)
		if err != nil || scopetest.Match(e, u, time.UTC) != want {
			t.Errorf("%s: %v %v", text, !want, err)
		}
	}
}

func TestAFileIsReadOnceItIsAskedFor(t *testing.T) {
	units := world(t)
	e, err := scope.Parse("in:a and not in:b or (in:a and in:b)")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]string{"a": {"CL-0000001", "980000420220018"}, "b": {"CL-0000002"}, "bad": {"8.98E+19"}}
	read := func(name string) ([]string, error) {
		if files[name] == nil {
			return nil, errors.New("no such file")
		}
		return files[name], nil
	}
	if got := in(units, e); len(got) != 0 {
		t.Error("a file holds before it is read:", got)
	}
	whole, err := scope.ReadFiles(e, read)
	if got := in(units, whole); err != nil || !slices.Equal(got, []string{"CL-0000001", "CL-0000002"}) {
		t.Error(got, err)
	}
	for _, text := range []string{"not in:none", "in:bad", "lot:A or in:none"} {
		e, err := scope.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = scope.ReadFiles(e, read); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}

func TestALabelInAListIsOfItsProduct(t *testing.T) {
	e, err := scope.Parse(`list:"(01)09521234543213(21)CL-0000001"`)
	if err != nil {
		t.Fatal(err)
	}
	ours := scopetest.UnitFacts{Serial: "CL-0000001", GTIN: "09521234543213"}
	other := scopetest.UnitFacts{Serial: "CL-0000001", GTIN: "09521234543220"}
	if !scopetest.Match(e, ours, time.UTC) || scopetest.Match(e, other, time.UTC) {
		t.Error("the label is another unit's")
	}
}

// FuzzParse holds both readers to what both writers give back.
func FuzzParse(f *testing.F) {
	for _, c := range written {
		f.Add(c.text)
		f.Add(c.json)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, parse := range []func(string) (scope.Expr, error){
			scope.Parse, func(s string) (scope.Expr, error) { return scope.ParseJSON([]byte(s)) },
		} {
			e, err := parse(text)
			if err != nil {
				var known *scope.ExprError
				if !errors.As(err, &known) || known.Message == "" || known.Cure == "" || e != nil {
					t.Errorf("%q: %v %v", text, e, err)
				}
				continue
			}
			again, err := scope.Parse(scope.Text(e))
			if d := cmp.Diff(e, again); err != nil || d != "" {
				t.Errorf("%q: as text %s: %v %s", text, scope.Text(e), err, d)
			}
			again, err = scope.ParseJSON(scope.JSON(e))
			if d := cmp.Diff(e, again); err != nil || d != "" {
				t.Errorf("%q: as JSON %s: %v %s", text, scope.JSON(e), err, d)
			}
			scopetest.Match(e, scopetest.UnitFacts{}, time.UTC)
		}
	})
}
