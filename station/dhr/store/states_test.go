// SPDX-License-Identifier: Apache-2.0

package store

import (
	"path/filepath"
	"testing"

	"bindery/station"
	"bindery/station/stationtest"
)

// asked is what SQLite says of a condition, of the columns of one row.
func asked(t *testing.T, condition, row string, args ...any) (yes bool) {
	t.Helper()
	db, err := Connect(filepath.Join(t.TempDir(), "a.db"), "_txlock=immediate", Writing)
	stationtest.NoError(t, err)
	defer db.Close()
	stationtest.NoError(t, db.QueryRowContext(t.Context(), `SELECT `+condition+` FROM (SELECT `+row+`) p`, args...).Scan(&yes))
	return yes
}

func TestSQLAsksOfADispositionWhatTheRulesSay(t *testing.T) {
	for _, d := range station.DispositionsThat(func(station.Disposition) bool { return true }) {
		for name, c := range map[string]struct {
			list string
			want bool
		}{
			"takes a place":    {TakePlace, d.TakesPlace()},
			"counts as passed": {CountAsPassed, d.CountsAsPassed()},
			"awaits release":   {AwaitRelease, d.AwaitsRelease()},
			"is given up":      {GivenUp, d.GivenUp()},
		} {
			if got := asked(t, `disposition IN `+c.list, `? AS disposition`, string(d)); got != c.want {
				t.Errorf("%s %s: %v in SQL, %v by the rule", d, name, got, c.want)
			}
		}
	}
}

func TestSQLAsksOfAListWhatTheRulesSay(t *testing.T) {
	for _, s := range station.ImportedBindingStates {
		for name, c := range map[string]struct {
			list string
			want bool
		}{
			"live":   {LiveBindings, s.Live()},
			"counts": {CountingBindings, s.Counts()},
		} {
			if got := asked(t, `state IN `+c.list, `? AS state`, string(s)); got != c.want {
				t.Errorf("%s %s: %v in SQL, %v by the rule", s, name, got, c.want)
			}
		}
	}
	for _, s := range station.HistoryStates {
		if got := asked(t, `state IN `+CountingLists, `? AS state`, string(s)); got != s.Counts() {
			t.Errorf("%s: %v in SQL, %v by the rule", s, got, s.Counts())
		}
	}
}

func TestSQLAsksOfAPrintWhatTheRulesSay(t *testing.T) {
	for _, s := range station.PrintStates {
		for _, proof := range []station.ScanMethod{"", station.ByHand, station.ByScanner} {
			p := station.Print{State: s, Proof: station.ScanProof{Method: proof}}
			for name, c := range map[string]struct {
				condition string
				want      bool
			}{
				"is on its unit": {PrintOnUnit, p.Applied()},
				"is open":        {PrintOpen, s.Open(proof != "")},
			} {
				if got := asked(t, c.condition, `? AS state, ? AS proof`, string(s), string(proof)); got != c.want {
					t.Errorf("%s %q %s: %v in SQL, %v by the rule", s, proof, name, got, c.want)
				}
			}
		}
	}
}
