// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"testing"

	"bindery/station"
)

func TestAProgramIsNamedOnOneLine(t *testing.T) {
	for want, p := range map[string]station.Program{
		"":                                     {},
		"bindery v1.2.0 (commit 0123456789ab)": {Name: "bindery", Version: "v1.2.0", Commit: "0123456789abcdef0123", Go: "go1.26"},
		"bindery v1.2.0 (commit 0123456789ab, modified)": {Name: "bindery", Version: "v1.2.0", Commit: "0123456789ab", Modified: true},
		"bindery-station unknown (commit unknown)":       {Name: "bindery-station", Go: "go1.26"},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v is %q, want %q", p, got, want)
		}
	}
}

func TestTheCommandsOfOneBuildAreTheSameBuild(t *testing.T) {
	p := station.Program{Name: "bindery", Version: "v1.2.0", Commit: "0123", Go: "go1.26"}
	for name, c := range map[string]struct {
		change func(*station.Program)
		same   bool
	}{
		"another command":  {func(p *station.Program) { p.Name = "bindery-station" }, true},
		"another version":  {func(p *station.Program) { p.Version = "v1.2.1" }, false},
		"another commit":   {func(p *station.Program) { p.Commit = "4567" }, false},
		"changed source":   {func(p *station.Program) { p.Modified = true }, false},
		"another compiler": {func(p *station.Program) { p.Go = "go1.27" }, false},
	} {
		q := p
		c.change(&q)
		if got := p.SameBuild(q); got != c.same {
			t.Errorf("%s: %v, want %v", name, got, c.same)
		}
	}
}
