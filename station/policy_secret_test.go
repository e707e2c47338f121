// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"slices"
	"testing"

	"bindery/station"
)

func weakBecause(why string) string {
	if why == "" {
		return ""
	}
	return station.Refuse(station.SecretWeak, why).Error()
}

func TestASecretThatIsTooEasyIsRefused(t *testing.T) {
	const pin, password = "a PIN has six to twelve digits.", "a password has at least twelve characters."
	for _, c := range []struct {
		kind         station.Credential
		secret, want string
	}{
		{station.PIN, "482915", ""}, {station.PIN, "", pin}, {station.PIN, "48291", pin}, {station.PIN, "4829151234567", pin}, {station.PIN, "48291a", pin},
		{station.PIN, "555555", "its digits are all the same."}, {station.PIN, "555556", ""},
		{station.Password, "", password}, {station.Password, "elevenchars", password}, {station.Password, "twelve chars", ""}, {station.Password, "zwölf Wörter", ""},
	} {
		said(t, string(c.kind)+" "+c.secret, station.CheckSecret(c.kind, c.secret), weakBecause(c.want))
	}
	said(t, "a short passphrase", station.CheckPassphrase("elevenchars"), weakBecause("a passphrase has at least twelve characters."))
	said(t, "a passphrase", station.CheckPassphrase("twelve chars"), "")
	said(t, "a new one", station.CheckNewSecret(false, false), "")
	said(t, "a badge", station.CheckNewSecret(true, true), weakBecause("it is the number of a badge."))
	said(t, "the same", station.CheckNewSecret(false, true), weakBecause("it is the one that was set before."))
}

func TestASecretIsSetByAnAdminOrByItsOwnerInPlaceOfOneThatTheyHave(t *testing.T) {
	admin, lead := station.Person{ID: "a1", Name: "Ada", Role: station.Admin}, station.Person{ID: "p1", Name: "Lea", Role: station.Lead}
	others := station.Allow(lead, station.MayManagePeople).Error()
	for _, c := range []struct {
		what               string
		by                 station.Person
		owner              string
		has, adminPassword bool
		want               string
	}{
		{"an admin sets another's first", admin, "p1", false, true, ""}, {"an admin sets their own first", admin, "a1", false, true, ""},
		{"a lead sets another's", lead, "p2", true, false, others}, {"a lead sets their own anew", lead, "p1", true, true, ""},
		{"a lead sets their first before there are passwords", lead, "p1", false, false, ""},
		{"a lead sets their first", lead, "p1", false, true, station.Refuse(station.PersonNotAllowed, "an admin sets the first one").Error()},
	} {
		said(t, c.what, station.AllowSetSecret(c.by, c.owner, c.has, c.adminPassword), c.want)
	}
}

func TestWhoSetsAnotherSecretGivesTheOneOfThatKindThatTheyHave(t *testing.T) {
	b := station.BadgeHolder{Requires: station.PIN}
	for _, c := range []struct {
		kind, asked station.Credential
		has         bool
	}{
		{station.Password, station.Password, true}, {station.Password, station.PIN, false}, {station.PIN, station.PIN, true},
	} {
		if asked := b.CredentialToReplace(c.kind, c.has); asked != c.asked {
			t.Errorf("%+v: asked for %q", c, asked)
		}
	}
	for _, c := range []struct {
		given, kind station.Credential
		code        station.Code
		may         bool
	}{
		{station.Password, station.Password, station.SecretExpired, true}, {station.Password, station.Password, station.SecretNotOwn, true},
		{station.Password, station.Password, station.SignInWrong, false}, {station.Password, station.Password, station.AccountLocked, false},
		{station.PIN, station.Password, station.SecretExpired, false},
	} {
		if may := station.MayReplace(c.given, c.kind, c.code); may != c.may {
			t.Errorf("%+v: %v", c, may)
		}
	}
}

func TestAnAdminWithAPasswordCountsAndWhoMayApproveWithOneSigns(t *testing.T) {
	held := func(id string, role station.Role, kind station.Credential) station.SecretHolder {
		return station.SecretHolder{ID: id, Role: role, Kind: kind}
	}
	for _, c := range []struct {
		what    string
		holders []station.SecretHolder
		admins  []string
		canSign bool
	}{
		{"nobody", nil, nil, false},
		{"PINs alone", []station.SecretHolder{held("a1", station.Admin, station.PIN), held("q1", station.Quality, station.PIN)}, nil, false},
		{"an admin", []station.SecretHolder{held("a1", station.Admin, station.PIN), held("a1", station.Admin, station.Password)}, []string{"a1"}, false},
		{"quality", []station.SecretHolder{held("q1", station.Quality, station.Password)}, nil, true},
		{"a lead and an auditor", []station.SecretHolder{held("l1", station.Lead, station.Password), held("u1", station.Auditor, station.Password)}, nil, false},
		{"two admins and quality", []station.SecretHolder{held("a1", station.Admin, station.Password), held("a2", station.Admin, station.Password),
			held("q1", station.Quality, station.Password)}, []string{"a1", "a2"}, true},
	} {
		if admins := station.AdminsWithPassword(c.holders); !slices.Equal(admins, c.admins) || station.CanSign(c.holders) != c.canSign {
			t.Errorf("%s: %v, %v", c.what, admins, station.CanSign(c.holders))
		}
	}
}
