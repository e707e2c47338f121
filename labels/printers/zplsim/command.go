// SPDX-License-Identifier: Apache-2.0

package zplsim

import (
	"bufio"
	"strconv"
	"strings"
)

// zplCommand is one ZPL command with its parameters as they came.
type zplCommand struct {
	name string // "^FO", "~HS"
	args string
}

// scan cuts a stream into commands. Line ends between them mean nothing. A
// command counts as complete when the next begins, ^XZ, ~HS and ~HI at once.
func scan(r *bufio.Reader, do func(zplCommand)) error {
	var cmd zplCommand
	flush := func() {
		if cmd.name != "" {
			do(cmd)
		}
		cmd = zplCommand{}
	}
	var args strings.Builder
	for {
		b, err := r.ReadByte()
		if err != nil {
			cmd.args = args.String()
			flush()
			return err
		}
		if b != '^' && b != '~' {
			if b != '\r' && b != '\n' {
				args.WriteByte(b)
			}
			continue
		}
		cmd.args = args.String()
		args.Reset()
		flush()
		name, err := name(r, b)
		if err != nil {
			return err
		}
		cmd.name = name
		if name == "^XZ" || name == "~HS" || name == "~HI" {
			flush()
		}
	}
}

// name reads the letters of a command; ^A takes its font as an argument.
func name(r *bufio.Reader, lead byte) (string, error) {
	a, err := r.ReadByte()
	if err != nil {
		return "", err
	}
	if lead == '^' && (a == 'A' || a == 'a') {
		return "^A", nil
	}
	b, err := r.ReadByte()
	if err != nil {
		return "", err
	}
	return strings.ToUpper(string([]byte{lead, a, b})), nil
}

// int is the i-th parameter as a number; 0 when there is none.
func (c zplCommand) int(i int) int {
	n, _ := strconv.Atoi(strings.TrimSpace(c.arg(i)))
	return n
}

// arg is the i-th parameter; one that is left out has its usual value.
func (c zplCommand) arg(i int) string {
	all := strings.Split(c.args, ",")
	if i >= len(all) {
		return ""
	}
	return all[i]
}
