// SPDX-License-Identifier: Apache-2.0

package bundle

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"

	"bindery/station/ledger"
)

// eachLine reads a file of JSON Lines. A line is gone with the next.
func (v *checker) eachLine(name string, do func(n int, line []byte) error) error {
	r, err := v.open(name)
	if err != nil {
		return err
	}
	defer r.Close() // it was only read
	lines := lineReader{in: bufio.NewReaderSize(r, 1<<16)}
	for n := 1; ; n++ {
		line, err := lines.next()
		if errors.Is(err, io.EOF) && len(line) == 0 {
			return nil
		}
		if err != nil {
			return wrong("The file %q is damaged in line %d: %v.", name, n, err)
		}
		if err := do(n, line); err != nil {
			return err
		}
		if err := v.ctx.Err(); err != nil {
			return err
		}
	}
}

// decodeStrict reads a line of JSON that is written just as we write it. So nobody
// can read another thing in it: a member twice, one in capitals, a second value.
func decodeStrict(line []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(line))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return err
	}
	var again bytes.Buffer
	enc := json.NewEncoder(&again)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(into); err != nil {
		return err
	}
	if !bytes.Equal(again.Bytes(), line) {
		return errors.New("it is not written as it must be")
	}
	return nil
}

// decodeCanonicalLeaf reads the body of a leaf, which is in canonical form.
func decodeCanonicalLeaf(body string) (l ledger.Leaf, err error) {
	dec := json.NewDecoder(strings.NewReader(body))
	dec.UseNumber()
	if err := dec.Decode(&l); err != nil {
		return l, err
	}
	if !ledger.Sound([]byte(body)) {
		return l, errors.New("it is not canonical, or no leaf")
	}
	return l, nil
}

// checkLeaves checks the proof of each leaf and replays it.
func (v *checker) checkLeaves() error {
	v.history = history{leaves: map[int64]bool{}, live: map[[sha256.Size]byte]rowOrigin{}, torn: map[string]int64{}}
	last, hash := int64(0), ledger.Hash{}
	return v.eachLine(fileLeaves, func(n int, line []byte) error {
		var b leafLine
		if err := decodeStrict(line, &b); err != nil || b.Proof == nil {
			return wrong("Line %d of the leaves cannot be read.", n)
		}
		l, err := decodeCanonicalLeaf(b.Body)
		if err != nil || l.Number != b.Number {
			return wrong("Leaf %d cannot be read.", b.Number)
		}
		if b.Number <= last {
			return wrong("Leaf %d does not stand in its place.", b.Number)
		}
		before := hash
		hash = tlog.RecordHash([]byte(b.Body))
		if l.Number == last+1 && last > 0 && l.Prev != hex.EncodeToString(before[:]) {
			return wrong("Leaf %d does not follow leaf %d.", l.Number, last)
		}
		last, v.last = l.Number, l
		if err := v.checkProof(b, hash); err != nil {
			return err
		}
		v.Leaves++
		return v.history.add(l)
	})
}

// checkProof checks that a leaf is in the tree of the checkpoint.
func (v *checker) checkProof(b leafLine, hash ledger.Hash) error {
	proof := make(tlog.RecordProof, len(b.Proof))
	for i, text := range b.Proof {
		raw, err := hex.DecodeString(text)
		if err != nil || len(raw) != len(proof[i]) || hex.EncodeToString(raw) != text {
			return wrong("The proof of leaf %d cannot be read.", b.Number)
		}
		copy(proof[i][:], raw)
	}
	if tlog.CheckRecord(proof, v.checkpoint.Size, v.checkpoint.Root, b.Number-1, hash) != nil {
		return wrong("Leaf %d is not in the checkpoint: it was changed.", b.Number)
	}
	return nil
}

func (v *checker) checkRow(of string, r sectionRow) error {
	key, err := rowDigest(r.Table, r.Row)
	if _, ok := v.history.live[key]; !ok || err != nil {
		return wrong("A row of table %s (%s) is not as leaf %v wrote it, or was changed later.", r.Table, of, r.Row["leaf"])
	}
	delete(v.history.live, key)
	v.Rows++
	if r.Table == "prints" {
		v.dots[fmt.Sprint(r.Row["id"])] = fmt.Sprint(r.Row["hash"])
	}
	if err := checkBlobs(of, r); err != nil {
		return err
	}
	v.rules.add(r)
	return nil
}

// checkBlobs checks the bytes of a row, of which the leaf has only the hashes.
func checkBlobs(of string, r sectionRow) error {
	for _, column := range blobColumns[r.Table] {
		text, ok := r.Base64[column]
		if s, is := r.Blobs[column]; is {
			text, ok = []byte(s), true
		}
		sum := sha256.Sum256(text)
		if _, coded := r.Base64[column]; coded && utf8.Valid(text) {
			return wrong("The %s of a row of table %s (%s) is not written as it must be.", column, r.Table, of)
		}
		if !ok || r.Row[column] != "sha256:"+hex.EncodeToString(sum[:]) {
			return wrong("The %s of a row of table %s (%s) does not have the hash in its leaf.", column, r.Table, of)
		}
	}
	if len(r.Blobs)+len(r.Base64) != len(blobColumns[r.Table]) {
		return wrong("A row of table %s (%s) has bytes that its leaf does not speak of.", r.Table, of)
	}
	return nil
}
