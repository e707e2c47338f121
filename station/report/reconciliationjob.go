// SPDX-License-Identifier: Apache-2.0

package report

import (
	"time"

	"bindery/station/identity"
	"bindery/station/reconcile"
	"bindery/station/safefile"
)

// ReconciliationJob says how the result of a comparison is written to a file.
type ReconciliationJob struct {
	File    string // by its end one of [ReconciliationForms]
	Rules   safefile.Rules
	Whole   bool              // numbers are whole, else masked
	Mapping reconcile.Mapping // by which it is read
	Person  string            // who compares, by name where they have one
	Since   int64             // number of the earlier comparison; 0 for none
	Program string
	At      time.Time
}

// shown writes numbers whole or masked.
type shown struct{ whole bool }

func (s shown) iccid(n identity.ICCID) string {
	if s.whole {
		return n.Full()
	}
	return n.String()
}

func (s shown) imei(n identity.IMEI) string {
	if s.whole {
		return n.Full()
	}
	return n.String()
}
