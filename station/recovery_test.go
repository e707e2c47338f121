// SPDX-License-Identifier: Apache-2.0

package station

import (
	"errors"
	"testing"
)

func TestOnlyTheOwnerOfTheRecordLetsAnAdminInAgain(t *testing.T) {
	const owner = 1000
	admin, lead := Person{ID: "ann", Name: "Ann", Role: Admin}, Person{ID: "leo", Name: "Leo", Role: Lead}
	for _, c := range []struct {
		name   string
		by     uint32
		who    Person
		reason string
		want   Code
	}{
		{"the owner", owner, admin, "locked out", ""},
		{"the superuser", 0, admin, "locked out", ""},
		{"another account", owner + 1, admin, "locked out", PersonNotAllowed},
		{"the owner, somebody who is no admin", owner, lead, "locked out", PersonNotAllowed},
		{"the owner, without a reason", owner, admin, " ", ReasonMissing},
	} {
		var no *Refusal
		err := AllowRecovery(Account{"account:somebody", c.by}, owner, c.who, c.reason)
		if errors.As(err, &no) != (c.want != "") || no != nil && no.Finding.Code != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
