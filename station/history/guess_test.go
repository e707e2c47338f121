// SPDX-License-Identifier: Apache-2.0

package history_test

import (
	"maps"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/history"
	"bindery/station/stationtest"
)

func look(t *testing.T, kind station.HistoryKind, text string) history.Preview {
	t.Helper()
	l := history.List{Kind: kind, Name: "units.csv", File: strings.NewReader(text), Size: int64(len(text))}
	p, err := l.Preview()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheColumnsOfAListAreGuessedByTheirNamesAndByWhatTheyHold(t *testing.T) {
	for _, one := range []struct {
		kind station.HistoryKind
		text string
		want history.FieldColumns
	}{
		{station.UnitList, "serial,imei,lot\nA-1," + stationtest.IMEI(1) + ",L1\n", history.FieldColumns{"serial": "serial", "imei": "imei", "lot": "lot"}},
		{station.UnitList, "Serien-Nr;Modem-Nummer;Karte;Los;Datum\nA-1;" + stationtest.IMEI(1) + ";" + stationtest.ICCID(1) + ";L1;2019-03-04\n",
			history.FieldColumns{"serial": "serien-nr", "imei": "modem-nummer", "iccid": "karte", "lot": "los", "bound_at": "datum"}},
		{station.UnitList, "S/N,first,second\nA-1," + stationtest.IMEI(1) + "," + stationtest.IMEI(2) + "\n", history.FieldColumns{"serial": "s/n", "imei": "first", "imei2": "second"}},
		{station.UnitList, "number,a note\n1,spare\n", history.FieldColumns{}},
		{station.GivenUpList, "Serial,Until,Reason,SIM\nA-1,2020-01-01,swap,\n", history.FieldColumns{"serial": "serial", "to": "until", "why": "reason", "iccid": "sim"}},
	} {
		p := look(t, one.kind, one.text)
		if !maps.Equal(p.Mapping, one.want) {
			t.Errorf("%q is taken for %v", one.text, p.Mapping)
		}
	}
	p := look(t, station.UnitList, "serial,imei\n"+strings.Repeat("A-1,x\n", 9))
	if len(p.First) != 4 || p.First[0][0] != "A-1" || len(p.Columns) != 2 {
		t.Errorf("shown are %q of %q", p.First, p.Columns)
	}
}

func TestWhatNoListIsHasNoPreview(t *testing.T) {
	for _, text := range []string{"", "serial,imei\n"} {
		l := history.List{Name: "units.csv", File: strings.NewReader(text), Size: int64(len(text))}
		if p, err := l.Preview(); err == nil {
			t.Errorf("%q: %+v", text, p)
		}
	}
}
