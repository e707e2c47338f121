// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"strings"
	"testing"
)

// exported is a unit that has all that there is to say of one.
var exported = ExportedUnit{
	Serial: "CL-1", GTIN: "09506000134352", Lot: "L1", State: "released", Made: "2026-03-02", Firmware: "1.2",
	IMEI: "980000420001012", IMEI2: "980000420001020", ICCID: testICCID, IMSI: "001010000000001", Flags: []string{"lost"}, Alias: "al-0123-4567-89ab-cdef",
}

func TestEachAudienceGetsWhatItNeedsAndNoMore(t *testing.T) {
	udi := "(01)09506000134352(10)L1(21)CL-1"
	for _, c := range []struct {
		to    Audience
		whole bool
		want  string
	}{
		{CarrierBlock, true, "[980000420001012 2026-07-01 lost] [980000420001020 2026-07-01 lost]"},
		{CarrierBlock, false, "[98000042•••••12 2026-07-01 lost] [98000042•••••20 2026-07-01 lost]"},
		{CarrierSuspend, true, "[8999922001013962533 001010000000001]"},
		{CarrierSuspend, false, "[899992•••••••••2533 00101••••••••01]"},
		{Support, true, "[CL-1 L1 released, lost al-0123-4567-89ab-cdef]"},
		{FieldAction, true, "[CL-1 " + udi + " L1 2026-03-02 1.2 ]"},
		{Regulator, true, "[CL-1 " + udi + "]"},
	} {
		rows := c.to.Rows(exported, c.whole, "2026-07-01")
		if got := strings.Trim(fmt.Sprint(rows), "[]"); got != strings.Trim(c.want, "[]") {
			t.Errorf("%s: %s, want %s", c.to, got, c.want)
		}
		for _, row := range rows {
			if len(row) != len(c.to.Columns()) {
				t.Errorf("%s: %d cells for %q", c.to, len(row), c.to.Columns())
			}
		}
	}
}

func TestOnlyACarrierEverGetsAnIdentity(t *testing.T) {
	for _, a := range Audiences() {
		text := fmt.Sprint(a.Rows(exported, true, "2026-07-01"))
		for _, number := range []string{exported.IMEI.Full(), exported.IMEI2.Full(), exported.ICCID.Full(), exported.IMSI.Full()} {
			if strings.Contains(text, number) && !a.TakesIdentities() {
				t.Errorf("%s has %s", a, number)
			}
		}
		if masked := fmt.Sprint(a.Rows(exported, false, "2026-07-01")); a.TakesIdentities() == (masked == text) {
			t.Errorf("%s is the same masked and whole: %v", a, masked == text)
		}
	}
	for _, a := range []Audience{CarrierBlock, CarrierSuspend} {
		if rows := a.Rows(ExportedUnit{Serial: "CL-1"}, true, "2026-07-01"); len(rows) != 0 {
			t.Errorf("a unit without identities gives %v for %s", rows, a)
		}
	}
	if Audience("anybody").Known() {
		t.Error("anybody is an audience")
	}
}

func TestIdentitiesLeaveWholeOnlyWithWhoMaySeeThem(t *testing.T) {
	for _, c := range []struct {
		role   Role
		to     string
		whole  bool
		reason string
		want   Code
	}{
		{Quality, "a carrier", true, "x", ""}, {Auditor, "a carrier", true, "x", ""}, {Admin, "a carrier", false, "x", ""},
		{Admin, "a carrier", true, "x", PersonNotAllowed}, {Lead, "a carrier", false, "x", PersonNotAllowed},
		{Operator, "a carrier", false, "x", PersonNotAllowed}, {Quality, "a carrier", false, " ", ReasonMissing},
		{Quality, " ", false, "x", ReasonMissing}, {Operator, "", false, "x", ReasonMissing},
	} {
		err := AllowIncidentExport(Person{Role: c.role}, c.to, c.whole, c.reason)
		no, _ := err.(*Refusal)
		if (no == nil) != (c.want == "") || no != nil && no.Finding.Code != c.want {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAnswersAreCountedByUnitAndNotByRow(t *testing.T) {
	answered, foreign := CountAnswers([]string{"CL-1", "CL-2", "CL-3"}, []FieldReply{
		{"CL-1", "done", 2}, {"cl-1 ", "done again", 3}, {"CL-2", " ", 4}, {"CL-9", "done", 5}, {"", "who?", 6},
	})
	if fmt.Sprint(answered) != "map[CL-1:true]" || foreign != 2 {
		t.Errorf("%v, %d of others", answered, foreign)
	}
}

func TestTheSIMsOfAComparisonAreSuspendedInPlaceOfTheOneOfNow(t *testing.T) {
	u := exported
	u.Listed = []ListedSIM{{ICCID: "8999922001013962541"}, {ICCID: "8999922001013962558", IMSI: "001010000000009"}}
	want := "[[8999922001013962541 ] [8999922001013962558 001010000000009]]"
	if got := fmt.Sprint(CarrierSuspend.Rows(u, true, "2026-07-01")); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	u.Listed = []ListedSIM{}
	if got := CarrierSuspend.Rows(u, true, "2026-07-01"); len(got) != 0 {
		t.Errorf("a unit of whose row no SIM was kept gives %v", got)
	}
}

func TestACarrierFileOfAComparisonIsRefusedWhereItWouldBeAboutSomethingElse(t *testing.T) {
	for _, a := range Audiences() {
		if err := CheckComparedExport(a, nil); (err != nil) != (a == CarrierBlock) {
			t.Errorf("%s: %v", a, err)
		}
	}
	err := CheckComparedExport(CarrierSuspend, strings.Fields("a b c d e f g h i j k l"))
	if err == nil || !strings.Contains(err.Error(), "a, b, c, d, e, f, g, h, i, j and 2 more") {
		t.Errorf("units without a SIM: %v", err)
	}
}

func TestAReplyThatSaysNothingIsNoAnswerAndIsTold(t *testing.T) {
	for reply, says := range map[string]bool{
		"": false, " ": false, "\u00a0": false, "\u200b": false, ".": false, "-": false, "?!": false, "\u2800": false, "\u3164": false, "\u0301": false, "=": false,
		"0": true, "x": true, "✓": true, "n/a": true, "=HYPERLINK(1)": true, "+49 30": true, "@home": true, "\u200bja": true, "é": true, "済": true,
	} {
		r := FieldReply{Serial: "CL-1", Reply: reply, Row: 2}
		answered, _ := CountAnswers([]string{"CL-1"}, []FieldReply{r})
		if answered["CL-1"] != says || r.SaysNothing() == says || (len(BlankReplies([]FieldReply{r})) == 1) != (!says && reply != "") {
			t.Errorf("%q: answered %v, want %v", reply, answered, says)
		}
	}
}
