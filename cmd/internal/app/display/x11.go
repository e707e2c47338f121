// SPDX-License-Identifier: Apache-2.0

//go:build !ci

package display

/*
#cgo LDFLAGS: -lX11
#include <X11/Xlib.h>
#include <X11/Xatom.h>

enum { well, nowhere, without_gl, without_manager };

static int no_such_window;

static int note(Display *d, XErrorEvent *e) {
	no_such_window = 1;
	return 0;
}

// A window manager names its own window on the root (EWMH 1.5,
// _NET_SUPPORTING_WM_CHECK). One that ended without a farewell still does.
static int manager_is_gone(Display *d) {
	Atom check = XInternAtom(d, "_NET_SUPPORTING_WM_CHECK", True), type;
	int format;
	unsigned long n = 0, left;
	unsigned char *data = NULL;
	XWindowAttributes a;
	if (check == None || XGetWindowProperty(d, DefaultRootWindow(d), check, 0, 1, False, XA_WINDOW, &type, &format, &n, &left, &data) != Success)
		return 0;
	no_such_window = 0;
	if (n == 1 && format == 32) {
		int (*was)(Display *, XErrorEvent *) = XSetErrorHandler(note);
		XGetWindowAttributes(d, *(Window *)data, &a);
		XSync(d, False);
		XSetErrorHandler(was);
	}
	if (data)
		XFree(data);
	return no_such_window;
}

static int check(void) {
	int opcode, event, error, found = well;
	Display *d = XOpenDisplay(NULL);
	if (!d)
		return nowhere;
	if (!XQueryExtension(d, "GLX", &opcode, &event, &error))
		found = without_gl;
	else if (manager_is_gone(d))
		found = without_manager;
	XCloseDisplay(d);
	return found;
}

extern void displayLost(void);

static int lost(Display *d) {
	displayLost();
	return 0;
}

// What a server could not do for one request is nothing to end a program for:
// a window that has just gone, a focus that nobody may take.
static int pass_over(Display *d, XErrorEvent *e) { return 0; }

static void watch(void) {
	XSetIOErrorHandler(lost);
	XSetErrorHandler(pass_over);
}
*/
import "C"

import (
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Check says what keeps windows from being shown at all; its error is a
// *station.Fault with the code display-fault. Call it before anything else that
// has to do with windows.
func Check() error {
	name := os.Getenv("DISPLAY")
	found := make(chan C.int, 1)
	go func() { found <- C.check() }() // Xlib waits for ever for a server that hangs
	select {
	case f := <-found:
		return what(f, name)
	case <-time.After(patience):
		return fault("the display "+name+" does not answer.", nil)
	}
}

// patience is how long a display may take to answer; one that is there does in
// milliseconds, on a PC that has just started in seconds.
const patience = 15 * time.Second

func what(found C.int, name string) error {
	switch found {
	case C.nowhere:
		if name == "" {
			return fault("no display is named (DISPLAY is not set).", nil)
		}
		return fault("there is no display "+name+".", nil)
	case C.without_gl:
		return fault("the display "+name+" has no OpenGL (GLX).", nil)
	case C.without_manager:
		return fault("the window manager of the display "+name+" has ended.", nil)
	}
	return nil
}

// OnLost calls do when the display goes away, in place of Xlib, which would end
// the program. It must end it itself.
func OnLost(do func()) {
	whenLost = do
	C.watch()
}

// Show makes the window and shows it. Fyne itself would go on without one.
func Show(w fyne.Window) (err error) {
	said := log.Writer()
	log.SetOutput(io.Discard) // what is wrong is in the error
	defer log.SetOutput(said)
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *glfw.Error:
			err = fault("no window can be made on it.", r)
		default:
			panic(r)
		}
	}()
	w.Show()
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return fmt.Errorf("a window of another kind: %T", w)
	}
	native.RunNative(func(context any) {
		if x, ok := context.(driver.X11WindowContext); !ok || x.WindowHandle == 0 {
			err = fault("no window with OpenGL can be made on it.", nil)
		}
	})
	return err
}
