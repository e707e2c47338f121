// SPDX-License-Identifier: Apache-2.0

package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shared are the type names that stand in several packages, with the one meaning
// that each has.
var shared = map[string]string{
	"Code":     "that of a finding: station has it from identity",
	"Config":   "what something is started with, as everywhere in Go",
	"Label":    "a drawn label: the one of labels is what station asks for",
	"Mistake":  "one thing wrong with a layout: what labels finds is what set-up shows",
	"Model":    "what goes on behind a screen",
	"Options":  "how something is done, as everywhere in Go",
	"Screen":   "what draws the views of a model",
	"Services": "what a screen asks of the rest of the program",
	"View":     "all that a screen shows",
	"action":   "what a function key does",
}

// typesOf are the names of the types that a file declares for its package.
func typesOf(file *ast.File) (names []string) {
	for _, d := range file.Decls {
		decl, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range decl.Specs {
			if name, ok := s.(*ast.TypeSpec); ok {
				names = append(names, name.Name.Name)
			}
		}
	}
	return names
}

// typeRooms are the folders under root in which a type name is declared, by the name.
func typeRooms(root string) (map[string][]string, error) {
	rooms := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != root && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".")):
			return filepath.SkipDir
		case e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, name := range typesOf(file) {
			rooms[name] = append(rooms[name], filepath.Dir(path))
		}
		return nil
	})
	return rooms, err
}

func TestATypeNameHasOneMeaning(t *testing.T) {
	rooms, err := typeRooms("../..")
	if err != nil || len(rooms) < 500 {
		t.Fatalf("%d type names, %v", len(rooms), err)
	}
	for name, in := range rooms {
		slices.Sort(in)
		if in = slices.Compact(in); len(in) > 1 && shared[name] == "" {
			t.Errorf("%s is the name of a type in %s: do they mean one thing?", name, strings.Join(in, ", "))
		}
	}
	for name := range shared {
		if len(slices.Compact(rooms[name])) < 2 {
			t.Errorf("%s stands in one package only", name)
		}
	}
}
