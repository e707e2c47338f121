// SPDX-License-Identifier: Apache-2.0

package station

import "slices"

// JudgeDialect holds the dialect of a reading against those that the product
// may be read by; one that was named instead is another. Once quality has approved the product by signature, any other
// is a fault: by it a good unit may give another number. Before, it is a
// warning.
func JudgeDialect(c UnitContext, r Reading) (Verdict, error) {
	var v Verdict
	switch {
	case !r.Overridden && slices.Contains(c.Dialects, DialectRef{Name: r.Dialect, Hash: r.DialectHash}):
	case c.Signed:
		return v, NewFault(DialectNotApproved, r.Dialect, nil)
	default:
		v.say(DialectOther, r.Dialect)
	}
	return v, nil
}
