// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bindery/station/safefile"
)

// outputFiles are what an export writes. None has a name until all of them are whole.
type outputFiles struct {
	path  string
	rules safefile.Rules
	made  []*safefile.File

	copied io.Writer // gets all that is written, too; may be nil
}

// writeVolume starts the next file. What is written to it ends early when ctx does.
func (f *outputFiles) writeVolume(ctx context.Context, fill func(io.Writer) error) error {
	file, err := safefile.Create(f.path)
	if err != nil {
		return err
	}
	f.made = append(f.made, file)
	var to io.Writer = file
	if f.copied != nil {
		to = io.MultiWriter(file, f.copied)
	}
	w := bufio.NewWriterSize(stoppable{ctx, to}, 1<<16)
	if err := fill(w); err != nil {
		return err
	}
	return w.Flush()
}

// publish gives the files their names: the one that was asked for, or that with a
// number of three digits for each volume.
func (f *outputFiles) publish() ([]string, error) {
	names := []string{f.path}
	if len(f.made) > 1 {
		ext := filepath.Ext(f.path)
		names = names[:0]
		for i := range f.made {
			names = append(names, fmt.Sprintf("%s-%03d%s", strings.TrimSuffix(f.path, ext), i+1, ext))
		}
	}
	for _, name := range names { // all or none
		if err := f.rules.Check(name); err != nil {
			return nil, err
		}
	}
	for i, file := range f.made {
		if err := file.Publish(filepath.Base(names[i]), f.rules); err != nil {
			for _, made := range names[:i] {
				os.Remove(made)
			}
			return nil, err
		}
	}
	return names, nil
}

// discard removes what was not kept.
func (f *outputFiles) discard() {
	for _, file := range f.made {
		file.Discard()
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
