// SPDX-License-Identifier: Apache-2.0

package reconcile

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"bindery/station/identity"
)

// pair is a SIM of the list with the device that it stands there with; body is
// 0 where it stands with none.
type pair struct{ sim, body uint64 }

// index is which SIM stands in the list with which device, and how its numbers
// are written: 16 bytes for each row, and 4 to find the SIMs of a device.
type index struct {
	pairs  []pair   // by SIM and body
	byBody []uint32 // rolePositions in pairs, by body
	ended  [21]int  // numbers of so many digits that end in their check digit
	counts [21]int  // numbers of so many digits
	issuer map[string]int
	rows   int
	letter []mappedRow // rows whose ICCID has letters, until the record was asked
}

// issuerDigits are those that name the issuer of a SIM, at most seven (ITU-T
// E.118).
const issuerDigits = 7

// take takes a row in. The text of an ICCID with letters cannot be had again
// from its key, so that the record is asked for it before.
func (x *index) take(ctx context.Context, book Book, e *mappedRow) error {
	x.rows++
	switch {
	case e.iccid.absent, e.iccid.damage != "":
		return nil
	case plain(e.iccid.digits):
		x.add(e)
		return nil
	}
	if x.letter = append(x.letter, *e); len(x.letter) < batch {
		return nil
	}
	return x.takeLettered(ctx, book)
}

// takeLettered takes in the rows that wait. A number with letters that the
// record does not have is a damaged one.
func (x *index) takeLettered(ctx context.Context, book Book) error {
	ask := asked{}
	for i := range x.letter {
		ask.cards(x.letter[i].iccid.digits)
	}
	got, err := ask.answer(ctx, book)
	if err != nil {
		return err
	}
	for i := range x.letter {
		if e := &x.letter[i]; got.card[e.iccid.digits] != nil {
			e.iccid.suspect = false
			x.add(e)
		}
	}
	x.letter = x.letter[:0]
	return nil
}

// add takes in a row with an ICCID.
func (x *index) add(e *mappedRow) {
	id := e.iccid.digits
	p := pair{sim: simKey(id)}
	if plain(id) {
		x.counts[len(id)]++
	}
	switch {
	case e.iccid.suspect:
		p.sim |= doubtful
	case checked(id):
		x.ended[len(id)]++
	case plain(id):
		p.sim |= unchecked
	}
	if e.damage == "" && !e.imei.absent {
		p.body = bodyKey(e.imei.digits)
		if e.imei.suspect {
			p.body |= doubtful
		}
	}
	if e.damage == "" && !e.iccid.suspect {
		if at := id[:issuerDigits]; len(x.issuer) < 10_000 || x.issuer[at] > 0 {
			x.issuer[at]++
		}
	}
	x.pairs = append(x.pairs, p)
}

// holdsChecks reports whether the numbers of so many digits end in their check
// digit in this list: of other numbers one in ten does.
func (x *index) holdsChecks(digits int) bool { return x.ended[digits]*10 > x.counts[digits]*6 }

// doubts reports whether a number counts only if the record has it as it is.
func (x *index) doubts(n *number) bool {
	return n.suspect || !checked(n.digits) && x.holdsChecks(len(n.digits))
}

// resolveDoubts asks the record for what is in doubt, and sorts.
func (x *index) resolveDoubts(ctx context.Context, book Book) error {
	if err := x.takeLettered(ctx, book); err != nil {
		return err
	}
	for from := 0; from < len(x.pairs); {
		var err error
		if from, err = x.resolveSome(ctx, book, from); err != nil {
			return err
		}
	}
	x.sort()
	x.unify()
	x.byBody = make([]uint32, len(x.pairs))
	for i := range x.byBody {
		x.byBody[i] = uint32(i)
	}
	slices.SortFunc(x.byBody, func(a, b uint32) int { return cmp.Compare(x.pairs[a].body, x.pairs[b].body) })
	return nil
}

func (x *index) sort() {
	slices.SortFunc(x.pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(a.sim, b.sim), cmp.Compare(a.body, b.body)) })
	x.pairs = slices.Compact(x.pairs)
}

// unify takes a number of 18 digits for the one of 19 that the list has of it too: some
// rows of a list have the check digit and some do not. One of 20 has its key without.
func (x *index) unify() {
	if x.counts[18] == 0 || x.counts[19] == 0 {
		return
	}
	longer := map[int]uint64{}
	for i, p := range x.pairs {
		if id := digitsOf(p.sim); len(id) == 18 {
			if k := x.key(id); k != p.sim {
				longer[i] = k
			}
		}
	}
	for i, k := range longer {
		x.pairs[i].sim = k
	}
	x.sort()
}

// key is the key under which the list has an ICCID.
func (x *index) key(iccid string) uint64 {
	if len(iccid) == 18 && plain(iccid) {
		if k := simKey(iccid + string(identity.LuhnDigit(iccid))); x.find(k) {
			return k
		}
	}
	return simKey(iccid)
}

// resolveSome resolves the pairs from a place on until a batch is full, and
// tells where the next begins. A damaged number stands with no device.
func (x *index) resolveSome(ctx context.Context, book Book, from int) (int, error) {
	var sims, bodies []int
	ask := asked{}
	at := from
	for ; at < len(x.pairs) && len(sims)+len(bodies) < batch; at++ {
		p := &x.pairs[at]
		id := digitsOf(p.sim)
		if p.sim&doubtful != 0 || p.sim&unchecked != 0 && x.holdsChecks(len(id)) {
			sims = append(sims, at)
			ask.cards(forms(id)...)
		}
		if p.body&doubtful != 0 {
			bodies = append(bodies, at)
			ask.device(bodyText(p.body &^ doubtful))
		}
		p.sim, p.body = p.sim&^markBits, p.body&^doubtful
	}
	got, err := ask.answer(ctx, book)
	if err != nil {
		return 0, err
	}
	for _, i := range sims {
		if id := digitsOf(x.pairs[i].sim); !slices.ContainsFunc(forms(id), func(f string) bool { return got.card[f] != nil }) {
			x.pairs[i].body = 0
		}
	}
	for _, i := range bodies {
		if got.device[bodyText(x.pairs[i].body)] == nil {
			x.pairs[i].body = 0
		}
	}
	return at, nil
}

// has reports whether the list has a SIM of the record, in any of the forms in
// which lists write it.
func (x *index) has(iccid string) bool {
	return x.find(x.key(iccid)) || len(iccid) > 18 && checked(iccid) && x.find(simKey(iccid[:len(iccid)-1]))
}

func (x *index) find(sim uint64) bool {
	i := x.first(sim)
	return i < len(x.pairs) && x.pairs[i].sim == sim
}

func (x *index) first(sim uint64) int {
	return sort.Search(len(x.pairs), func(i int) bool { return x.pairs[i].sim >= sim })
}

// bodies are the devices that a SIM stands with, up to three: a unit has two
// IMEIs at most, so that three tell enough.
func (x *index) bodies(sim uint64) []uint64 {
	var all []uint64
	for i := x.first(sim); i < len(x.pairs) && x.pairs[i].sim == sim && len(all) < 3; i++ {
		if b := x.pairs[i].body; b != 0 {
			all = append(all, b)
		}
	}
	return all
}

// another reports whether a device stands with a SIM that is not this one.
func (x *index) another(body, sim uint64) bool {
	i := sort.Search(len(x.byBody), func(i int) bool { return x.pairs[x.byBody[i]].body >= body })
	for ; i < len(x.byBody) && x.pairs[x.byBody[i]].body == body; i++ {
		if x.pairs[x.byBody[i]].sim != sim {
			return true
		}
	}
	return false
}

// issuers are those that at least one number of ten is of.
func (x *index) issuers() []string {
	all := 0
	for _, n := range x.issuer {
		all += n
	}
	var list []string
	for prefix, n := range x.issuer {
		if n*10 >= all {
			list = append(list, prefix)
		}
	}
	slices.Sort(list)
	return list
}
