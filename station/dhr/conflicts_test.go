// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// mixes are bindings with each of these numbers or another one in each place.
func mixes(of station.Binding) (list []station.Binding) {
	imei := func(n int) identity.IMEI { return identity.IMEI(stationtest.IMEI(n)) }
	for i, first := range []identity.IMEI{of.IMEI, of.IMEI2, ""} {
		for j, second := range []identity.IMEI{of.IMEI, of.IMEI2, ""} {
			for k, sim := range []identity.ICCID{of.ICCID, ""} {
				for l, chip := range []identity.EID{of.EID, ""} {
					n := 100 + ((i*3+j)*2+k)*2 + l
					b := station.Binding{Serial: fmt.Sprintf("B-%d", n), IMEI: first, IMEI2: second, ICCID: sim, EID: chip}
					if first == "" {
						b.IMEI = imei(n)
					}
					if b.IMEI != b.IMEI2 {
						list = append(list, b)
					}
				}
			}
		}
	}
	return list
}

func TestTheRecordFindsTheConflictsThatTheRuleNames(t *testing.T) {
	held := station.Binding{
		Serial: "A-1", IMEI: identity.IMEI(stationtest.IMEI(1)), IMEI2: identity.IMEI(stationtest.IMEI(2)),
		ICCID: identity.ICCID(stationtest.ICCID(1)), EID: "89049032000000000000000000000163",
	}
	if _, err := identity.ParseEID(held.EID.Full()); err != nil {
		t.Fatal(err)
	}
	row := func(b station.Binding) string {
		return strings.Join([]string{b.Serial, b.IMEI.Full(), b.IMEI2.Full(), b.ICCID.Full(), b.EID.Full()}, ",") + "\n"
	}
	const head = "serial,imei,imei2,iccid,eid\n"
	d := signing(t)
	files := accepted(t, d, listOf(record.UnitList, "old.csv", []byte(head+row(held))))
	rows, want, text := mixes(held), map[string][]station.Code{}, head
	for _, b := range rows {
		want[b.Serial] = b.ConflictsWith(held)
		text += row(b)
		r := station.Reading{IMEI: b.IMEI.Full(), IMEI2: b.IMEI2.Full(), ICCID: b.ICCID.Full(), EID: b.EID.Full()}
		found, err := d.ConflictingBindings(t.Context(), r)
		if err != nil || (len(found) > 0) != (len(want[b.Serial]) > 0) {
			t.Errorf("%s: %d bindings, %v; the rule names %v", b.Serial, len(found), err, want[b.Serial])
		}
	}
	open, err := history.Import(t.Context(), d, "admin", []history.List{listOf(record.UnitList, "new.csv", []byte(text))}, nil)
	if err != nil {
		t.Fatal(err)
	}
	clashes, _, err := d.Clashes(t.Context(), open[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]station.Code{}
	for _, c := range clashes {
		if c.With == fmt.Sprintf("list %d, row 2", files[0].ID) && !slices.Contains(got[c.Serial], c.Code) {
			got[c.Serial] = append(got[c.Serial], c.Code)
		}
	}
	for _, b := range rows {
		slices.Sort(got[b.Serial])
		slices.Sort(want[b.Serial])
		if !slices.Equal(got[b.Serial], want[b.Serial]) {
			t.Errorf("%s clashes by %v; the rule names %v", b.Serial, got[b.Serial], want[b.Serial])
		}
	}
}
