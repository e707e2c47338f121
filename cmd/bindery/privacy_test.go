// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"bindery/cmd/internal/wire"
	"bindery/station/identity"
)

// transcriptsEnv names the folder into which each bindery that a script runs
// copies what it says.
const transcriptsEnv = "BINDERY_TEST_TRANSCRIPTS"

// transcribedMain is the command, with a copy of what it says.
func transcribedMain() {
	dir := os.Getenv(transcriptsEnv)
	if dir == "" {
		main()
	}
	out, outEnds := transcribe(dir, "stdout", os.Stdout)
	err, errEnds := transcribe(dir, "stderr", os.Stderr)
	os.Stdout, os.Stderr = out, err
	wire.Out, wire.Err = wire.Terminal{File: out}, wire.Terminal{File: err}
	code := untilInterrupted(os.Args[1:])
	outEnds()
	errEnds()
	os.Exit(code)
}

// transcribe copies a stream into a file, which begins with the arguments, one a
// line and an empty one behind them. The last byte is in it when ends returns.
func transcribe(dir, stream string, to io.Writer) (from *os.File, ends func()) {
	said, from, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	f, err := os.CreateTemp(dir, "*-"+stream)
	if err != nil {
		panic(err)
	}
	if _, err := f.WriteString(strings.Join(os.Args[1:], "\n") + "\n\n"); err != nil {
		panic(err)
	}
	done := make(chan error)
	go func() {
		_, err := io.Copy(io.MultiWriter(f, to), said)
		done <- err
	}()
	return from, func() {
		from.Close()
		if err := <-done; err != nil {
			panic(err)
		}
	}
}

// watchPrivacy has a script fail when a bindery that it ran said an identity
// unmasked, or when a file that it left has one in it that may not ([wholeFiles]) or
// in its name.
func watchPrivacy(env *testscript.Env) error {
	dir, err := os.MkdirTemp("", "transcripts")
	if err != nil {
		return err
	}
	env.Setenv(transcriptsEnv, dir)
	given, err := contents(env.WorkDir)
	if err != nil {
		return err
	}
	lists, err := contents(openLists)
	if err != nil {
		return err
	}
	maps.Copy(given, lists)
	env.Defer(func() {
		defer os.RemoveAll(dir)
		calls, err := callsIn(dir)
		written, err2 := writtenIn(env.WorkDir, given, calls)
		named, err3 := namedIn(env.WorkDir, typedIn(calls))
		if err := errors.Join(err, err2, err3); err != nil {
			env.T().Fatal(err)
		}
		if told := slices.Concat(toldIn(calls), written, named); len(told) > 0 {
			env.T().Fatal("identities are unmasked:\n" + strings.Join(told, "\n"))
		}
	})
	return nil
}

// callsIn are those that transcripts are of.
func callsIn(dir string) (calls []call, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*-std*"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		head, said, _ := strings.Cut(string(text), "\n\n")
		_, stream, _ := strings.Cut(filepath.Base(name), "-")
		calls = append(calls, call{args: strings.Split(head, "\n"), stream: stream, said: said})
	}
	return calls, nil
}

// toldIn are the identities that commands said, masked, with where they stand.
func toldIn(calls []call) (told []string) {
	for _, c := range calls {
		for _, line := range identitiesIn(c.args, c.stream, c.said) {
			told = append(told, fmt.Sprintf("%s of bindery %s: %s", c.stream, c.args[0], line))
		}
	}
	return told
}

// typedIn are all arguments that were typed.
func typedIn(calls []call) (typed []string) {
	for _, c := range calls {
		typed = append(typed, c.args...)
	}
	return typed
}

// identitiesIn are the lines that must not be as they are, masked.
func identitiesIn(args []string, stream, said string) (lines []string) {
	for _, w := range wholeByDesign {
		if w.stream == stream && w.command(args) {
			said = w.part.ReplaceAllString(said, "")
		}
	}
	for line := range strings.Lines(said) {
		if identity.HasIdentity(line) {
			lines = append(lines, sample(line))
		}
	}
	return lines
}

// sample is the place in a line where the first identity stands.
func sample(line string) string {
	masked := identity.MaskIn(line)
	at := strings.Index(masked, "•")
	return strings.ToValidUTF8(masked[max(0, at-60):min(len(masked), at+90)], "")
}

// namedIn are the names of files with an identity in them, masked, but those that
// somebody typed.
func namedIn(dir string, typed []string) (named []string, err error) {
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if name := filepath.Base(path); identity.HasIdentity(name) && !slices.Contains(typed, name) {
			named = append(named, "name of a file: "+identity.MaskIn(name))
		}
		return err
	})
	return named, err
}

var everything = regexp.MustCompile(`(?s).*`)

// wholeByDesign is where docs/command-line.md has identities whole.
var wholeByDesign = []struct {
	stream  string
	command func(args []string) bool
	part    *regexp.Regexp
}{
	// Somebody who may see them said why, and the record has both.
	{"stdout", has("--whole"), everything},
	// They ask no record: read tells what the device in the hand says, check what
	// each number is that was typed, demo how to simulate made-up devices, and
	// version has times in the versions of modules.
	{"stdout", begins("read"), everything},
	{"stdout", begins("check"), everything},
	{"stdout", begins("demo"), everything},
	{"stdout", begins("version"), everything},
	// What was asked for stands as it is.
	{"stdout", begins("find"), regexp.MustCompile(`"value": ?"[^"]*"`)},
	// A script that drives the line has the device whose number it is.
	{"stdout", begins("provision"), regexp.MustCompile(`(?m)^  "imei": "[0-9]{15}"`)},
	// What the codes of a label hold is what is printed on it.
	{"stdout", begins("label"), regexp.MustCompile(`"text": "[^"]*"`)},
}

func has(flag string) func(args []string) bool {
	return func(args []string) bool { return slices.Contains(args, flag) }
}

func begins(verb string) func(args []string) bool {
	return func(args []string) bool { return len(args) > 0 && args[0] == verb }
}

func TestAnIdentityThatACommandSaysOrNamesAFileByIsFound(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"1-stdout": "show\nCL-000101\n\nIMEI 98-000042-000101-2 of CL-000101\n",
		"2-stderr": "backup\nkept-980000420001012\n\ndone\n8999900000000001012 is there\n",
		"3-stdout": "find\n980000420001012\n\n{\n  \"value\": \"980000420001012\",\n  \"imei\": \"•••••••••••1012\"\n}\n",
		"4-stdout": "show\n--whole\n\n980000420001012\n",
		"5-stderr": "show\n--whole\n\n980000420001012\n",
		"6-stdout": "provision\n\n{\n  \"imei\": \"980000420001012\",\n  \"serial\": \"980000420001012\"\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	calls, err := callsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{
		"stdout of bindery show: IMEI ••-••••••-•••101-2 of CL-000101\n",
		"stderr of bindery backup: •••••••••••••••1012 is there\n",
		"stderr of bindery show: •••••••••••1012\n",
		"stdout of bindery provision:   \"serial\": \"•••••••••••1012\"\n",
	}, toldIn(calls)); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"kept-980000420001012", "crash-980000420001012.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	named, err := namedIn(dir, typedIn(calls))
	if diff := cmp.Diff([]string{"name of a file: crash-•••••••••••1012.txt"}, named); diff != "" || err != nil {
		t.Error(err, diff)
	}
}
