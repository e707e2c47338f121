// SPDX-License-Identifier: Apache-2.0

package scope_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
	"bindery/station/scope"
)

type shared struct {
	Scopes []struct {
		ID     string          `json:"id"`
		Scope  json.RawMessage `json:"scope"`
		Count  int             `json:"count"`
		First  []string        `json:"first"`
		SHA256 string          `json:"sha256"`
	} `json:"scopes"`
	Moments []struct {
		SIM    string    `json:"sim"`
		Serial string    `json:"serial"`
		At     time.Time `json:"at"`
		Unit   string    `json:"unit"`
		ICCID  string    `json:"iccid"`
	} `json:"moments"`
}

func readShared(t *testing.T) shared {
	t.Helper()
	text, err := os.ReadFile(incident + "scopes.json")
	if err != nil {
		t.Fatal(err)
	}
	var s shared
	if err := json.Unmarshal(text, &s); err != nil || len(s.Scopes) != 8 || len(s.Moments) != 7 {
		t.Fatal(err, len(s.Scopes), len(s.Moments))
	}
	return s
}

func TestAScopeHasAllOfItsUnitsAndNoOthers(t *testing.T) {
	units := world(t)
	for _, s := range readShared(t).Scopes {
		e, err := scope.ParseJSON(s.Scope)
		if err != nil {
			t.Errorf("%s: %v", s.ID, err)
			continue
		}
		again, err := scope.Parse(scope.Text(e))
		if d := cmp.Diff(e, again); err != nil || d != "" {
			t.Errorf("%s: %s is read as another: %v %s", s.ID, scope.Text(e), err, d)
		}
		got := in(units, e)
		sum := sha256.Sum256([]byte(strings.Join(got, "\n") + "\n"))
		if len(got) != s.Count || !slices.Equal(got[:min(3, len(got))], s.First) || hex.EncodeToString(sum[:]) != s.SHA256 {
			t.Errorf("%s: %d units from %q, want %d from %q; %x", s.ID, len(got), got[:min(3, len(got))], s.Count, s.First, sum)
		}
	}
}

func TestAMomentHasTheSIMThatWasInTheUnitThen(t *testing.T) {
	all := bindings(t)
	for _, m := range readShared(t).Moments {
		var unit, iccid string
		for _, b := range heldAt(all, m.At) {
			if b.ICCID.Full() == m.SIM {
				unit = b.Serial
			}
			if b.Serial == m.Serial {
				iccid = b.ICCID.Full()
			}
		}
		if unit != m.Unit || iccid != m.ICCID {
			t.Errorf("%v: %q %q", m, unit, iccid)
		}
	}
}

func TestAtTheMomentOfASwapTheNewOneHoldsAlone(t *testing.T) {
	at := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	old := station.SIMPeriod{Serial: "A", ICCID: "old", From: at.Add(-time.Hour), To: at}
	then := station.SIMPeriod{Serial: "A", ICCID: "new", From: at}
	for _, c := range []struct {
		at   time.Time
		want []station.SIMPeriod
	}{
		{at.Add(-time.Hour - 1), nil}, {at.Add(-time.Hour), []station.SIMPeriod{old}}, {at.Add(-1), []station.SIMPeriod{old}}, {at, []station.SIMPeriod{then}},
	} {
		if d := cmp.Diff(c.want, heldAt([]station.SIMPeriod{old, then}, c.at)); d != "" {
			t.Error(c.at, d)
		}
	}
}

// heldAt are those of the bindings that held at a moment, in their order.
func heldAt(bindings []station.SIMPeriod, at time.Time) []station.SIMPeriod {
	var held []station.SIMPeriod
	for _, b := range bindings {
		if b.HeldAt(at) {
			held = append(held, b)
		}
	}
	return held
}
