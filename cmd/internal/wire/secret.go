// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"bindery/station/safefile"
)

// Secrets takes passwords, PINs and passphrases from the terminal, which does
// not show them, or from a file descriptor; never from the command line, where
// every user of the machine could read them.
type Secrets struct {
	FD    int // one secret a line is read from it; below 0 the terminal is asked
	lines *bufio.Reader
}

// mostOfSecret is how many bytes a line with a secret may have: what is read of
// a device that never ends.
const mostOfSecret = 4 << 10

// SecretFD is how the flag for [Secrets.FD] is called, and what it does.
const (
	SecretFD     = "secret-fd"
	SecretFDHelp = "read secrets, one a line, from this file descriptor instead of asking"
)

// NoSecretError says why a secret could not be asked for.
type NoSecretError string

func (n NoSecretError) Error() string { return string(n) }

// Ask takes one secret. Where there is nobody to ask, the error is a NoSecretError.
func (s *Secrets) Ask(prompt string) (string, error) {
	if s.FD < 0 && !IsTerminal(os.Stdin) {
		return "", NoSecretError(prompt + ": there is no terminal to ask on; give --" + SecretFD)
	}
	if s.lines == nil {
		from := os.Stdin
		if s.FD >= 0 {
			from = os.NewFile(uintptr(s.FD), "secrets")
		}
		s.lines = bufio.NewReaderSize(from, mostOfSecret)
	}
	if s.FD < 0 {
		show, err := hideTyping(os.Stdin) // before anybody is asked: some type fast
		if err != nil {
			return "", err
		}
		defer show()
		fmt.Fprintf(Err, "%s: ", prompt)
	}
	raw, err := s.lines.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", NoSecretError(fmt.Sprintf("%s: it is longer than the %d bytes of any secret", prompt, mostOfSecret))
	case err != nil && !errors.Is(err, io.EOF):
		return "", err
	}
	line := strings.TrimRight(string(raw), "\r\n")
	if line == "" {
		return "", NoSecretError(prompt + ": nothing was given")
	}
	return line, nil
}

// Twice takes a new secret, and again where a person types it unseen.
func (s *Secrets) Twice(prompt string) (string, error) {
	first, err := s.Ask(prompt)
	if err != nil || s.FD >= 0 {
		return first, err
	}
	second, err := s.Ask(prompt + " again")
	if err == nil && first != second {
		err = NoSecretError("the two are not the same")
	}
	return first, err
}

// credential is the file that systemd has for the passphrase of the key, by
// LoadCredential or LoadCredentialEncrypted (systemd.exec(5)).
const credential = "bindery-key"

// Passphrase is that of the station's key: from the credentials of the
// service, else asked for.
func (s *Secrets) Passphrase() (string, error) {
	if dir := os.Getenv("CREDENTIALS_DIRECTORY"); dir != "" {
		text, err := safefile.Read(filepath.Join(dir, credential), mostOfSecret)
		if err == nil {
			return strings.TrimRight(string(text), "\r\n"), nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
	}
	return s.Ask("passphrase of the station's key")
}

// hideTyping turns the echo of a terminal off.
func hideTyping(f *os.File) (show func(), err error) {
	fd := int(f.Fd())
	was, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return nil, err
	}
	hidden := *was
	hidden.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, &hidden); err != nil {
		return nil, err
	}
	return func() {
		_ = unix.IoctlSetTermios(fd, unix.TCSETS, was) // the terminal is gone otherwise
		fmt.Fprintln(Err)
	}, nil
}

// IsTerminal reports whether a person sits at f.
func IsTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}
