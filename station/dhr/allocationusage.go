// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"errors"
	"fmt"
	"sort"
	"strconv"
	"time"

	"bindery/station"
	"bindery/station/dhr/store"
	"bindery/station/record"
)

// AllocationUsage tells for each allocation how much of it is used. It takes a pass
// over the index of the numbers in use, and one over the bindings of the last
// [station.ForecastOver].
func (d *DHR) AllocationUsage(ctx context.Context) ([]record.AllocationView, error) {
	list, err := d.Allocations(ctx)
	if err != nil {
		return nil, err
	}
	lately, err := d.recentUse(ctx)
	if err != nil {
		return nil, store.AsFault(err)
	}
	accounts := make([]record.AllocationView, len(list))
	for i, a := range list {
		if accounts[i], err = d.account(ctx, a, lately); err != nil {
			return nil, store.AsFault(err)
		}
	}
	return accounts, nil
}

const (
	// numbered counts the IMEIs in a range; one that was bound again counts
	// again.
	numbered = `SELECT (SELECT count(*) FROM bindings WHERE imei BETWEEN ?1 AND ?2)
		+ (SELECT count(*) FROM bindings WHERE imei2 BETWEEN ?1 AND ?2 AND imei2 <> '')`
	// ends are the first and the last of them; '' where there is none.
	ends = `SELECT coalesce(min(n), ''), coalesce(max(n), '') FROM (
		SELECT min(imei) AS n FROM bindings WHERE imei BETWEEN ?1 AND ?2
		UNION ALL SELECT max(imei) FROM bindings WHERE imei BETWEEN ?1 AND ?2
		UNION ALL SELECT min(imei2) FROM bindings WHERE imei2 BETWEEN ?1 AND ?2 AND imei2 <> ''
		UNION ALL SELECT max(imei2) FROM bindings WHERE imei2 BETWEEN ?1 AND ?2 AND imei2 <> '')`
	// again counts how often they were bound again, and how many of them under
	// another serial. Of those that stand more than once all but one were given
	// up, so that it is enough to look at these, which are few.
	again = `SELECT coalesce(sum(times - 1), 0), count(*) FILTER (WHERE serials > 1) FROM (
		SELECT count(*) AS times, count(DISTINCT b.serial) AS serials FROM (
			SELECT imei FROM bindings INDEXED BY bindings_gave_imei WHERE superseded > 0 AND imei BETWEEN ?1 AND ?2
			UNION SELECT imei2 FROM bindings INDEXED BY bindings_gave_imei2
				WHERE superseded > 0 AND imei2 <> '' AND imei2 BETWEEN ?1 AND ?2
		) n JOIN bindings b ON b.imei = n.imei OR (b.imei2 = n.imei AND b.imei2 <> '') GROUP BY n.imei)`
)

func (d *DHR) account(ctx context.Context, a station.Allocation, lately recentUse) (record.AllocationView, error) {
	acc := record.AllocationView{Allocation: a}
	// IMEIs sort as their numbers do; the check digit after the SNR is what
	// "9" bounds.
	bounds := []any{fmt.Sprintf("%s%06d0", a.TAC, a.From), fmt.Sprintf("%s%06d9", a.TAC, a.To)}
	var all, repeated int
	var first, last string
	for _, q := range []struct {
		text string
		into []any
	}{
		{numbered, []any{&all}},
		{ends, []any{&first, &last}},
		{again, []any{&repeated, &acc.Twice}},
	} {
		if err := d.reads.Row(ctx, q.text, bounds, q.into); err != nil {
			return acc, err
		}
	}
	if acc.Used = all - repeated; acc.Used > 0 {
		acc.Gaps = snr(last) - snr(first) + 1 - acc.Used
	}
	acc.Free = a.To - a.From + 1 - acc.Used
	acc.Since = lately.since
	use, ok := lately.by[a.ID]
	if !ok {
		return acc, nil
	}
	acc.Lately = use.n
	var older bool
	err := d.reads.Row(ctx, `SELECT EXISTS (SELECT 1 FROM bindings WHERE imei BETWEEN ? AND ? AND id < ?)`,
		append(bounds, lately.from), []any{&older})
	if !older {
		acc.Since = use.first
	}
	return acc, err
}

// snr is the serial number in an IMEI.
func snr(imei string) int {
	n, _ := strconv.Atoi(imei[8:14]) // a CHECK of the table keeps it to digits
	return n
}

// recentUse is how the allocations were drawn on lately.
type recentUse struct {
	since time.Time
	from  int64 // the first binding since then
	by    map[int64]recentDraws
}

type recentDraws struct {
	n     int
	first time.Time
}

// recentUse counts the bindings of the last [station.ForecastOver]. They have the
// highest numbers: where these begin is found by halving, so that no index has
// to be kept for it at each bind.
func (d *DHR) recentUse(ctx context.Context) (r recentUse, err error) {
	r = recentUse{since: d.clock.Now().Add(-station.ForecastOver), by: map[int64]recentDraws{}}
	var last int64
	if err := d.reads.Row(ctx, `SELECT coalesce(max(id), 0) FROM bindings`, nil, []any{&last}); err != nil {
		return r, err
	}
	var failed error
	r.from = 1 + int64(sort.Search(int(last), func(i int) bool {
		var late bool
		err := d.reads.Row(ctx, `SELECT at >= ? FROM bindings WHERE id >= ? ORDER BY id LIMIT 1`, []any{store.Stamp(r.since), i + 1}, []any{&late})
		failed = errors.Join(failed, err)
		return late
	}))
	if failed != nil {
		return r, failed
	}
	return r, d.reads.Each(ctx, `SELECT allocation, count(*), min(at) FROM bindings WHERE id >= ? GROUP BY allocation`, []any{r.from},
		func(scan func(...any) error) error {
			var id int64
			var use recentDraws
			err := scan(&id, &use.n, (*store.Instant)(&use.first))
			r.by[id] = use
			return err
		})
}
