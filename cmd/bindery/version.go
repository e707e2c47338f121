// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"bindery/cmd/internal/wire"
)

// version names the build, as each leaf that it writes does.
func (c *cli) version() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Say which build this is, and what it was built from",
		Long: `Say which build this is: version, commit, compiler and, with --json, the modules
that it was built with, as the build itself tells. What it does not know is
unknown, or null. The record says which build wrote what.`,
		Args: cobra.NoArgs,
		RunE: c.verb(func(*cobra.Command, []string) (answer, error) { return thisBuild(), nil }),
	}
}

// programName is what this command is called in records and exports.
const programName = "bindery"

// thisBuild reads it from the binary itself, so that it cannot be set to something
// else by a flag of the linker. Its keys are in an order of their own, that of the
// answer from the first version on, and so it is no [wire.Build].
func thisBuild() build {
	info, _ := debug.ReadBuildInfo()
	b := wire.BuildOf(programName, info)
	return build{
		Program: b.Name, Version: orNull(b.Version), Commit: orNull(b.Commit), Modified: b.Modified, Committed: orNull(b.Committed),
		Go: orNull(b.Go), Platform: orNull(b.Platform), Modules: b.Modules, line: b.String(),
	}
}

// build is what the program was built from.
type build struct {
	Program   string        `json:"program"`
	Version   *string       `json:"version"`
	Commit    *string       `json:"commit"`
	Modified  bool          `json:"modified"` // the source had changes that are in no commit
	Committed *string       `json:"committed"`
	Go        *string       `json:"go"`
	Platform  *string       `json:"platform"`
	Modules   []wire.Module `json:"modules"`

	line string
}

// The modules are for --json: who looks for a known hole in one of them does so
// with a tool.
func (b build) text(w io.Writer) {
	fmt.Fprintf(w, "%s\n  built by %s for %s\n", b.line, shown(b.Go), shown(b.Platform))
	if b.Committed != nil {
		fmt.Fprintln(w, "  committed", *b.Committed)
	}
}
