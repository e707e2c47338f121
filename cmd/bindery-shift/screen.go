// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"bindery/station/safefile"
)

// screen is an X server without a monitor. Its picture lies in a file that the
// server maps, so that looking at it costs nothing. A real server and real key
// codes: what a toolkit's own test driver does not have is just what goes wrong at
// a bench.
type screen struct {
	server  *exec.Cmd
	display string
	picture string
	folder  string
}

// newScreen starts Xvfb on a display number that it picks itself. The number comes
// over a pipe once the server answers, so that two shifts on one machine take
// different ones and none asks a server that is still to start.
func newScreen(ctx context.Context, width, height int) (*screen, error) {
	folder, err := os.MkdirTemp("", "bindery-shift-")
	if err != nil {
		return nil, err
	}
	s := &screen{folder: folder, picture: filepath.Join(folder, "Xvfb_screen0")}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	s.server = exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
		"-fbdir", folder, "-nolisten", "tcp", "-noreset")
	s.server.ExtraFiles = []*os.File{w}
	s.server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	err = s.server.Start()
	w.Close()
	if err != nil {
		return nil, fmt.Errorf("xvfb (package xvfb): %w", err)
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		s.close()
		return nil, errors.New("the X server did not start")
	}
	s.display = ":" + strings.TrimSpace(number)
	return s, nil
}

func (s *screen) close() {
	_ = s.server.Process.Signal(syscall.SIGTERM)
	_ = s.server.Wait()
	_ = os.RemoveAll(s.folder)
}

// env is the environment of a program that is to show itself here, in pixels
// of the screen.
func (s *screen) env() []string {
	return append(os.Environ(), "DISPLAY="+s.display, "FYNE_SCALE=1", "LIBGL_ALWAYS_SOFTWARE=1")
}

// focus gives the window with this title the keyboard, there being no window
// manager that would, and puts the pointer out of the way. A pointer over a button
// would colour it, and each picture would be another one.
func (s *screen) focus(ctx context.Context, title string) error {
	return s.xdotool(ctx, "search --sync --onlyvisible --name ^"+title+"$ windowfocus --sync\nmousemove 9999 9999")
}

// scan types text as a scanner does: fast, GS as Ctrl+], Enter at the end. 2 ms
// between keys is what a scanner needs; slower, and the station takes it for a
// person who types.
func (s *screen) scan(ctx context.Context, text string) error {
	var script strings.Builder
	for i, part := range strings.Split(text, "\x1d") {
		if i > 0 {
			script.WriteString("key --delay 2 ctrl+bracketright\n")
		}
		fmt.Fprintf(&script, "type --delay 2 \"%s\"\n", part)
	}
	return s.xdotool(ctx, script.String()+"key Return")
}

// keypadKeys are the key codes of the digits on the keypad, from 0 on.
var keypadKeys = [10]int{90, 87, 88, 89, 83, 84, 85, 79, 80, 81}

// keypad presses digits and Enter on the keypad; NumLock is off here.
func (s *screen) keypad(ctx context.Context, digits string) error {
	script := "key --delay 2"
	for _, d := range digits {
		script += fmt.Sprintf(" %d", keypadKeys[d-'0'])
	}
	return s.xdotool(ctx, script+" KP_Enter")
}

// key presses a key that is no text.
func (s *screen) key(ctx context.Context, name string) error { return s.xdotool(ctx, "key "+name) }

// xdotool takes the whole script at once: a process for each key would be slower
// than a hand.
func (s *screen) xdotool(ctx context.Context, script string) error {
	cmd := exec.CommandContext(ctx, "xdotool", "-")
	cmd.Env, cmd.Stdin = s.env(), strings.NewReader(script+"\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool (package xdotool): %w: %s", err, out)
	}
	return nil
}

// save writes what the screen shows as PNG. PNG, so that a picture can be looked
// at, and compared, without this program.
func (s *screen) save(name string) error {
	p, err := s.look()
	if err != nil {
		return err
	}
	img := image.NewNRGBA(image.Rect(0, 0, p.width, p.height))
	for y := range p.height {
		for x := range p.width {
			img.SetNRGBA(x, y, p.at(x, y))
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	return safefile.Write(name, b.Bytes(), overwrite)
}

// overwrite lets a shift take the place of what an earlier one left.
var overwrite = safefile.Rules{Overwrite: true}

// pixels are what the screen shows.
type pixels struct {
	width, height, stride int
	raw                   []byte // blue, green, red, unused
}

// at is one pixel; the server keeps the colours in the other order.
func (p pixels) at(x, y int) color.NRGBA {
	i := y*p.stride + 4*x
	return color.NRGBA{p.raw[i+2], p.raw[i+1], p.raw[i], 0xFF}
}

// look reads all that the screen shows.
func (s *screen) look() (pixels, error) {
	f, p, at, err := s.open()
	if err != nil {
		return pixels{}, err
	}
	defer f.Close()
	p.raw = make([]byte, p.stride*p.height)
	_, err = f.ReadAt(p.raw, at)
	return p, err
}

// dot reads one pixel; it is transparent when there is no picture.
func (s *screen) dot(x, y int) color.NRGBA {
	f, p, at, err := s.open()
	if err != nil {
		return color.NRGBA{}
	}
	defer f.Close()
	one := pixels{raw: make([]byte, 4)}
	if _, err := f.ReadAt(one.raw, at+int64(y*p.stride+4*x)); err != nil {
		return color.NRGBA{}
	}
	return one.at(0, 0)
}

// open opens the picture, which is in the format of xwd (XWDFile.h): a header
// of 32-bit words, colours that a true-colour screen does not use, then, where
// pixelsAt says, the pixels.
func (s *screen) open() (f *os.File, p pixels, pixelsAt int64, err error) {
	if f, err = os.Open(s.picture); err != nil {
		return nil, p, 0, err
	}
	const words, colourSize = 25, 12
	header := make([]byte, 4*words)
	if _, err = f.ReadAt(header, 0); err != nil {
		f.Close()
		return nil, p, 0, err
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(header[4*i:])) }
	p = pixels{width: word(4), height: word(5), stride: word(12)}
	return f, p, int64(word(0) + colourSize*word(19)), nil
}
