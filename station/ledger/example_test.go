// SPDX-License-Identifier: Apache-2.0

package ledger_test

import (
	"crypto/rand"
	"fmt"
	"time"

	"bindery/station/ledger"
)

// Two leaves are written, the station signs what there is, and somebody who has
// its public key checks all of it.
func Example() {
	noon := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	private, public, err := ledger.NewKey(rand.Reader, "bench-1")
	if err != nil {
		fmt.Println(err)
		return
	}
	var tree ledger.Tree
	var bodies [][]byte
	var hashes []ledger.Hash
	var last ledger.Hash
	for i, what := range []string{"bind", "complete"} {
		leaf := ledger.New(int64(i), last, noon.Add(time.Duration(i)*time.Second))
		leaf.What, leaf.Subject, leaf.Who, leaf.Rows = what, "unit:CL-000101", "OP-1001", []ledger.RowImage{}
		body, hash, err := leaf.Encode()
		if err != nil {
			fmt.Println(err)
			return
		}
		tree.Add(hash)
		bodies, hashes, last = append(bodies, body), append(hashes, hash), hash
	}
	note, err := ledger.Sign(private, tree.Size, tree.Root())
	if err != nil {
		fmt.Println(err)
		return
	}

	checkpoint, err := ledger.OpenCheckpoint(note, public)
	fmt.Println(checkpoint.Origin, checkpoint.Size, checkpoint.Root == tree.Root(), err)
	var chain ledger.Chain
	for i := range bodies {
		body, err := chain.Next(bodies[i], hashes[i])
		fmt.Println(body.Number, string(body.What), err)
	}

	// Whoever changes a leaf afterwards is found out.
	chain = ledger.Chain{}
	bodies[0][len(bodies[0])-3]++
	_, err = chain.Next(bodies[0], hashes[0])
	fmt.Println(err)
	// Output:
	// bindery/bench-1 2 true <nil>
	// 1 "bind" <nil>
	// 2 "complete" <nil>
	// leaf 1 was changed: its hash does not fit its text
}
