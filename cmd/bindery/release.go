// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"bindery/cmd/internal/wire"
	"bindery/station/dhr"
)

// signing is what is asked of a person who signs: both components again, and
// what the signature means.
type signing struct {
	badge   string
	meaning string
}

func (s *signing) flag(f *pflag.FlagSet, meaning dhr.Meaning) {
	f.StringVar(&s.badge, "badge", "", "badge of who signs; the password is asked for")
	f.StringVar(&s.meaning, "meaning", string(meaning), "what the signature means: authorship, review, approval or responsibility")
}

func (s *signing) ask(from *wire.Secrets) (dhr.Signing, error) {
	if s.badge == "" {
		return dhr.Signing{}, wrongUse("say who signs with --badge")
	}
	password, err := from.Ask("password of " + s.badge)
	return dhr.Signing{Badge: s.badge, Password: password, Meaning: dhr.Meaning(s.meaning)}, err
}

func (c *cli) release() *cobra.Command {
	var s signing
	cmd := &cobra.Command{
		Use:   "release LOT --badge BADGE",
		Short: "Sign the record of a lot and release its units that passed",
		Args:  cobra.ExactArgs(1),
		RunE: c.record(func(ctx context.Context, d *dhr.DHR, args []string) (answer, error) {
			signed, err := s.ask(&c.secrets)
			if err != nil {
				return nil, err
			}
			return recordedIn(d.ReleaseLot(ctx, signed, args[0]))
		}),
	}
	s.flag(cmd.Flags(), dhr.Approval)
	return cmd
}
