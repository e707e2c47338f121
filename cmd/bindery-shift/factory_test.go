// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestAFactoryThatNoShiftMadeIsKept(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"demo.json", "mine"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := newFactory(t.Context(), t.TempDir(), dir); err == nil {
		t.Error("it is taken")
	}
	if _, err := os.Stat(filepath.Join(dir, "mine")); err != nil {
		t.Error(err)
	}
	// One of a shift gives way, here to nothing: there is no program to make another.
	if err := os.WriteFile(filepath.Join(dir, madeHere), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newFactory(t.Context(), t.TempDir(), dir); err == nil {
		t.Error("a factory was made without a program")
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the factory of the shift before is still there")
	}
}
