// SPDX-License-Identifier: Apache-2.0

package reconcile_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// TestAnExportThatLibreOfficeSavedIsClassedAsItWasMade has LibreOffice open made
// workbooks and save them, with its own styles, dates, shared texts and merged cells.
func TestAnExportThatLibreOfficeSavedIsClassedAsItWasMade(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("LibreOffice is not there, or the test is to be short")
	}
	dir := t.TempDir()
	checks := map[string]func(*testing.T, string){}
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "saved")}
	for seed := uint64(0); len(checks) < 5; seed++ {
		r := rand.New(rand.NewPCG(seed, 13))
		x := newExport(r)
		x.kind = "xlsx"
		cards := madeWorld(r, 300)
		rows, missing := madeList(r, cards, issuers[seed%2].prefix, x.states)
		whole := slices.Clone(rows)
		unsure := damageBy(r, rows, x.writeNumber)
		text, lines := x.write(t, r, rows, whole)
		name := fmt.Sprintf("export-%d.xlsx", seed)
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, name))
		checks[name] = func(t *testing.T, saved string) {
			x.score(t, rows, lines, missing, unsure, run(t, open(t, "list", saved), newMemory(cards), ""))
			if t.Failed() {
				t.Log(x)
			}
		}
	}
	if out, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, check := range checks {
		t.Run(name, func(t *testing.T) { check(t, readFile(t, filepath.Join(dir, "saved", name))) })
	}
}
