// SPDX-License-Identifier: Apache-2.0

package station

// IsUnitBefore reports whether the serial that was scanned is that of the unit which
// has just passed here, while the device that was read can be the next unit: another
// IMEI, that nothing speaks against and no unit has. Then the wrong serial was scanned,
// and nobody has changed the unit before: an alarm would stop a good one. It is said
// once; the same again is judged as any change is.
func (c UnitContext) IsUnitBefore(r Reading) bool {
	if !c.JustPassed || c.Unit == nil || c.Unit.Disposition != Passed || c.Unit.Binding == nil {
		return false
	}
	if c.Unit.Binding.IMEI.Full() == r.IMEI || len(c.Flags)+len(c.Alarms)+len(c.Conflicting)+len(c.Suspects) > 0 {
		return false
	}
	next := c
	next.Unit = nil
	return Judge(next, r).First() == nil
}
