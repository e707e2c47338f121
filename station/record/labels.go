// SPDX-License-Identifier: Apache-2.0

package record

import (
	"time"

	"bindery/station"
)

// OrderLabels is the account of the labels of an order.
type OrderLabels struct {
	Order string `json:"order"`
	station.LabelReconciliation
	Accounted bool            `json:"accounted"` // settled, or explained as it stands now
	Explained []Justification `json:"explained"` // the oldest first
	Units     []UnitLabels    `json:"units"`
}

// UnitLabels is the account of the labels of a unit.
type UnitLabels struct {
	Serial      string              `json:"serial"`
	Disposition station.Disposition `json:"disposition"`
	station.LabelReconciliation
}

// Justification is why the labels of an order do not add up. It holds for the
// account that it explains and for no other.
type Justification struct {
	Account station.LabelReconciliation `json:"account"`
	Reason  string                      `json:"reason"`
	By      string                      `json:"by"` // person ID
	At      time.Time                   `json:"at"`
	Leaf    int64                       `json:"leaf"`
}

// SignedLabels is the account of the labels of an order, as the release of its
// lot signs it.
type SignedLabels struct {
	Order string `json:"order"`
	station.LabelReconciliation
	Explained bool `json:"explained"` // somebody has said why it does not add up, as it stands
}
