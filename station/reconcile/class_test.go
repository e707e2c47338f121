// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"cmp"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"bindery/station/identity"
	"bindery/station/reconcile"
)

func TestARowIsTheFirstClassThatHolds(t *testing.T) {
	live, flagged, gone := &reconcile.Card{Live: true}, &reconcile.Card{Live: true, Flags: []string{"stolen"}}, &reconcile.Card{Flags: []string{"stolen"}}
	for _, c := range []struct {
		name string
		is   reconcile.Facts
		want []reconcile.Class
	}{
		{"all is as we have it", reconcile.Facts{Card: live, Place: true, Device: true, Own: true, Connects: true}, []reconcile.Class{reconcile.Match}},
		{"damaged is nothing else", reconcile.Facts{Card: flagged, Damaged: true, TwoDevices: true, TwoSIMs: true, Connects: true}, []reconcile.Class{reconcile.Malformed}},
		{"two devices before all that is of the unit", reconcile.Facts{Card: flagged, TwoDevices: true, TwoSIMs: true, Place: true, Device: true, Connects: true},
			[]reconcile.Class{reconcile.SIMTwoDevices, reconcile.DeviceTwoSIMs, reconcile.IMEIDiffers, reconcile.FlaggedActive}},
		{"a SIM of others in a device of ours with a SIM", reconcile.Facts{TwoSIMs: true, Place: true, Device: true}, []reconcile.Class{reconcile.DeviceTwoSIMs, reconcile.Unknown}},
		{"another device", reconcile.Facts{Card: live, Place: true, Device: true}, []reconcile.Class{reconcile.IMEIDiffers}},
		{"flagged and on the air, never seen", reconcile.Facts{Card: flagged, Place: true, Connects: true}, []reconcile.Class{reconcile.FlaggedActive, reconcile.NeverConnected}},
		{"flagged and barred", reconcile.Facts{Card: flagged, Place: true, Device: true, Own: true}, []reconcile.Class{reconcile.Match}},
		{"never seen", reconcile.Facts{Card: live, Place: true, Connects: true}, []reconcile.Class{reconcile.NeverConnected}},
		{"no place for an IMEI: nothing is never connected", reconcile.Facts{Card: live, Connects: true}, []reconcile.Class{reconcile.Match}},
		{"given up, whatever its unit and device are", reconcile.Facts{Card: gone, Place: true, Device: true, Connects: true}, []reconcile.Class{reconcile.Superseded}},
		{"of nobody", reconcile.Facts{Place: true, Connects: true}, []reconcile.Class{reconcile.Unknown}},
	} {
		if got := reconcile.Classify(c.is); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestASecondListTellsWhatIsNewGoneAndMoved(t *testing.T) {
	entries := func(list ...reconcile.Entry) []reconcile.Entry { return list }
	before := entries(
		reconcile.Entry{SIM: "a", Serial: "1", Class: reconcile.Match, Device: "x"},
		reconcile.Entry{SIM: "b", Serial: "2", Class: reconcile.Match, Device: "y"},
		reconcile.Entry{SIM: "c", Serial: "3", Class: reconcile.Missing},
		reconcile.Entry{SIM: "d", Serial: "4", Class: reconcile.NeverConnected},
		reconcile.Entry{SIM: "e", Class: reconcile.Unknown},
		reconcile.Entry{SIM: "g", Serial: "7", Class: reconcile.IMEIDiffers, Device: "p"})
	after := entries(
		reconcile.Entry{SIM: "a", Serial: "1", Class: reconcile.Match, Device: "x"},
		reconcile.Entry{SIM: "b", Serial: "2", Class: reconcile.Missing},
		reconcile.Entry{SIM: "c", Serial: "3", Class: reconcile.Match, Device: "z"},
		reconcile.Entry{SIM: "d", Serial: "4", Class: reconcile.Match, Device: "w"},
		reconcile.Entry{SIM: "f", Class: reconcile.Unknown},
		reconcile.Entry{SIM: "g", Serial: "7", Class: reconcile.IMEIDiffers, Device: "q"})
	want := map[string]reconcile.ChangeKind{"b": reconcile.Disappeared, "c": reconcile.New, "d": reconcile.Changed, "e": reconcile.Disappeared, "f": reconcile.New, "g": reconcile.Moved}
	got := map[string]reconcile.ChangeKind{}
	for c := range reconcile.Compare(slices.Values(before), slices.Values(after)) {
		got[c.SIM.Full()] = c.Kind
	}
	if len(got) != len(want) {
		t.Errorf("%v, want %v", got, want)
	}
	for sim, kind := range want {
		if got[sim] != kind {
			t.Errorf("SIM %s: %q, want %q", sim, got[sim], kind)
		}
	}
}

func TestTheLaterListOfTheOpenSetTellsTheChangesOfItsAnswer(t *testing.T) {
	var want struct {
		Changed map[string][2][]string `json:"changed"`
	}
	if err := json.Unmarshal([]byte(readFile(t, filepath.Join(openSet, "cisco-cc-changes.answers.json"))), &want); err != nil {
		t.Fatal(err)
	}
	book := newMemory(worldCards(t, openSet))
	kept := func(name string) []reconcile.Entry {
		got := run(t, open(t, name, readFile(t, filepath.Join(openSet, name))), book, "")
		var list []reconcile.Entry
		for _, r := range got.rows {
			list = append(list, r.Entry)
		}
		for _, c := range book.live {
			if slices.Contains(got.missing, c.Serial) {
				list = append(list, reconcile.Entry{SIM: identity.ICCID(c.ICCID), Serial: c.Serial, Class: reconcile.Missing})
			}
		}
		slices.SortFunc(list, func(a, b reconcile.Entry) int { return cmp.Compare(a.SIM, b.SIM) })
		return list
	}
	n := 0
	for c := range reconcile.Compare(slices.Values(kept("cisco-cc.csv")), slices.Values(kept("cisco-cc-later.csv"))) {
		if card := book.cards[c.SIM.Full()]; !card.Live || slices.Equal(c.Before, c.After) {
			continue
		}
		n++
		w, ok := want.Changed[c.Serial]
		if !ok || !sameLabels(w[0], c.Before) || !sameLabels(w[1], c.After) {
			t.Errorf("%s: %v to %v, want %v", c.Serial, c.Before, c.After, w)
		}
	}
	if n != len(want.Changed) {
		t.Errorf("%d units changed, want %d", n, len(want.Changed))
	}
}

func TestEveryClassIsToldInWordsAndEveryOneButTwoIsAFinding(t *testing.T) {
	for _, c := range append(reconcile.Classes(), reconcile.Missing) {
		if m := c.Description(); m.Title == "" || m.Text == "" || m.Do == "" {
			t.Errorf("%s: %+v", c, m)
		}
		if finding := slices.Contains(reconcile.Findings(), c); finding == (c == reconcile.Match || c == reconcile.Ignore) {
			t.Errorf("%s: %v", c, finding)
		}
	}
}

func TestEveryKindOfDamageIsToldInWords(t *testing.T) {
	for _, d := range []reconcile.Damage{
		reconcile.Exponent, reconcile.Zeros, reconcile.Masked, reconcile.Letters, reconcile.Length, reconcile.Check, reconcile.OtherKind,
		reconcile.Contrary, reconcile.Ambiguous, reconcile.Rounded, reconcile.Gone, reconcile.LostZero,
	} {
		if d.Text() == "" {
			t.Errorf("%s has no words", d)
		}
	}
}
