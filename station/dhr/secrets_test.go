// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"strings"
	"testing"
	"time"

	"bindery/station"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// staffed is a record with an admin, Ann, who has a password, a second one, Bea,
// and Cid of quality.
func staffed(t *testing.T, clock station.Clock) *DHR {
	t.Helper()
	d, _ := newRecord(t, clock)
	stationtest.NoError(t, d.SetUp(t.Context(), station.Person{ID: "ann", Name: "Ann", Badge: "B-ann"}, annsPassword))
	_, err := d.ImportPeople(t.Context(), "ann", []station.Person{
		{ID: "bea", Name: "Bea", Badge: "B-bea", Role: station.Admin},
		{ID: "cid", Name: "Cid", Badge: "B-cid", Role: station.Quality},
	})
	stationtest.NoError(t, err)
	return d
}

const annsPassword = "a long enough password"

func TestASecretThatSomebodyElseSetServesOnlyToChooseOnesOwn(t *testing.T) {
	d := staffed(t, stationtest.NewClock())
	ctx := t.Context()
	for _, c := range []struct {
		kind       station.Credential
		given, own string
	}{{station.Password, "given by an admin", "chosen by its owner"}, {station.PIN, "482915", "771203"}} { // a PIN is what an act asks for, once there is one
		kind, given, own := c.kind, c.given, c.own
		stationtest.NoError(t, d.SetSecret(ctx, "ann", "cid", kind, given))
		if _, err := d.SignIn(ctx, "B-cid", kind, given); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
			t.Errorf("a sign-in with the %s that an admin set: %v", kind, err)
		}
		if _, err := d.Admit(ctx, "B-cid", func(station.BadgeHolder) (string, error) { return given, nil }); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
			t.Errorf("an act with the %s that an admin set: %v", kind, err)
		}
		stationtest.NoError(t, d.SetSecret(ctx, "cid", "cid", kind, own))
		if _, err := d.SignIn(ctx, "B-cid", kind, own); err != nil {
			t.Errorf("a sign-in with one's own %s: %v", kind, err)
		}
	}
	// The admin sets it again, which takes away what Cid chose.
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "cid", station.Password, "given by an admin"))
	s := record.Signing{Badge: "B-cid", Password: "given by an admin", Meaning: station.Approval}
	if _, err := d.ReleaseLot(ctx, s, "L2603"); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
		t.Errorf("a signature with the password that an admin set: %v", err)
	}
	if _, err := d.ApproveProduct(ctx, s, "CL-100", 1); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
		t.Errorf("an approval with the password that an admin set: %v", err)
	}
	if list, err := d.Signatures(ctx, "lot:L2603"); err != nil || len(list) > 0 {
		t.Errorf("signed: %v, %v", list, err)
	}
}

func TestAnAdminWhoChoosesForQualityDoesNotSignAsThem(t *testing.T) {
	d := staffed(t, stationtest.NewClock())
	ctx := t.Context()
	_, err := d.ImportPeople(ctx, "ann", []station.Person{{ID: "dan", Name: "Dan", Badge: "B-dan", Role: station.Quality}})
	stationtest.NoError(t, err)
	choose := func(person string, kind station.Credential, given, own string) {
		t.Helper()
		stationtest.NoError(t, d.SetSecret(ctx, "ann", person, kind, given))
		stationtest.NoError(t, d.SetSecret(ctx, person, person, kind, own)) // by whoever knows what was given
	}
	signIn := func(badge string, kind station.Credential, secret string) station.Code {
		_, err := d.SignIn(ctx, badge, kind, secret)
		return stationtest.RefusalCode(t, err)
	}
	choose("cid", station.Password, "given by an admin", "chosen by Cid himself") // the first of quality: nobody could confirm it
	if got := signIn("B-cid", station.Password, "chosen by Cid himself"); got != "" {
		t.Fatalf("the first of quality: %s", got)
	}
	choose("dan", station.Password, "given by an admin", "chosen by the admin")
	choose("dan", station.PIN, "482915", "771203")
	for kind, secret := range map[station.Credential]string{station.Password: "chosen by the admin", station.PIN: "771203"} {
		if got := signIn("B-dan", kind, secret); got != station.SecretUnconfirmed {
			t.Errorf("a sign-in with a %s that nobody confirmed: %q", kind, got)
		}
	}
	s := record.Signing{Badge: "B-dan", Password: "chosen by the admin", Meaning: station.Approval}
	if _, err := d.ReleaseLot(ctx, s, "L2603"); stationtest.RefusalCode(t, err) != station.SecretUnconfirmed {
		t.Errorf("a signature with it: %v", err)
	}
	confirmedByCid(t, d)
	if got := signIn("B-dan", station.Password, "chosen by the admin"); got != "" {
		t.Errorf("after it was confirmed: %s", got)
	}
}

// confirmedByCid closes the alarm of what an admin chose for Dan, which nobody
// can but another of quality.
func confirmedByCid(t *testing.T, d *DHR) {
	t.Helper()
	alarms, err := d.Alarms(t.Context())
	stationtest.NoError(t, err)
	if len(alarms) != 2 || alarms[0].Code != station.SecretUnconfirmed || !strings.Contains(alarms[0].Text, "dan, ann") || alarms[1].Code != station.SecretUnwitnessed {
		t.Fatalf("alarms: %+v", alarms)
	}
	for _, by := range []string{"ann", "bea", "dan"} { // admins, and their own
		if _, err := d.CloseAlarm(t.Context(), alarms[0].ID, by, "it was them"); stationtest.RefusalCode(t, err) != station.PersonNotAllowed {
			t.Errorf("closed by %s: %v", by, err)
		}
	}
	_, err = d.CloseAlarm(t.Context(), alarms[0].ID, "cid", "Dan says that he chose it")
	stationtest.NoError(t, err)
}

func TestWhoBecomesQualityWithASecretIsConfirmedToo(t *testing.T) {
	d := staffed(t, stationtest.NewClock())
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "cid", station.Password, "given by an admin"))
	stationtest.NoError(t, d.SetSecret(ctx, "cid", "cid", station.Password, "chosen by Cid himself"))
	eve := station.Person{ID: "eve", Name: "Eve", Badge: "B-eve", Role: station.Operator}
	_, err := d.ImportPeople(ctx, "ann", []station.Person{eve})
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "eve", station.Password, "given by an admin"))
	stationtest.NoError(t, d.SetSecret(ctx, "eve", "eve", station.Password, "chosen by the admin"))
	_, err = d.SignIn(ctx, "B-eve", station.Password, "chosen by the admin") // of an operator nobody confirms it
	stationtest.NoError(t, err)
	eve.Role = station.Quality
	_, err = d.ChangePerson(ctx, "ann", eve, "moved to quality")
	stationtest.NoError(t, err)
	if _, err := d.SignIn(ctx, "B-eve", station.Password, "chosen by the admin"); stationtest.RefusalCode(t, err) != station.SecretUnconfirmed {
		t.Errorf("a sign-in as quality: %v", err)
	}
}

func TestWhatAnAdminSetsForThemselvesIsTheirOwn(t *testing.T) {
	d := staffed(t, stationtest.NewClock())
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.PIN, "482915"))
	for kind, secret := range map[station.Credential]string{station.PIN: "482915", station.Password: annsPassword} {
		if _, err := d.SignIn(ctx, "B-ann", kind, secret); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "bea", station.Password, "given by an admin"))
	if _, err := d.SignIn(ctx, "B-bea", station.Password, "given by an admin"); stationtest.RefusalCode(t, err) != station.SecretNotOwn {
		t.Errorf("an admin by another admin: %v", err)
	}
}

func TestAPINAgesAsAPasswordDoes(t *testing.T) {
	clock := &stationtest.SetClock{At: stationtest.NewClock().Now()}
	d := staffed(t, clock)
	ctx := t.Context()
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.PIN, "482915"))
	clock.At = clock.At.Add(station.SecretLife + time.Second)
	_, err := d.SettleClock(ctx, "B-ann", "the bench stood still", func(station.BadgeHolder) (string, error) { return "482915", nil })
	stationtest.NoError(t, err) // also by what is too old: else nobody could ever settle it
	for kind, secret := range map[station.Credential]string{station.PIN: "482915", station.Password: annsPassword} {
		if _, err := d.SignIn(ctx, "B-ann", kind, secret); stationtest.RefusalCode(t, err) != station.SecretExpired {
			t.Errorf("%s: %v", kind, err)
		}
	}
}

func TestTheLeavesOfAnOlderRecordSayWhoseChoiceASecretWas(t *testing.T) {
	d := openReleased(t, "version-1")
	defer d.Close() // it was only read
	for _, c := range []struct {
		person string
		kind   station.Credential
		own    bool
	}{
		{"p-1001", station.PIN, true},
		{"p-3001", station.PIN, true},
		{"p-3001", station.Password, false}, // the admin p-5001 set it
		{"p-5001", station.Password, true},
	} {
		s, err := secretOf(d.reads.QueryRow(t.Context()), c.person, c.kind)
		if err != nil || s.hash == nil || s.Own != c.own {
			t.Errorf("the %s of %s: own %v, %v; want %v", c.kind, c.person, s.Own, err, c.own)
		}
	}
}

// What is kept of a secret is read from a file that anybody may have made.
func TestAHostileHashOfASecretIsAFaultAndTakesNoMemory(t *testing.T) {
	ours := "$argon2id$v=19$m=32768,t=3,p=2$c2FsdHNhbHRzYWx0c2FsdA$c3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3U"
	for name, hash := range map[string]string{
		"memory":       strings.Replace(ours, "m=32768", "m=104857600", 1),
		"passes":       strings.Replace(ours, "t=3", "t=4000000000", 1),
		"no pass":      strings.Replace(ours, "t=3", "t=0", 1),
		"no thread":    strings.Replace(ours, "p=2", "p=0", 1),
		"threads":      strings.Replace(ours, "p=2", "p=255", 1),
		"another kind": strings.Replace(ours, "argon2id", "argon2i", 1),
		"version":      strings.Replace(ours, "v=19", "v=16", 1),
		"no sum":       ours[:strings.LastIndex(ours, "$")+1],
		"no salt":      strings.Replace(ours, "c2FsdHNhbHRzYWx0c2FsdA", "", 1),
		"long":         ours + strings.Repeat("AAAA", 1<<20),
		"another form": "secret",
	} {
		began := time.Now()
		ok, err := matchesHash("", []byte(hash))
		if ok || stationtest.FaultCode(err) != station.RecordDamaged {
			t.Errorf("%s: %v, %v", name, ok, err)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
	if ok, err := matchesHash("no such secret", []byte(ours)); ok || err != nil {
		t.Errorf("ours: %v, %v", ok, err)
	}
}
