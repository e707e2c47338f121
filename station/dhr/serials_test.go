// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"testing"

	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/stationtest"
)

func TestANewSerialIsHeldAgainstThoseOfAnOlderRecord(t *testing.T) {
	path := released(t, "version-1")
	db, err := store.Connect(path, "_txlock=immediate", store.Writing)
	if err != nil {
		t.Fatal(err)
	}
	// Such pairs were taken before.
	for _, serial := range []string{"cl-000102", "ÄX-1"} {
		if _, err := db.Exec(`INSERT INTO units SELECT ?, work_order, ref, version, disposition, made, leaf FROM units WHERE serial = 'CL-000102'`, serial); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), path, Options{Clock: stationtest.NewClock(), Station: "bench-1"})
	if err != nil {
		t.Fatal("a record with such a pair does not open:", err)
	}
	defer d.Close() // only to let the file go
	for serial, want := range map[string]string{
		"CL-000102": "cl-000102", "Cl-000103": "CL-000103", "CL-000104": "", "äx-1": "ÄX-1", "a\u0308x-1": "ÄX-1", "CL-999999": "",
	} {
		if got, err := sameButForCase(readTx{t.Context(), d}, serial); err != nil || got != want {
			t.Errorf("%s: %q, want %q; %v", serial, got, want, err)
		}
	}
	for _, serial := range []string{"CL-000102", "cl-000102"} { // each of a pair is found as it is
		if u, err := d.Unit(t.Context(), serial); err != nil || u.Serial != serial {
			t.Errorf("%s: %+v, %v", serial, u, err)
		}
	}
	if _, err := storetest.Edit(t, d.Path()).ExecContext(t.Context(), `INSERT INTO units (serial, work_order, ref, version, disposition, made, leaf, folded) SELECT 'cl-000103', work_order, ref, version, disposition, made, leaf, 'cl-000103'
		FROM units WHERE serial = 'CL-000103'`); !store.Refused(err) {
		t.Errorf("the database takes the other writing of an old serial: %v", err)
	}
}
