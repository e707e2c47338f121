// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// alarming are the findings that say that an identity has moved: tampering, a
// swapped module or a cloned one, or that what was lost has turned up, never an
// everyday refusal.
var alarming = []Code{UnitFlagged, IdentityFlagged, IMEIChanged, IMEIInUse, ICCIDInUse, EIDInUse}

// alarmOf picks the finding that must raise an alarm, or nil. A unit that has
// passed is also stopped by any other value than it is bound to: what the
// record says of it would be released; and so it is by a SIM that is gone.
func alarmOf(c UnitContext, r Reading, findings []Finding) *Finding {
	codes := alarming
	if c.Unit != nil && c.Unit.Disposition == Passed {
		for _, d := range c.differences(r) {
			absent := d.Code == ICCIDChanged && r.SIM == SIMAbsent // not only unread, which may be the bench's
			if !d.Gone || absent {
				codes = append(codes[:len(codes):len(codes)], d.Code)
			}
			if absent {
				codes = append(codes, SIMIsAbsent)
			}
		}
	}
	i := slices.IndexFunc(findings, func(f Finding) bool { return f.Level == LevelFail && slices.Contains(codes, f.Code) })
	if i < 0 {
		return nil
	}
	return &findings[i]
}
