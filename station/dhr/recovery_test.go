// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"os"
	"testing"

	"bindery/station"
	"bindery/station/dhr/verify"
	"bindery/station/stationtest"
)

// owner is the account that runs the tests, and so owns the records they make.
func owner() station.Account {
	return station.Account{Name: "account:owner", ID: uint32(os.Geteuid())} // a user ID is positive
}

func TestTheOwnerOfTheRecordLetsALoneAdminInAgain(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	ctx := t.Context()
	stationtest.NoError(t, d.SetUp(ctx, station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, annsPassword))
	if n := locksAfter(t, d, "B-ann", station.PIN, "000001"); n != station.WrongTries {
		t.Fatalf("locked after %d tries", n)
	}
	const given, own = "to begin with only", "what Ann chose then"
	r := Recovery{By: owner(), Admin: station.Person{Badge: "B-ann"}, Password: given, Reason: "locked out by a stranger"}
	leaf, err := d.LetAdminIn(ctx, r)
	stationtest.NoError(t, err)
	var who, what, why string
	stationtest.NoError(t, d.reads.Row(ctx, `SELECT body ->> 'who', body ->> 'what', body ->> 'why' FROM leaves WHERE number = ?`, []any{leaf}, []any{&who, &what, &why}))
	if who != r.By.Name || what != "let-admin-in" || why != r.Reason {
		t.Errorf("the leaf says %s, %s, %s", who, what, why)
	}
	if _, err := d.SignIn(ctx, "B-ann", station.Password, annsPassword); stationtest.RefusalCode(t, err) != station.SignInWrong {
		t.Errorf("the old password: %v", err)
	}
	if _, err := d.SignIn(ctx, "B-ann", station.Password, given); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
		t.Errorf("the given password: %v", err)
	}
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.Password, own))
	if _, err := d.SignIn(ctx, "B-ann", station.Password, own); err != nil {
		t.Errorf("one's own: %v", err)
	}
	open, err := d.UnclosedAlarms(ctx)
	if err != nil || len(open) != 1 || open[0].Code != station.AdminLetIn || open[0].By != "ann" {
		t.Fatalf("%+v, %v", open, err)
	}
	if report, err := verify.Record(ctx, d, nil); err != nil || !report.OK {
		t.Errorf("%+v, %v", report, err)
	}
}

func TestNobodyElseLetsAnAdminIn(t *testing.T) {
	d := staffed(t, stationtest.NewClock())
	ctx := t.Context()
	another := owner()
	another.ID += 7
	for _, c := range []struct {
		name string
		r    Recovery
		want station.Code
	}{
		{"another account", Recovery{By: another, Admin: station.Person{Badge: "B-ann"}, Password: "to begin with only", Reason: "x"}, station.PersonNotAllowed},
		{"somebody of quality", Recovery{By: owner(), Admin: station.Person{Badge: "B-cid"}, Password: "to begin with only", Reason: "x"}, station.PersonNotAllowed},
		{"a taken badge", Recovery{By: owner(), Admin: station.Person{ID: "new", Name: "New", Badge: "B-cid"}, Password: "to begin with only", Reason: "x"}, station.PersonMalformed},
		{"no reason", Recovery{By: owner(), Admin: station.Person{Badge: "B-ann"}, Password: "to begin with only"}, station.ReasonMissing},
		{"the same password", Recovery{By: owner(), Admin: station.Person{Badge: "B-ann"}, Password: annsPassword, Reason: "x"}, station.SecretWeak},
		{"a short password", Recovery{By: owner(), Admin: station.Person{Badge: "B-ann"}, Password: "short", Reason: "x"}, station.SecretWeak},
	} {
		if _, err := d.LetAdminIn(ctx, c.r); stationtest.RefusalCode(t, err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if _, err := d.SignIn(ctx, "B-ann", station.Password, annsPassword); err != nil {
		t.Errorf("Ann after all that: %v", err)
	}
	if open, err := d.UnclosedAlarms(ctx); err != nil || len(open) > 0 {
		t.Errorf("%+v, %v", open, err)
	}
}
