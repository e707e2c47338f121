// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"

	"bindery/cmd/internal/wire"
)

// keepCrashReport has the runtime write a crash into a file beside the record: a
// station has no terminal that anybody reads. Errors of the graphics library can't
// be caught in any other way. No link is followed, and only the account may read
// it: a crash holds what was in memory.
func keepCrashReport(s Settings) (stop func(), err error) {
	dir := filepath.Dir(wire.Record(s.DB))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.txt"), os.O_CREATE|os.O_WRONLY|os.O_APPEND|syscall.O_NOFOLLOW, 0o600)
	if err != nil {
		return nil, err
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return nil, err
	}
	return func() { f.Close() }, nil
}
