// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"bindery/cmd/internal/wire"
	"bindery/station/identity"
	"bindery/station/safefile"
)

// keepCrashReport has the runtime write a crash into a file beside the record: a
// station has no terminal that anybody reads. Errors of the graphics library can't
// be caught in any other way. No link is followed, and only the account may read
// it: a crash holds what was in memory. The runtime writes it as it is, so that what
// an earlier crash says of identities is masked at the next start.
func keepCrashReport(s Settings) (stop func(), err error) {
	dir := filepath.Dir(wire.Record(s.DB))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "crash.txt")
	if err := maskFile(path); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return nil, err
	}
	return func() { f.Close() }, nil
}

// maskFile hides the identities in a text file, if there is one.
func maskFile(path string) error {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return nil // whoever opens it to write says what is wrong
	}
	text, err := os.ReadFile(path)
	if err != nil || !identity.HasIdentity(string(text)) {
		return err
	}
	return safefile.Write(path, []byte(identity.MaskIn(string(text))), safefile.Rules{Overwrite: true})
}
