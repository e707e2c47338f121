// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/dhr"
)

// people lists who may do what. The verbs below it are those of an admin.
//
// What a role may do is in station's permissions, and nothing here decides about
// it: each verb hands the ID of who asks to the record, which asks the rule in the
// transaction. So a role that was changed a moment ago counts at once.
func (c *cli) people() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "people",
		Short: "List people; set up the first admin; set PINs and passwords; retire people; let an admin back in",
		Args:  cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) {
			people, err := d.People(ctx)
			if err != nil {
				return nil, err
			}
			return append(personList{}, people...), nil // [] where nobody is there yet
		}),
	}
	cmd.AddCommand(c.setUp(), c.setSecret(), c.changePerson(), c.retire(), c.letAdminIn())
	return cmd
}

// setUp makes the first admin of an empty record; no record comes with one.
func (c *cli) setUp() *cobra.Command {
	var admin station.Person
	cmd := &cobra.Command{
		Use:   "setup --id ID --name NAME --badge BADGE",
		Short: "Make the first admin of an empty record; works once",
		Args:  cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			// Before the record is made: whoever gives up at the password leaves
			// no empty record behind, which the station would then open as its
			// own.
			password, err := c.secrets.Twice("password of the admin")
			if err != nil {
				return nil, err
			}
			d, err := c.create(cmd.Context())
			if err != nil {
				return nil, err
			}
			defer d.Close() //nolint:errcheck // what was committed is on disk
			return nil, d.SetUp(cmd.Context(), admin, password)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&admin.ID, "id", "", "ID, never used again for another person")
	f.StringVar(&admin.Name, "name", "", "name, as it is printed")
	f.StringVar(&admin.Badge, "badge", "", "text of the badge's barcode")
	require(cmd, "id", "name", "badge")
	return cmd
}

// setSecret sets a PIN or password. What an admin sets for somebody else only serves
// to choose their own: nobody knows another's.
func (c *cli) setSecret() *cobra.Command {
	var badge, by string
	cmd := &cobra.Command{
		Use:   "secret pin|password --badge BADGE",
		Short: "Set a person's PIN for the line or password for signatures",
		Long: `Set a person's PIN for the line or password for signatures. An admin does this with
their own password, or the person with their present PIN or password. One that an
admin has set for somebody else can only be used to choose a new one.`,
		Args:      cobra.MatchAll(cobra.ExactArgs(1), cobra.OnlyValidArgs),
		ValidArgs: []string{string(station.PIN), string(station.Password)},
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			p, err := findPerson(ctx, d, badge)
			if err != nil {
				return nil, err
			}
			// First who asks, then the new secret: nobody chooses one to be told
			// afterwards that they may not.
			who, err := c.setter(ctx, d, badge, by, station.Credential(args[0]))
			if err != nil {
				return nil, err
			}
			secret, err := c.secrets.Twice("new " + args[0])
			if err != nil {
				return nil, err
			}
			return nil, d.SetSecret(ctx, who, p.ID, station.Credential(args[0]), secret)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the person whose secret it is")
	cmd.Flags().StringVar(&by, "by", "", "badge of the admin who sets it for them")
	require(cmd, "badge")
	return cmd
}

// setter is who sets a secret: an admin, by their password, or the owner of the
// badge, who gives the old one, or else what they have. An old one that is good
// for nothing else will do: it is to be replaced.
//
// That is what an expired or a lost secret needs: without it who let theirs run
// out would have to find an admin for what is their own to do.
func (c *cli) setter(ctx context.Context, d *dhr.DHR, badge, by string, kind station.Credential) (id string, err error) {
	if by != "" {
		password, err := c.secrets.Ask("password of the admin")
		if err != nil {
			return "", err
		}
		admin, err := d.SignIn(ctx, by, station.Password, password)
		return admin.ID, err
	}
	own, err := d.BadgeHolder(ctx, badge)
	if err != nil {
		return "", err
	}
	has, err := d.HasSecret(ctx, own.ID, kind)
	if err != nil {
		return "", err
	}
	own.Requires = own.CredentialToReplace(kind, has)
	if own.Requires == "" {
		return c.admit(ctx, d, badge)
	}
	old, err := c.ask(own)
	if err != nil {
		return "", err
	}
	_, err = d.SignIn(ctx, badge, own.Requires, old)
	var no *station.Refusal
	if errors.As(err, &no) && station.MayReplace(own.Requires, kind, no.Finding.Code) {
		err = nil
	}
	return own.ID, err
}

// changePerson changes what the flags name, and leaves the rest as it is.
//
// The ID is not among the flags: all that a person ever did points at it.
func (c *cli) changePerson() *cobra.Command {
	var badge, by, reason string
	var now station.Person
	var role string
	cmd := &cobra.Command{
		Use:     "change --badge BADGE --by ADMIN --reason TEXT",
		Short:   "Change a person's name, badge, role or last day of training",
		Example: "  bindery people change --badge OP-1001 --trained-until 2027-06-30 --by AD-5001 --reason 'trained again'",
		Args:    cobra.NoArgs,
	}
	f := cmd.Flags()
	f.StringVar(&badge, "badge", "", "badge of the person")
	f.StringVar(&by, "by", "", "badge of the admin")
	f.StringVar(&reason, "reason", "", "why")
	f.StringVar(&now.Name, "name", "", "new name")
	f.StringVar(&now.Badge, "new-badge", "", "new badge")
	f.StringVar(&role, "role", "", "new role")
	f.StringVar(&now.TrainedUntil, "trained-until", "", "last day of training, YYYY-MM-DD; none sets no end")
	require(cmd, "badge", "by")
	cmd.RunE = c.act(&by, func(ctx context.Context, d *dhr.DHR, admin string, _ []string) (int64, error) {
		p, err := findPerson(ctx, d, badge)
		if err != nil {
			return 0, err
		}
		// By what was given, and not by what is not empty: an empty
		// --trained-until takes the end of the training away, and that is a
		// change.
		for name, set := range map[string]func(){
			"name":          func() { p.Name = now.Name },
			"new-badge":     func() { p.Badge = now.Badge },
			"role":          func() { p.Role = station.Role(role) },
			"trained-until": func() { p.TrainedUntil = now.TrainedUntil },
		} {
			if f.Changed(name) {
				set()
			}
		}
		return d.ChangePerson(ctx, admin, p, reason)
	})
	return cmd
}

// retire keeps the person in the record, where what they did has their name. A
// badge that is found again opens nothing, and the ID is never given to somebody
// else, so that no act can be taken for another person's.
func (c *cli) retire() *cobra.Command {
	var badge, by, reason string
	cmd := &cobra.Command{
		Use:   "retire --badge BADGE --by ADMIN --reason TEXT",
		Short: "Retire a person; their ID is never used again",
		Args:  cobra.NoArgs,
		RunE: c.act(&by, func(ctx context.Context, d *dhr.DHR, admin string, _ []string) (int64, error) {
			p, err := findPerson(ctx, d, badge)
			if err != nil {
				return 0, err
			}
			return d.RetirePerson(ctx, admin, p.ID, reason)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&badge, "badge", "", "badge of the person who leaves")
	f.StringVar(&by, "by", "", "badge of the admin")
	f.StringVar(&reason, "reason", "", "why")
	require(cmd, "badge", "by")
	return cmd
}

// personList has no badges: who can read one could print it.
type personList []station.Person

// - for a training without end: an empty last column would look like a line that
// was cut.
func (l personList) text(w io.Writer) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tNAME\tROLE\tTRAINED UNTIL")
	for _, p := range l {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", p.ID, p.Name, p.Role, orDash(p.TrainedUntil))
	}
	t.Flush() //nolint:errcheck // a reader that went away is no fault
}
