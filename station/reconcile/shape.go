// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"bytes"
	"embed"
	"fmt"
	"path"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// Shape is how a portal writes its lists.
type Shape struct {
	Name    string                  `toml:"name"`
	Title   string                  `toml:"title"` // for people
	Tells   [][]string              `toml:"tells"` // it is the one whose header has all names of one of these
	Columns map[ColumnRole][]string `toml:"columns"`
	States  struct {
		Connects []string `toml:"connects"` // also by itself, at first use
		Barred   []string `toml:"barred"`
	} `toml:"states"`
}

//go:embed shapes/*.toml
var shapeFiles embed.FS

// Shapes are those that are known, by their names.
var Shapes = sync.OnceValue(func() []Shape {
	list, err := readShapes()
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	return list
})

func readShapes() ([]Shape, error) {
	files, err := shapeFiles.ReadDir("shapes")
	if err != nil {
		return nil, err
	}
	var list []Shape
	for _, f := range files {
		text, err := shapeFiles.ReadFile(path.Join("shapes", f.Name()))
		if err != nil {
			return nil, err
		}
		var s Shape
		d := toml.NewDecoder(bytes.NewReader(text))
		if err := d.DisallowUnknownFields().Decode(&s); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
		list = append(list, s)
	}
	return list, nil
}

// shapeNamed finds a shape; nil where there is none of that name.
func shapeNamed(name string) *Shape {
	for _, s := range Shapes() {
		if s.Name == name {
			return &s
		}
	}
	return nil
}

// matchHeader reports how many names of a header told the shape; 0 for another one.
func (s *Shape) matchHeader(header map[string]int) int {
	most := 0
	for _, names := range s.Tells {
		all := true
		for _, n := range names {
			_, has := header[fold(n)]
			all = all && has
		}
		if all && len(names) > most {
			most = len(names)
		}
	}
	return most
}

// states are those of the shape before those of everybody.
func (s *Shape) states() states {
	own := states{yes: map[string]bool{}, no: map[string]bool{}}
	for w := range general.yes {
		own.yes[w] = true
	}
	for w := range general.no {
		own.no[w] = true
	}
	for _, w := range s.States.Connects {
		own.yes[fold(w)] = true
		delete(own.no, fold(w))
	}
	for _, w := range s.States.Barred {
		own.no[fold(w)] = true
		delete(own.yes, fold(w))
	}
	return own
}
