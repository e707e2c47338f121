// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/user"

	"bindery/station"
	"bindery/station/dhr/store"
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

// noteProgram writes the leaf that says that this build writes from now on,
// within the transaction of what it is about to write.
func (d *DHR) noteProgram(leaves *store.LeafWriter, was station.Program) error {
	why := d.program.String()
	if was != (station.Program{}) {
		why += " after " + was.Build()
	}
	t, err := d.beginLeaf(leaves, auditEntry{what: "change-program", subject: "program:" + d.program.Build(), who: d.computer, why: why})
	if err != nil {
		return err
	}
	modified := int64(0)
	if d.program.Modified {
		modified = 1
	}
	if _, err := t.Insert("programs", store.Values{
		"version": d.program.Version, "revision": d.program.Commit, "modified": modified, "go": d.program.Go, "at": store.Stamp(t.Now),
	}); err != nil {
		return store.AsFault(err)
	}
	return store.AsFault(t.AppendLeaf())
}

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
