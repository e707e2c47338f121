// SPDX-License-Identifier: Apache-2.0

package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station"
	"bindery/station/identity"
	"bindery/station/safefile"
)

// output is the file that a verb writes, as its flags name it.
type output struct {
	file      string
	overwrite bool
}

func (o *output) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVarP(&o.file, "output", "o", "", "file to write")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace an existing file; never a record, a backup, a key or a checkpoint")
	require(cmd, "output")
}

// rules are what may be replaced; record is the record in use.
func (o *output) rules(record string) safefile.Rules {
	return safefile.Rules{Overwrite: o.overwrite, Record: record}
}

// check says beforehand what write would not do.
func (o *output) check(record string) error { return o.rules(record).Check(o.file) }

// write puts a file in its place whole, or leaves what is there.
func (o *output) write(data []byte, record string) error {
	return safefile.Write(o.file, data, o.rules(record))
}

// checkOutputName refuses, for every verb that writes a file, a name that holds what may
// be an identity: a name stands in folders, logs and mails that nobody masks.
func checkOutputName(cmd *cobra.Command) error {
	f := cmd.Flags().Lookup("output")
	if f == nil {
		return nil
	}
	if name := filepath.Base(f.Value.String()); identity.HasIdentity(name) {
		return wrongUse("the name of the file, %s, holds what may be an identity: take another name", station.Visible(identity.MaskIn(name), ""))
	}
	return nil
}

// endingsOf are the formats that the end of a name may stand for, where it is not the
// name of one of them.
var endingsOf = map[string][]string{"jsonl": {"json"}, "zip": {"bundle"}, "zpl": {"zpl", "zpl-native"}}

// formatOf is the format that a file is written in: as its name ends where none was
// given, and the usual one where the name has no end. A file whose name says another
// format than it has would be refused by whoever opens it.
func formatOf(file, given string, formats ...string) (string, error) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(file), "."))
	named := endingsOf[ending]
	if named == nil {
		named = []string{ending}
	}
	named = slices.DeleteFunc(slices.Clone(named), func(f string) bool { return !slices.Contains(formats, f) })
	switch {
	case given != "" && !slices.Contains(formats, given):
		return "", wrongUse("the format is one of %s, not %q", strings.Join(formats, ", "), given)
	case given != "" && ending != "" && !slices.Contains(named, given) && isFormat(ending):
		return "", wrongUse("--format says %s, and the name of the file ends in .%s: give one of them", given, ending)
	case given != "":
		return given, nil
	case ending == "":
		return formats[0], nil
	case len(named) == 0:
		return "", wrongUse("%q is not a format of this file: give --format or a name that ends in one of %s", station.Shown(ending), strings.Join(formats, ", "))
	}
	return named[0], nil
}

// isFormat reports that the end of a name is that of a format that the program writes.
func isFormat(ending string) bool {
	return endingsOf[ending] != nil || slices.Contains([]string{"pdf", "csv", "xlsx", "json", "png"}, ending)
}

// require makes flags obligatory. cobra refuses only a flag that is not there,
// and it is defined a line above.
func require(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		_ = cmd.MarkFlagRequired(name)
	}
}
