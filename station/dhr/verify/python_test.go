// SPDX-License-Identifier: Apache-2.0

package verify_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// reader is docs/verify_record.py, which shares no code with ours: started
// once, for that takes longer than to check a record.
type reader struct {
	sync.Mutex
	in  io.Writer
	out *bufio.Reader
}

var python = sync.OnceValue(func() *reader {
	cmd := exec.Command("python3", "-uc", `
import contextlib, io, sys
sys.path.insert(0, "../../../docs")
import verify_record
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        verify_record.main(line.rstrip("\n").split("\t"))
    print(*said.getvalue().split()) # a damaged text that it cites may have lines
`)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYTHONIOENCODING=utf-8:backslashreplace")
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if errors.Join(err1, err2, cmd.Start()) != nil {
		return nil
	}
	return &reader{in: in, out: bufio.NewReader(out)}
})

// says is what the reader says of a record, beside keys and checkpoints.
func (r *reader) says(t *testing.T, args ...string) (fault string) {
	t.Helper()
	r.Lock()
	defer r.Unlock()
	fmt.Fprintln(r.in, strings.Join(args, "\t"))
	out, err := r.out.ReadString('\n')
	switch {
	case err == nil && strings.HasPrefix(out, "sound: "):
		return ""
	case strings.HasPrefix(out, "NOT SOUND: "):
		return strings.TrimSpace(out)
	}
	t.Fatalf("the reader in Python broke down: %v\n%s", err, out)
	return ""
}
