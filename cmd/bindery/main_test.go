// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bindery": main})
}

// TestScripts runs the real command as people and scripts do. Besides what
// testscript brings, scripts have
//
//	exits CODE COMMAND...   run COMMAND, which must end with CODE
//	json PATH WANT          the last output is one JSON value that has WANT at
//	                        PATH, such as findings.0.code; len counts a list
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits": exits,
			"json":  jsonHas,
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

func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	var v any
	out := ts.ReadFile("stdout")
	ts.Check(json.Unmarshal([]byte(out), &v))
	got := fmt.Sprint(at(v, args[0]))
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s in\n%s", args[0], got, out)
	}
}

// at walks a JSON value along a dotted path.
func at(v any, path string) any {
	for _, key := range strings.Split(path, ".") {
		switch w := v.(type) {
		case map[string]any:
			v = w[key]
		case []any:
			if key == "len" {
				return len(w)
			}
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(w) {
				return nil
			}
			v = w[i]
		}
	}
	if v == nil {
		return "null"
	}
	return v
}
