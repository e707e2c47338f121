// SPDX-License-Identifier: Apache-2.0

package dhr

import (
	"context"
	"strings"

	"bindery/station"
)

// Reveal writes the leaf that says that somebody took, or was shown, an
// identity whole, before they are: of one unit, or of several in a list. what
// is "show-identity" or "copy-identity"; kinds are such as "imei". The value
// itself is in no such leaf. Only who has [station.MayReveal] may.
func (d *DHR) Reveal(ctx context.Context, by, what string, serials []string, kinds ...string) (leaf int64, err error) {
	a := auditEntry{what: what, subject: "units", who: by, why: strings.Join(kinds, ", ")}
	if len(serials) == 1 {
		a.subject = "unit:" + serials[0]
	} else {
		a.why += ": " + strings.Join(serials, ", ")
	}
	return d.write(ctx, a, func(t *tx) error { return t.may(by, station.MayReveal) })
}

// RevealFor writes the leaf that says that somebody looked at units with their
// identities whole, and why, before they are shown. Only who has
// [station.MayReveal] may, with a reason.
func (d *DHR) RevealFor(ctx context.Context, by, reason string, serials []string) (leaf int64, err error) {
	a := auditEntry{what: "show-identity", subject: "units", who: by, why: reason}
	switch len(serials) {
	case 0:
	case 1:
		serial, err := d.spelledAsRecorded(ctx, serials[0])
		if err != nil {
			return 0, err
		}
		a.subject = "unit:" + serial
	default:
		a.why += ": " + strings.Join(serials, ", ")
	}
	return d.write(ctx, a, func(t *tx) error { return t.checkPermission(by, station.MayReveal, reason) })
}
