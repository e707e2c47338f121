// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"

	"bindery/cmd/internal/demo"
)

// factory is what `bindery demo` made, as its demo.json tells. It is read as any
// other program would read it, from the file: demo.json is what bindery promises
// to scripts.
type factory struct {
	dir string
	demo.Factory
}

func (f *factory) path(name string) string { return filepath.Join(f.dir, name) }

// madeHere is the file that says that bindery-shift made the folder it is in.
const madeHere = ".made-by-bindery-shift"

// newFactory makes a factory in dir, in place of one that an earlier shift
// left there. One that somebody else made is left alone.
func newFactory(ctx context.Context, bin, dir string) (*factory, error) {
	if _, err := os.Stat(filepath.Join(dir, demo.File)); err == nil {
		// A folder named by mistake may be somebody's record.
		if _, err := os.Stat(filepath.Join(dir, madeHere)); err != nil {
			return nil, fmt.Errorf("%s has a factory that no shift made, and it was kept: move it away, or name another folder", dir)
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
	}
	return openFactory(ctx, bin, dir)
}

// openFactory opens the factory in dir and makes it when there is none.
func openFactory(ctx context.Context, bin, dir string) (*factory, error) {
	if _, err := os.Stat(filepath.Join(dir, demo.File)); errors.Is(err, fs.ErrNotExist) {
		out, err := exec.CommandContext(ctx, filepath.Join(bin, "bindery"), "demo", dir).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("bindery demo: %w\n%s", err, out)
		}
		if err := os.WriteFile(filepath.Join(dir, madeHere), nil, 0o600); err != nil {
			return nil, err
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, demo.File))
	if err != nil {
		return nil, err
	}
	f := &factory{dir: dir}
	return f, json.Unmarshal(text, &f.Factory)
}
