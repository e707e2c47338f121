// SPDX-License-Identifier: Apache-2.0

package scope_test

import (
	"errors"
	"strings"
	"testing"

	"bindery/station/query"
	"bindery/station/scope"
)

func TestEachItemOfAListIsAUnitsOrRefused(t *testing.T) {
	for text, refused := range map[string]string{
		"CL-0000001": "", "cl-0000001": "", "980000420220018": "", "98-000042-022001-8": "", "9800004202200": "", "9521234543213": "",
		"89999113001010082229": "", "8999911300101008222": "", "89999113001010082220": "", // the last digit of an ICCID need not be a check digit
		"999990000009138": "", "89999548944980525923456789123514": "", "(01)09521234543213(21)CL-0000001": "", "al-0123-4567-89ab-cdef": "",
		"AL-0123456789ABCDEF": "", "serial: CL-0000001": "",
		"980000420220019": "mistyped", "004999010640000": "never programmed", "89999548944980525923456789123515": "mistyped",
		"8.98E+19": "spreadsheet", "980000420••••18": "hidden", "CL-00000*": "hidden", "####": "hidden",
		"]d20109521234543213\x1d21CL-0000001": "", "+CCID: 89999113001010082229": "", `="980000420220018"`: "", "IMEI 9800 0042 0220 018": "",
		"CL-0000014;lost;980000420220018": "several", "89999113001010082229;lost;CL-0000001": "several", "CL-0000014 lost 980000420220018": "several",
		"CL-0000014;x": "several", "CL-0000014\tlost\t980000420220018": "several", "980000420220018|CL-0000014": "several",
		"CL-0000001, CL-0000002": "several", "#14": "a leaf", "leaf 14": "a leaf", "label: 12": "a label", "attempt 12": "an attempt", "lot A260001": "write lot:",
		"order: WO-200001": "write order:", "IMEI: 98000042": "a part", strings.Repeat("0f", 32): "a leaf",
	} {
		for i, l := range []scope.ListExpr{{Items: []string{"CL-0000001", text}}, {Items: []string{"CL-0000001", text}, File: "leaked.txt", Lines: []int{1, 7}}} {
			items, err := l.Read()
			if refused == "" {
				if err != nil || len(items) != 2 || len(items[1].Interpretations) == 0 {
					t.Errorf("%q: %+v, %v", text, items, err)
				}
				continue
			}
			var wrong *scope.ExprError
			place := []string{"Item 2 of the list", "Line 7 of leaked.txt"}[i]
			if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, refused) || !strings.HasPrefix(wrong.Message, place) {
				t.Errorf("%q: %v, want %q at %s", text, err, refused, place)
			}
		}
	}
}

func TestAnAliasInAListStaysOneUntilTheRecordTells(t *testing.T) {
	items, err := scope.ListExpr{Items: []string{"al-0123-4567-89ab-cdef"}}.Read()
	if err != nil || items[0].Interpretations[0].Any[0].Field != query.AliasField {
		t.Fatalf("%+v, %v", items, err)
	}
	if err := items[0].UnknownAlias(); !strings.Contains(err.Error(), "has not given out") || !strings.Contains(err.Error(), "Item 1") {
		t.Error(err)
	}
}

// Of a number whose last digits are zeros the record alone knows whether a SIM has it.
func TestANumberThatEndsInZerosIsDoubtedUntilTheRecordTells(t *testing.T) {
	items, err := scope.ListExpr{Items: []string{"89999113001010000000", "89999113001010082229"}}.Read()
	if err != nil || items[0].Doubt != query.Zeroed || items[1].Doubt != "" || len(items[0].Interpretations) == 0 {
		t.Fatalf("%+v, %v", items, err)
	}
	if err := items[0].Doubted(); !strings.Contains(err.Error(), "lost") || !strings.HasPrefix(err.Error(), "Item 1 of the list") {
		t.Error(err)
	}
}

func TestTheLinesOfAFileAreCountedWithThoseThatAreEmpty(t *testing.T) {
	read := func(lines ...string) func(string) ([]string, error) {
		return func(string) ([]string, error) { return lines, nil }
	}
	e, err := scope.ReadFiles(scope.Not{Of: scope.FileExpr{Name: "/home/quality/leaked.txt"}}, read("\ufeffCL-1", " ", "CL-2\r"))
	l := scope.Lists(e)
	if err != nil || len(l) != 1 || l[0].File != "leaked.txt" || len(l[0].Items) != 2 || l[0].Items[1] != "CL-2" || l[0].Number(0) != 1 || l[0].Number(1) != 3 {
		t.Errorf("%+v, %v", l, err)
	}
	if _, err = scope.ReadFiles(scope.FileExpr{Name: "none.txt"}, read("", "\r", " ")); err == nil || !strings.Contains(err.Error(), "none.txt has no line") {
		t.Error(err)
	}
}
