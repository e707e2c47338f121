// SPDX-License-Identifier: Apache-2.0

package station

import (
	"testing"
	"time"
)

func TestOnlyASecretThatItsOwnerChoseAndThatIsNotOldIsOfUse(t *testing.T) {
	set := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name           string
		own, unsettled bool
		age            time.Duration
		want           Code
	}{
		{"chosen just now", true, false, 0, ""},
		{"chosen long ago", true, false, SecretLife, ""},
		{"chosen too long ago", true, false, SecretLife + time.Millisecond, SecretExpired},
		{"chosen before the clock was corrected a little", true, false, -time.Minute, ""},
		{"chosen while the clock was far ahead", true, false, -2 * time.Hour, SecretExpired},
		{"chosen long ago by a clock that went back", true, true, SecretLife + time.Millisecond, ""},
		{"chosen later than now by a clock that went back", true, true, -SecretLife, ""},
		{"given just now", false, false, 0, SecretNotOwn},
		{"given too long ago", false, false, SecretLife + time.Millisecond, SecretNotOwn},
		{"given by a clock that went back", false, true, -SecretLife, SecretNotOwn},
	} {
		for _, kind := range []Credential{PIN, Password} {
			var got Code
			no := SecretUse{kind, c.own, set}.Check(set.Add(c.age), c.unsettled)
			if no != nil {
				got = no.Finding.Code
			}
			if got != c.want || (got != "") != ChooseAnother(got) {
				t.Errorf("a %s %s: %q, want %q", kind, c.name, got, c.want)
			}
			if no != nil && no.Finding.Value != kind.Name() {
				t.Errorf("a %s %s: it is called %q", kind, c.name, no.Finding.Value)
			}
		}
	}
}

func TestASecretIsOnesOwnThatOneHasSetOneself(t *testing.T) {
	for _, c := range []struct {
		s   SecretSetting
		own bool
	}{
		{SecretSetting{Set: true, By: "q", Owner: "q"}, true},
		{SecretSetting{Set: true, By: "admin", Owner: "q"}, false},
		{SecretSetting{Set: true, By: "account:me", Owner: "q"}, false},
		{SecretSetting{SetUp: true, By: "account:me", Owner: "admin"}, true},
		{SecretSetting{By: "q", Owner: "q"}, false},
		{SecretSetting{Owner: "q"}, false},
	} {
		if got := c.s.Own(); got != c.own {
			t.Errorf("%+v: own %v", c.s, got)
		}
	}
}
