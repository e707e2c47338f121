// SPDX-License-Identifier: Apache-2.0

package app

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bindery/ui/widget"
)

func TestADraftIsShownAndWatchedAsItsFileIsSaved(t *testing.T) {
	b := &App{settings: Settings{Drafts: t.TempDir(), DPI: 300}}
	file := filepath.Join(b.settings.Drafts, "mine.toml")
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	changed := make(chan struct{}, 9)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go b.watchDrafts(ctx, func() { changed <- struct{}{} })

	good, err := os.ReadFile("../../../labels/layouts/device-50x25.toml")
	if err != nil {
		t.Fatal(err)
	}
	save(string(good))
	if p := b.drafts(); len(p) != 1 || p[0].Name != "mine" || p[0].State != widget.StepDone || p[0].Image == nil {
		t.Fatalf("%+v", p)
	}
	save(strings.Replace(string(good), "{serial}", "{seriall}", 1))
	if p := b.drafts(); p[0].State != widget.StepFail || p[0].Image != nil || len(p[0].Mistakes) != 1 || !strings.Contains(p[0].Mistakes[0].What, "seriall") {
		t.Errorf("%+v", p)
	}
	for n := 1; ; n++ {
		save(string(good) + strings.Repeat("#", n)) // the watcher may have begun after the last one
		select {
		case <-changed:
			return
		case <-time.After(time.Second):
		}
	}
}
