// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"bindery/labels"
	"bindery/station"
	"bindery/station/record"
	"bindery/station/safefile"
	"bindery/ui/setup"
	"bindery/ui/widget"
)

// drafts are the layouts in the folder of --layouts: files that somebody is
// writing and that the record does not know yet. Each is shown with its picture
// or with all that is wrong with it.
func (a *App) drafts() []setup.Component {
	var parts []setup.Component
	for _, file := range a.draftFiles() {
		name := strings.TrimSuffix(filepath.Base(file), ".toml")
		p := setup.Component{ID: "draft " + file, Name: name, Kind: "draft", State: widget.StepDone}
		text, err := safefile.Read(file, safefile.MostOfText)
		var layout *labels.Layout
		if err == nil {
			layout, err = labels.Parse(name, text)
		}
		var label *labels.Label
		if err == nil {
			label, err = layout.Draw(labels.SampleValues(), a.settings.DPI)
		}
		if err != nil {
			p.State = widget.StepFail
			p.Mistakes, p.Err = mistakes(err)
		} else {
			// The size is shown because it is what a roll must fit.
			w, h := layout.Size()
			p.Image = label.Image()
			p.Facts = append(p.Facts, record.Fact{Name: "size", Value: fmt.Sprintf("%g × %g mm", w, h)})
		}
		p.Facts = append(p.Facts, record.Fact{Name: "file", Value: file})
		parts = append(parts, p)
	}
	return parts
}

// draftFiles are the layouts that somebody is working on: they are shown and
// tried, and no unit gets one. They are read each time and never kept: the folder
// belongs to who writes in it.
func (a *App) draftFiles() []string {
	if a.settings.Drafts == "" {
		return nil
	}
	files, _ := filepath.Glob(filepath.Join(a.settings.Drafts, "*.toml")) // the pattern is sound
	return files
}

// mistakes are all that is wrong with a layout; where it is the file that cannot be
// read, there is an error instead.
func mistakes(err error) ([]setup.Mistake, error) {
	var all []setup.Mistake
	for _, m := range labels.MistakesOf(err) {
		all = append(all, setup.Mistake{Line: m.Line, Element: m.Element, Key: m.Key, What: m.Message, Next: m.Cure})
	}
	var fault *station.Fault
	switch {
	case len(all) > 0:
		return all, nil
	case errors.As(err, &fault):
		return nil, err
	}
	return nil, station.NewFault(station.LabelRefused, "the file cannot be read; it may be gone, or be a folder or a device.", err)
}

// watchDrafts calls changed when a file of the folder was saved, came or went. It
// asks, as bindery label --watch does, since editors save by renaming.
func (a *App) watchDrafts(ctx context.Context, changed func()) {
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for seen := a.draftState(); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if now := a.draftState(); now != seen {
			seen = now
			changed()
		}
	}
}

// draftState is a text that differs when any file of the folder does.
func (a *App) draftState() string {
	var state strings.Builder
	for _, file := range a.draftFiles() {
		// One that is gone at that moment is being saved; the next look finds it.
		if i, err := os.Stat(file); err == nil {
			fmt.Fprintln(&state, file, i.Size(), i.ModTime().UnixNano())
		}
	}
	return state.String()
}
