// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"testing"
)

func TestABackupIsForeignUnlessTheRecordIsOneWithIt(t *testing.T) {
	for name, c := range map[string]struct {
		kin     BackupFacts
		want    BackupRelation
		foreign bool
	}{
		"the record goes on from it":       {BackupFacts{Backup: 10, Record: 20, First: true, Last: true}, RelationOlder, false},
		"it is as new as the record":       {BackupFacts{Backup: 20, Record: 20, First: true, Last: true}, RelationOlder, false},
		"the record was set back":          {BackupFacts{Backup: 20, Record: 10, First: true, Last: true}, RelationNewer, false},
		"both went on by themselves":       {BackupFacts{Backup: 20, Record: 30, First: true}, RelationDiverged, true},
		"nothing in common":                {BackupFacts{Backup: 20, Record: 30}, RelationStranger, true},
		"an empty one":                     {BackupFacts{Record: 30, Last: true}, RelationOlder, false},
		"no record and no key":             {BackupFacts{Backup: 20}, RelationNothingLeft, true},
		"no record, and its key":           {BackupFacts{Backup: 20, Key: true, KeyKnown: true}, RelationUnknown, false},
		"no record, and another key":       {BackupFacts{Backup: 20, Key: true}, RelationOtherKey, true},
		"the key changed since, no wonder": {BackupFacts{Backup: 10, Record: 20, First: true, Last: true, Key: true}, RelationOlder, false},
	} {
		got := RelateBackup(c.kin)
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		var no *Refusal
		if err := AllowRestore(got, false); errors.As(err, &no) != c.foreign || c.foreign && no.Finding.Code != BackupForeign {
			t.Errorf("%s: %v", name, err)
		}
		if err := AllowRestore(got, true); err != nil {
			t.Errorf("%s, and asked for: %v", name, err)
		}
	}
}
