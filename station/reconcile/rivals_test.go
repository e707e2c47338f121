// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"fmt"
	"strings"
	"testing"

	"bindery/station/reconcile"
)

// rivalList is a list of which the columns are filled by their letters: I the ICCID
// of the unit, X another one, B the IMEI of the unit, S the same with a version in
// place of its check digit, C that of another device in every second row, - nothing.
func rivalList(header, columns string) string {
	var b strings.Builder
	if header != "" {
		b.WriteString(header + "\n")
	}
	for i := range 6 {
		iccid, imei := numbered("8944501", 40_000+i*91, 19), imeiOf("35391805", i)
		other, clone := numbered("8944501", 90_000+i*91, 19), imei
		if i%2 == 1 {
			clone = imeiOf("35990011", i)
		}
		var cells []string
		for _, c := range columns {
			cells = append(cells, map[rune]string{'I': iccid, 'X': other, 'B': imei, 'S': imei[:14] + "07", 'C': clone, 'a': "active", '-': ""}[c])
		}
		fmt.Fprintln(&b, strings.Join(cells, ","))
	}
	return b.String()
}

// given are the columns by role, as iccid=1 imei=2.
func given(m reconcile.Mapping) string {
	var all []string
	for _, c := range m.Columns {
		if c.Role != reconcile.RoleStatus {
			all = append(all, fmt.Sprintf("%s=%d", c.Role, c.At))
		}
	}
	return strings.Join(all, " ")
}

func TestOfTwoColumnsOfOneKindTheOneThatIsPlainlySoNowIsRead(t *testing.T) {
	for _, c := range []struct{ header, columns, want string }{
		{"ICCID,Prev IMEI,Current IMEI,Status", "ICBa", "iccid=1 imei=3"},
		{"ICCID,Current IMEI,Prev IMEI,Status", "IBCa", "iccid=1 imei=2"},
		{"ICCID,Prev IMEI,Current IMEI,Status", "IC-a", "iccid=1 imei=3"},
		{"ICCID,IMEI,Detected IMEI,Status", "ICBa", "iccid=1 imei=3"},
		{"ICCID,Locked IMEI,IMEI,Status", "ICBa", "iccid=1 imei=3"},
		{"ICCID,IMEI (alt),IMEI (neu),Zustand", "ICBa", "iccid=1 imei=3"},
		{"ICCID,ancien IMEI,IMEI,État", "ICBa", "iccid=1 imei=3"},
		{"卡号,旧IMEI,新IMEI,状态", "ICBa", "iccid=1 imei=3"},
		{"iccid,oldImei,newImei,state", "ICBa", "iccid=1 imei=3"},
		{"Old ICCID,ICCID,IMEI,Status", "XIBa", "iccid=2 imei=3"},
		{"ICCID,Previous ICCID,IMEI,Status", "IXBa", "iccid=1 imei=3"},
		{"Old ICCID,New ICCID,IMEI,Status", "XIBa", "iccid=2 imei=3"},
		{"ICCID,IMEI 1,IMEI 2,Status", "IBSa", "iccid=1 imei=2"},
		{"ICCID,IMEI,IMEI2,Status", "IBCa", "iccid=1 imei=2"},
		{"ICCID,IMEI,IMEISV,Status", "IBSa", "iccid=1 imei=2"},
		{"ICCID,IMEI,Last IMEI change,Status", "IBaa", "iccid=1 imei=2"},
		{"ICCID,IMEI,Current IMEI,SIM Status", "ICBa", "iccid=1 imei=3"}, // a known shape by its words
		{"ICCID,Old IMEI,New IMEI,SIM Status", "ICBa", "iccid=1 imei=3"},
		{"ICCID,IMEI,IMEI Lock,SIM Status", "IBCa", "iccid=1 imei=2"},
		{"", "IBSa", "iccid=1 imei=2"}, // written in two ways, they tell one device
	} {
		f := open(t, "list", rivalList(c.header, c.columns))
		if got := given(f.Mapping); got != c.want || len(f.Mapping.Doubts) > 0 {
			t.Errorf("%q: %s, doubts %+v, want %s", c.header, got, f.Mapping.Doubts, c.want)
		}
		if _, err := f.Run(t.Context(), oneBook(), reconcile.Options{}); err != nil {
			t.Errorf("%q: %v", c.header, err)
		}
	}
}

func TestAListWithTwoColumnsOfOneKindIsRefusedUntilOneIsChosen(t *testing.T) {
	for _, c := range []struct {
		header, columns string
		role            reconcile.ColumnRole
		says            string
	}{
		{"ICCID,IMEI,IMEI,Status", "ICBa", reconcile.RoleIMEI, `"IMEI" (column 2) or "IMEI" (column 3) of the list may be its IMEIs`},
		{"ICCID,IMEI,IMEI,SIM Status", "IB-a", reconcile.RoleIMEI, `"IMEI" (column 2) or "IMEI" (column 3)`},
		{"ICCID,IMEI,Device ID,Status", "IBCa", reconcile.RoleIMEI, `"IMEI" (column 2) or "Device ID" (column 3)`},
		{"ICCID,Last IMEI,Current IMEI,Status", "ICBa", reconcile.RoleIMEI, `"Last IMEI" (column 2) or "Current IMEI" (column 3)`},
		{"ICCID,IMEI,Current IMEI,Status", "IB-a", reconcile.RoleIMEI, `"IMEI" (column 2) or "Current IMEI" (column 3)`},
		{"f1,f2,f3,f4", "IBCa", reconcile.RoleIMEI, `"f2" (column 2) or "f3" (column 3)`},
		{"", "IBCa", reconcile.RoleIMEI, "column 2 or column 3 of the list may be its IMEIs"},
		{"ICCID 1,ICCID 2,IMEI,Status", "IXBa", reconcile.RoleICCID, `"ICCID 1" (column 1) or "ICCID 2" (column 2) of the list may be its ICCIDs`},
		{"", "IXBa", reconcile.RoleICCID, "column 1 or column 2 of the list may be its ICCIDs"},
	} {
		f := open(t, "list", rivalList(c.header, c.columns))
		_, err := f.Run(t.Context(), oneBook(), reconcile.Options{})
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "nothing was compared") {
			t.Errorf("%q is compared as %s: %v", c.header, given(f.Mapping), err)
			continue
		}
		d := f.Mapping.Doubts[0]
		if d.Role != c.role {
			t.Errorf("%q: doubt of %s", c.header, d.Role)
		}
		for _, col := range d.Columns {
			f.Mapping = open(t, "list", rivalList(c.header, c.columns)).Mapping.With(c.role, col)
			if _, err := f.Run(t.Context(), oneBook(), reconcile.Options{}); err != nil {
				t.Errorf("%q, column %d: %v", c.header, col.At, err)
			}
		}
	}
}

func TestOfColumnsWithOneNameTheMappingSaysWhichByItsPlace(t *testing.T) {
	f := open(t, "list", rivalList("ICCID,IMEI,IMEI,Status", "ICBa"))
	imei := reconcile.Column{Role: reconcile.RoleIMEI, Name: "IMEI"}
	iccid := reconcile.Column{Role: reconcile.RoleICCID, Name: "ICCID"}
	for _, c := range []struct {
		at     int
		name   string
		differ int
		err    string
	}{
		{2, "IMEI", 3, ""}, {3, "imei", 0, ""}, {3, "", 0, ""},
		{0, "IMEI", 0, `has 2 columns "IMEI"`}, {1, "IMEI", 0, `has 2 columns "IMEI"`}, {0, "", 0, "names none"},
	} {
		imei.At, imei.Name = c.at, c.name
		f.Mapping = reconcile.Mapping{Columns: []reconcile.Column{iccid, imei}}
		var cards []reconcile.Card
		for i := range 6 {
			cards = append(cards, reconcile.Card{ICCID: numbered("8944501", 40_000+i*91, 19), Serial: fmt.Sprintf("UN-%d", i), Live: true, IMEI: imeiOf("35391805", i)})
		}
		sum, err := f.Run(t.Context(), newMemory(cards), reconcile.Options{})
		if c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) || c.err == "" && (err != nil || sum.Counts[reconcile.IMEIDiffers] != c.differ) {
			t.Errorf("%d %q: %v, %v", c.at, c.name, sum.Counts, err)
		}
	}
}
