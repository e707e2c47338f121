// SPDX-License-Identifier: Apache-2.0

package report

import "hash"

// digest hashes and counts what is written to it.
type digest struct {
	hash.Hash
	n int64
}

func (d *digest) Write(p []byte) (int, error) {
	d.n += int64(len(p))
	return d.Hash.Write(p)
}
