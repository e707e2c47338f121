// SPDX-License-Identifier: Apache-2.0

package ledger_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 5e6, time.FixedZone("CET", 3600))

func TestALeafIsCanonicalJSONWhateverItHolds(t *testing.T) {
	l := ledger.New(0, ledger.Hash{}, noon)
	l.What, l.Subject = "bind", "unit:\u2028<&>\"\\\x01é€😀"
	l.Rows = []ledger.RowImage{{Table: "units", Row: map[string]any{"serial": "x\t\r\n\b\f\u007f", "n": int64(1 << 52), "ended": nil}}}
	body, _, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	// RFC 8785 §3.2.2.2: only what must be is escaped; keys are sorted.
	want := `{"at":"2026-03-02T11:00:00.005Z","number":1,"prev":"` + strings.Repeat("0", 64) +
		`","rows":[{"row":{"ended":null,"n":4503599627370496,"serial":"x\t\r\n\b\f` + "\u007f" + `"},"table":"units"}],"station":"",` +
		`"subject":"unit:` + "\u2028" + `<&>\"\\\u0001é€😀","what":"bind","who":"","why":"","zone":"+01:00"}`
	if string(body) != want {
		t.Errorf("\n%s\nwant\n%s", body, want)
	}
}

func FuzzLeavesAreCanonical(f *testing.F) {
	for _, s := range []string{"", "\u2028<&>\"\\\x01\x1f\x7f", "\t\r\n\b\f", "é€😀ﬀ", `"row":{"x":1},"table":"units"`} {
		f.Add(s, int64(-1))
	}
	f.Fuzz(func(t *testing.T, s string, n int64) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		n %= 1 << 53
		l := ledger.Leaf{
			LeafHead: ledger.LeafHead{Number: n, Prev: s, At: s, Zone: s, Who: s, Station: s, What: s, Subject: s, Why: s},
			Rows: []ledger.RowImage{
				{Table: s, Row: map[string]any{"b": s, "a": n, "c": nil}},
				{Table: "x", Row: map[string]any{"b": "", "leaf": n}, Old: map[string]any{"b": s}, Was: n},
			},
		}
		body, _, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		want, err := ledger.Canonical(l)
		if err != nil || string(body) != string(want) {
			t.Errorf("%s\nwant\n%s, %v", body, want, err)
		}
		image, err := ledger.Image(s, l.Rows[0].Row)
		if err != nil || !bytes.Contains(body, image) {
			t.Errorf("the image %s is not in %s, %v", image, body, err)
		}
	})
}

// fourLeaves is a sound chain.
func fourLeaves(t *testing.T) (bodies [][]byte, hashes []ledger.Hash) {
	t.Helper()
	var last ledger.Hash
	for i := range int64(4) {
		l := ledger.New(i, last, noon)
		l.What, l.Rows = fmt.Sprint("act ", i), []ledger.RowImage{}
		body, hash, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		bodies, hashes, last = append(bodies, body), append(hashes, hash), hash
	}
	return bodies, hashes
}

// tampering is what can be done to a chain of four leaves, and what is said of it.
var tampering = []struct {
	name, want string
	do         func(bodies [][]byte, hashes []ledger.Hash)
}{
	{"nothing", "", func([][]byte, []ledger.Hash) {}},
	{"a letter changed", "leaf 3 was changed", func(b [][]byte, _ []ledger.Hash) { b[2] = bytes.Replace(b[2], []byte("act"), []byte("bct"), 1) }},
	{"a letter changed and its hash with it", "leaf 4 does not follow leaf 3", func(b [][]byte, h []ledger.Hash) {
		b[2] = bytes.Replace(b[2], []byte("act"), []byte("bct"), 1)
		h[2] = tlog.RecordHash(b[2])
	}},
	{"two leaves swapped", "leaf 2 is missing", func(b [][]byte, h []ledger.Hash) { b[1], b[2], h[1], h[2] = b[2], b[1], h[2], h[1] }},
	{"a hash changed", "leaf 1 was changed", func(_ [][]byte, h []ledger.Hash) { h[0][7] ^= 1 }},
	{"a blank added", "leaf 2 is not canonical", func(b [][]byte, h []ledger.Hash) {
		b[1] = append(b[1], ' ')
		h[1] = tlog.RecordHash(b[1])
	}},
	{"a field added", "leaf 2 is not canonical", func(b [][]byte, h []ledger.Hash) {
		b[1] = bytes.Replace(b[1], []byte(`{"at"`), []byte(`{"aa":1,"at"`), 1)
		h[1] = tlog.RecordHash(b[1])
	}},
}

func TestTheChainFindsWhatWasDoneToIt(t *testing.T) {
	for _, c := range tampering {
		t.Run(c.name, func(t *testing.T) {
			bodies, hashes := fourLeaves(t)
			c.do(bodies, hashes)
			var chain ledger.Chain
			var err error
			for i := range bodies {
				if _, err = chain.Next(bodies[i], hashes[i]); err != nil {
					break
				}
			}
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// stored is a tlog.HashReader over what Add and Nodes say is to be kept.
type stored map[int64]ledger.Hash

func (s stored) ReadHashes(ids []int64) ([]ledger.Hash, error) {
	list := make([]ledger.Hash, len(ids))
	for i, id := range ids {
		h, ok := s[id]
		if !ok {
			return nil, fmt.Errorf("hash %d was never kept", id)
		}
		list[i] = h
	}
	return list, nil
}

func TestTheTreeIsThatOfTlogAtEverySize(t *testing.T) {
	var tree ledger.Tree
	kept := stored{}
	for n := range int64(130) {
		h := tlog.RecordHash(fmt.Append(nil, n))
		kept[tlog.StoredHashIndex(0, n)] = h
		nodes, err := ledger.Nodes(n+1, h, kept)
		if err != nil {
			t.Fatal(err)
		}
		added := tree.Add(h)
		if fmt.Sprint(added) != fmt.Sprint(nodes) {
			t.Fatalf("size %d: %v, want %v", n+1, added, nodes)
		}
		for _, x := range nodes {
			kept[x.ID] = x.Hash
		}
		want, err := tlog.TreeHash(n+1, kept)
		if err != nil || tree.Root() != want {
			t.Fatalf("size %d: root %v, want %v, %v", n+1, tree.Root(), want, err)
		}
	}
	if empty := (&ledger.Tree{}).Root(); hex.EncodeToString(empty[:4]) != "e3b0c442" {
		t.Errorf("the empty tree has root %v", empty)
	}
}

func TestThePublicKeyFollowsFromThePrivate(t *testing.T) {
	for range 100 { // a + in the base64 must not matter
		private, public, err := ledger.NewKey(rand.Reader, "bench 1 + 2")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := ledger.PublicOf(private); err != nil || got != public {
			t.Fatalf("public key %q, %v; want %q", got, err, public)
		}
	}
}

func TestACheckpointIsOnlyGoodAsItWasSigned(t *testing.T) {
	private, public, err := ledger.NewKey(rand.Reader, "bench 1")
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := ledger.NewKey(rand.Reader, "bench 1")
	if err != nil {
		t.Fatal(err)
	}
	c := ledger.Checkpoint{Origin: ledger.Origin("bench 1"), Size: 7, Root: tlog.RecordHash([]byte("x")), Key: public}
	msg, err := ledger.Sign(private, c.Size, c.Root)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ledger.PublicOf(private); err != nil || got != public {
		t.Errorf("public key %q, %v; want %q", got, err, public)
	}
	if got, err := ledger.OpenCheckpoint(msg, other, public); err != nil || got != c {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := ledger.OpenCheckpoint(bytes.Replace(msg, []byte("\n7\n"), []byte("\n6\n"), 1), public); !errors.Is(err, ledger.ErrUnsigned) {
		t.Errorf("a changed size: %v", err)
	}
	if _, err := ledger.OpenCheckpoint(msg, other); !errors.Is(err, ledger.ErrUnsigned) {
		t.Errorf("a stranger's key: %v", err)
	}
}
