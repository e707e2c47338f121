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

	"bindery/fixtures/dutsim"
)

// factory is what `bindery demo` made, as its demo.json tells. It is read as any
// other program would read it, from the file: demo.json is what bindery promises
// to scripts.
type factory struct {
	dir     string
	DB      string            `json:"db"`
	Port    string            `json:"port"`
	Labels  string            `json:"labels"`
	Order   string            `json:"order"`
	Badges  map[string]string `json:"badges"` // by role
	PINs    map[string]string `json:"pins"`   // by role
	Units   []unit            `json:"units"`
	Bad     map[string]device `json:"bad"`
	Dialect string            `json:"dialect"`
}

// unit is a serial of the order and the device that goes with it.
type unit struct {
	Serial string `json:"serial"`
	device
}

// device is what a module says of itself.
type device struct {
	IMEI  string `json:"imei"`
	ICCID string `json:"iccid"`
	IMSI  string `json:"imsi"`
	EID   string `json:"eid"`
}

// simulated is the device for the simulator, which can be asked more than the demo
// tells.
func (d device) simulated() dutsim.Identity {
	return dutsim.Identity{IMEI: d.IMEI, ICCID: d.ICCID, IMSI: d.IMSI, EID: d.EID}
}

func (f *factory) path(name string) string { return filepath.Join(f.dir, name) }

// madeHere is the file that says that bindery-shift made the folder it is in.
const madeHere = ".made-by-bindery-shift"

// newFactory makes a factory in dir, in place of one that an earlier shift
// left there. One that somebody else made is left alone.
func newFactory(ctx context.Context, bin, dir string) (*factory, error) {
	if _, err := os.Stat(filepath.Join(dir, "demo.json")); err == nil {
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
	if _, err := os.Stat(filepath.Join(dir, "demo.json")); errors.Is(err, fs.ErrNotExist) {
		out, err := exec.CommandContext(ctx, filepath.Join(bin, "bindery"), "demo", dir).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("bindery demo: %w\n%s", err, out)
		}
		if err := os.WriteFile(filepath.Join(dir, madeHere), nil, 0o600); err != nil {
			return nil, err
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err != nil {
		return nil, err
	}
	f := &factory{dir: dir}
	return f, json.Unmarshal(text, f)
}
