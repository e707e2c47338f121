// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/user"

	"bindery/station"
)

// ComputerAccount names who runs the program, where nobody has signed in: the account
// of the computer, as "account:NAME".
func ComputerAccount() string {
	if u, err := user.Current(); err == nil {
		return station.AccountPrefix + u.Username
	}
	return fmt.Sprintf("%s%d", station.AccountPrefix, os.Getuid())
}

// Program is the program that has the record open.
func (d *DHR) Program() station.Program { return d.program }

// lastProgram is the build that wrote the leaf before; the zero value where no
// leaf says.
func (t *tx) lastProgram() (p station.Program, err error) {
	err = t.Get(`SELECT version, revision, modified, go FROM programs ORDER BY id DESC LIMIT 1`, nil,
		&p.Version, &p.Commit, &p.Modified, &p.Go)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	return p, err
}
