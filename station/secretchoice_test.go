// SPDX-License-Identifier: Apache-2.0

package station

import (
	"strings"
	"testing"
)

func TestASecretThatAnotherKnewIsConfirmedByAnotherWhoSignsOrAllows(t *testing.T) {
	for _, c := range []struct {
		role   Role
		others int
		want   Code
	}{
		{Quality, 2, SecretUnconfirmed}, {Quality, 1, SecretUnconfirmed}, {Quality, 0, SecretUnwitnessed},
		{Lead, 1, SecretUnconfirmed}, {Lead, 0, SecretUnwitnessed}, {Operator, 1, ""}, {Auditor, 1, ""}, {Admin, 1, ""},
	} {
		f := SecretChoice{Person{ID: "cid", Role: c.role}, "ann", c.others}.Alarm()
		switch {
		case f == nil && c.want == "":
		case f == nil || f.Code != c.want || !strings.Contains(f.Message, "cid, ann"):
			t.Errorf("%s with %d others: %+v, want %q", c.role, c.others, f, c.want)
		}
	}
}

func TestWhoChoseASecretIsConfirmedByALeadOrQualityAndNeverByAnAdmin(t *testing.T) {
	for _, code := range []Code{SecretUnconfirmed, SecretUnwitnessed} {
		a := Alarm{Code: code, By: "cid"}
		for role, may := range map[Role]bool{Quality: true, Lead: true, Operator: false, Auditor: false, Admin: false} {
			if err := a.MayClose(Person{ID: "dan", Role: role}); (err == nil) != may {
				t.Errorf("%s by %s: %v", code, role, err)
			}
		}
		if a.MayClose(Person{ID: "cid", Role: Quality}) == nil {
			t.Errorf("%s by themselves", code)
		}
	}
}
