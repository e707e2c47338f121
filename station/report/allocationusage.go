// SPDX-License-Identifier: Apache-2.0

package report

import (
	"context"

	"bindery/station"
)

// allocationUsage is a range of numbers and how much of it is used.
type allocationUsage struct {
	Range station.Allocation
	Used  int
	Free  int
}

func (p *exporter) eachAllocation(ctx context.Context, do func(allocationUsage) error) error {
	ranges, err := p.snap.Allocations(ctx)
	if err != nil {
		return err
	}
	counts, err := p.snap.AllocationUsage(ctx) // in the same order
	if err != nil {
		return err
	}
	for i, r := range ranges {
		if err := do(allocationUsage{r, counts[i].Used, counts[i].Free}); err != nil {
			return err
		}
	}
	return nil
}
