// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/ui/quality"
)

func TestWhatAStationKeepsBesideTheRecordHoldsNoIdentityWhole(t *testing.T) {
	dir := t.TempDir()
	crash, desk := filepath.Join(dir, "crash.txt"), filepath.Join(dir, "desk.json")
	for file, text := range map[string]string{
		crash: "panic: reading 980000420001012\n\ngoroutine 1 [running]:\n",
		desk:  `{"p-1": {"searches": [{"name": "IMEI 980000420001012", "text": "980000420001012"}]}}`,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stop, err := keepCrashReport(Settings{DB: filepath.Join(dir, "station.db")})
	if err != nil {
		t.Fatal(err)
	}
	stop()
	mine := quality.Preferences{Searches: []quality.Search{{Name: "that SIM", Text: "8999900000000001012"}}}
	if err := preferencesFile(desk).write("p-2", mine); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(crash)
	if d := cmp.Diff("panic: reading •••••••••••1012\n\ngoroutine 1 [running]:\n", string(text)); d != "" || err != nil {
		t.Error(err, d)
	}
	all, err := preferencesFile(desk).all()
	if d := cmp.Diff(map[string]quality.Preferences{
		"p-1": {Searches: []quality.Search{{Name: "IMEI •••••••••••1012", Text: "•••••••••••1012"}}},
		"p-2": {Searches: []quality.Search{{Name: "that SIM", Text: "•••••••••••••••1012"}}},
	}, all); d != "" || err != nil {
		t.Error(err, d)
	}
	if mine.Searches[0].Text != "8999900000000001012" {
		t.Error("what the screen holds was changed")
	}
}
