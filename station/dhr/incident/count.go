// SPDX-License-Identifier: Apache-2.0

package incident

import (
	"context"
	"encoding/json"
	"math/bits"
	"time"

	"bindery/station/dhr/store"
	"bindery/station/scope"
)

// Count counts the units in a scope. Days are those of the zone. A condition that
// the record cannot answer is a [scope.ExprError].
func Count(ctx context.Context, from *store.Reader, e scope.Expr, zone *time.Location) (n int, err error) {
	s, err := compile(ctx, from, e, zone, "count(*)")
	if err != nil {
		return 0, err
	}
	err = from.AtOneMoment(ctx, func(at *store.Reader) error {
		reach, ok, err := at.ScopeReach(ctx)
		if err != nil {
			return err
		}
		if !ok {
			return at.Row(ctx, "SELECT ("+s[0].text+") + ("+s[1].text+")", append(s[0].args, s[1].args...), []any{&n})
		}
		n, err = countBy(ctx, at, reach, e, zone)
		if err != nil {
			return err
		}
		var changed, old int
		list, err := json.Marshal(reach.Changed)
		if err != nil {
			return err
		}
		err = at.Row(ctx, s[0].text+" AND u.serial IN (SELECT value FROM json_each(?))", append(s[0].args, string(list)), []any{&changed})
		if err == nil {
			err = at.Row(ctx, s[1].text, s[1].args, []any{&old})
		}
		n += changed + old
		return err
	})
	return n, store.AsFault(err)
}

// blockChunks is how many chunks of the columns are looked at together: a million
// units.
const blockChunks = 256

// countBy counts the units of ours in a scope by the columns, without those that have
// changed since.
func countBy(ctx context.Context, from *store.Reader, reach store.ScopeReach, e scope.Expr, zone *time.Location) (n int, err error) {
	c := columnReader{ctx: ctx, from: from, zone: zone}
	in, err := c.condition(e)
	if err != nil {
		return 0, err
	}
	for b := (block{0, blockChunks}); b.from*store.ScopeChunk <= reach.Units; b = (block{b.before, b.before + blockChunks}) {
		units, err := in(b)
		if err != nil {
			return 0, err
		}
		stale := b.numbers(reach.Stale)
		for i, word := range units {
			n += bits.OnesCount64(word &^ stale[i])
		}
	}
	return n, nil
}
