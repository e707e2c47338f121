// SPDX-License-Identifier: Apache-2.0

package store

import (
	"encoding/json"
	"path/filepath"
	"strings"
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
			"is set aside":     {SetAside, d.SetAside()},
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
				"is on its unit":  {PrintOnUnit, p.Applied()},
				"is open":         {PrintOpen, s.Open(proof != "")},
				"first, deviates": {PrintDeviates("p.state = p.state"), s.Deviates(proof != "", true)},
				"later, deviates": {PrintDeviates("p.state <> p.state"), s.Deviates(proof != "", false)},
			} {
				if got := asked(t, c.condition, `? AS state, ? AS proof`, string(s), string(proof)); got != c.want {
					t.Errorf("%s %q %s: %v in SQL, %v by the rule", s, proof, name, got, c.want)
				}
			}
		}
	}
}

func TestSQLAsksOfAnAttemptWhatTheRulesSay(t *testing.T) {
	for _, o := range station.Outcomes {
		var outcome any = string(o)
		if o == "" {
			outcome = nil // it has not ended
		}
		for what, c := range map[string]struct {
			condition string
			want      bool
		}{
			"was refused":  {`coalesce(` + AttemptRefused + `, 0)`, o.Refused()},
			"is deviating": {AttemptDeviates, o.Deviates()},
		} {
			if got := asked(t, c.condition, `? AS outcome`, outcome); got != c.want {
				t.Errorf("%q %s: %v in SQL, %v by the rule", o, what, got, c.want)
			}
		}
		for _, levels := range [][]station.Level{nil, {station.LevelPass}, {station.LevelPass, station.LevelWarn}, {station.LevelWarn}, {station.LevelFail}} {
			var findings []station.Finding
			for _, l := range levels {
				findings = append(findings, station.Finding{Level: l, Value: `"level":"warn"`})
			}
			text, err := json.Marshal(findings)
			stationtest.NoError(t, err)
			condition := strings.ReplaceAll(`coalesce(`+PassedWarned+`, 0)`, "v.findings", "findings")
			if got := asked(t, condition, `? AS outcome, ? AS findings`, outcome, text); got != o.PassedWarned(levels) {
				t.Errorf("%q with %v: passed with a warning is %v in SQL, %v by the rule", o, levels, got, o.PassedWarned(levels))
			}
		}
	}
}

func TestSQLAsksOfAMoveWhatTheRuleSays(t *testing.T) {
	for signature, signed := range map[any]bool{nil: false, int64(7): true} {
		if got := asked(t, MoveDeviates, `? AS signature`, signature); got != station.MoveDeviates(signed) {
			t.Errorf("signed by %v: %v in SQL", signature, got)
		}
	}
}
