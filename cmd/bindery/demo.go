// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/demo"
	"bindery/fixtures/dutsim"
	"bindery/station"
	"bindery/station/identity"
	"bindery/station/safefile"
)

// factory holds the files of the demo, in the form in which anybody would
// write their own.
//
//go:embed factory
var factory embed.FS

// Kinds of the demo's files, in the order in which one needs the other. A product
// needs none of the others, a range and an order need a product; people come last,
// for with the first admin an import asks for a badge.
var factoryKinds = []string{"products", "allocations", "orders", "people"}

// demo makes a factory to try everything on, with numbers that belong to nobody.
func (c *cli) demo() *cobra.Command {
	return &cobra.Command{
		Use:   "demo DIR",
		Short: "Make a small demo factory in DIR, and print commands to try",
		Long: `Make a small factory in DIR: an invented company and product, an order of 20,
people with badges, and the record with all of it. Its numbers are safe to show:
TAC 98000042 starts with 98, which GSMA TS.06 keeps in reserve, so no device has
it; SIMs are from country code 999 and network 999, GTINs from GS1 prefix 952,
all kept for such use.`,
		Args: cobra.ExactArgs(1),
		RunE: c.verb(func(cmd *cobra.Command, args []string) (answer, error) {
			return c.makeFactory(cmd.Context(), args[0])
		}),
	}
}

// demoFactory is the factory that is made, and where.
type demoFactory struct {
	dir string
	demo.Factory
}

// makeFactory leaves a factory that is there as it is: somebody may have tried things
// on it.
func (c *cli) makeFactory(ctx context.Context, dir string) (answer, error) {
	made := &demoFactory{dir: dir, Factory: demo.Factory{
		DB: "bindery.db", Port: "dut", Labels: "labels", Order: "WO-118204", Dialect: "quectel",
		Badges: map[string]string{"operator": "OP-1001", "lead": "LD-2001", "quality": "QA-3001", "quality-2": "QA-3002", "auditor": "AU-4001", "admin": "AD-5001"},
		PINs:   map[string]string{"operator": "100101", "lead": "200202", "quality": "300303", "quality-2": "300304", "auditor": "400404", "admin": "500505"},
	}}
	c.db = made.path(made.DB)
	if _, err := os.Stat(c.db); !errors.Is(err, fs.ErrNotExist) {
		return nil, wrongUse("there is a factory in %s already: choose another folder, or delete it", dir)
	}
	// All files come before the record: a disk that is full leaves none that looks
	// whole.
	made.devices()
	if err := made.write(); err != nil {
		return nil, fmt.Errorf("demo files: %w", err)
	}
	for _, kind := range factoryKinds {
		if _, err := c.importFile(ctx, importFlags{kind: kind, file: made.path(kind + ".toml")}); err != nil {
			return nil, fmt.Errorf("demo %s: %w", kind, err)
		}
	}
	return made, c.givePINs(ctx, made)
}

// givePINs gives each person of the demo a PIN, so that they can sign in at
// the screen.
func (c *cli) givePINs(ctx context.Context, made *demoFactory) error {
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.Close() //nolint:errcheck // what was committed is on disk
	for _, role := range slices.Sorted(maps.Keys(made.Badges)) {
		p, err := d.PersonByBadge(ctx, made.Badges[role])
		if err != nil {
			return err
		}
		if err := d.SetSecret(ctx, p.ID, p.ID, station.PIN, made.PINs[role]); err != nil {
			return err
		}
	}
	return nil
}

// path is where a file of the factory is.
func (d *demoFactory) path(name string) string { return filepath.Join(d.dir, name) }

// demoTAC lies in a range of which nothing was ever given out: see the Long
// text of the command.
const demoTAC = "98000042"

// devices are twenty good ones and three whose IMEI is at fault.
func (d *demoFactory) devices() {
	for n := 101; n <= 120; n++ {
		d.Units = append(d.Units, demo.PlannedUnit{Serial: fmt.Sprintf("CL-%06d", n), Identity: device(demoTAC, n)})
	}
	zeros, luhn, foreign := device(demoTAC, 201), device(demoTAC, 202), device("98000043", 1)
	// Each is refused by another rule, so that whoever plays sees what the station says.
	zeros.IMEI = strings.Repeat("0", 15)
	last := len(luhn.IMEI) - 1
	// The next digit up, which is wrong whatever the right one is.
	luhn.IMEI = luhn.IMEI[:last] + string('0'+(luhn.IMEI[last]-'0'+1)%10)
	d.Bad = map[string]dutsim.Identity{"all-zeros": zeros, "check-digit": luhn, "tac-not-allocated": foreign}
}

// device makes the nth device of a TAC, with numbers that are sound and belong
// to nobody: ICCID country 999 and MCC 999 are for internal use (ITU-T E.164,
// E.212).
func device(tac string, n int) dutsim.Identity {
	imei := fmt.Sprintf("%s%06d", tac, n)
	iccid := fmt.Sprintf("899990000000%06d", n)
	eid := fmt.Sprintf("899990000000000000000000%06d", n)
	return dutsim.Identity{
		IMEI:  imei + string(identity.LuhnDigit(imei)),
		ICCID: iccid + string(identity.LuhnDigit(iccid)),
		IMSI:  fmt.Sprintf("99999000%07d", n),
		EID:   eid + eidCheck(eid),
	}
}

// eidCheck gives the two check digits of an EID (SGP.02 §2.2.2.2).
func eidCheck(digits string) string {
	rest := 0
	for _, c := range digits + "00" {
		rest = (rest*10 + int(c-'0')) % 97
	}
	return fmt.Sprintf("%02d", 98-rest)
}

// write puts the files into the folder, all or none.
func (d *demoFactory) write() error {
	if err := os.MkdirAll(d.path(d.Labels), 0o700); err != nil {
		return err
	}
	texts := map[string][]byte{}
	for _, kind := range factoryKinds {
		text, err := factory.ReadFile("factory/" + kind + ".toml")
		if err != nil {
			return err
		}
		texts[kind+".toml"] = text
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	texts[demo.File] = append(text, '\n')
	// All are asked for first: a folder that has one of them is left as it is.
	rules := safefile.Rules{Record: d.path(d.DB)}
	for name := range texts {
		if err := rules.Check(d.path(name)); err != nil {
			return err
		}
	}
	for name, text := range texts {
		if err := safefile.Write(d.path(name), text, rules); err != nil {
			return err
		}
	}
	return nil
}

// The commands are whole, with all paths: whoever tries this copies them one by
// one.
func (d *demoFactory) text(w io.Writer) {
	u := d.Units[0]
	fmt.Fprintf(w, `A small factory is in %[1]s: order %[2]s, 20 units of CardioLink 4G.
Its TAC %[3]s is safe to show: GSMA TS.06 keeps 98 in reserve, no device has it.

In one terminal, a simulated device:
  %[12]s dut --link %[4]s --dialect quectel --imei %[5]s --iccid %[6]s --imsi %[7]s

In another, provision one unit, then look at its record:
  export BINDERY_DB=%[8]s
  %[12]s read --port %[4]s
  %[12]s provision --order %[2]s --serial %[9]s --badge %[10]s --port %[4]s --printer folder:%[11]s --scan-back=decode
  %[12]s find %[9]s
  %[12]s show %[9]s

At the screen (bindery-station) a badge is scanned or typed, then its PIN:
`, d.dir, d.Order, demoTAC, d.path(d.Port), u.IMEI, u.ICCID, u.IMSI, d.path(d.DB), u.Serial, d.Badges[string(station.Operator)], d.path(d.Labels), os.Args[0])
	for _, role := range slices.Sorted(maps.Keys(d.Badges)) {
		fmt.Fprintf(w, "  %-9s badge %s  PIN %s\n", role, d.Badges[role], d.PINs[role])
	}
}
