// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"bindery/fixtures/dutsim"
	"bindery/station/identity"
	"bindery/station/safefile"
	"bindery/ui/widget"
)

// measure prints how long the app takes from launch until it can be used, and the
// memory that it holds after 10 units and after all of them. Units are made over
// the screen and not over the bench alone, since memory is lost in pictures and
// lists; scans, keys and the look of the screen are all in the time of a unit.
// docs/performance.md has the numbers.
func measure(ctx context.Context, o options, units int) error {
	f, err := newFactory(ctx, o.bin, filepath.Join(o.dir, "bench"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(o.dir, "screens"), 0o700); err != nil {
		return err
	}
	// An order of its own: that of the demo has twenty places.
	if err := f.importOrder(ctx, o.bin, units); err != nil {
		return err
	}
	s, err := newRig(ctx, o, f)
	if err != nil {
		return err
	}
	defer s.close()
	if s.screen, err = newScreen(ctx, o.width, o.height); err != nil {
		return err
	}
	// From before the process starts: what a person waits for in the morning is
	// all of it.
	began := time.Now()
	if err := s.start(ctx, s.screen.env()); err != nil {
		return err
	}
	if err := s.waitTone(ctx, widget.Calm); err != nil {
		return err
	}
	fmt.Printf("launch to ready          %.2f s\n", time.Since(began).Seconds())
	if err := s.signIn(ctx); err != nil {
		return err
	}
	began = time.Now()
	for n := 1; n <= units; n++ {
		if err := s.makeOne(ctx, n); err != nil {
			_ = s.screen.save(s.picture("bench-stopped")) // to see why
			return fmt.Errorf("unit %d: %w", n, err)
		}
		// After 10 all caches are warm; what is more at the end is what grows.
		if n == 10 || n == units {
			fmt.Printf("resident after %5d     %d MB\n", n, s.resident())
		}
	}
	fmt.Printf("a unit, scans and all    %.2f s\n", time.Since(began).Seconds()/float64(units))
	return nil
}

// benchTAC lies beside the demo's, in the range of which nothing is given out.
const benchTAC = "98000044"

// importOrder makes an order, and a range of numbers, that are large enough.
func (f *factory) importOrder(ctx context.Context, bin string, units int) error {
	f.Order = "WO-BENCH"
	for kind, text := range map[string]string{
		"orders":      fmt.Sprintf("[[order]]\nid = %q\nref = \"CL-4G-01\"\nlot = \"BENCH\"\nplanned = %d\n", f.Order, units),
		"allocations": fmt.Sprintf("[[allocation]]\ntac = %q\nfrom = 1\nto = 999999\nproduct = \"CL-4G-01\"\nowner = \"own\"\n", benchTAC),
	} {
		file := f.path("bench-" + kind + ".toml")
		if err := safefile.Write(file, []byte(text), overwrite); err != nil {
			return err
		}
		out, err := exec.CommandContext(ctx, filepath.Join(bin, "bindery"), "--db", f.path(f.DB), "import", kind, file, "--badge", f.Badges["quality"]).CombinedOutput()
		if err != nil {
			return fmt.Errorf("bindery import %s: %w\n%s", kind, err, out)
		}
	}
	return nil
}

// benchDevice makes the nth device of the measurement. Its numbers are sound and
// belong to nobody, as those of the demo (cmd/bindery/demo.go), and meet none of
// them.
func benchDevice(n int) dutsim.Identity {
	imei, iccid := fmt.Sprintf("%s%06d", benchTAC, n), fmt.Sprintf("899990000001%06d", n)
	return dutsim.Identity{
		IMEI:  imei + string(identity.LuhnDigit(imei)),
		ICCID: iccid + string(identity.LuhnDigit(iccid)),
		IMSI:  fmt.Sprintf("99999001%07d", n),
	}
}

// makeOne takes the nth unit from its serial to PASS. The device answers without
// pause: what is measured is the station and not the speed of a line.
func (s *rig) makeOne(ctx context.Context, n int) error {
	a := scenario{serial: fmt.Sprintf("CL-%06d", 500000+n), device: benchDevice(n)}
	if err := s.plug(a.device, true); err != nil {
		return err
	}
	if err := begin(ctx, s, a); err != nil {
		return err
	}
	return finish(ctx, s, a, datamatrix)
}

// resident is the memory of the app in MB. It is what the kernel counts and not
// what Go says of its heap: the graphics library takes its own.
func (s *rig) resident() int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.app.Process.Pid))
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kb / 1024
		}
	}
	return 0
}
