// SPDX-License-Identifier: Apache-2.0

package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says which leaves there were: their number and the root of their
// tree. Signed and kept elsewhere, it shows any later change of them. Its text
// is the first three lines of a C2SP tlog-checkpoint.
type Checkpoint struct {
	Origin string // "bindery/" and the name of the station
	Size   int64  // leaves
	Root   Hash
	Key    string // public key that its signature was checked with
}

// Origin is the origin of a station's checkpoints and the name of its key,
// which can have no blanks and no plus signs.
func Origin(station string) string {
	name := strings.Map(func(r rune) rune {
		if r <= ' ' || r == '+' || r > '~' {
			return '-'
		}
		return r
	}, station)
	return "bindery/" + name
}

// NewKey makes an Ed25519 key for a station: the private part, to be kept by
// the station alone, and the public part that checks its checkpoints.
func NewKey(rand io.Reader, station string) (private, public string, err error) {
	return note.GenerateKey(rand, Origin(station))
}

// PublicOf is the public part of a private key.
func PublicOf(private string) (string, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return "", err
	}
	// PRIVATE+KEY+name+hash+seed; the base64 of the seed may have a + of its own.
	seed, err := base64.StdEncoding.DecodeString(strings.SplitN(private, "+", 5)[4])
	if err != nil {
		return "", err
	}
	key := ed25519.NewKeyFromSeed(seed[1:])                                            // before the seed stands the algorithm
	return note.NewEd25519VerifierKey(signer.Name(), key.Public().(ed25519.PublicKey)) // it is one
}

// Sign gives the checkpoint of these leaves as a signed note (C2SP
// signed-note). Its origin is the name of the key.
func Sign(private string, size int64, root Hash) ([]byte, error) {
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, err
	}
	c := Checkpoint{Origin: signer.Name(), Size: size, Root: root}
	return note.Sign(&note.Note{Text: fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)}, signer)
}

// ErrUnsigned says that none of the keys has signed a checkpoint.
var ErrUnsigned = errors.New("the checkpoint is not signed by a key that we know, or was changed")

// OpenCheckpoint reads a signed checkpoint and checks its signature with the
// public keys given.
func OpenCheckpoint(msg []byte, public ...string) (Checkpoint, error) {
	text, key, err := OpenNote(msg, public...)
	if err != nil {
		return Checkpoint{}, err
	}
	return parse(text, key)
}

// OpenNote reads a signed note as we write it, with one signature, and checks
// that with the public keys given; key is the one that fits. A note with more is
// refused: nobody that we know would vouch for those bytes.
func OpenNote(msg []byte, public ...string) (text, key string, err error) {
	var known []note.Verifier
	keys := map[note.Signature]string{} // by name and hash
	for _, k := range public {
		v, err := verifierOf(k)
		if err != nil {
			return "", "", err
		}
		known = append(known, v)
		keys[note.Signature{Name: v.Name(), Hash: v.KeyHash()}] = k
	}
	n, err := note.Open(msg, note.VerifierList(known...))
	if err != nil {
		return "", "", fmt.Errorf("%w: %w", ErrUnsigned, err)
	}
	s := n.Sigs[0]
	raw, err := base64.StdEncoding.Strict().DecodeString(s.Base64)
	if err != nil || string(msg) != n.Text+"\n— "+s.Name+" "+base64.StdEncoding.EncodeToString(raw)+"\n" {
		return "", "", fmt.Errorf("%w: it has more than one signature, or is not written as it must be", ErrUnsigned)
	}
	return n.Text, keys[note.Signature{Name: s.Name, Hash: s.Hash}], nil
}

// CheckKey refuses what is no public key, or not written in the one way.
func CheckKey(public string) error {
	_, err := verifierOf(public)
	return err
}

func verifierOf(public string) (note.Verifier, error) {
	v, err := note.NewVerifier(public)
	if err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(strings.SplitN(public, "+", 3)[2]) // only this can have another plus sign
	if err != nil || public != fmt.Sprintf("%s+%08x+%s", v.Name(), v.KeyHash(), base64.StdEncoding.EncodeToString(raw)) {
		return nil, errors.New("the key is not written as it must be")
	}
	return v, nil
}

// parse takes the one form that [Sign] gives, and no other.
func parse(text, key string) (c Checkpoint, err error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 {
		return c, errors.New("the text of the checkpoint is not three lines")
	}
	c.Origin, c.Key = lines[0], key
	if name, _, _ := strings.Cut(key, "+"); name != c.Origin {
		return c, errors.New("the checkpoint is of another station than the key that signed it")
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || strconv.FormatInt(c.Size, 10) != lines[1] || c.Size < 0 {
		return c, fmt.Errorf("the size of the checkpoint is not a number: %.20q", lines[1])
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err == nil && c.Root.String() != lines[2] {
		err = errors.New("the root of the checkpoint is not written as it must be")
	}
	return c, err
}
