// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"runtime/debug"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bindery/station"
)

func TestTheBuildItselfSaysWhatItIs(t *testing.T) {
	settings := []debug.BuildSetting{
		{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "arm64"}, {Key: "vcs", Value: "git"},
		{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-03-02T08:00:00Z"}, {Key: "vcs.modified", Value: "true"},
	}
	deps := []*debug.Module{{Path: "a", Version: "v1", Sum: "h1:x"}, {Path: "b", Version: "v1", Replace: &debug.Module{Path: "c", Version: "v2"}}}
	for name, c := range map[string]struct {
		info *debug.BuildInfo
		want Build
	}{
		"nothing": {nil, Build{Program: station.Program{Name: "bindery"}, Modules: []Module{}}},
		"a working copy without its history": {
			&debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: unversioned}},
			Build{Program: station.Program{Name: "bindery", Go: "go1.26"}, Modules: []Module{}},
		},
		"a working copy with changes": {
			&debug.BuildInfo{GoVersion: "go1.26", Main: debug.Module{Version: "v1.2.0"}, Settings: settings, Deps: deps},
			Build{
				Program:   station.Program{Name: "bindery", Version: "v1.2.0", Commit: "0123456789abcdef", Modified: true, Go: "go1.26"},
				Committed: "2026-03-02T08:00:00Z", Platform: "linux/arm64",
				Modules: []Module{{"a", "v1", "h1:x"}, {"c", "v2", ""}},
			},
		},
	} {
		if d := cmp.Diff(c.want, BuildOf("bindery", c.info)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}
