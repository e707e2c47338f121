// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestEveryVerbIsDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/command-line.md")
	if err != nil {
		t.Fatal(err)
	}
	var each func(cmd *cobra.Command)
	each = func(cmd *cobra.Command) {
		for _, verb := range cmd.Commands() {
			name := strings.TrimPrefix(verb.CommandPath(), "bindery ")
			if !strings.Contains(string(page), name) {
				t.Errorf("docs/command-line.md does not have bindery %s", name)
			}
			each(verb)
		}
	}
	each((&cli{}).root())
}
