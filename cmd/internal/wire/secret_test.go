// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// terminal puts a person at a terminal in the place of the test's own streams.
func terminal(t *testing.T) (person *os.File) {
	t.Helper()
	person, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	stdin, stderr := os.Stdin, Err
	os.Stdin, Err = tty, Terminal{tty}
	t.Cleanup(func() {
		os.Stdin, Err = stdin, stderr
		tty.Close()
		person.Close()
	})
	return person
}

// types waits for each prompt and answers it; it gives all that the terminal
// has shown up to the last prompt.
func types(t *testing.T, person *os.File, answers ...string) (shown chan string) {
	t.Helper()
	shown = make(chan string, 1)
	go func() {
		var all strings.Builder
		buf := make([]byte, 256)
		for n := 0; n < len(answers); {
			k, err := person.Read(buf)
			if err != nil {
				break
			}
			all.Write(buf[:k])
			if strings.HasSuffix(all.String(), ": ") {
				if _, err := person.WriteString(answers[n] + "\n"); err != nil {
					break
				}
				n++
			}
		}
		shown <- all.String()
	}()
	return shown
}

func TestATerminalIsAskedAndDoesNotShowTheSecret(t *testing.T) {
	shown := types(t, terminal(t), "hunter2hunter2", "hunter2hunter2", "other")
	s := Secrets{FD: -1}
	if got, err := s.Twice("new password"); err != nil || got != "hunter2hunter2" {
		t.Errorf("%q, %v", got, err)
	}
	if got, err := s.Ask("PIN of Ann"); err != nil || got != "other" {
		t.Errorf("%q, %v", got, err)
	}
	if all := <-shown; strings.Contains(all, "hunter2") || !strings.Contains(all, "new password again: ") {
		t.Errorf("the terminal has shown %q", all)
	}
	if mode, err := unix.IoctlGetTermios(int(os.Stdin.Fd()), unix.TCGETS); err != nil || mode.Lflag&unix.ECHO == 0 {
		t.Errorf("the terminal shows no typing any more: %v", err)
	}
}

func TestTwoSecretsThatDifferAreNotTaken(t *testing.T) {
	types(t, terminal(t), "hunter2hunter2", "hunter2hunter3")
	s := Secrets{FD: -1}
	if _, err := s.Twice("new password"); !errors.As(err, new(NoSecretError)) {
		t.Error(err)
	}
}

func TestSecretsComeFromAFileDescriptorInTurn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secrets")
	if err := os.WriteFile(file, []byte("first\r\nsecond"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	fd, err := unix.Dup(int(f.Fd())) // Secrets keeps its own
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	s := Secrets{FD: fd}
	for _, want := range []string{"first", "second"} {
		if got, err := s.Ask("secret"); err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	if _, err := s.Ask("secret"); !errors.As(err, new(NoSecretError)) {
		t.Errorf("after the last: %v", err)
	}
}

func TestAServiceHasThePassphraseFromItsCredentials(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("CREDENTIALS_DIRECTORY", dir)
	if err := os.WriteFile(filepath.Join(dir, "bindery-key"), []byte("a long enough passphrase\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	s := Secrets{FD: -1}
	if got, err := s.Passphrase(); err != nil || got != "a long enough passphrase" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestASecretThatNeverEndsIsRefused(t *testing.T) {
	for source, s := range map[string]Secrets{"descriptor": {FD: -1}, "credential": {FD: -1}} {
		t.Run(source, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "bindery-key")
			if err := os.WriteFile(file, []byte(strings.Repeat("x", 1<<20)), 0o600); err != nil {
				t.Fatal(err)
			}
			ask := s.Passphrase
			if source == "descriptor" {
				fd, err := unix.Open("/dev/zero", unix.O_RDONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				s.FD = fd
			} else {
				t.Setenv("CREDENTIALS_DIRECTORY", dir)
			}
			if got, err := ask(); err == nil {
				t.Errorf("%d bytes are taken", len(got))
			}
		})
	}
}
