// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
)

func (c *cli) key() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Show how the station's signing key is kept; put it under a passphrase",
		Long: `The key signs the checkpoints of the record. It is a file beside the record that
only its owner can read, and may be put under a passphrase: then whoever signs
is asked for it, the station once when it starts. It comes from the terminal,
from --secret-fd, or from the credential bindery-key of a systemd service.`,
		Args: cobra.NoArgs,
		RunE: c.record(func(_ context.Context, d *dhr.DHR, _ []string) (answer, error) { return keyKept(d) }),
	}
	show := &cobra.Command{
		Use:   "show",
		Short: "Show where the key is, how it is kept, and its public part",
		Args:  cobra.NoArgs,
		RunE:  cmd.RunE,
	}
	cmd.AddCommand(show, c.protectKey(), c.unprotectKey())
	return cmd
}

func (c *cli) protectKey() *cobra.Command {
	var badge string
	cmd := &cobra.Command{
		Use:     "protect --badge ADMIN",
		Short:   "Put the key under a passphrase, or under another one",
		Example: "  bindery key protect --badge AD-5001",
		Args:    cobra.NoArgs,
		RunE: c.byAdmin(&badge, func(ctx context.Context, d *dhr.DHR, by string) (answer, error) {
			if err := d.UseKey(); err != nil { // the old passphrase comes before the new
				return nil, err
			}
			passphrase, err := c.secrets.Twice("new passphrase of the station's key")
			if err != nil {
				return nil, err
			}
			if _, err := d.ProtectKey(ctx, by, passphrase); err != nil {
				return nil, err
			}
			return keyKept(d)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the admin (default, while there is none: the account that runs this)")
	return cmd
}

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
			return keyKept(d)
		}),
	}
	cmd.Flags().StringVar(&badge, "badge", "", "badge of the admin (default, while there is none: the account that runs this)")
	return cmd
}

func keyKept(d *dhr.DHR) (answer, error) {
	s, err := d.KeyState()
	if err != nil {
		return nil, err
	}
	return keyState{s}, nil
}

type keyState struct{ dhr.KeyState }

func (k keyState) text(w io.Writer) {
	kept := "no passphrase: whoever can read the file can sign"
	if k.Protected {
		kept = "under a passphrase"
	}
	fmt.Fprintf(w, "%s\n  %s\n  public: %s\n", k.File, kept, k.Public)
}
