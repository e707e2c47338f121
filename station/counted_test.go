// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"strings"
	"testing"

	"bindery/station"
)

func TestANounAgreesWithItsNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0 leaves", 1: "1 leaf", 2: "2 leaves", 11: "11 leaves", -1: "-1 leaves"} {
		if got := station.Counted(n, "leaf", "leaves"); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestASentenceSaysTheNumbersThatTheRulesHave(t *testing.T) {
	words := map[int]string{5: "five", 6: "six", 12: "twelve"}
	pin, password := station.CheckSecret(station.PIN, "1").Error(), station.CheckSecret(station.Password, "1").Error()
	weak, wrong := station.NewFinding(station.SecretWeak, "").Next, station.NewFinding(station.SignInWrong, "").Next
	for _, c := range []struct{ said, want string }{
		{pin, "a PIN has " + words[station.LeastPIN] + " to " + words[station.MostPIN] + " digits."},
		{password, "a password has at least " + words[station.LeastPassword] + " characters."},
		{weak, "A PIN has " + words[station.LeastPIN] + " to " + words[station.MostPIN] + " digits "},
		{weak, "; a password has at least " + words[station.LeastPassword] + " characters. "},
		{wrong, "; after " + words[station.WrongTries] + " wrong tries "},
	} {
		if !strings.Contains(c.said, c.want) {
			t.Errorf("%q does not say %q", c.said, c.want)
		}
	}
}
