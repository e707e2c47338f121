// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"slices"
	"strings"
	"testing"

	"bindery/station/reconcile"
)

// One unit with one SIM, flagged: what a shape's states do shows in its class.
const (
	oneICCID = "89445010000012345673"
	oneBody  = "8944501000001234567"
	oneIMEI  = "353918051000004"
)

func oneBook() *memory {
	return newMemory([]reconcile.Card{{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI, Flags: []string{"stolen"}}})
}

// Lists as the portals write them, with @ for the state.
var portalLists = []struct{ shape, text string }{
	{"cisco-cc", "ICCID,MSISDN,SIM Status,Rate Plan,Cycle to Date Usage (MB),IPv4 Address,In Session,IMEI\n" + oneICCID + ",8825,@,P,\"1,215.1\",10.0.0.1,Yes,3539180510000012\n"},
	{"1nce", "iccid,iccid_with_luhn,imsi,imsi_2,current_imsi,msisdn,imei,imei_lock,status,activation_date\n" + oneBody + "," + oneICCID + ",,,,88,3539180510000012,true,@,2018-03-09T07:59:09.000+0000\n"},
	{"emnify", `[{"id":1,"imei":"3539180510000012","imei_with_luhn":"353918051000004","imei_lock":false,"status":{"id":1},"sim":{"id":2,"iccid":"` + oneBody + `","iccid_with_luhn":"` + oneICCID + `","status":{"id":@}}}]`},
	{"emnify-sim", `[{"id":1,"iccid":"` + oneBody + `","iccid_with_luhn":"` + oneICCID + `","production_date":"2026-01-01","status":{"id":@},"endpoint":{"imei":"3539180510000012"}}]`},
	{"soracom", `[{"simId":"` + oneICCID + `","operatorId":"OP1","status":"@","imei":"353918051000004","sessionStatus":{"online":true,"imei":"353918051000004"},"imeiLock":{"imei":"353918051999999"}}]`},
	{"hologram", `{"success":true,"size":1,"limit":100,"continues":false,"data":[{"id":1,"name":"a","imei":"353918051000004","links":{"cellular":[{"sim":"` + oneICCID + `","imsi":"234501000000001","state":"@","whenclaimed":"2026-01-01"}]}},{"id":2,"name":"b"}]}`},
	{"thingspace", `{"hasMoreData":false,"devices":[{"deviceIds":[{"id":"353918051000004","kind":"imei"},{"id":"` + oneICCID + `","kind":"iccId"}],"carrierInformations":[{"carrierName":"V","state":"@"}],"connected":true,"lastConnectionDate":"2026-01-01"},{"deviceIds":[],"connected":false},{"deviceIds":[],"connected":false}]}`},
	{"kite", "icc;imsi;msisdn;alias;lifeCycleStatus;imei\n" + oneBody + ";;;;@;353918051000004\n"},
	{"truphone", `[{"iccid":"` + oneICCID + `","label":"a","description":"b","status":"@","organization":"c"}]`},
	{"onomondo", `{"sims":[{"id":"1","iccid":"` + oneICCID + `","label":"a","activated":@,"imei_lock":"x","network_whitelist":[]}]}`},
	{"aerport", "ICCID,MSISDN,IMSI,IMEI,Device Status,Service Profile\n" + oneICCID + ",1,,353918051000004,@,x\n"},
	{"telnyx", `{"data":[{"iccid":"` + oneICCID + `","authorized_imeis":["353918051000004"],"status":{"value":"@"},"sim_card_group_id":"g"}]}`},
	{"huawei-gsl", "cid,iccid,imsi,msisdn,imei,sim_status,operator_status\n" + oneICCID + "," + oneICCID + ",,,353918051000004,@,2\n"},
	{"supersim", `{"sims":[{"sid":"HS1","iccid":"` + oneICCID + `","unique_name":"a","status":"@","fleet_sid":"f"}]}`},
	{"eseye", "ICCID,Last IMEI,Last IMEI Time,Status\n" + oneICCID + ",353918051000004,2026-01-01,@\n"},
}

// connecting are the states of each shape that let a SIM connect, and some that
// do not.
var connecting = map[string][2][]string{
	"cisco-cc":   {{"Activated", "ACTIVATED", "TEST_READY", "Test Ready", "Activation Ready"}, {"Inventory", "Deactivated", "RETIRED", "Purged", "Replaced"}},
	"1nce":       {{"Enabled", "Activated"}, {"Disabled", "Deactivated"}},
	"emnify":     {{"1", "4"}, {"0", "2", "3"}},
	"emnify-sim": {{"1", "4"}, {"0", "2", "3"}},
	"soracom":    {{"ready", "active"}, {"inactive", "standby", "suspended", "terminated", "shipped"}},
	"hologram":   {{"LIVE", "live"}, {"PAUSED-USER", "pause"}},
	"thingspace": {{"active"}, {"suspend", "deactive", "pre-active"}},
	"kite":       {{"TEST", "ACTIVATION_READY", "ACTIVATION_PENDANT", "ACTIVE"}, {"INACTIVE_NEW", "SUSPENDED", "DEACTIVATED", "RETIRED"}},
	"truphone":   {{"TEST", "PROVISIONED", "PRE-ACTIVE", "ACTIVE"}, {"SUSPENDED", "RETIRED"}},
	"onomondo":   {{"true"}, {"false"}},
	"aerport":    {{"Provisioned", "Billed"}, {"Suspended", "Cancelled"}},
	"telnyx":     {{"enabled", "enabling"}, {"disabled", "standby", "data_limit_exceeded", "unauthorized_imei"}},
	"huawei-gsl": {{"10", "13", "20", "在用"}, {"11", "14", "30", "已拆机"}},
	"supersim":   {{"ready", "active", "scheduled"}, {"new", "inactive"}},
	"eseye":      {{"Active"}, {"Aufgrund von IMEI-Änderung gesperrt"}},
}

func TestKnownShapesFindThemselvesAndKnowWhichStatesConnect(t *testing.T) {
	for _, p := range portalLists {
		for i, want := range []reconcile.Class{reconcile.FlaggedActive, reconcile.Match} {
			for _, state := range connecting[p.shape][i] {
				f := open(t, "list", strings.ReplaceAll(p.text, "@", state))
				got := run(t, f, oneBook(), "")
				line := 1
				if f.Line > 0 {
					line = 2
				}
				if f.Mapping.Shape != p.shape || got.rows[line].Class != want || got.rows[line].Serial != "UN-1" {
					t.Errorf("%s, %s: shape %q, %+v, want %s; %+v", p.shape, state, f.Mapping.Shape, got.rows[line], want, f.Mapping)
				}
			}
		}
	}
}

func TestListsWithoutAStateOrInAFormOfTheirOwnAreRead(t *testing.T) {
	card := reconcile.Card{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI}
	for _, c := range []struct {
		shape, text string
		line        int
		want        reconcile.Class
	}{
		{"thingspace-mismatch", "iccid,mdn,pre_imei,post_imei,sim_ota_date\n" + oneICCID + ",5,353918051000004,353918051999999,2026-01-01\n", 2, reconcile.IMEIDiffers},
		{"thingspace-upload", ",,353918051000004," + oneICCID + ",SKU,Group,a,,,,\n", 1, reconcile.Match},
		{"airvantage", "IDENTIFIER;MOBILE NUMBER;NETWORK IDENTIFIER;IP;OPERATOR;OPERATOR ACCOUNT;LABELS\n" + oneICCID + ";;;;;;a|b\n", 2, reconcile.Match},
		{"scanner-sheet", "no,product_sn\n1,353918051000004 " + oneBody + "F\n", 2, reconcile.Match},
		{"bics", "endpointId,imsi,iccid,msisdn,imei,planId\n1,," + oneICCID + ",,,p\n", 2, reconcile.NeverConnected},
		{"alibaba", "Iccid,Msisdn,OsStatus\n" + oneICCID + ",1440000000000,使用中\n", 2, reconcile.Match},
	} {
		f := open(t, "list", c.text)
		got := run(t, f, newMemory([]reconcile.Card{card}), "")
		if f.Mapping.Shape != c.shape || got.rows[c.line].Class != c.want {
			t.Errorf("shape %q, want %q: %+v", f.Mapping.Shape, c.shape, got.rows[c.line])
		}
	}
}

func TestEveryShapeIsTriedByAList(t *testing.T) {
	tried := []string{"thingspace-mismatch", "thingspace-upload", "airvantage", "scanner-sheet", "bics", "alibaba"} // above
	for _, p := range portalLists {
		tried = append(tried, p.shape)
	}
	for _, s := range reconcile.Shapes() {
		if !slices.Contains(tried, s.Name) || s.Title == "" || len(s.Tells) == 0 {
			t.Errorf("no list tries %s, or it has no title or no header that tells it", s.Name)
		}
	}
}

func TestAMappingIsCorrectedSavedAndUsedForTheNextList(t *testing.T) {
	card := reconcile.Card{ICCID: oneICCID, Serial: "UN-1", Live: true, IMEI: oneIMEI}
	f := open(t, "list", "a,b,c\n353918051999999,"+oneICCID+",353918051000004\n")
	if _, err := f.Run(t.Context(), oneBook(), reconcile.Options{}); err == nil || len(f.Mapping.Doubts) != 1 {
		t.Fatalf("one of two columns of IMEIs was chosen: %+v, %v", f.Mapping, err)
	}
	saved := f.Mapping.With(reconcile.RoleIMEI, reconcile.Column{Name: "c", At: 3})
	saved.Name = "ours"
	next := open(t, "list", "c,x,b,a\n353918051000004,1,"+oneICCID+",353918051999999\n")
	next.Mapping = saved
	if got := run(t, next, newMemory([]reconcile.Card{card}), ""); got.rows[2].Class != reconcile.Match {
		t.Errorf("%+v by %+v", got.rows[2], next.Mapping)
	}
	lacks := open(t, "list", "c,x,y\n353918051000004,1,"+oneICCID+"\n")
	lacks.Mapping = saved
	if _, err := lacks.Run(t.Context(), oneBook(), reconcile.Options{}); err == nil || !strings.Contains(err.Error(), `no column "b"`) {
		t.Errorf("a list without the mapped column: %v", err)
	}
}

func TestAListWithoutICCIDsIsRefused(t *testing.T) {
	f := open(t, "list", "imei,reporting_date,status\n353918051000004,20260101,\n")
	if _, err := f.Run(t.Context(), oneBook(), reconcile.Options{}); err == nil || !strings.Contains(err.Error(), "no column of the list holds ICCIDs") {
		t.Errorf("%v, mapping %+v", err, f.Mapping)
	}
}

func TestAListIsTakenForTheShapeThatIsNamed(t *testing.T) {
	f := open(t, "list.csv", "ICCID,SIM Status\n"+strings.Repeat("8944501000000000000,Activated\n", 3))
	if err := f.As("cisco-cc"); err != nil || f.Mapping.Shape != "cisco-cc" || len(f.Mapping.Columns) != 2 {
		t.Errorf("%+v, %v", f.Mapping, err)
	}
	if err := f.As("nobody"); err == nil || !strings.Contains(err.Error(), "those that are known are 1nce, ") || f.Mapping.Shape != "cisco-cc" {
		t.Errorf("%s, %v", f.Mapping.Shape, err)
	}
	f = open(t, "list.csv", "Card,State\n"+strings.Repeat("8944501000000000000,Activated\n", 3))
	if err := f.As("cisco-cc"); err == nil || !strings.Contains(err.Error(), "no column of ICCIDs as cisco-cc names it") {
		t.Errorf("%+v, %v", f.Mapping, err)
	}
}

func TestAMappingIsKeptUnderNoIdentity(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "portal, weekly": "", "980000421234567": "the name of the mapping holds what may be an identity; give it another",
		"a\x1b": "the name of the mapping holds a control character (U+001B); give it another",
	} {
		m := reconcile.Mapping{Name: name, Columns: []reconcile.Column{{Role: reconcile.RoleICCID, Name: "ICCID", At: 1}}}
		got := ""
		if err := m.Check(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
