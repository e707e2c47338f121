// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"errors"
	"testing"
	"time"

	"bindery/station"
)

func TestAPersonWorksToTheEndOfTheirLastDayOfTraining(t *testing.T) {
	now := time.Date(2026, 7, 1, 23, 59, 0, 0, time.UTC)
	for until, want := range map[string]string{
		"": "", "2026-07-01": "", "2026-07-02": "", "2026-06-30": station.Refuse(station.TrainingExpired, "2026-06-30").Error(),
	} {
		said(t, "until "+until, station.CheckTraining(station.Person{TrainedUntil: until}, now), want)
	}
}

func TestNobodyChangesTheirOwnAccountAndTheLastAdminWithAPasswordStaysOne(t *testing.T) {
	refused := func(why string) string { return station.Refuse(station.PersonNotAllowed, why).Error() }
	const only, own = "a1 is the only admin with a password", "nobody changes their own account"
	for _, c := range []struct {
		what, by, id string
		after        station.Role
		admins       []string
		why          string
	}{
		{"a lead becomes an operator", "a1", "p1", station.Operator, []string{"a1"}, ""},
		{"an operator is retired", "a1", "p1", "", []string{"a1"}, ""},
		{"one's own name", "a1", "a1", station.Admin, []string{"a1", "a2"}, own},
		{"one's own end", "a1", "a1", "", []string{"a1"}, own},
		{"the only admin is renamed", "a2", "a1", station.Admin, []string{"a1"}, ""},
		{"the only admin becomes a lead", "a2", "a1", station.Lead, []string{"a1"}, only},
		{"the only admin is retired", "a2", "a1", "", []string{"a1"}, only},
		{"one of two admins is retired", "a2", "a1", "", []string{"a1", "a2"}, ""},
		{"an admin without a password is retired", "a1", "a2", "", []string{"a1"}, ""},
		{"no admin has a password", "a2", "a1", "", nil, ""},
	} {
		want := ""
		if c.why != "" {
			want = refused(c.why)
		}
		said(t, c.what, station.CheckAccountChange(c.by, c.id, c.after, c.admins), want)
	}
}

func TestOnlyTheFirstAdminIsMadeWithoutOne(t *testing.T) {
	said(t, "a new record", station.CheckFirstAdmin(0), "")
	said(t, "a record with people", station.CheckFirstAdmin(1), station.Refuse(station.PersonNotAllowed, "the first admin is there already").Error())
	said(t, "an account before there is an admin", station.AllowAccount("account:root", station.MayImport, false), "")
	said(t, "an account after it", station.AllowAccount("account:root", station.MayImport, true),
		station.Refuse(station.PersonNotAllowed, "account:root: import; the record has an admin, so it takes a badge").Error())
	said(t, "a new admin", station.CheckNewAdmin("a9", false), "")
	said(t, "an admin who is there", station.CheckNewAdmin("a9", true), station.Refuse(station.PersonNotAllowed, "a9 is in the record: give the badge alone").Error())
}

func TestAnIDAndABadgeBelongToOnePerson(t *testing.T) {
	ada := station.Person{ID: "p1", Name: "Ada", Badge: "OP-1", Role: station.Operator}
	other := ada
	other.Name = "Ben"
	for _, c := range []struct {
		what  string
		was   *station.Person
		add   bool
		wrong string
	}{
		{"nobody", nil, true, ""}, {"the same", &ada, false, ""}, {"another of the ID", &other, false, "Person p1 is in the record with other values."},
	} {
		add, wrong := station.AddPerson(ada, c.was)
		if add != c.add {
			t.Errorf("%s: added is %v", c.what, add)
		}
		saysOnly(t, c.what, wrong, "id", c.wrong)
	}
	for _, c := range []struct {
		what, wrong string
		alike       []station.Person
	}{
		{"a new badge", "", nil}, {"one's own", "", []station.Person{ada}}, {"one's own in capitals", "", []station.Person{{ID: "p1", Badge: "op-1"}}},
		{"somebody's", "The badge of person p1 belongs to p2.", []station.Person{{ID: "p2", Badge: "OP-1"}}},
		{"somebody's in capitals", "The badge of person p1 differs from that of p2 in capitals only, or in how it is coded: a scanner may send the one for the other.",
			[]station.Person{ada, {ID: "p2", Badge: "op-1"}}},
	} {
		saysOnly(t, c.what, station.CheckBadge(ada, c.alike), "badge", c.wrong)
	}
	saysOnly(t, "no order", station.CheckBadgeIsNoOrder(ada, nil), "badge", "")
	saysOnly(t, "an order", station.CheckBadgeIsNoOrder(ada, []string{"op-1"}), "badge", "The badge of person p1 reads as the order op-1.")
	said(t, "nothing wrong", station.RefusePerson(nil), "")
	said(t, "two things wrong", station.RefusePerson([]station.FieldError{{Message: "First."}, {Message: "Second."}}),
		station.Refuse(station.PersonMalformed, "First.").Error())
}

// saysOnly checks what is wrong with a row; "" is nothing.
func saysOnly(t *testing.T, what string, wrong []station.FieldError, field, message string) {
	t.Helper()
	if (len(wrong) == 0) != (message == "") || len(wrong) > 0 && (len(wrong) != 1 || wrong[0] != station.FieldError{Field: field, Message: message}) {
		t.Errorf("%s: %v, want %q", what, wrong, message)
	}
}

func TestWhoTheRecordKnowsTakesOnlyWhatTheyMay(t *testing.T) {
	for _, c := range []struct {
		p     station.Person
		known bool
		want  station.Code
	}{
		{station.Person{}, false, ""},
		{station.Person{ID: "q", Role: station.Quality}, true, ""},
		{station.Person{ID: "o", Role: station.Operator}, true, station.PersonNotAllowed},
	} {
		err := station.AllowRecordCopy(c.p, c.known)
		var no *station.Refusal
		if errors.As(err, &no) != (c.want != "") || no != nil && no.Finding.Code != c.want {
			t.Errorf("%+v, known %v: %v, want %q", c.p, c.known, err, c.want)
		}
	}
}
