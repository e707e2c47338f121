// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestALineOfTheLogHoldsNoIdentityAndNothingThatActsOnATerminal(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	was := Err
	Err = Terminal{f}
	defer func() { Err = was }()
	Log("bindery-station: NO BACKUP:", errors.New("980000420001012\x1b[2J is a folder"))
	got, err := os.ReadFile(f.Name())
	if want := "bindery-station: NO BACKUP: •••••••••••1012<U+001B>[2J is a folder\n"; err != nil || string(got) != want {
		t.Errorf("%q, want %q, %v", got, want, err)
	}
}
