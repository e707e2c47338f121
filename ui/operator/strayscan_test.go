// SPDX-License-Identifier: Apache-2.0

package operator

import (
	"slices"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
	"bindery/ui/uitest"
	"bindery/ui/widget"
)

func TestAWrongScanIsNamedCalmlyAndMakesNoAttempt(t *testing.T) {
	b, o, w := atBench(t, nil) // nothing is provisioned
	for _, c := range []struct{ scan, word string }{
		{stationtest.IMEI(1), "THAT IS AN IMEI"},
		{stationtest.IMEI(1), "THAT IS AN IMEI  ×2"},
		{stationtest.ICCID(1), "THAT IS A SIM"},
		{"XX-1", "NOT A SERIAL"},
	} {
		heard := len(b.Tones.Played)
		uitest.Type(w, c.scan+"\n")
		b.at(t, o, StrayScan)
		if f := o.Model.view().Face; f.Word != c.word || f.Tone != widget.Calm || len(b.Tones.Played) == heard {
			t.Errorf("%s gives %+v, want %q, calm and heard", c.scan, f, c.word)
		}
	}
	if want := []string{stationtest.IMEI(1), stationtest.IMEI(1), stationtest.ICCID(1), "XX-1"}; !slices.Equal(b.strays, want) {
		t.Errorf("the record was told of %q", b.strays)
	}
	b.provision = good
	uitest.Type(w, "CL-000142\n")
	b.at(t, o, Labelling)
}

func TestWhatAScannerPutsAroundTheDataIsTakenOffEverywhere(t *testing.T) {
	b := newBench()
	b.provision = good
	o, _ := b.open(t, widget.Palettes[0], uitest.Sizes[0])
	for _, c := range []struct {
		scan string
		at   State
	}{
		{"]C0B-OP", Proving}, {"482913", Choosing}, {"\x02WO-118204\x03", Ready}, {"<STX>]d1CL-000142<ETX>", Labelling},
	} {
		o.Model.Scan(c.scan, station.Keystrokes{})
		b.at(t, o, c.at)
	}
}

func TestOneMoreThanWasPlannedIsToldWithoutRed(t *testing.T) {
	b := newBench()
	b.orders[0].Taken, b.orders[0].Passed = b.orders[0].Planned, b.orders[0].Planned
	o, w := b.open(t, widget.Palettes[0], uitest.Sizes[0])
	b.ready(t, o, w)
	uitest.Type(w, "CL-000999\n")
	b.at(t, o, OrderDone)
	if f := o.Model.view().Face; f.Tone != widget.Calm || f.Word != "ORDER COMPLETE" {
		t.Errorf("the field says %+v", f)
	}
	uitest.Type(w, "WO-118205\n")
	b.at(t, o, Ready)
}
