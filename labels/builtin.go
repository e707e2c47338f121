// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"embed"
	"io/fs"
	"strings"
	"sync"
)

//go:embed layouts/*.toml
var layoutFiles embed.FS

var builtin = sync.OnceValue(func() []*Layout {
	names, err := fs.Glob(layoutFiles, "layouts/*.toml")
	if err != nil {
		panic("labels: embedded layouts: " + err.Error()) // cannot happen: the pattern is constant
	}
	var all []*Layout
	for _, name := range names {
		text, err := layoutFiles.ReadFile(name)
		if err != nil {
			panic("labels: embedded layouts: " + err.Error())
		}
		l, err := Parse(strings.TrimSuffix(strings.TrimPrefix(name, "layouts/"), ".toml"), text)
		if err != nil {
			panic("labels: embedded layouts: " + err.Error()) // a test parses them all
		}
		all = append(all, l)
	}
	return all
})

// Builtin lists the layouts that come along, by name: starting points that a
// site approves as they are or changes.
func Builtin() []*Layout { return builtin() }
