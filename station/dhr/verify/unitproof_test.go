// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"database/sql"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/record"
	"bindery/station/stationtest"
)

func TestTheProofOfAUnitSaysHowFarItIsSigned(t *testing.T) {
	d := dhrtest.Passed(t, 2)
	serial := stationtest.Serial(0)
	see := func() record.UnitProof {
		t.Helper()
		s, err := verify.Unit(t.Context(), d.Reader(), serial)
		if err != nil || !s.OK {
			t.Fatalf("%+v, %v", s, err)
		}
		return s
	}
	if s := see(); s.Signed != 0 || s.Checkpoint != 0 || s.Leaves != 4 {
		t.Errorf("before a checkpoint: %+v", s)
	}
	if _, err := d.Checkpoint(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if s := see(); s.Signed != 4 || s.Checkpoint == 0 {
		t.Errorf("under a checkpoint: %+v", s)
	}
	if _, err := d.Move(t.Context(), record.MoveRequest{Serial: serial, To: station.Quarantined, By: "lead", Reason: "dropped"}); err != nil {
		t.Fatal(err)
	}
	if s := see(); s.Signed != 4 || s.Leaves != 5 {
		t.Errorf("with a later leaf: %+v", s)
	}
}

func TestTheProofOfAUnitShowsWhatWasDoneToIt(t *testing.T) {
	for _, c := range []struct{ name, guard, do string }{
		{"a changed IMEI", "bindings_once", "UPDATE bindings SET imei = '358123099999999' WHERE serial = 'CL-000000'"},
		{"a changed disposition", "units_moves", "UPDATE units SET disposition = 'scrapped' WHERE serial = 'CL-000000'"},
		{"a deleted attempt", "attempts_kept", "DELETE FROM attempts WHERE serial = 'CL-000000' AND id = 4"},
		{"a deleted print", "prints_kept", "DELETE FROM prints WHERE serial = 'CL-000000'"},
		{"a deleted binding", "bindings_kept", "DELETE FROM bindings WHERE serial = 'CL-000000'"},
		{"changed evidence", "evidence_fixed", "UPDATE evidence SET exchanges = x'00' WHERE attempt = 1"},
		{"a deleted verdict", "verdicts_kept", "DELETE FROM verdicts WHERE attempt = 1"},
		{"a closed alarm", "alarms_once", "UPDATE alarms SET reason = 'nothing' WHERE serial = 'CL-000000'"},
		{"a changed leaf", "leaves_fixed", "UPDATE leaves SET body = replace(body, 'bench-1', 'bench-2') WHERE subject = 'unit:CL-000000'"},
		{"a changed checkpoint", "checkpoints_fixed", "UPDATE checkpoints SET note = replace(note, 'bench-1', 'bench-2')"},
		{"a leaf of another text and hash", "leaves_fixed", "UPDATE leaves SET hash = randomblob(32) WHERE subject = 'unit:CL-000000'"},
		{"a leaf that is gone", "leaves_kept", "DELETE FROM leaves WHERE subject = 'unit:CL-000000'"},
		{"a unit set back", "units_moves", "UPDATE units SET disposition = 'passed', leaf = (SELECT max(number) FROM leaves WHERE what = 'complete' AND subject = 'unit:CL-000000') WHERE serial = 'CL-000000'"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := dhrtest.FullRecord(t)
			db, err := sql.Open("sqlite", "file:"+path)
			if err != nil {
				t.Fatal(err)
			}
			storetest.Exec(t, db, "PRAGMA foreign_keys = OFF")
			storetest.Exec(t, db, "DROP TRIGGER "+c.guard)
			storetest.Exec(t, db, strings.ReplaceAll(c.do, "what = 'complete'", "json_extract(body, '$.what') = 'complete'"))
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			d := dhrtest.Open(t, path, stationtest.NewClock())
			s, err := verify.Unit(t.Context(), d.Reader(), stationtest.Serial(0))
			if err != nil || s.OK || s.FirstFault == "" {
				t.Errorf("%+v, %v", s, err)
			}
		})
	}
}
