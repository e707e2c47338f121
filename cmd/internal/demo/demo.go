// SPDX-License-Identifier: Apache-2.0

// Package demo is the form of demo.json, by which bindery demo tells other
// programs what it made. Whoever writes it and whoever reads it declare it once.
package demo

import "bindery/fixtures/dutsim"

// File is the name of the file, in the folder of the factory.
const File = "demo.json"

// Factory is a small factory to try everything on, with numbers that belong to
// nobody. Paths are inside its folder.
type Factory struct {
	DB      string                     `json:"db"`
	Port    string                     `json:"port"`   // where the simulated DUT is to be linked
	Labels  string                     `json:"labels"` // folder of the folder printer
	Order   string                     `json:"order"`
	Badges  map[string]string          `json:"badges"` // by role; a second person of a role has a number
	PINs    map[string]string          `json:"pins"`   // likewise
	Units   []PlannedUnit              `json:"units"`
	Bad     map[string]dutsim.Identity `json:"bad"` // devices that must not pass, by what is wrong
	Dialect string                     `json:"dialect"`
}

// PlannedUnit is a serial of the order and the device that goes with it.
type PlannedUnit struct {
	Serial string `json:"serial"`
	dutsim.Identity
}
