// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bindery/station"
	"bindery/station/dhr/store/storetest"
	"bindery/station/dhr/verify"
	"bindery/station/ledger"
	"bindery/station/stationtest"
)

const passphrase = "a long enough passphrase"

func TestToShowTheKeyMakesNone(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	if err := os.Remove(d.KeyFile()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	_, err := d.KeyState(t.Context())
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.KeyFault || !strings.Contains(err.Error(), "there is none") {
		t.Error(err)
	}
	if _, err := os.Stat(d.KeyFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a key was made: %v", err)
	}
}

// protected is a record whose key has a passphrase, and the key as it was before.
func protected(t *testing.T) (d *DHR, public string) {
	t.Helper()
	d, _ = newRecord(t, stationtest.NewClock())
	stationtest.NoError(t, d.UseKey(t.Context()))
	plain, err := d.KeyState(t.Context())
	if err != nil || plain.Protected || plain.Public == "" {
		t.Fatalf("%+v, %v", plain, err)
	}
	if _, err := d.ProtectKey(t.Context(), "account:me", "too short"); err == nil {
		t.Error("a short passphrase was taken")
	}
	_, err = d.ProtectKey(t.Context(), "account:me", passphrase)
	stationtest.NoError(t, err)
	return d, plain.Public
}

// keyIs checks what is said of a key.
func keyIs(t *testing.T, d *DHR, protected bool, public string) {
	t.Helper()
	if s, err := d.KeyState(t.Context()); err != nil || s.Protected != protected || s.Public != public {
		t.Errorf("%+v, %v; want the same public key, protected: %v", s, err, protected)
	}
}

// openedWith opens the file of a record with a passphrase to ask for, where
// there is one.
func openedWith(t *testing.T, d *DHR, ask func() (string, error)) *DHR {
	t.Helper()
	o, err := Open(t.Context(), d.reads.Path, Options{Clock: d.clock, Station: "bench-1", Passphrase: ask})
	stationtest.NoError(t, err)
	t.Cleanup(func() { o.Close() }) // what was done is on disk
	return o
}

func TestAProtectedKeyIsNotInItsFile(t *testing.T) {
	d, public := protected(t)
	text, err := os.ReadFile(d.KeyFile())
	if err != nil || strings.Contains(string(text), "PRIVATE") {
		t.Fatalf("the key file holds %q, %v", text, err)
	}
	if info, err := os.Stat(d.KeyFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("rights %v, %v", info.Mode(), err)
	}
	keyIs(t, d, true, public)
}

func TestAProtectedKeySignsOnlyWithItsPassphrase(t *testing.T) {
	d, public := protected(t)
	for name, ask := range map[string]func() (string, error){
		"nobody to ask": nil, "a wrong one": func() (string, error) { return "another passphrase", nil },
	} {
		if _, err := openedWith(t, d, ask).Checkpoint(t.Context(), ""); stationtest.FaultCode(err) != station.KeyFault {
			t.Errorf("%s: %v, want %s", name, err, station.KeyFault)
		}
	}
	asked := 0
	right := openedWith(t, d, func() (string, error) { asked++; return passphrase, nil })
	for range 2 {
		note, err := right.Checkpoint(t.Context(), "")
		stationtest.NoError(t, err)
		if _, err := ledger.OpenCheckpoint(note, public); err != nil {
			t.Errorf("the checkpoint is not of the same key: %v", err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times, want once", asked)
	}
	_, err := right.UnprotectKey(t.Context(), "account:me")
	stationtest.NoError(t, err)
	keyIs(t, d, false, public)
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAKeyThatOthersCanReadIsNotUsed(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	if err := d.UseKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(d.KeyFile(), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := d.UseKey(t.Context()); stationtest.FaultCode(err) != station.KeyFault || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("%v, want %s and what to do", err, station.KeyFault)
	}
}

// What is no file of a key may never end: a pipe that nobody writes to, a device.
func TestAKeyFileThatIsNoOrdinaryFileIsAFaultAtOnce(t *testing.T) {
	for name, place := range map[string]func(path string) error{
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a device": func(path string) error { return os.Symlink("/dev/zero", path) },
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		d, _ := newRecord(t, stationtest.NewClock())
		if err := place(d.KeyFile()); err != nil {
			t.Fatal(err)
		}
		// What needs no key goes on, and is told that there is no station.
		if _, err := d.AddLayout(t.Context(), "", name, []byte(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := d.Checkpoint(t.Context(), ""); stationtest.FaultCode(err) != station.KeyFault {
			t.Errorf("%s: %v, want %s", name, err, station.KeyFault)
		}
	}
}

// A key is made under no name that SQLite, or this program, would take for the
// record's own.
func TestAKeyIsMadeUnderNoNameOfTheRecord(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	for tail, want := range map[string]station.Code{
		"": station.KeyFault, "-wal": station.KeyFault, "-shm": station.KeyFault, "-journal": station.KeyFault,
		".lock": station.KeyFault, ".version-1": station.KeyFault, ".replaced-20260101T000000Z": station.KeyFault,
		".key": "", ".second": "",
	} {
		file := d.reads.Path + tail
		o, err := Open(t.Context(), d.reads.Path, Options{Clock: d.clock, Station: "bench-1", Key: file})
		if err != nil {
			t.Fatal(err)
		}
		_, before := os.Stat(file)
		err = o.UseKey(t.Context())
		_, after := os.Stat(file)
		if stationtest.FaultCode(err) != want || want != "" && (before == nil) != (after == nil) {
			t.Errorf("a key at the record's name and %q: %v; there before: %v, after: %v", tail, err, before == nil, after == nil)
		}
		if err := o.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := verify.Record(t.Context(), d, nil); err != nil || !r.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAProtectedKeyThatWasChangedDoesNotOpen(t *testing.T) {
	private, public, err := ledger.NewKey(rand.Reader, "bench-1")
	if err != nil {
		t.Fatal(err)
	}
	text, err := sealKey(rand.Reader, private, public, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := openKey(text, passphrase); err != nil || got != private {
		t.Fatalf("it does not open: %v", err)
	}
	lines := strings.SplitAfter(text, "\n")
	for name, changed := range map[string]string{
		"another public key":       lines[0] + strings.Replace(lines[1], "bench-1", "bench-2", 1) + lines[2],
		"cheaper to guess":         strings.Replace(text, "t=3", "t=1", 1),
		"dearer than any of ours":  strings.Replace(text, fmt.Sprintf("m=%d", sealCost.Memory), "m=999999999", 1),
		"cut off":                  lines[0] + lines[1],
		"no salt":                  strings.Replace(text, "p=4 ", "p=4 !", 1),
		"another form of the file": strings.Replace(text, "key-1", "key-2", 1),
	} {
		if _, err := openKey(changed, passphrase); !errors.Is(err, errPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAKeyIsNotChangedWithoutALeaf(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	stationtest.NoError(t, d.UseKey(t.Context()))
	plain, err := os.ReadFile(d.KeyFile())
	stationtest.NoError(t, err)
	_, err = storetest.Edit(t, d.Path()).ExecContext(t.Context(), `CREATE TRIGGER full BEFORE INSERT ON leaves BEGIN SELECT raise(ABORT, 'no room'); END`)
	stationtest.NoError(t, err)
	if _, err := d.ProtectKey(t.Context(), "account:me", passphrase); err == nil {
		t.Error("no leaf was written, and nobody was told")
	}
	if got, err := os.ReadFile(d.KeyFile()); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("the key file holds %q, %v; want it as it was", got, err)
	}
}

// A share that is not mounted is no fault of the record: the checkpoint is in it,
// and is copied when the share is there again.
func TestACheckpointThatCannotBeCopiedIsSignedAndCopiedLater(t *testing.T) {
	d, _ := newRecord(t, stationtest.NewClock())
	share := filepath.Join(t.TempDir(), "share")
	o, err := Open(t.Context(), d.reads.Path, Options{Clock: d.clock, Station: "bench-1", CheckpointMirror: share})
	stationtest.NoError(t, err)
	defer o.Close() // what was done is on disk
	if _, err := o.Checkpoint(t.Context(), ""); stationtest.FaultCode(err) != station.CopiesFault {
		t.Fatalf("%v, want %s", err, station.CopiesFault)
	}
	notes, err := o.Checkpoints(t.Context())
	if err != nil || len(notes) != 1 {
		t.Fatalf("%d checkpoints, %v", len(notes), err)
	}
	stationtest.NoError(t, os.Mkdir(share, 0o700))
	_, err = o.Checkpoint(t.Context(), "")
	stationtest.NoError(t, err)
	if copied, err := o.MirroredCheckpoints(); err != nil || len(copied) != 1 || !bytes.Equal(copied[0], notes[0]) {
		t.Errorf("copied %q, %v; want %q", copied, err, notes[0])
	}
}
