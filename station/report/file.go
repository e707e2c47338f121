// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// files are what an export writes. Each has ".partial" behind its name until
// all of them are whole and on disk.
type files struct {
	path string
	made []string // partial names
}

// volume starts the next file. What is written to it ends early when ctx does.
func (f *files) volume(ctx context.Context, fill func(io.Writer) error) error {
	partial := f.path + ".partial"
	if len(f.made) > 0 {
		partial = fmt.Sprintf("%s.partial%d", f.path, len(f.made)+1)
	}
	file, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	f.made = append(f.made, partial)
	w := bufio.NewWriterSize(stoppable{ctx, file}, 1<<16)
	err = fill(w)
	if err == nil {
		err = errors.Join(w.Flush(), file.Sync())
	}
	return errors.Join(err, file.Close())
}

// keep gives the files their names: the one that was asked for, or that with a
// number of three digits for each volume.
func (f *files) keep() ([]string, error) {
	names := []string{f.path}
	if len(f.made) > 1 {
		ext := filepath.Ext(f.path)
		names = names[:0]
		for i := range f.made {
			names = append(names, fmt.Sprintf("%s-%03d%s", strings.TrimSuffix(f.path, ext), i+1, ext))
		}
	}
	for i, partial := range f.made {
		if err := os.Rename(partial, names[i]); err != nil {
			return nil, err
		}
	}
	f.made = nil
	return names, nil
}

// drop removes what is not whole.
func (f *files) drop() {
	for _, name := range f.made {
		os.Remove(name) //nolint:errcheck // the error that led here tells more
	}
}

// stoppable writes until the context ends.
type stoppable struct {
	ctx context.Context
	w   io.Writer
}

func (s stoppable) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
