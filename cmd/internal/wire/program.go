// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"runtime/debug"

	"bindery/station"
)

// unversioned is what a build from a working copy calls its version.
const unversioned = "(devel)"

// Build is what the running program was built from.
type Build struct {
	station.Program
	Committed string   `json:"committed" null:"zero"` // when the commit was made, RFC 3339; "" when the build does not know it
	Platform  string   `json:"platform" null:"zero"`  // such as linux/amd64
	Modules   []Module `json:"modules"`
}

// Module is a module that the program was built with.
type Module struct {
	Path    string `json:"path"`
	Version string `json:"version"`
	Sum     string `json:"sum"` // as in go.sum
}

// Program is the running program, under the name of its command. It stands in each
// leaf that it writes.
func Program(name string) station.Program {
	info, _ := debug.ReadBuildInfo()
	return BuildOf(name, info).Program
}

// BuildOf is what the build itself says. info may be nil, and what it does not
// know is "". It is told apart from what is running so that tests can give it one.
func BuildOf(name string, info *debug.BuildInfo) Build {
	b := Build{Program: station.Program{Name: name}, Modules: []Module{}}
	if info == nil {
		return b
	}
	b.Go = info.GoVersion
	if info.Main.Version != unversioned {
		b.Version = info.Main.Version
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	b.Commit, b.Committed, b.Modified = settings["vcs.revision"], settings["vcs.time"], settings["vcs.modified"] == "true"
	if settings["GOOS"] != "" {
		b.Platform = settings["GOOS"] + "/" + settings["GOARCH"]
	}
	for _, m := range info.Deps {
		// What a module was replaced with is what was built.
		if m.Replace != nil {
			m = m.Replace
		}
		b.Modules = append(b.Modules, Module{m.Path, m.Version, m.Sum})
	}
	return b
}
