// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bindery/station"
)

func TestRepliesAreReadAsTheyStandAndNoColumnIsChosenOfTwo(t *testing.T) {
	for text, want := range map[string][]station.FieldReply{
		"serial,reply\nCL-1,gepr\xfcft\nCL-2,ok\n":    {{Serial: "CL-1", Reply: "geprüft", Row: 2}, {Serial: "CL-2", Reply: "ok", Row: 3}},
		"serial,reply\nCL-1,=A1\nCL-2,+1\nCL-3,@me\n": {{Serial: "CL-1", Reply: "=A1", Row: 2}, {Serial: "CL-2", Reply: "+1", Row: 3}, {Serial: "CL-3", Reply: "@me", Row: 4}},
		"serial,note,note,reply\nCL-1,a,b,ok\n":       {{Serial: "CL-1", Reply: "ok", Row: 2}},
		"serial,reply\nCL-1,\n":                       {{Serial: "CL-1", Row: 2}},
	} {
		rows, err := repliesOf(t, text)
		if err != nil || !slices.Equal(rows, want) {
			t.Errorf("%q: %+v, %v", text, rows, err)
		}
	}
	for text, say := range map[string]string{
		"serial,reply,Reply\nCL-1,,no\n":      "the column reply appears twice in the header, in B and C",
		"serial,reply, reply \nCL-1,,done\n":  "the column reply appears twice",
		"serial,serial,reply\nCL-1,CL-2,ok\n": "the column serial appears twice",
		"reply\nok\n":                         "needs the columns",
		"serial,reply\n\"CL-1,ok\nCL-2,ok\n":  "cannot be read",
	} {
		rows, err := repliesOf(t, text)
		var wrong *RepliesError
		if !errors.As(err, &wrong) || !strings.Contains(wrong.Message, say) {
			t.Errorf("%q: %+v, %v, want %s", text, rows, err, say)
		}
	}
}

func repliesOf(t *testing.T, text string) ([]station.FieldReply, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "replies.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, _, err := ReadReplies(file)
	return rows, err
}
