// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
)

// run parses args, does the verb and returns the exit code.
//
// An error that cobra found in the arguments never came to a verb, so that it is
// given its JSON here: with --json there is one value on stdout, whatever went
// wrong.
func run(ctx context.Context, args []string) int {
	c := &cli{}
	root := c.root()
	root.SetOut(wire.Out)
	root.SetErr(wire.Err)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var fromVerb *verbError
	if c.json && err != nil && !errors.As(err, &fromVerb) {
		printJSON(root.OutOrStdout(), failure{findingOf(wrongUse("%v", err))})
	}
	explain(root.ErrOrStderr(), err)
	return exitCode(err)
}

// root is the command with all its verbs.
//
// The groups stand in the order in which somebody meets them: a unit, a question, a
// decision, the record. A verb is added in its group, and in docs/command-line.md.
func (c *cli) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "bindery",
		Short:         "Bind the identity of a cellular module to the serial of its product, and keep the record",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.Version = wire.Program(programName).String()
	root.SetVersionTemplate("{{.Version}}\n")
	f := root.PersistentFlags()
	// The environment gives what is the same for each call of a script; secrets
	// are never among it, for it is seen by any process of the account.
	f.StringVar(&c.db, "db", "", "the record, an SQLite file (default $BINDERY_DB, else "+filepath.Join(wire.DataDir(), "bindery.db")+")")
	f.StringVar(&c.copies, "copies", os.Getenv("BINDERY_COPIES"), "folder to which checkpoints are copied, best on another machine (default $BINDERY_COPIES)")
	f.StringVar(&c.dialects, "dialects", "", "folder with dialects of your own (default $BINDERY_DIALECTS, else dialects in the user's data folder)")
	f.StringVar(&c.station, "station", "", wire.StationHelp)
	f.StringVar(&c.key, wire.StationKey, os.Getenv("BINDERY_KEY"), wire.StationKeyHelp)
	f.IntVar(&c.secrets.FD, wire.SecretFD, -1, wire.SecretFDHelp)
	f.BoolVar(&c.json, "json", false, "print one JSON value and nothing else")
	for _, g := range []struct {
		title string
		verbs []*cobra.Command
	}{
		{"Provisioning a unit", []*cobra.Command{c.ports(), c.read(), c.clearLine(), c.provision(), c.label(), c.check()}},
		{"Searching", []*cobra.Command{c.find(), c.alias(), c.scope(), c.cases(), c.show(), c.orders(), c.labels(), c.allocations(), c.alarms(), c.people()}},
		{"Changing the state of a unit", append(c.moves(), c.flag(), c.unflag(), c.release(), c.approve())},
		{"The record", []*cobra.Command{c.imports(), c.histories(), c.export(), c.reconcile(), c.verify(), c.checkpoint(), c.keys(), c.backup(), c.restore(), c.checkDB(), c.rebuildIndex(), c.devices(), c.settleClock()}},
		{"Simulators and demo", []*cobra.Command{c.demo(), c.dut(), c.printer()}},
		{"About this program", []*cobra.Command{c.version()}},
	} {
		root.AddGroup(&cobra.Group{ID: g.title, Title: g.title + ":"})
		for _, v := range g.verbs {
			v.GroupID = g.title
			root.AddCommand(v)
		}
	}
	return root
}
