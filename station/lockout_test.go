// SPDX-License-Identifier: Apache-2.0

package station

import (
	"slices"
	"testing"
)

func TestFiveWrongTriesOfOneKindInARowLockAnAccount(t *testing.T) {
	tries := func(n int, kind Credential, code Code) []Try { return slices.Repeat([]Try{{kind, code}}, n) }
	wrong := func(n int, kind Credential) []Try { return tries(n, kind, SignInWrong) }
	alternating := slices.Repeat([]Try{{Password, SignInWrong}, {PIN, ""}}, WrongTries)
	for _, c := range []struct {
		name  string
		tries [][]Try
		want  bool
	}{
		{"none", nil, false},
		{"one too few", [][]Try{wrong(WrongTries-1, PIN)}, false},
		{"enough PINs", [][]Try{wrong(WrongTries, PIN)}, true},
		{"enough passwords", [][]Try{wrong(WrongTries, Password)}, true},
		{"some of each", [][]Try{wrong(WrongTries-1, PIN), wrong(WrongTries-1, Password)}, false},
		{"the right one between", [][]Try{wrong(WrongTries-1, PIN), tries(1, PIN, ""), wrong(WrongTries-1, PIN)}, false},
		{"the right one that is too old between", [][]Try{wrong(WrongTries-1, PIN), tries(1, PIN, SecretExpired), wrong(1, PIN)}, false},
		{"the right one that somebody else set between", [][]Try{wrong(WrongTries-1, PIN), tries(1, PIN, SecretNotOwn), wrong(1, PIN)}, false},
		{"a right PIN after each wrong password", [][]Try{alternating}, true},
		{"a right password between wrong PINs", [][]Try{wrong(WrongTries-1, PIN), tries(1, Password, ""), wrong(1, PIN)}, true},
		{"a badge alone between", [][]Try{wrong(WrongTries-1, PIN), tries(1, "", ""), wrong(1, PIN)}, true},
		{"what was not held against anything between", [][]Try{wrong(WrongTries-1, PIN), tries(1, PIN, TrainingExpired), wrong(1, PIN)}, true},
		{"many that were not held against anything", [][]Try{tries(2*WrongTries, PIN, TrainingExpired)}, false},
	} {
		if got := Lockout(slices.Concat(c.tries...)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
