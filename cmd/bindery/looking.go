// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"bindery/station/dhr"
	"bindery/station/identity"
)

// looking holds the flags of a verb that shows identities: masked, unless somebody
// who may see them whole says why. The record has who and why before they are
// shown; one call of the command is one session of looking.
type looking struct {
	whole         bool
	reason, badge string
}

// flags are the same for each verb that shows identities. All three or none: a
// reason without a name would be kept of nobody.
func (l *looking) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&l.whole, "whole", false, "show numbers unmasked, to people who may see them")
	f.StringVar(&l.reason, "reason", "", "why the numbers are needed")
	f.StringVar(&l.badge, "badge", "", "badge of the person who looks")
	cmd.MarkFlagsRequiredTogether("whole", "reason", "badge")
}

// admit asks who looks, before anything is looked for: "" where numbers stay
// masked.
func (l *looking) admit(ctx context.Context, c *cli, d *dhr.DHR) (by string, err error) {
	if !l.whole {
		return "", nil
	}
	return c.admit(ctx, d, l.badge)
}

// shown is an answer about units as it may be shown.
func (l *looking) shown(ctx context.Context, d *dhr.DHR, by string, serials []string, a answer) (answer, error) {
	// Masked is what happens when nothing was said.
	if by == "" {
		return maskedAnswer{a}, nil
	}
	if _, err := d.RevealFor(ctx, by, l.reason, serials); err != nil {
		return nil, err
	}
	return a, nil
}

// maskedAnswer is an answer in which no identity is whole.
type maskedAnswer struct{ answer }

func (m maskedAnswer) text(w io.Writer) {
	var b strings.Builder
	m.answer.text(&b)
	_, _ = io.WriteString(w, identity.MaskIn(b.String())) // a reader that went away is told by its own exit code
}

// MarshalJSON masks every text but names of members, and the value that a text was
// taken for: whoever asked has it.
func (m maskedAnswer) MarshalJSON() ([]byte, error) {
	text, err := json.Marshal(m.answer)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	name := ""
	for len(text) > 0 {
		at := bytes.IndexByte(text, '"')
		if at < 0 {
			break
		}
		end := endOfText(text, at)
		out.Write(text[:at])
		literal := text[at:end]
		text = text[end:]
		var s string
		if err := json.Unmarshal(literal, &s); err != nil {
			return nil, err
		}
		switch {
		// A text before a colon is the name of a member: masked, the JSON would not be
		// that of the documentation any more.
		case len(text) > 0 && text[0] == ':':
			name = s
		case name != "value":
			if literal, err = json.Marshal(identity.MaskIn(s)); err != nil {
				return nil, err
			}
		}
		out.Write(literal)
	}
	out.Write(text)
	return out.Bytes(), nil
}

// endOfText is where the JSON text that begins at a place ends.
func endOfText(text []byte, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}
