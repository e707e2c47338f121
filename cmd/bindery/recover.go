// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
)

// letAdminIn is for the last admin who is locked out. Only the account that owns the
// file, or root, may, and the record says that it was so.
//
// It is the one act that asks for no badge, and so the one that proves itself by
// something else: whoever owns the file could rewrite all of it with any editor,
// so that letting them in gives away nothing that they do not have. What keeps it
// honest is that it is told: a leaf, and an alarm that only quality closes. The
// rule is [station.AllowRecovery].
//
// With one of --id and --name alone it is not clear whether a new admin is meant or
// an old one named carelessly; a new one by mistake could not be taken back.
func (c *cli) letAdminIn() *cobra.Command {
	var r dhr.Recovery
	cmd := &cobra.Command{
		Use:   "recover --badge BADGE --reason TEXT",
		Short: "Let an admin back in when no other admin can help",
		Long: `Let an admin back in who is locked out, or has lost the password or PIN, when no
other admin can help. Only root, or the account of this computer that owns the file
of the record, can do this; no badge or password is asked for.

The admin is unlocked and gets a password (and a PIN, if they had one) that can only
be used to choose their own. If no admin is left at all, --id and --name make a new
one. The record names the account that did this, and an alarm stays open until
quality has closed it.`,
		Example: `  bindery people recover --badge AD-5001 --reason 'locked out after wrong PINs'
  bindery people recover --id p-77 --name 'Ann Admin' --badge AD-5002 --reason 'the only admin has left'`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			if (r.Admin.ID == "") != (r.Admin.Name == "") {
				return nil, wrongUse("a new admin needs both --id and --name")
			}
			hasPIN, err := needsPIN(ctx, d, r.Admin)
			if err != nil {
				return nil, err
			}
			if r.Password, err = c.secrets.Twice("first password of the admin"); err != nil {
				return nil, err
			}
			if hasPIN {
				if r.PIN, err = c.secrets.Twice("first PIN of the admin"); err != nil {
					return nil, err
				}
			}
			// By the effective ID, which is whose rights this process has: sudo
			// makes it root's, and the leaf says so.
			r.By = station.Account{Name: dhr.ComputerAccount(), ID: uint32(os.Geteuid())} // a user ID is positive
			return answerLeaf(d.LetAdminIn(ctx, r))
		}),
	}
	f := cmd.Flags()
	f.StringVar(&r.Admin.Badge, "badge", "", "badge of the admin")
	f.StringVar(&r.Admin.ID, "id", "", "ID of a new admin")
	f.StringVar(&r.Admin.Name, "name", "", "name of a new admin")
	f.StringVar(&r.Reason, "reason", "", "why")
	require(cmd, "badge", "reason")
	return cmd
}

// needsPIN reports whether somebody has a PIN, which the screen would ask for.
//
// A new admin has none to replace, and giving a PIN to
// who never had one would have them asked for one from then on.
func needsPIN(ctx context.Context, d *dhr.DHR, p station.Person) (bool, error) {
	if p.ID != "" {
		return false, nil
	}
	p, err := findPerson(ctx, d, p.Badge)
	if err != nil {
		return false, err
	}
	return d.HasSecret(ctx, p.ID, station.PIN)
}

// findPerson is the person with this badge, as somebody whom an act is about:
// they need not be allowed to work today.
//
// It is looked for in the list and not by [dhr.DHR.BadgeHolder], which refuses a
// badge that may not work now: just such a person is the one whose training is to
// be entered.
func findPerson(ctx context.Context, d *dhr.DHR, badge string) (station.Person, error) {
	people, err := d.People(ctx)
	if err != nil {
		return station.Person{}, err
	}
	i := slices.IndexFunc(people, func(p station.Person) bool { return p.Badge == badge })
	if i < 0 {
		return station.Person{}, station.Refuse(station.PersonUnknown, "")
	}
	return people[i], nil
}
