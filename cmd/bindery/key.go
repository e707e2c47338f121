// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/record"
)

// keys is for the key that makes this station the one that it is.
//
// Its user is an admin after a disk or a computer was replaced. What the key is
// for and who may change it is station's ([station.MayManageKey]); here the steps
// are kept in their order: the old passphrase before the new, the act before what
// is shown of it.
func (c *cli) keys() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Show how the station's key is kept and enrolled; enrol it; protect it by a passphrase",
		Long: `A station is known by its key: the name under which the key is enrolled decides
which line, devices and ranges it has. The first key of a record is enrolled
automatically. Any other key raises an alarm and cannot be used until an admin has
enrolled it.

The key signs the checkpoints of the record. It is a file beside the record that
only its owner can read, and a passphrase can protect it: then whoever signs is
asked for it, and the station once at its start. The passphrase comes from the
terminal, from --secret-fd, or from the credential bindery-key of a systemd service.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, _ []string) (answer, error) { return showKey(ctx, d) }),
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Show where the key is, how it is kept, and its public part",
		Args:  cobra.NoArgs,
		RunE:  cmd.RunE,
	}
	cmd.AddCommand(show, c.enrolKey(), c.protectKey(), c.unprotectKey())
	return cmd
}

// enrolKey makes a key known to the record, by an admin. The first one is enrolled
// by the account that runs it: there is no admin yet who could.
//
// It does not open the record by c.open, which refuses a station whose name is not
// that of its key: that is just what an enrolment puts right.
func (c *cli) enrolKey() *cobra.Command {
	var badge, reason string
	cmd := &cobra.Command{
		Use:   "enrol --badge ADMIN --reason TEXT",
		Short: "Make the key that is there the key of this station",
		Long: `Enrol the key that is there as the key of this station. An admin does this after
the old key was lost, for another station of the record, or to change the name.
--station says which station; without it, the key replaces that of the only station
of the record. The key that the station had before is no longer valid.`,
		Example: "  bindery key enrol --badge AD-5001 --reason 'the disk was replaced'\n" +
			"  bindery key enrol --station 'Line 3' --station-key /etc/bindery/line3.key --badge AD-5001 --reason 'a second bench'",
		Args: cobra.NoArgs,
		RunE: c.verb(func(cmd *cobra.Command, _ []string) (answer, error) {
			ctx := cmd.Context()
			// An enrolment makes no record: a path that was mistyped would begin an empty one.
			if err := c.checkExists(); err != nil {
				return nil, err
			}
			d, err := wire.Open(ctx, c.path(), c.options()) // under another name than it has, too
			if err != nil {
				return nil, err
			}
			defer d.Close() //nolint:errcheck // what was committed is on disk
			by, err := c.admitOr(ctx, d, badge, dhr.ComputerAccount())
			if err != nil {
				return nil, err
			}
			return answerLeaf(d.EnrolKey(ctx, by, reason))
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", adminFlag)
	cmd.Flags().StringVar(&reason, "reason", "", "what happened to the old key, or why the station is new")
	return cmd
}

// enrolledBy is an enrolment on one line. Records of the first version have no
// enrolment by a person: an earlier program made it by itself.
func enrolledBy(e station.Enrolment) string {
	by := e.By
	if by == "" {
		by = "an earlier program"
	}
	return fmt.Sprintf("%s by %s, %s, leaf %d", e.Station, by, local(e.At), e.Leaf)
}

// protectKey puts the key under a passphrase, so that a copied disk cannot sign.
func (c *cli) protectKey() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:     "protect --badge ADMIN",
		Short:   "Protect the key by a passphrase, or by another one",
		Example: "  bindery key protect --badge AD-5001",
		Args:    cobra.NoArgs,
		RunE: c.byAdmin(&badge, func(ctx context.Context, d *dhr.DHR, by string) (answer, error) {
			if err := d.UseKey(ctx); err != nil { // the old passphrase comes before the new
				return nil, err
			}
			passphrase, err := c.secrets.Twice("new passphrase of the station's key")
			if err != nil {
				return nil, err
			}
			if _, err := d.ProtectKey(ctx, by, passphrase); err != nil {
				return nil, err
			}
			return showKey(ctx, d)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", adminFlag)
	return cmd
}

// unprotectKey takes it off again, for a station that starts without a person. The
// passphrase is asked for by the record itself, since the key must be read to be
// written without one.
func (c *cli) unprotectKey() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:   "unprotect --badge ADMIN",
		Short: "Keep the key without a passphrase again",
		Args:  cobra.NoArgs,
		RunE: c.byAdmin(&badge, func(ctx context.Context, d *dhr.DHR, by string) (answer, error) {
			if _, err := d.UnprotectKey(ctx, by); err != nil {
				return nil, err
			}
			return showKey(ctx, d)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", adminFlag)
	return cmd
}

// showKey answers with the key as the file now has it, read again. What is shown
// is what a start of the station will find, and not what this process believes.
func showKey(ctx context.Context, d *dhr.DHR) (answer, error) {
	s, err := d.KeyState(ctx)
	if err != nil {
		return nil, err
	}
	return keyState{s}, nil
}

// keyState is how the key is kept, without any secret part of it.
type keyState struct{ record.KeyState }

func (k keyState) text(w io.Writer) {
	kept := "no passphrase: whoever can read the file can sign"
	if k.Protected {
		kept = "under a passphrase"
	}
	as := "not enrolled: it may do nothing until bindery key enrol"
	if e := k.Enrolment; e != nil {
		as = "enrolled as " + enrolledBy(*e)
	}
	fmt.Fprintf(w, "%s\n  %s\n  public: %s\n  %s\n", k.File, kept, k.Public, as)
}
