// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bindery": transcribedMain})
}

// TestScripts runs the real command as people and scripts do, and fails where it
// says an identity unmasked ([watchPrivacy]). Besides what
// testscript brings, scripts have
//
//	exits CODE COMMAND...   run COMMAND, which must end with CODE
//	await FILE              wait until FILE is there
//	freeport NAME           put a TCP address that nobody listens at into $NAME
//	race COMMAND... -- COMMAND...
//	                        run both at once: one must end with 0, one with 1
//	world FILE              make a record of the world of 500 units
//	answered LIST           the last output must be the right JSON for one of $LISTS
//	changed ANSWERS         the changes in it must be the right ones
//	json PATH WANT          the last output is one JSON value that has WANT at
//	                        PATH, such as findings.0.code; len counts a list,
//	                        * is any entry of it
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			lists, err := filepath.Abs(openLists)
			env.Setenv("LISTS", lists)
			old, err2 := filepath.Abs("../../station/dhr/testdata/version-1")
			env.Setenv("RELEASED", old) // a record that an earlier program wrote
			return errors.Join(err, err2, watchPrivacy(env))
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":    exits,
			"await":    await,
			"freeport": freePort,
			"race":     race,
			"json":     jsonHas,
			"world":    makeWorld,
			"answered": answered,
			"changed":  changed,
		},
	})
}

func exits(ts *testscript.TestScript, _ bool, args []string) {
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func await(ts *testscript.TestScript, _ bool, args []string) {
	for range 500 {
		if _, err := os.Stat(ts.MkAbs(args[0])); err == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	ts.Fatalf("%s did not appear", args[0])
}

func freePort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

func race(ts *testscript.TestScript, _ bool, args []string) {
	var running []*exec.Cmd
	cut := slices.Index(args, "--")
	for _, one := range [][]string{args[:cut], args[cut+1:]} {
		cmd := exec.Command(one[0], one[1:]...)
		cmd.Dir, cmd.Env = ts.MkAbs("."), append(os.Environ(), "BINDERY_DB="+ts.Getenv("BINDERY_DB"), transcriptsEnv+"="+ts.Getenv(transcriptsEnv))
		ts.Check(cmd.Start())
		running = append(running, cmd)
	}
	codes := []int{}
	for _, cmd := range running {
		_ = cmd.Wait() // the exit code tells
		codes = append(codes, cmd.ProcessState.ExitCode())
	}
	slices.Sort(codes)
	if !slices.Equal(codes, []int{0, 1}) {
		ts.Fatalf("exit codes %v, want one 0 and one 1", codes)
	}
}

func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	out := ts.ReadFile("stdout")
	ts.Check(json.Unmarshal([]byte(out), &v))
	if holds(v, strings.Split(args[0], "."), args[1]) == neg {
		ts.Fatalf("%s is not as it must be in\n%s", args[0], out)
	}
}

// holds reports whether v has want at the end of a path.
func holds(v any, path []string, want string) bool {
	if len(path) == 0 {
		return want == "null" && v == nil || fmt.Sprint(v) == want
	}
	switch w := v.(type) {
	case map[string]any:
		return holds(w[path[0]], path[1:], want)
	case []any:
		switch i, err := strconv.Atoi(path[0]); {
		case path[0] == "len":
			return fmt.Sprint(len(w)) == want
		case path[0] == "*":
			return slices.ContainsFunc(w, func(e any) bool { return holds(e, path[1:], want) })
		case err == nil && i < len(w):
			return holds(w[i], path[1:], want)
		}
	}
	return false
}
