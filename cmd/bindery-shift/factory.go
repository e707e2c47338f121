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

// factory is what `bindery demo` made, as its demo.json tells.
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

func (d device) says() dutsim.Identity {
	return dutsim.Identity{IMEI: d.IMEI, ICCID: d.ICCID, IMSI: d.IMSI, EID: d.EID}
}

func (f *factory) path(name string) string { return filepath.Join(f.dir, name) }

// newFactory makes a factory in dir, in place of one that an earlier shift
// left there.
func newFactory(ctx context.Context, bin, dir string) (*factory, error) {
	if _, err := os.Stat(filepath.Join(dir, "demo.json")); err == nil {
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
	}
	text, err := os.ReadFile(filepath.Join(dir, "demo.json"))
	if err != nil {
		return nil, err
	}
	f := &factory{dir: dir}
	return f, json.Unmarshal(text, f)
}
