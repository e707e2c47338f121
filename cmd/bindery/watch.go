// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/labels"
	"bindery/station/safefile"
)

// redraw draws a layout each time its file changes, until ctx ends. A layout with
// mistakes leaves the last picture and lists them. The folder is asked every 200
// ms and not watched: an editor saves by renaming, in which a watch on the file is
// lost.
func (l *labelFlags) redraw(ctx context.Context, record string, progress io.Writer) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	var lastText []byte
	for {
		text, err := safefile.Read(l.watch, safefile.MostOfText)
		// Later on it may be gone for a moment, between the two steps of a save.
		if err != nil && lastText == nil {
			return wrongUse("%v", err)
		}
		if err == nil && string(text) != string(lastText) {
			lastText = text
			l.drawOnce(text, record, progress)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// drawOnce tells what is wrong with a layout and goes on: whoever edits it saves again.
func (l *labelFlags) drawOnce(text []byte, record string, progress io.Writer) {
	layout, err := labels.Parse(strings.TrimSuffix(filepath.Base(l.watch), ".toml"), text)
	if err == nil {
		var label *labels.Label
		if label, err = layout.Draw(labels.SampleValues(), l.dpi); err == nil {
			_, err = l.save(label, record)
			l.overwrite = l.overwrite || err == nil // from now on it is our own
		}
	}
	if err == nil {
		fmt.Fprintf(progress, "%s  drawn, %s\n", local(wire.SystemClock{}.Now()), layout.Hash()[:12])
		return
	}
	explain(progress, err)
}
