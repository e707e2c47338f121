// SPDX-License-Identifier: Apache-2.0

package station

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Flag is a mark that stops a unit wherever it turns up.
type Flag string

// The flags.
const (
	FlagLost          Flag = "lost"
	FlagStolen        Flag = "stolen"
	FlagInvestigation Flag = "investigation"
	FlagFieldAction   Flag = "field-action"
	FlagReturned      Flag = "returned"
	FlagRecovered     Flag = "recovered"
)

// Flags lists them.
var Flags = []Flag{FlagLost, FlagStolen, FlagInvestigation, FlagFieldAction, FlagReturned, FlagRecovered}

// ParseFlag is a flag as people write it: in any case, with blanks for hyphens,
// and "under investigation" for investigation.
func ParseFlag(text string) Flag {
	text = strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(text, "-", " "))), "-")
	return Flag(strings.TrimPrefix(text, "under-"))
}

// Known reports whether f is one of them.
func (f Flag) Known() bool { return slices.Contains(Flags, f) }

// FlagsToSet are those that a unit with these in force does not have.
func FlagsToSet(inForce []Flag) []Flag {
	return slices.DeleteFunc(slices.Clone(Flags), func(f Flag) bool { return slices.Contains(inForce, f) })
}

// FlagsIn are the flags of a list.
func FlagsIn(list []Flagged) []Flag {
	flags := make([]Flag, len(list))
	for i, f := range list {
		flags[i] = f.Flag
	}
	return flags
}

// FlagNames is all of [Flags] as people read them: "lost, stolen or returned".
func FlagNames() string {
	names := make([]string, len(Flags))
	for i, f := range Flags {
		names[i] = string(f)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Flagged is a unit that a flag is in force of.
type Flagged struct {
	Serial string
	Flag   Flag
	Since  time.Time
}

// String says it in a few words.
func (f Flagged) String() string {
	return fmt.Sprintf("unit %s, %s since %s", Shown(f.Serial), f.Flag, f.Since.UTC().Format(time.DateOnly))
}
