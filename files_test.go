// SPDX-License-Identifier: Apache-2.0

// Package bindery_test holds what is true of all packages alike.
package bindery_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// uses are the names that each file of a package uses of each other one.
type uses map[string]map[string][]string

// Why an arrow may lead back.
const (
	onePage   = "bench.go is the way of a unit on one page: its steps are named there and done here"
	nextState = "one state of the screen leads to the next, and the last to the first"
	holds     = "the model holds the state, and each state is told of the model"
	drawn     = "what was done is drawn anew, and what is drawn names the keys that do more"
	home      = "everything leads back to the list of what waits, which leads to everything"
	asked     = "what is open asks by a form, and the answer changes what is open"
)

// leadBack are the arrows between files that lead back, each with why it stays: as few
// as leave no circle.
var leadBack = map[string]string{
	"station: bench.go -> run.go":      onePage,
	"station: bench.go -> runlabel.go": onePage,

	"ui/auditor: actions.go -> job.go":      drawn,
	"ui/auditor: actions.go -> navigate.go": drawn,
	"ui/auditor: page.go -> report.go":      drawn,
	"ui/auditor: view.go -> page.go":        drawn,

	"ui/operator: betweenunits.go -> orderdone.go": nextState,
	"ui/operator: betweenunits.go -> run.go":       nextState,
	"ui/operator: betweenunits.go -> strayscan.go": nextState,
	"ui/operator: clearing.go -> leftover.go":      nextState,
	"ui/operator: model.go -> view.go":             drawn,
	"ui/operator: orders.go -> choosing.go":        nextState,
	"ui/operator: orders.go -> clearing.go":        nextState,
	"ui/operator: orders.go -> ready.go":           nextState,
	"ui/operator: proving.go -> renewing.go":       nextState,
	"ui/operator: reasons.go -> labelling.go":      nextState,
	"ui/operator: run.go -> labelling.go":          nextState,
	"ui/operator: run.go -> locked.go":             nextState,
	"ui/operator: signinprompt.go -> barred.go":    nextState,
	"ui/operator: signinprompt.go -> proving.go":   nextState,
	"ui/operator: state.go -> model.go":            holds,
	"ui/operator: strayscan.go -> run.go":          nextState,

	"ui/quality: actions.go -> flags.go":          asked,
	"ui/quality: actions.go -> home.go":           home,
	"ui/quality: actions.go -> list.go":           asked,
	"ui/quality: casepage.go -> casefiles.go":     asked,
	"ui/quality: compareitem.go -> compare.go":    asked,
	"ui/quality: compareitem.go -> home.go":       home,
	"ui/quality: form.go -> items.go":             asked,
	"ui/quality: form.go -> renew.go":             asked,
	"ui/quality: history.go -> historydraft.go":   asked,
	"ui/quality: list.go -> home.go":              home,
	"ui/quality: model.go -> actions.go":          asked,
	"ui/quality: model.go -> view.go":             drawn,
	"ui/quality: navigate.go -> history.go":       asked,
	"ui/quality: navigate.go -> home.go":          home,
	"ui/quality: navigate.go -> list.go":          asked,
	"ui/quality: scopebuilder.go -> home.go":      home,
	"ui/quality: scopebuilder.go -> scopeform.go": asked,
}

// What two files use of each other is read from where names are used and declared.
// Packages of others are taken as empty, which spares reading them.
func TestTheFilesOfEachPackageUseEachOtherOneWay(t *testing.T) {
	found, arrows, module := map[string]bool{}, 0, sources{}
	for _, folder := range packages(t) {
		u := module.uses(t, folder)
		for file, others := range u {
			arrows += len(others)
			maps.DeleteFunc(others, func(other string, _ []string) bool {
				arrow := folder + ": " + file + " -> " + other
				found[arrow] = true
				return leadBack[arrow] != ""
			})
		}
		u.leaveCircles()
		for _, file := range slices.Sorted(maps.Keys(u)) {
			for other, names := range u[file] {
				t.Errorf("%s: %s uses of %s, which leads back to it: %s", folder, file, other, strings.Join(names, ", "))
			}
		}
	}
	if arrows < 2000 {
		t.Errorf("only %d arrows were found between the files", arrows)
	}
	for arrow := range leadBack {
		if !found[arrow] {
			t.Errorf("%s is an exception that is needed no more", arrow)
		}
	}
}

// leaveCircles takes away what is in no circle, from below and from above.
func (u uses) leaveCircles() {
	for left := -1; left != len(u); {
		left = len(u)
		maps.DeleteFunc(u, func(file string, others map[string][]string) bool {
			maps.DeleteFunc(others, func(other string, _ []string) bool { return u[other] == nil })
			return len(others) == 0 || !slices.ContainsFunc(slices.Collect(maps.Values(u)), func(o map[string][]string) bool { return o[file] != nil })
		})
	}
}

// packages are the folders with code.
func packages(t *testing.T) (folders []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && p != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if folder := path.Dir(filepath.ToSlash(p)); strings.HasSuffix(p, ".go") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return folders
}

// sources are the packages of this module that have been read, by folder.
type sources map[string]*source

type source struct {
	set  *token.FileSet
	pkg  *types.Package
	used map[*ast.Ident]types.Object
}

// read reads a package as the tests of screens build it, without a display.
func (m sources) read(folder string) (*source, error) {
	if s := m[folder]; s != nil {
		return s, nil
	}
	s := &source{set: token.NewFileSet(), used: map[*ast.Ident]types.Object{}}
	built, files := build.Default, []*ast.File(nil)
	built.BuildTags = []string{"ci"}
	paths, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	for _, p := range paths {
		if ok, _ := built.MatchFile(folder, filepath.Base(p)); !ok || strings.HasSuffix(p, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.set, p, nil, 0)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	check := types.Config{Importer: m, Error: func(error) {}} // errors are of what packages of others have
	s.pkg, _ = check.Check(folder, s.set, files, &types.Info{Uses: s.used})
	m[folder] = s
	return s, nil
}

// Import gives a package of this module as it is, any other as one of nothing.
func (m sources) Import(p string) (*types.Package, error) {
	if folder, ours := strings.CutPrefix(p, "bindery/"); ours {
		s, err := m.read(folder)
		if err != nil {
			return nil, err
		}
		return s.pkg, nil
	}
	none := types.NewPackage(p, path.Base(p))
	none.MarkComplete()
	return none, nil
}

func (m sources) uses(t *testing.T, folder string) uses {
	t.Helper()
	s, err := m.read(folder)
	if err != nil {
		t.Fatal(err)
	}
	u := uses{}
	for id, o := range s.used {
		from, to := filepath.Base(s.set.Position(id.Pos()).Filename), filepath.Base(s.set.Position(o.Pos()).Filename)
		if u[from] == nil {
			u[from] = map[string][]string{}
		}
		if o.Pkg() == s.pkg && to != from && !slices.Contains(u[from][to], o.Name()) {
			u[from][to] = append(u[from][to], o.Name())
		}
	}
	return u
}
