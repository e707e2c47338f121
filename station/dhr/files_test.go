// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What two files use of each other is read from where names are used and declared.
// Other packages are taken as empty, so that nothing but this one is looked at.
func TestTheFilesOfTheRecordUseEachOtherOneWay(t *testing.T) {
	uses, arrows := usesOfFiles(t), 0
	for _, others := range uses {
		arrows += len(others)
	}
	if arrows < 300 {
		t.Fatalf("only %d arrows were found between the files", arrows)
	}
	for left := 0; left != len(uses); { // what is in no circle goes, from below and from above
		left = len(uses)
		maps.DeleteFunc(uses, func(file string, others map[string][]string) bool {
			maps.DeleteFunc(others, func(other string, _ []string) bool { return uses[other] == nil })
			return len(others) == 0 || !slices.ContainsFunc(slices.Collect(maps.Values(uses)), func(o map[string][]string) bool { return o[file] != nil })
		})
	}
	for _, file := range slices.Sorted(maps.Keys(uses)) {
		for other, names := range uses[file] {
			t.Errorf("%s uses of %s, which leads back to it: %s", file, other, strings.Join(names, ", "))
		}
	}
}

// usesOfFiles are the names that each file uses of each other one.
func usesOfFiles(t *testing.T) map[string]map[string][]string {
	t.Helper()
	set, files := token.NewFileSet(), []*ast.File(nil)
	paths, _ := filepath.Glob("*.go")
	for _, p := range paths {
		if strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, p, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	check := types.Config{Importer: emptyPackages{}, Error: func(error) {}} // errors are of what other packages have
	here, _ := check.Check("dhr", set, files, info)
	uses := map[string]map[string][]string{}
	for id, o := range info.Uses {
		from, to := set.Position(id.Pos()).Filename, set.Position(o.Pos()).Filename
		if uses[from] == nil {
			uses[from] = map[string][]string{}
		}
		if o.Pkg() == here && to != from && !slices.Contains(uses[from][to], o.Name()) {
			uses[from][to] = append(uses[from][to], o.Name())
		}
	}
	return uses
}

type emptyPackages struct{}

// Import gives a package of nothing.
func (emptyPackages) Import(p string) (*types.Package, error) {
	none := types.NewPackage(p, path.Base(p))
	none.MarkComplete()
	return none, nil
}
