// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"
	"golang.org/x/sys/unix"
)

// secrets takes passwords and PINs from the terminal, which does not show
// them, or from a file descriptor; never from the command line, where every
// user of the machine could read them.
type secrets struct {
	fd    int
	lines *bufio.Reader
}

func (s *secrets) flag(f *pflag.FlagSet) {
	f.IntVar(&s.fd, "secret-fd", -1, "read secrets, one a line, from this file descriptor instead of asking")
}

// ask takes one secret.
func (s *secrets) ask(prompt string) (string, error) {
	if s.fd < 0 && !isTerminal(os.Stdin) {
		return "", wrongUse("%s: there is no terminal to ask on; give --secret-fd", prompt)
	}
	if s.lines == nil {
		s.lines = bufio.NewReader(os.Stdin)
		if s.fd >= 0 {
			s.lines = bufio.NewReader(os.NewFile(uintptr(s.fd), "secrets"))
		}
	}
	if s.fd < 0 {
		fmt.Fprintf(os.Stderr, "%s: ", prompt)
		show, err := hideTyping(os.Stdin)
		if err != nil {
			return "", err
		}
		defer show()
	}
	line, err := s.lines.ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", wrongUse("%s: nothing was given", prompt)
	}
	return line, nil
}

// twice takes a new secret, and again where a person types it unseen.
func (s *secrets) twice(prompt string) (string, error) {
	first, err := s.ask(prompt)
	if err != nil || s.fd >= 0 {
		return first, err
	}
	second, err := s.ask(prompt + " again")
	if err == nil && first != second {
		err = wrongUse("the two are not the same")
	}
	return first, err
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
		fmt.Fprintln(os.Stderr)
	}, nil
}

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}
