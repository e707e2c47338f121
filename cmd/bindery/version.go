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
		Short: "Show which build this is, and what it was built from",
		Long: `Show which build this is: version, commit, compiler and, with --json, the modules
that it was built with, as the build itself says. Anything it does not know is shown
as unknown, or null. The record says which build wrote what.`,
		Args: cobra.NoArgs,
		RunE: c.verb(func(*cobra.Command, []string) (answer, error) { return thisBuild(), nil }),
	}
}

// thisBuild reads it from the binary itself, so that it cannot be set to something
// else by a flag of the linker.
func thisBuild() build {
	info, _ := debug.ReadBuildInfo()
	return build{wire.BuildOf(programName, info)}
}

// build is what the program was built from.
type build struct{ wire.Build }

// MarshalJSON has null for what the build does not know.
func (b build) MarshalJSON() ([]byte, error) {
	return marshalKeys(b, "program", "version", "commit", "modified", "committed", "go", "platform", "modules")
}

// The modules are for --json: who looks for a known hole in one of them does so
// with a tool.
func (b build) text(w io.Writer) {
	fmt.Fprintf(w, "%s\n  built by %s for %s\n", b, orDash(b.Go), orDash(b.Platform))
	if b.Committed != "" {
		fmt.Fprintln(w, "  committed", b.Committed)
	}
}
