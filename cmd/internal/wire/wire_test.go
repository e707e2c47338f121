// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"path/filepath"
	"testing"

	"bindery/labels"
	"bindery/station/dhr"
)

func TestALayoutThatIsImportedLaterIsDrawn(t *testing.T) {
	ctx := t.Context()
	d, err := Open(ctx, filepath.Join(t.TempDir(), "record.db"), dhr.Options{Station: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	set, err := Layouts(ctx, d, 203)
	if err != nil {
		t.Fatal(err)
	}
	l := labels.Builtin()[0]
	if _, err := set.Label(l.Hash(), labels.SampleValues()); err == nil {
		t.Fatal("a layout is drawn that the record does not hold")
	}
	if _, err := d.AddLayout(ctx, "test", l.Name(), l.Text()); err != nil {
		t.Fatal(err)
	}
	if _, err := set.Label(l.Hash(), labels.SampleValues()); err != nil {
		t.Errorf("imported while the station runs: %v", err)
	}
}
