// SPDX-License-Identifier: Apache-2.0

package i18n_test

import (
	"errors"
	"strings"
	"testing"

	"bindery/station"
	"bindery/ui/i18n"
)

// numberWords are the numbers of the rules as the languages write them.
var numberWords = map[string]map[int]string{
	"de": {5: "fünf", 6: "sechs", 12: "zwölf"},
	"en": {5: "five", 6: "six", 12: "twelve"},
	"es": {5: "cinco", 6: "seis", 12: "doce"},
}

func TestEveryLanguageSaysTheNumbersThatTheRulesHave(t *testing.T) {
	for _, l := range i18n.Languages() {
		c, words := i18n.For(l), numberWords[l]
		says := func(what, text string, numbers ...int) {
			t.Helper()
			for _, n := range numbers {
				if words[n] == "" || !strings.Contains(text, words[n]) {
					t.Errorf("%s: %s does not say %d: %q", l, what, n, text)
				}
			}
		}
		says("pin.form", c.Say("pin.form"), station.LeastPIN, station.MostPIN)
		says("password.form", c.Say("password.form"), station.LeastPassword)
		says("first.password.say", c.Say("first.password.say"), station.LeastPassword)
		_, next := c.Finding(station.NewFinding(station.SecretWeak, ""))
		says("what to do about a weak one", next, station.LeastPIN, station.MostPIN, station.LeastPassword)
		_, next = c.Finding(station.NewFinding(station.SignInWrong, ""))
		says("what to do after a wrong try", next, station.WrongTries)
		for secret, no := range map[station.Credential]error{
			station.PIN: station.CheckSecret(station.PIN, "1"), station.Password: station.CheckSecret(station.Password, "1"), "passphrase": station.CheckPassphrase("1"),
		} {
			numbers := []int{station.LeastPassword}
			if secret == station.PIN {
				numbers = []int{station.LeastPIN, station.MostPIN}
			}
			says("why a "+string(secret)+" is refused", sentenceOf(t, c, no), numbers...)
		}
	}
}

// sentenceOf is a refusal as a screen says it.
func sentenceOf(t *testing.T, c i18n.Catalogue, err error) string {
	t.Helper()
	var no *station.Refusal
	if !errors.As(err, &no) {
		t.Fatalf("%v is no refusal", err)
	}
	what, _ := c.Finding(no.Finding)
	return what
}
