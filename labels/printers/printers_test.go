// SPDX-License-Identifier: Apache-2.0

package printers_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bindery/labels"
	"bindery/labels/printers"
	"bindery/labels/printers/zplsim"
	"bindery/station"
)

// sampleLabel is a real label of sample values.
func sampleLabel(t *testing.T) *labels.Label {
	t.Helper()
	v := labels.SampleValues()
	v.Sample = false
	l, err := labels.Builtin()[0].Draw(v, 203)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func open(t *testing.T, uri string) station.Printer {
	t.Helper()
	p, err := printers.Open(uri)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func simulated(t *testing.T, c zplsim.Config) (*zplsim.SimulatedPrinter, station.Printer) {
	t.Helper()
	if c.DPI == 0 {
		c.DPI = 203 // that of sampleLabel
	}
	sim, err := zplsim.Listen("127.0.0.1:0", c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, err := range sim.Errors() {
			t.Error(err)
		}
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return sim, open(t, "tcp://"+sim.Addr())
}

// taken waits until the printer has a label in its queue.
func taken(sim *zplsim.SimulatedPrinter) {
	for sim.Waiting() == 0 {
		time.Sleep(time.Millisecond)
	}
}

// dots is a picture's pixels, for comparing.
func dots(t *testing.T, data []byte) []byte {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, _, _, _ := img.At(x, y).RGBA()
			b.WriteByte(byte(r >> 8))
		}
	}
	return b.Bytes()
}

func TestAFolderTakesPictureDocumentAndCommands(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "labels")
	p, l := open(t, "folder:"+dir), sampleLabel(t)
	if got, err := p.Printed(t.Context(), "CM-000142-1", l); got != station.No || err != nil {
		t.Errorf("before the print: %v, %v", got, err)
	}
	if err := p.Print(t.Context(), "CM-000142-1", l); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Printed(t.Context(), "CM-000142-1", l); got != station.Yes || err != nil {
		t.Errorf("after the print: %v, %v", got, err)
	}
	var names []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if diff := cmp.Diff([]string{"CM-000142-1.pdf", "CM-000142-1.png", "CM-000142-1.zpl"}, names); diff != "" {
		t.Error(diff)
	}
	want, _ := l.Encode("zpl")
	got, err := os.ReadFile(printers.File(p, "CM-000142-1", l, "zpl"))
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the file does not hold the label: %v", err)
	}
}

func TestAFolderIsForItsOwnerAndReplacesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "labels")
	p, l := open(t, "folder:"+dir), sampleLabel(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.Print(t.Context(), "CM-000142-1", l))
	must(p.Print(t.Context(), "CM-000142-1", l)) // the same label again is there already
	must(os.WriteFile(filepath.Join(dir, "CM-000143-1.png"), []byte("of another record"), 0o600))
	if got, err := p.Printed(t.Context(), "CM-000143-1", l); got != station.No || err != nil {
		t.Errorf("another label under the name: %v, %v", got, err)
	}
	must(p.Print(t.Context(), "CM-000143-1", l))
	if got, err := p.Printed(t.Context(), "CM-000143-1", l); got != station.Yes || err != nil {
		t.Errorf("after the print: %v, %v", got, err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "CM-000143-1.png")); err != nil || string(got) != "of another record" {
		t.Errorf("it holds %q, %v", got, err)
	}
	want, _ := l.Encode("png")
	if got, err := os.ReadFile(printers.File(p, "CM-000143-1", l, "png")); err != nil || !bytes.Equal(got, want) {
		t.Errorf("the picture is not where it is said to be: %v", err)
	}
	entries, err := os.ReadDir(dir)
	must(err)
	if len(entries) != 7 {
		t.Errorf("there are %v", entries)
	}
	for _, e := range append(entries, fs.FileInfoToDirEntry(stat(t, dir))) {
		info, err := e.Info()
		must(err)
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", e.Name(), info.Mode())
		}
	}
}

func stat(t *testing.T, path string) fs.FileInfo {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func TestASimulatedPrinterKeepsThePicturesOfAnEarlierOne(t *testing.T) {
	dir := t.TempDir()
	first := filepath.Join(dir, "label-0001.png")
	if err := os.WriteFile(first, []byte("earlier"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, p := simulated(t, zplsim.Config{Dir: dir})
	if err := p.Print(t.Context(), "CM-000142-1", sampleLabel(t)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(first); err != nil || string(got) != "earlier" {
		t.Errorf("it holds %d bytes, %v", len(got), err)
	}
	if info := stat(t, filepath.Join(dir, "label-0002.png")); info.Mode().Perm() != 0o600 {
		t.Errorf("%v", info.Mode())
	}
}

func TestNoFileNameHoldsAnIdentityOrLeavesTheFolder(t *testing.T) {
	p, l := open(t, "folder:labels"), sampleLabel(t)
	for job, want := range map[string]string{
		"CM-000142-1":                   "CM-000142-1.png",
		"../../etc/passwd-1":            "%2E.%2F..%2Fetc%2Fpasswd-1.png",
		"A/B-1":                         "A%2FB-1.png",
		"A_B-1":                         "A_B-1.png",
		"α-2":                           "%CE%B1-2.png",
		"20260142-1":                    "20260142-1.png",
		"SN49015420323751-1":            "label-" + l.Hash()[:16] + "-1.png",
		"898800000000000AF28-1":         "label-" + l.Hash()[:16] + "-1.png",
		"490154203237518-1":             "label-" + l.Hash()[:16] + "-1.png",
		"8988000000000001428-3":         "label-" + l.Hash()[:16] + "-3.png",
		strings.Repeat("x", 200) + "-1": "label-" + l.Hash()[:16] + "-1.png",
	} {
		if got := filepath.Base(printers.File(p, job, l, "png")); got != want {
			t.Errorf("job %.30q is filed as %q, want %q", job, got, want)
		}
	}
}

func TestAFolderThatCannotBeWrittenIsAFault(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	err := open(t, "folder:"+file).Print(t.Context(), "CM-1-1", sampleLabel(t))
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.PrinterFault || f.Sent {
		t.Errorf("got %v", err)
	}
}

func TestANetworkPrinterPutsDownTheSameDots(t *testing.T) {
	dir := t.TempDir()
	sim, p := simulated(t, zplsim.Config{Dir: dir})
	l := sampleLabel(t)
	want, _ := l.Encode("png")
	for i, p := range []station.Printer{p, open(t, p.Name()+"?zpl=native")} {
		if err := p.Print(t.Context(), "CM-000142-1", l); err != nil {
			t.Fatal(err)
		}
		if n := len(sim.Labels()); n != i+1 {
			t.Fatalf("%d labels came out, want %d", n, i+1)
		}
		got, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("label-%04d.png", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(dots(t, got), dots(t, want)) {
			t.Errorf("%s: the printed dots are not those of the label", p.Name())
		}
	}
	if answer, err := p.Printed(t.Context(), "CM-000142-1", l); answer != station.Unsure || err != nil {
		t.Errorf("what came out of a printer cannot be known, got %v, %v", answer, err)
	}
}

func TestWhatIsWrongWithAPrinterIsSaidBeforeAnythingIsSent(t *testing.T) {
	for name, c := range map[string]struct {
		config zplsim.Config
		says   string
		code   station.Code
	}{
		"head open":            {zplsim.Config{State: zplsim.PrinterControls{HeadOpen: true}}, "head is open", station.PrinterFault},
		"paused":               {zplsim.Config{State: zplsim.PrinterControls{Paused: true}}, "paused", station.PrinterFault},
		"ribbon out":           {zplsim.Config{State: zplsim.PrinterControls{RibbonOut: true}}, "out of ribbon", station.PrinterFault},
		"silent":               {zplsim.Config{State: zplsim.PrinterControls{Silent: true}}, "does not answer", station.PrinterSilent},
		"silent for open head": {zplsim.Config{Mute: true, State: zplsim.PrinterControls{HeadOpen: true}}, "does not answer", station.PrinterSilent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, p := simulated(t, c.config)
			err := p.Print(t.Context(), "CM-1-1", sampleLabel(t))
			var f *station.Fault
			if !errors.As(err, &f) || f.Code != c.code || !strings.Contains(f.Message, c.says) || f.Sent {
				t.Errorf("got %v", err)
			}
			sim.Set(zplsim.PrinterControls{})
			time.Sleep(20 * time.Millisecond)
			if n := len(sim.Labels()); n != 0 {
				t.Errorf("%d labels came out", n)
			}
		})
	}
}

func TestWhatDoesNotSpeakZPLIsToldApart(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = c.Write([]byte("220 mail ready\r\n\x02hello\x03\x02you\x03\x02there\x03"))
	}()
	err = open(t, "tcp://"+l.Addr().String()).Print(t.Context(), "CM-1-1", sampleLabel(t))
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.PrinterFault || !strings.Contains(f.Message, "does not speak ZPL") || f.Sent {
		t.Errorf("got %v", err)
	}
}

func TestLabelsRunningOutBetweenTwoUnits(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{Roll: 1})
	l := sampleLabel(t)
	if err := p.Print(t.Context(), "CM-1-1", l); err != nil {
		t.Fatal(err)
	}
	var f *station.Fault
	if err := p.Print(t.Context(), "CM-2-1", l); !errors.As(err, &f) || f.Sent || !strings.Contains(f.Message, "out of labels") {
		t.Errorf("second label: %v", err)
	}
	sim.Load(10)
	if err := p.Print(t.Context(), "CM-2-1", l); err != nil {
		t.Errorf("after a new roll: %v", err)
	}
	if n := len(sim.Labels()); n != 2 {
		t.Errorf("%d labels came out, want 2", n)
	}
}

func TestTroubleInTheMiddleSaysThatTheLabelWasSent(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{Pace: time.Second})
	go func() {
		taken(sim)
		sim.Set(zplsim.PrinterControls{HeadOpen: true})
	}()
	err := p.Print(t.Context(), "CM-1-1", sampleLabel(t))
	var f *station.Fault
	if !errors.As(err, &f) || !f.Sent || !strings.Contains(f.Next, "not sent a second time") {
		t.Errorf("got %v", err)
	}
}

func TestGivingUpWhileItPrintsReturnsSoon(t *testing.T) {
	sim, p := simulated(t, zplsim.Config{Pace: time.Minute})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		taken(sim)
		cancel()
	}()
	began := time.Now()
	err := p.Print(ctx, "CM-1-1", sampleLabel(t))
	var f *station.Fault
	if !errors.As(err, &f) || !f.Sent || time.Since(began) > 3*time.Second {
		t.Errorf("got %v after %v", err, time.Since(began))
	}
}

func TestAPrinterThatIsOffIsSilent(t *testing.T) {
	sim, err := zplsim.Listen("127.0.0.1:0", zplsim.Config{})
	if err != nil {
		t.Fatal(err)
	}
	p := open(t, "tcp://"+sim.Addr())
	if err := sim.Close(); err != nil {
		t.Fatal(err)
	}
	err = p.Print(t.Context(), "CM-1-1", sampleLabel(t))
	var f *station.Fault
	if !errors.As(err, &f) || f.Code != station.PrinterSilent || f.Sent {
		t.Errorf("got %v", err)
	}
}

func TestWhatIsNoPrinterIsRefused(t *testing.T) {
	for _, uri := range []string{"", "folder:", "tcp://", "tcp://host/path", "tcp://host?zpl=other", "file:relative", "cups:", "cups:-o", "cups:a b", "lpt1", "http://host"} {
		p, err := printers.Open(uri)
		var f *station.Fault
		if p != nil || !errors.As(err, &f) || f.Code != station.PrinterFault {
			t.Errorf("%q gives %v, %v", uri, p, err)
		}
	}
}
