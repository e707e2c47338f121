// SPDX-License-Identifier: Apache-2.0

package backup_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/backup"
	"bindery/station/dhr/dhrtest"
	"bindery/station/dhr/store"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/stationtest"
)

// lostRecord is a closed record with an admin who has a password, an operator,
// and a leaf beyond the backup that was made of it.
func lostRecord(t *testing.T) (w backup.Restoration, o dhr.Options, from, was record.LedgerHead) {
	t.Helper()
	d, _ := dhrtest.NewRecord(t, stationtest.NewClock())
	ctx := t.Context()
	_, err := d.ImportPeople(ctx, "account:me", []station.Person{
		{ID: "ann", Name: "Ann", Badge: "B-ann", Role: station.Admin},
		{ID: "ben", Name: "Ben", Badge: "B-ben", Role: station.Operator},
	})
	stationtest.NoError(t, err)
	stationtest.NoError(t, d.SetSecret(ctx, "ben", "ben", station.PIN, "482915"))
	stationtest.NoError(t, d.SetSecret(ctx, "ann", "ann", station.Password, "a long enough password"))
	from = headOf(t, d)
	w = backup.Restoration{Backup: filepath.Join(t.TempDir(), "one.backup"), Path: d.Path(), By: "account:me"}
	stationtest.NoError(t, backup.Make(ctx, d, w.Backup)) // is a leaf, which the backup does not have
	was = headOf(t, d)
	stationtest.NoError(t, d.Close())
	return w, dhr.Options{Clock: d.Clock(), Station: "bench-1"}, from, was
}

func headOf(t *testing.T, d *dhr.DHR) (h record.LedgerHead) {
	t.Helper()
	stationtest.NoError(t, d.Reader().Row(t.Context(), "SELECT number, lower(hex(hash)) FROM leaves ORDER BY number DESC LIMIT 1", nil, []any{&h.Leaf, &h.Hash}))
	return h
}

// leafAt is a leaf of the record at a path, which is verified too.
func leafAt(t *testing.T, path string, number int64, o dhr.Options) (l ledger.Leaf) {
	t.Helper()
	d, err := dhr.Open(t.Context(), path, o)
	stationtest.NoError(t, err)
	defer d.Close() // it was only read
	if v, err := verify.Record(t.Context(), d, nil); err != nil || !v.OK {
		t.Errorf("the restored record: %+v, %v", v, err)
	}
	s, err := d.Snapshot(t.Context())
	stationtest.NoError(t, err)
	defer s.Close() // it was only read
	line, err := s.Leaf(t.Context(), number)
	stationtest.NoError(t, err)
	stationtest.NoError(t, json.Unmarshal(line.Body, &l))
	return l
}

// Whatever stands in the place, and in whatever state: nobody restores but an
// admin who says why.
func TestARestoreTakesAnAdminAndAReason(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"sound":   func(string) error { return nil },
		"lost":    os.Remove,
		"emptied": func(path string) error { return os.Truncate(path, 0) },
		"no record any more": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600)
		},
		"cut off": func(path string) error { return os.Truncate(path, 3*4096) },
		"without leaves that can be written": func(path string) error {
			forge(t, path)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, o, _, _ := lostRecord(t)
			w.Foreign = name != "sound" // without its key a record that is lost tells nothing of a backup
			stationtest.NoError(t, spoil(w.Path))
			before, _ := os.ReadFile(w.Path) // it may be lost
			restoresForNobodyElse(t, w, o)
			if after, _ := os.ReadFile(w.Path); name != "sound" && name != "without leaves that can be written" && string(after) != string(before) { // it may be lost
				t.Error("who was refused changed what stood there")
			}
			w.Badge, w.Reason = "B-ann", "lost"
			asked := 0
			w.Ask = func(station.BadgeHolder) (string, error) { asked++; return "a long enough password", nil }
			r, err := backup.Restore(t.Context(), w, o)
			stationtest.NoError(t, err)
			if l := leafAt(t, w.Path, r.Leaf, o); l.Who != "ann" || !strings.HasPrefix(l.Why, "lost (from one.backup, leaf ") || asked != 1 {
				t.Errorf("%+v, asked %d times", l, asked)
			}
		})
	}
}

// restoresForNobodyElse tries who may not restore, and an admin who does not say
// why or who they are.
func restoresForNobodyElse(t *testing.T, w backup.Restoration, o dhr.Options) {
	t.Helper()
	for _, no := range []struct {
		badge, secret, reason string
		want                  station.Code
	}{
		{"", "", "lost", station.PersonNotAllowed},
		{"B-ann", "a long enough password", " ", station.ReasonMissing},
		{"B-ann", "", "lost", station.SignInWrong},
		{"B-eve", "", "lost", station.PersonUnknown},
		{"B-ben", "482915", "lost", station.PersonNotAllowed},
	} {
		w.Badge, w.Reason = no.badge, no.reason
		w.Ask = func(station.BadgeHolder) (string, error) { return no.secret, nil }
		_, err := backup.Restore(t.Context(), w, o)
		var refusal *station.Refusal
		if !errors.As(err, &refusal) || refusal.Finding.Code != no.want {
			t.Errorf("%+v: %v", no, err)
		}
	}
}

// The restored record says from where it goes on and what is given up.
func TestTheLeafOfARestoreSaysWhatIsGivenUp(t *testing.T) {
	w, o, from, was := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "the disk failed"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	r, err := backup.Restore(t.Context(), w, o)
	stationtest.NoError(t, err)
	if r.From != from || r.Was == nil || r.Was.Leaf != was.Leaf+1 || r.Behind == nil || *r.Behind != 2 || r.Units != 0 || r.Note != "" {
		t.Errorf("%+v", r)
	}
	old, err := dhr.OpenReadOnly(t.Context(), *r.Aside, o)
	stationtest.NoError(t, err)
	defer old.Close() // it was only read
	if got := headOf(t, old); got != *r.Was {
		t.Errorf("set aside is %+v, not %+v", got, *r.Was)
	}
	l := leafAt(t, w.Path, r.Leaf, o)
	want := fmt.Sprintf("the disk failed (from one.backup, leaf %d %s; set aside: leaf %d %s; given up: 2 leaves, of 0 units)",
		from.Leaf, from.Hash, r.Was.Leaf, r.Was.Hash)
	if l.Who != "ann" || l.What != "restore" || l.Subject != "backup:one.backup" || l.Why != want {
		t.Errorf("%+v\nwant %s", l, want)
	}
}

// Where the two are not of one record, that is said, and nothing is counted.
func TestAnotherRecordIsPutInPlaceOnlyWhenThatIsAskedFor(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	other, _ := dhrtest.NewRecord(t, &stationtest.SetClock{At: o.Clock.Now()})
	_, err := other.AddLayout(t.Context(), "", "another", []byte("another"))
	stationtest.NoError(t, err)
	stationtest.NoError(t, other.Close())
	w.Path, w.Badge, w.Reason = other.Path(), "B-ann", "the wrong file"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	before, err := os.ReadFile(w.Path)
	stationtest.NoError(t, err)
	_, err = backup.Restore(t.Context(), w, o)
	var no *station.Refusal
	if !errors.As(err, &no) || no.Finding.Code != station.BackupForeign || !strings.Contains(no.Finding.Next, "--foreign") {
		t.Errorf("unasked: %v", err)
	}
	if after, err := os.ReadFile(w.Path); err != nil || string(after) != string(before) {
		t.Errorf("the record was changed, or is gone: %v", err)
	}
	w.Foreign = true
	r, err := backup.Restore(t.Context(), w, o)
	stationtest.NoError(t, err)
	if r.Behind != nil || r.Was == nil || !strings.Contains(r.Note, "another one") {
		t.Errorf("%+v", r)
	}
}

// A record that is lost is known by the key that was left beside it.
func TestABackupThatTheStationsKeyNeverSignedIsForeignWhereTheRecordIsLost(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "lost"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	d, err := dhr.Open(t.Context(), w.Path, o)
	stationtest.NoError(t, err)
	_, err = d.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	signed := filepath.Join(t.TempDir(), "signed.backup")
	stationtest.NoError(t, backup.Make(t.Context(), d, signed))
	stationtest.NoError(t, d.Close())
	other, _ := dhrtest.NewRecord(t, &stationtest.SetClock{At: o.Clock.Now()})
	stationtest.NoError(t, other.UseKey(t.Context()))
	stationtest.NoError(t, other.Close())
	for _, c := range []struct {
		backup, path string
		want         station.Code
	}{
		{signed, other.Path(), station.BackupForeign},
		{w.Backup, other.Path(), station.BackupForeign}, // no key was enrolled in it: it could be anybody's
		{signed, w.Path, ""},
		{signed, filepath.Join(t.TempDir(), "elsewhere.db"), station.BackupForeign}, // the key is lost too
	} {
		stationtest.NoError(t, os.RemoveAll(c.path))
		w.Backup, w.Path = c.backup, c.path
		_, err := backup.Restore(t.Context(), w, o)
		var no *station.Refusal
		if c.want == "" && err != nil || c.want != "" && (!errors.As(err, &no) || no.Finding.Code != c.want) {
			t.Errorf("%s in place of %s: %v, want %q", c.backup, c.path, err, c.want)
		}
	}
}

func TestARestoreOfABackupWithAHostileHashIsAFault(t *testing.T) {
	w, o, _, _ := lostRecord(t)
	stationtest.NoError(t, os.Remove(w.Path))
	hostile(t, w.Backup, o)
	w.Badge, w.Reason = "B-ann", "lost"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	if _, err := backup.Restore(t.Context(), w, o); stationtest.FaultCode(err) != station.RecordDamaged {
		t.Errorf("%v", err)
	}
	if backup.There(w.Path) {
		t.Error("it was put in place")
	}
}

// hostile gives the admin of a backup a password whose hash takes 100 GiB: as
// who made the record could, so that it verifies.
func hostile(t *testing.T, path string, o dhr.Options) {
	t.Helper()
	file, err := store.Open(t.Context(), path)
	stationtest.NoError(t, err)
	defer file.Close()
	stationtest.NoError(t, file.Write(t.Context(), func(leaves *store.LeafWriter) error {
		tx, err := leaves.Begin(o.Clock)
		if err != nil {
			return err
		}
		tx.Leaf.What, tx.Leaf.Subject = "set-password", "person:ann"
		hash := []byte("$argon2id$v=19$m=104857600,t=3,p=2$c2FsdHNhbHRzYWx0c2FsdA$c3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3Vtc3U")
		if err := tx.Update("secrets", []any{"ann", string(station.Password)}, store.Values{"hash": hash, "set_at": store.Stamp(tx.Now)}); err != nil {
			return err
		}
		return tx.AppendLeaf()
	}))
}

// The newest backup may be months old where it is needed most.
func TestABackupOfMonthsAgoIsRestoredByAnAdminInOneStep(t *testing.T) {
	w, o, from, _ := lostRecord(t)
	w.Badge, w.Reason = "B-ann", "the disk failed"
	w.Ask = func(station.BadgeHolder) (string, error) { return "a long enough password", nil }
	stationtest.NoError(t, os.Remove(w.Path))
	w.Foreign = true // no key is left
	o.Clock = &stationtest.SetClock{At: o.Clock.Now().AddDate(0, 5, 0)}
	r, err := backup.Restore(t.Context(), w, o)
	if err != nil || r.From != from {
		t.Fatalf("%+v, %v", r, err)
	}
	d, err := dhr.Open(t.Context(), w.Path, o)
	stationtest.NoError(t, err)
	defer d.Close()
	got := storetest.Acts(t, d.Path())
	if want := []string{ledger.SettleClock, dhr.RestoreAct}; !slices.Equal(got[len(got)-2:], want) {
		t.Errorf("%q, want it to end in %q", got, want)
	}
	if v, err := verify.Record(t.Context(), d, nil); err != nil || !v.OK {
		t.Errorf("%+v, %v", v, err)
	}
}
