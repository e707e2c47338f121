// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
	"bindery/station/dhr"
	"bindery/station/dhr/dhrtest"
	"bindery/station/reconcile"
	"bindery/station/scope"
	"bindery/station/stationtest"
)

// hands are somebody at a station with a keyboard, who looks at the screen before
// the next key.
type hands struct {
	t       *testing.T
	display string
	picture string // file into which the server maps what the screen shows
	shown   uint64 // hash of what was seen last
	seed    maphash.Seed
}

// does sends keys to the app, one step after the other, each once the one before has
// shown: a text, which Enter ends, or a key of xdotool after a colon.
func (h *hands) does(steps ...string) {
	h.t.Helper()
	for _, s := range steps {
		script := fmt.Sprintf("type --delay 12 %q\nkey Return", s)
		if key, ok := strings.CutPrefix(s, ":"); ok {
			script = "key " + key
		}
		h.xdotool(script)
		h.settle(s)
	}
}

func (h *hands) xdotool(script string) {
	h.t.Helper()
	cmd := exec.CommandContext(h.t.Context(), "xdotool", "-")
	cmd.Env, cmd.Stdin = append(os.Environ(), "DISPLAY="+h.display), strings.NewReader(script+"\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Fatalf("package xdotool: %v: %s", err, out)
	}
}

// settle waits until the screen shows something else than before, and stands still.
func (h *hands) settle(after string) {
	h.t.Helper()
	const still = 500 * time.Millisecond
	was, now, since := h.shown, h.shown, time.Now()
	for began := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if seen := maphash.Bytes(h.seed, h.pixels()); seen != now {
			now, since = seen, time.Now()
		}
		if now != was && time.Since(since) > still {
			h.shown = now
			return
		}
		if time.Since(began) > 20*time.Second {
			h.keep("unexpected")
			h.t.Fatalf("%q shows nothing", after)
		}
	}
}

// pixels are the bytes of the picture, which is in the format of xwd: a header whose
// first word is its length, then colours that are not used, then four bytes a pixel.
func (h *hands) pixels() []byte {
	h.t.Helper()
	raw, err := os.ReadFile(h.picture)
	if err != nil {
		h.t.Fatal(err)
	}
	return raw[word(raw, 0)+12*word(raw, 19):]
}

func word(raw []byte, i int) int { return int(binary.BigEndian.Uint32(raw[4*i:])) }

// keep writes what the screen shows into the folder BINDERY_GALLERY, if there is
// one, for people to look at.
func (h *hands) keep(name string) {
	h.t.Helper()
	dir := os.Getenv("BINDERY_GALLERY")
	if dir == "" {
		return
	}
	raw, err := os.ReadFile(h.picture)
	if err != nil {
		h.t.Fatal(err)
	}
	px, wide, stride := h.pixels(), word(raw, 4), word(raw, 12)
	img := image.NewNRGBA(image.Rect(0, 0, wide, word(raw, 5)))
	for y := range img.Rect.Dy() {
		for x := range wide {
			p := px[y*stride+4*x:]
			img.SetNRGBA(x, y, color.NRGBA{p[2], p[1], p[0], 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "journey "+name+".png"), b.Bytes(), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

// atStation starts the app on a record and gives the keyboard to it.
func atStation(t *testing.T, record, size string) *hands {
	t.Helper()
	folder := t.TempDir()
	display, _ := xServer(t, "-screen", "0", size+"x24", "-fbdir", folder)
	s := startOn(t, display, record, []string{"-size", size}, "FYNE_SCALE=1")
	s.isReady(t)
	t.Cleanup(func() { _ = s.cmd.Process.Kill(); <-s.over })
	h := &hands{t: t, display: display, picture: filepath.Join(folder, "Xvfb_screen0"), seed: maphash.MakeSeed()}
	h.xdotool("search --sync --onlyvisible --name ^Bindery$ windowfocus --sync\nmousemove 9999 9999")
	h.settle("the start")
	return h
}

// until asks the record until it says so.
func until(t *testing.T, what string, asked func(context.Context) (bool, error)) {
	t.Helper()
	for began := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		ok, err := asked(t.Context())
		if err != nil {
			t.Fatal(what, ": ", err)
		}
		if ok {
			return
		}
		if time.Since(began) > 20*time.Second {
			t.Fatal("the record never came to: ", what)
		}
	}
}

const pin = "482913"

// incidentRecord is a record with three units that passed, and somebody of quality
// with a PIN.
func incidentRecord(t *testing.T) (*dhr.DHR, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dhr.db")
	d := dhrtest.Open(t, path, wire.SystemClock{})
	layout, err := os.ReadFile("../../labels/layouts/device-50x25.toml")
	stationtest.NoError(t, err)
	dhrtest.AddFactoryWithLayout(t, d, stationtest.Order(), string(layout))
	for n := range 3 {
		dhrtest.Passes(t, dhrtest.Bench(d, n), stationtest.Serial(n))
	}
	stationtest.NoError(t, d.SetSecret(t.Context(), "quality", "quality", station.PIN, pin))
	return d, path
}

// downs is the key for the n-th row of a list, from 0, of which none is chosen yet.
func downs(n int) []string { return slices.Repeat([]string{":Down"}, n+1) }

func TestAStationThatIsAskedAboutAnIncidentAnswersByKeysAlone(t *testing.T) {
	builtApp(t)
	d, path := incidentRecord(t)
	h := atStation(t, path, "1280x720")
	h.does("B-quality", pin)
	h.keep("home")
	flagsByASIM(t, h, d)
	keepsWhatIsStolen(t, h, d)
	handsItsSIMOver(t, h, d, filepath.Join(filepath.Dir(path), "exports"))
	comparesAndOpensACase(t, h, d)
}

// flagsByASIM types a scrap of an ICCID, which leads to the unit, and flags that as
// stolen.
func flagsByASIM(t *testing.T, h *hands, d *dhr.DHR) {
	t.Helper()
	h.does(stationtest.ICCID(1)[9:])
	h.keep("found")
	h.does(":F7")
	h.keep("flag")
	h.does(downs(slices.Index(station.Flags, station.FlagStolen))...)
	h.does(":Return", ":Down", ":Return")
	until(t, "the unit is flagged", func(ctx context.Context) (bool, error) {
		list, err := d.Flags(ctx)
		return len(list) == 1 && list[0].Serial == stationtest.Serial(1) && list[0].Flag == station.FlagStolen, err
	})
	h.keep("flagged")
}

// keepsWhatIsStolen builds a scope by choosing, and keeps it as a case.
func keepsWhatIsStolen(t *testing.T, h *hands, d *dhr.DHR) {
	t.Helper()
	h.does(":Escape", ":F2", ":F2")
	fields := slices.DeleteFunc(scope.Fields(), func(f scope.Field) bool { return f == scope.ListField })
	h.does(downs(slices.Index(fields, scope.Flag))...)
	h.does(":Return")
	h.does(downs(slices.Index(station.Flags, station.FlagStolen))...)
	h.does(":Return")
	h.keep("scope")
	h.does(":F9", "ticket 7013", "stolen from a van")
	until(t, "the case is kept", func(ctx context.Context) (bool, error) {
		list, err := d.Cases(ctx)
		return len(list) == 1 && list[0].Name == "ticket 7013" && list[0].Saved[0].Count == 1, err
	})
}

// handsItsSIMOver writes the file for the carrier, whole, which lies in a folder then.
func handsItsSIMOver(t *testing.T, h *hands, d *dhr.DHR, folder string) {
	t.Helper()
	h.does(":Escape", ":F6", ":Down", ":Return")
	h.keep("case")
	h.does(":F9", ":Down")
	h.keep("file")
	h.does(":F7", "the fraud desk", "stolen from a van", ":Down", ":Down", ":Return", ":Down", ":Return", ":Return")
	until(t, "the file is handed over", func(ctx context.Context) (bool, error) {
		list, err := d.IncidentExports(ctx)
		return len(list) == 1 && list[0].Audience == station.CarrierSuspend && list[0].Whole && list[0].Recipient == "the fraud desk", err
	})
	h.keep("handed over")
	files, _ := filepath.Glob(filepath.Join(folder, "*.csv"))
	if len(files) != 1 {
		t.Fatalf("%d files", len(files))
	}
	if text, err := os.ReadFile(files[0]); err != nil || !strings.HasPrefix(string(text), "iccid,imsi\n"+stationtest.ICCID(1)) {
		t.Errorf("the file for the carrier: %v\n%s", err, text)
	}
	h.does(":Escape")
}

// comparesAndOpensACase holds the list of a carrier against the record, and makes a
// case of those that were seen in another device.
func comparesAndOpensACase(t *testing.T, h *hands, d *dhr.DHR) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "sims.csv")
	text := "ICCID,IMEI,State\n" + stationtest.ICCID(2) + "," + stationtest.IMEI(9) + ",active\n"
	stationtest.NoError(t, os.WriteFile(list, []byte(text), 0o600))
	h.does(":F4", list)
	h.keep("list of the carrier")
	h.does(":F7", ":Down", ":Return")
	until(t, "the comparison is kept", func(ctx context.Context) (bool, error) {
		made, err := d.Reconciliations(ctx)
		return len(made) == 1 && made[0].Counts[reconcile.IMEIDiffers] == 1, err
	})
	h.does(slices.Repeat([]string{":Down"}, slices.Index(reconcile.Findings(), reconcile.IMEIDiffers))...)
	h.keep("compared")
	h.does(":F10", ":Return", ":Return")
	until(t, "the case of a class is kept", func(ctx context.Context) (bool, error) {
		cases, err := d.Cases(ctx)
		return len(cases) == 2 && cases[0].Saved[0].Count == 1 && strings.Contains(cases[0].Name, string(reconcile.IMEIDiffers)), err
	})
	h.keep("case of a class")
}
