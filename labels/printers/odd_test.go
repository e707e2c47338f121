// SPDX-License-Identifier: Apache-2.0

package printers_test

import (
	"bytes"
	"errors"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"bindery/labels/printers"
	"bindery/station"
)

// odd is a printer with a way of its own to answer ~HS; it keeps what came.
type odd struct {
	addr string
	mu   sync.Mutex
	got  []byte
	took int // connections
}

// status is what a printer that is idle answers to ~HS.
const status = "\x02030,0,0,1245,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,0,2,4,0,00000000,1,000\x03\r\n\x021234,0\x03\r\n"

// strange starts one; answer writes what it answers and reports whether it
// stays on the line.
func strange(t *testing.T, answer func(c net.Conn, labels int) (stay bool)) *odd {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &odd{addr: l.Addr().String()}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go o.serve(c, answer)
		}
	}()
	return o
}

func (o *odd) serve(c net.Conn, answer func(net.Conn, int) bool) {
	defer c.Close()
	var rest []byte
	buf := make([]byte, 1<<16)
	o.mu.Lock()
	o.took++
	o.mu.Unlock()
	for {
		n, err := c.Read(buf)
		if err != nil {
			return
		}
		o.mu.Lock()
		o.got = append(o.got, buf[:n]...)
		o.mu.Unlock()
		for rest = append(rest, buf[:n]...); ; {
			_, after, asked := bytes.Cut(rest, []byte("~HS"))
			if !asked {
				break
			}
			if rest = after; !answer(c, o.count("^XZ")) {
				return
			}
		}
	}
}

// count is how often something came.
func (o *odd) count(what string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return bytes.Count(o.got, []byte(what))
}

// connections is how many it took.
func (o *odd) connections() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.took
}

// says is the answer of a printer that always says the same.
func says(text string) func(net.Conn, int) bool {
	return func(c net.Conn, _ int) bool {
		_, err := c.Write([]byte(text))
		return err == nil
	}
}

// oddAnswers are printers that answer in ways of their own.
var oddAnswers = map[string]struct {
	answer func(net.Conn, int) bool
	prints bool
	sent   bool // of the fault
}{
	"never answers":              {says(""), false, false},
	"line feeds only":            {says(strings.ReplaceAll(status, "\r\n", "\n")), true, false},
	"two strings only":           {says(status[:strings.Index(status, "\x021234")]), false, false},
	"stray bytes before":         {says("\r\n\x11\r\n" + status), true, false},
	"no STX and ETX":             {says(strings.NewReplacer("\x02", "", "\x03", "").Replace(status)), false, false},
	"one label waiting for ever": {says(strings.Replace(status, "1245,000", "1245,001", 1)), false, false},
	"a part of a label waiting":  {says(strings.Replace(status, "1245,000,0,0,0", "1245,000,0,0,1", 1)), true, false},
	"another language":           {says("220 mail ready\r\n\x02hello\x03\x02you\x03\x02there\x03"), false, false},
	"in pieces": {func(c net.Conn, _ int) bool {
		for i := 0; i < len(status); i += 9 {
			_, _ = c.Write([]byte(status[i:min(i+9, len(status))]))
			time.Sleep(time.Millisecond)
		}
		return true
	}, true, false},
	"slow": {func(c net.Conn, _ int) bool {
		time.Sleep(700 * time.Millisecond)
		return says(status)(c, 0)
	}, true, false},
	"hangs up after an answer": {func(c net.Conn, _ int) bool {
		_, _ = c.Write([]byte(status))
		return false
	}, false, false},
	"no more answers after the label": {func(c net.Conn, labels int) bool {
		return labels > 0 || says(status)(c, 0)
	}, false, true},
}

func TestAPrinterWithOddAnswersPrintsOnceOrIsRefusedBefore(t *testing.T) {
	for name, c := range oddAnswers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := strange(t, c.answer)
			p := open(t, "tcp://"+o.addr)
			for n := 1; n <= 2; n++ { // the second time it is known how it answers
				labels := o.count("^XZ")
				err := p.Print(t.Context(), "CM-1-1", sampleLabel(t))
				time.Sleep(20 * time.Millisecond)
				labels = o.count("^XZ") - labels
				var f *station.Fault
				switch {
				case c.prints && (err != nil || labels != 1):
					t.Errorf("print %d: %v, %d labels", n, err, labels)
				case !c.prints && (!errors.As(err, &f) || f.Sent != c.sent || labels > 0 && !c.sent):
					t.Errorf("print %d: %v, %d labels", n, err, labels)
				}
				if c.sent {
					return
				}
			}
		})
	}
}

// Some print servers take the next connection seconds after the last.
func TestACheckAndItsPrintAreOneConnection(t *testing.T) {
	o := strange(t, says(status))
	p := open(t, "tcp://"+o.addr)
	if _, err := checked(t, p, sampleLabel(t)); err != nil {
		t.Fatal(err)
	}
	if err := p.Print(t.Context(), "CM-1-1", sampleLabel(t)); err != nil {
		t.Fatal(err)
	}
	if n := o.connections(); n != 1 {
		t.Errorf("%d connections", n)
	}
}

func TestAPrinterInAnotherLanguageIsNotAskedAgainAtOnce(t *testing.T) {
	o := strange(t, says(""))
	p := open(t, "tcp://"+o.addr)
	for range 3 {
		if got := printers.ReadCondition(t.Context(), p); got != printers.Offline {
			t.Errorf("it is %q", got)
		}
	}
	if n := o.count("~HS"); n != 1 {
		t.Errorf("it was asked %d times", n)
	}
	if err := p.Print(t.Context(), "CM-1-1", sampleLabel(t)); err == nil {
		t.Error("it printed")
	}
	_ = printers.ReadCondition(t.Context(), p)
	_ = printers.ReadCondition(t.Context(), p)
	if n := o.count("~HS"); n != 3 {
		t.Errorf("with a print and a look after it, it was asked %d times", n)
	}
}
