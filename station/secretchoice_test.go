// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"testing"
)

func TestASecretThatAnotherKnewIsConfirmedBySomebodyElseOfQuality(t *testing.T) {
	for _, c := range []struct {
		role   Role
		others int
		want   Code
	}{
		{Quality, 2, SecretUnconfirmed}, {Quality, 1, SecretUnconfirmed}, {Quality, 0, SecretUnwitnessed},
		{Operator, 1, ""}, {Lead, 1, ""}, {Auditor, 1, ""}, {Admin, 1, ""},
	} {
		f := SecretChoice{Person{ID: "cid", Role: c.role}, "ann", c.others}.Alarm()
		switch {
		case f == nil && c.want == "":
		case f == nil || f.Code != c.want || !strings.Contains(f.Message, "cid, ann"):
			t.Errorf("%s with %d others: %+v, want %q", c.role, c.others, f, c.want)
		}
	}
}
