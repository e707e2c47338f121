// SPDX-License-Identifier: Apache-2.0

package dhr_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/identity"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// What a plant made before the record is found by the same scraps as what the
// station bound: the questions of the incident set, over its world.
func TestWhatPeoplePasteFindsUnitsFromBeforeTheRecord(t *testing.T) {
	d := oldWorld(t)
	products := map[string]identity.GTIN{"CL-4G-01": "09521234543213", "CL-4G-DUO": "09521234543220", "CL-HUB-02": "09521234543237", "CL-US-01": "09521234543244"}
	for ref, gtin := range products { // as products.toml of the set has them
		p := with(stationtest.Product(), func(p *station.Product) { p.REF, p.GTIN, p.SerialPattern = ref, gtin, `CL-\d{7}` })
		if got, err := d.ImportProductRows(t.Context(), "quality", dhrtest.ProductRows(p)); err != nil || got.Added != 1 {
			t.Fatal(got, err)
		}
	}
	var set struct {
		Questions []struct {
			ID, Text, Note string
			Kinds          []string
			Units          []string
			Count          int
			Refuse         []string
		}
	}
	stationtest.NoError(t, json.Unmarshal(fileOf(t, "questions.json"), &set))
	for _, q := range set.Questions {
		m, err := d.Find(t.Context(), q.Text)
		if err != nil {
			t.Fatalf("%s %s: %v", q.ID, q.Note, err)
		}
		if !slices.Contains(q.Kinds, string(m.Took)) {
			t.Errorf("%s %s: taken for %s, want %q", q.ID, q.Note, m.Took, q.Kinds)
		}
		if found := serialsIn(m); q.Units != nil && !slices.Equal(found, q.Units) && len(found)+len(q.Units) > 0 {
			t.Errorf("%s %s: units %q, want %q", q.ID, q.Note, found, q.Units)
		}
		if q.Units == nil && m.Count != q.Count {
			t.Errorf("%s %s: %d units, want %d", q.ID, q.Note, m.Count, q.Count)
		}
		if len(q.Refuse) > 0 != (m.Refused != "") {
			t.Errorf("%s %s: refused %q, want %q", q.ID, q.Note, m.Refused, q.Refuse)
		}
	}
}

func serialsIn(m record.Matches) (list []string) {
	for _, u := range m.Units {
		list = append(list, u.Serial)
	}
	return list
}

// A binding of another origin is no binding of ours: it has no number, and of a
// moment that its list does not tell it says nothing.
func TestAUnitFromBeforeIsFoundWithWhatItsListSays(t *testing.T) {
	d := oldWorld(t)
	m, err := d.Find(t.Context(), "89999330401012299574") // given up in January 2026
	if err != nil || len(m.Units) != 1 {
		t.Fatalf("%+v, %v", m, err)
	}
	u := m.Units[0]
	if u.Serial != "CL-0000030" || u.Disposition != station.Imported || u.Binding != 0 || u.Live || u.From == nil || u.To == nil || u.ICCID == "89999330401012299574" {
		t.Errorf("%+v", u)
	}
	for at, want := range map[string]int{"2025-12-27T12:31:44.939Z": 0, "2025-12-27T13:32:44.939Z": 1, "2026-01-05T13:33:44.939Z": 0} {
		when, err := time.Parse(time.RFC3339, at)
		stationtest.NoError(t, err)
		if m, err := d.FindAt(t.Context(), "89999330401012299574", when); err != nil || len(m.Units) != want {
			t.Errorf("at %s: %+v, %v", at, m.Units, err)
		}
	}
}

// A lot of more units than a page has is counted, each unit once: also one from
// before the record that a station has bound since.
func TestAUnitOfALotCountsOnceHoweverItCameThere(t *testing.T) {
	d := signing(t)
	const units = record.MostFound + 20
	text := "serial,imei,iccid,lot,order\n"
	for n := 1; n <= units; n++ {
		text += strings.Join([]string{stationtest.Serial(n), stationtest.IMEI(n), stationtest.ICCID(n), stationtest.Order().Lot, stationtest.Order().ID}, ",") + "\n"
	}
	accepted(t, d, dhrtest.ListOf(station.UnitList, "old.csv", []byte(text)))
	dhrtest.Succeeds(t)(d.Move(t.Context(), record.MoveRequest{Serial: stationtest.Serial(7), To: station.Superseded, By: "lead", Reason: "read again"}))
	passesWith(t, d, 7, 7, 7)
	for _, text := range []string{stationtest.Order().Lot, stationtest.Order().ID} {
		m, err := d.Find(t.Context(), text)
		if err != nil || m.Count != units || !m.More || len(m.Units) != record.MostFound {
			t.Errorf("%s: %d units, %d shown, %v", text, m.Count, len(m.Units), err)
		}
	}
}

// A SIM that another system gave up at a time that it does not tell is said to be
// that, of a moment too: the unit may have had it, and is not said to have had none.
func TestASIMThatWasGivenUpAtAnUnknownTimeIsPossibleAtAMoment(t *testing.T) {
	d := signing(t)
	list := "serial,imei,iccid,bound_at\n" + strings.Join([]string{stationtest.Serial(1), stationtest.IMEI(1), stationtest.ICCID(1), "2026-01-10T10:00:00Z"}, ",") + "\n"
	given := "serial,imei,iccid,from,to\n" + strings.Join([]string{stationtest.Serial(1), stationtest.IMEI(2), stationtest.ICCID(2), "2025-03-01T10:00:00Z", "in summer"}, ",") + "\n"
	accepted(t, d, dhrtest.ListOf(station.UnitList, "old.csv", []byte(list)), dhrtest.ListOf(station.GivenUpList, "given-up.csv", []byte(given)))
	for _, m := range []struct {
		at           string
		sim          string // of the unit
		givenUp      bool
		first, given int // units that a search for its SIMs finds
	}{
		{"2025-02-01T10:00:00Z", "", false, 0, 0},
		{"2025-06-01T10:00:00Z", stationtest.ICCID(2), true, 0, 1},
		{"2026-02-01T10:00:00Z", stationtest.ICCID(1), false, 1, 0},
	} {
		at := station.Moment(m.at)
		sims, err := d.SIMAt(t.Context(), stationtest.Serial(1), at)
		stationtest.NoError(t, err)
		if m.sim == "" && len(sims) == 0 {
			continue
		}
		if len(sims) != 1 || sims[0].ICCID.Full() != m.sim || sims[0].GivenUp != m.givenUp || !sims[0].To.IsZero() {
			t.Errorf("%s: %+v", m.at, sims)
		}
		for n, want := range map[int]int{1: m.first, 2: m.given} {
			found, err := d.FindAt(t.Context(), stationtest.ICCID(n), at)
			if err != nil || len(found.Units) != want {
				t.Fatalf("%s: %+v, %v", m.at, found.Units, err)
			}
			for _, u := range found.Units {
				if u.GivenUp != m.givenUp || u.Live == m.givenUp || u.ICCID != m.sim {
					t.Errorf("%s: %+v", m.at, u)
				}
			}
		}
	}
}
