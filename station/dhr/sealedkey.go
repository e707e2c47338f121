// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"crypto/cipher"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// A protected key file is three lines:
//
//	bindery-key-1 argon2id m=65536,t=3,p=4 SALT
//	PUBLIC
//	SEALED
//
// PUBLIC is the verifier key, so that it can be shown without the passphrase.
// SEALED is a nonce of 24 bytes and the private key under XChaCha20-Poly1305,
// with the first two lines as additional data; its key is argon2id (RFC 9106)
// of the passphrase. SALT and SEALED are unpadded base64.
const (
	sealedForm = "bindery-key-1 argon2id m=%d,t=%d,p=%d %s"
	sealedMark = "bindery-key-"
)

var errPassphrase = errors.New("the passphrase does not open the key, or its file was changed")

// isSealed reports whether the text of a key file is protected.
func isSealed(text string) bool { return strings.HasPrefix(text, sealedMark) }

// sealKey protects a private key with a passphrase.
func sealKey(rand io.Reader, private, public, passphrase string) (string, error) {
	c := sealCost
	salt, nonce := make([]byte, c.SaltLength), make([]byte, chacha20poly1305.NonceSizeX)
	for _, b := range [][]byte{salt, nonce} {
		if _, err := io.ReadFull(rand, b); err != nil {
			return "", err
		}
	}
	head := fmt.Sprintf(sealedForm, c.Memory, c.Iterations, c.Parallelism, base64.RawStdEncoding.EncodeToString(salt)) + "\n" + public + "\n"
	box, err := lock(passphrase, salt, c.Iterations, c.Memory, c.Parallelism)
	if err != nil {
		return "", err
	}
	return head + base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(private), []byte(head))) + "\n", nil
}

// openKey gives the private key of a protected file.
func openKey(text, passphrase string) (private string, err error) {
	lines := strings.SplitAfter(text, "\n")
	if len(lines) < 3 {
		return "", errPassphrase
	}
	var memory, passes uint32
	var threads uint8
	var salt64 string
	if _, err := fmt.Sscanf(strings.TrimSpace(lines[0]), sealedForm, &memory, &passes, &threads, &salt64); err != nil {
		return "", errPassphrase
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(salt64)
	sealed, err2 := base64.RawStdEncoding.DecodeString(strings.TrimSpace(lines[2]))
	if err1 != nil || err2 != nil || len(sealed) < chacha20poly1305.NonceSizeX {
		return "", errPassphrase
	}
	box, err := lock(passphrase, salt, passes, memory, threads)
	if err != nil {
		return "", err
	}
	nonce, rest := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	plain, err := box.Open(nil, nonce, rest, []byte(lines[0]+lines[1]))
	if err != nil {
		return "", errPassphrase
	}
	return string(plain), nil
}

func lock(passphrase string, salt []byte, passes, memory uint32, threads uint8) (cipher.AEAD, error) {
	err := mayCost(memory, passes, threads)
	if err == nil && len(salt) < leastSalt {
		err = errCost
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPassphrase, err)
	}
	return chacha20poly1305.NewX(argon2.IDKey([]byte(passphrase), salt, passes, memory, threads, sealCost.KeyLength))
}
