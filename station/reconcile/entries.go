// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"iter"
	"slices"
	"strings"

	"bindery/station/identity"
)

// Entries gathers those of one comparison in any order. What it holds in memory
// is packed, but for the last of them.
type Entries struct {
	now    []string // lines
	chunks [][]byte // packed, each in order
}

// mostLines is how many lines are sorted at once.
const mostLines = 1 << 16

// Add takes an entry; one without a SIM is of no use to anybody.
func (l *Entries) Add(e Entry) error {
	if e.SIM == "" {
		return nil
	}
	l.now = append(l.now, strings.Join([]string{e.SIM.Full(), string(e.Class), e.Device.Full(), e.Serial}, "\t"))
	if len(l.now) < mostLines {
		return nil
	}
	return l.packPending()
}

// packPending packs what was gathered last.
func (l *Entries) packPending() error {
	slices.Sort(l.now) // a tab is less than any digit: by their SIMs
	chunk, err := pack(slices.Values(l.now))
	l.chunks, l.now = append(l.chunks, chunk), l.now[:0]
	return err
}

// Pack gives all entries in the order of their SIMs, for [Unpack].
func (l *Entries) Pack() ([]byte, error) {
	if err := l.packPending(); err != nil {
		return nil, err
	}
	if len(l.chunks) == 1 {
		return l.chunks[0], nil
	}
	var failed error
	all, err := pack(merged(l.chunks, &failed))
	if err == nil {
		err = failed
	}
	return all, err
}

// pack compresses lines.
func pack(lines iter.Seq[string]) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	for line := range lines {
		if _, err := z.Write(append([]byte(line), '\n')); err != nil {
			return nil, err
		}
	}
	err = z.Close()
	return b.Bytes(), err
}

// merged gives the lines of all chunks in order.
func merged(chunks [][]byte, failed *error) iter.Seq[string] {
	return func(yield func(string) bool) {
		var next []func() (string, bool)
		var head []string // "" of a chunk that has ended
		for _, c := range chunks {
			n, stop := iter.Pull(lines(c, failed))
			defer stop()
			first, _ := n()
			next, head = append(next, n), append(head, first)
		}
		for {
			least := -1
			for i, h := range head {
				if h != "" && (least < 0 || h < head[least]) {
					least = i
				}
			}
			if least < 0 || !yield(head[least]) {
				return
			}
			head[least], _ = next[least]()
		}
	}
}

// lines unpacks; what is wrong with the text ends it, and is put into failed.
func lines(packed []byte, failed *error) iter.Seq[string] {
	return func(yield func(string) bool) {
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			*failed = err
			return
		}
		s := bufio.NewScanner(z)
		for s.Scan() {
			if !yield(s.Text()) {
				return
			}
		}
		if err := s.Err(); err != nil {
			*failed = err
		}
	}
}

// Unpack gives the entries that [Entries.Pack] packed, in the order of their
// SIMs. What is wrong with them ends it early, and is put into failed.
func Unpack(packed []byte, failed *error) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for line := range lines(packed, failed) {
			f := strings.SplitN(line, "\t", 4)
			if len(f) < 4 {
				*failed = broken("an entry of the earlier comparison cannot be read")
				return
			}
			if !yield(Entry{SIM: identity.ICCID(f[0]), Class: Class(f[1]), Device: identity.IMEI(f[2]), Serial: f[3]}) {
				return
			}
		}
	}
}

// Entry is what is kept of a SIM that a list lacks.
func (c Card) Entry() Entry {
	return Entry{SIM: identity.ICCID(c.ICCID), Serial: c.Serial, Class: Missing}
}
