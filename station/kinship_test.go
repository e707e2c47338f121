// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"testing"
)

func TestABackupIsForeignUnlessTheRecordIsOneWithIt(t *testing.T) {
	for name, c := range map[string]struct {
		kin     Kin
		want    Kinship
		foreign bool
	}{
		"the record goes on from it":       {Kin{Backup: 10, Record: 20, First: true, Last: true}, KinOlder, false},
		"it is as new as the record":       {Kin{Backup: 20, Record: 20, First: true, Last: true}, KinOlder, false},
		"the record was set back":          {Kin{Backup: 20, Record: 10, First: true, Last: true}, KinNewer, false},
		"both went on by themselves":       {Kin{Backup: 20, Record: 30, First: true}, KinDiverged, true},
		"nothing in common":                {Kin{Backup: 20, Record: 30}, KinStranger, true},
		"an empty one":                     {Kin{Record: 30, Last: true}, KinOlder, false},
		"no record and no key":             {Kin{Backup: 20}, KinNothing, true},
		"no record, and its key":           {Kin{Backup: 20, Key: true, KeyKnown: true}, KinUnknown, false},
		"no record, and another key":       {Kin{Backup: 20, Key: true}, KinOtherKey, true},
		"the key changed since, no wonder": {Kin{Backup: 10, Record: 20, First: true, Last: true, Key: true}, KinOlder, false},
	} {
		got := KinshipOf(c.kin)
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
