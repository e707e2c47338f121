// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
	"bindery/fixtures"
	"bindery/station"
	"bindery/station/dhr"
)

// cli is what all verbs share: the global flags.
type cli struct {
	db       string
	copies   string
	dialects string
	station  string // name that was given
	key      string // file of the station's key
	secrets  wire.Secrets
	json     bool
}

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
// The groups are those of docs/command-line.md, in the order in which somebody
// meets them: a unit, a question, a decision, the record. A verb is added in its
// group, in a file of its name, and in that table.
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

// path is where the record is. It is asked for each time and not kept: a verb such
// as demo names another.
func (c *cli) path() string { return wire.Record(c.db) }

// options say how this program opens a record.
func (c *cli) options() dhr.Options {
	return dhr.Options{
		Clock: wire.SystemClock{}, Program: wire.Program(programName), Station: c.station, Key: c.key, CheckpointMirror: c.copies,
		Passphrase: c.secrets.Passphrase,
	}
}

// create opens the record and makes it when there is none. A name that is not
// that of the station's key is refused for every verb: it is not believed.
func (c *cli) create(ctx context.Context) (*dhr.DHR, error) {
	d, err := wire.Open(ctx, c.path(), c.options())
	if err != nil {
		return nil, err
	}
	_, err = d.Station(ctx)
	var f *station.Fault
	// Closed again, since whoever gets an error has nothing to close.
	if errors.As(err, &f) && f.Code == station.StationOtherName {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// open opens a record that must be there: a mistyped path shall not make an
// empty one.
func (c *cli) open(ctx context.Context) (*dhr.DHR, error) {
	if err := c.checkExists(); err != nil {
		return nil, err
	}
	return c.create(ctx)
}

// checkExists refuses a record that is not there.
func (c *cli) checkExists() error {
	if _, err := os.Stat(c.path()); errors.Is(err, fs.ErrNotExist) {
		return wrongUse("there is no record at %s: name one with --db or BINDERY_DB, or make one with bindery import", c.path())
	}
	return checkNotEmpty(c.path())
}

// checkNotEmpty refuses a file of next to no bytes, which SQLite would take for a
// new record: what was there is gone. SQLite itself would make it a record without
// complaint, and the station would go on with nobody and no unit in it. With a
// write-ahead log beside it the content may still be there, so that it is left to
// SQLite.
func checkNotEmpty(path string) error {
	const header = 100 // bytes that any SQLite file begins with
	file, err := os.Stat(path)
	if _, wal := os.Stat(path + "-wal"); err != nil || file.Size() >= header || file.IsDir() || wal == nil {
		return nil
	}
	return station.NewFault(station.RecordDamaged, "the file has only "+station.Counted(file.Size(), "byte", "bytes"), nil)
}

// openReadOnly opens a record or backup that must be there, and changes nothing of
// it. A copy that an auditor holds must stay byte for byte what it was, or its
// hash tells nothing any more.
func (c *cli) openReadOnly(ctx context.Context, path string) (*dhr.DHR, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse("there is no record at %s", path)
	}
	if err := checkNotEmpty(path); err != nil {
		return nil, err
	}
	return dhr.OpenReadOnly(ctx, path, c.options())
}

// record makes a verb that works on a record which must be there.
func (c *cli) record(do func(ctx context.Context, d *dhr.DHR, args []string) (answer, error)) func(*cobra.Command, []string) error {
	return c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
		d, err := c.open(cmd.Context())
		if err != nil {
			return nil, err
		}
		defer d.Close() //nolint:errcheck // what was committed is on disk
		return do(cmd.Context(), d, args)
	})
}

// fixture makes the reader of a DUT. Dialects of the site's own are taken only
// once quality has approved them: what they send could change a device.
func (c *cli) fixture(ctx context.Context, config fixtures.Config) (*fixtures.Modem, error) {
	var err error
	if config.Dialects, err = wire.Dialects(c.dialects, c.approved(ctx)...); err != nil {
		return nil, wrongUse("%v", err)
	}
	config.Clock = wire.SystemClock{}
	modem, err := fixtures.New(config)
	if err != nil {
		return nil, wrongUse("%v", err)
	}
	return modem, nil
}

// approved are the hashes of the dialects that quality has approved, where there
// is a record that can tell. Without one only the dialects that come along are
// taken: that reads a device before there is any record, and gives no way around
// the approval once there is one.
func (c *cli) approved(ctx context.Context) []string {
	d, err := c.openReadOnly(ctx, c.path())
	if err != nil {
		return nil
	}
	defer d.Close()                            //nolint:errcheck // it was only read
	hashes, _ := wire.ApprovedDialects(ctx, d) // what cannot be read has approved nothing
	return hashes
}
