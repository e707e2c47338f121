// SPDX-License-Identifier: Apache-2.0

package station

// OrderCounts is the account of an order: what was planned and what became of it.
type OrderCounts struct {
	Order       string `json:"order"`
	Lot         string `json:"lot"`
	Closed      bool   `json:"closed"`
	Planned     int    `json:"planned"`
	Built       int    `json:"built"` // units that were ever bound
	InProcess   int    `json:"in_process"`
	Passed      int    `json:"passed"`
	Quarantined int    `json:"quarantined"`
	Reworked    int    `json:"reworked"`
	Scrapped    int    `json:"scrapped"`
	Released    int    `json:"released"`
	Alarms      int    `json:"alarms"`           // open ones of its serials
	Flagged     int    `json:"flagged,omitzero"` // units that passed and have a flag in force
	Prints      int    `json:"prints"`           // labels that are neither on a unit nor void; see [LabelReconciliation]
}

// Of is how many units have a disposition.
func (c OrderCounts) Of(d Disposition) int {
	switch d {
	case InProcess:
		return c.InProcess
	case Passed:
		return c.Passed
	case Quarantined:
		return c.Quarantined
	case Reworked:
		return c.Reworked
	case Scrapped:
		return c.Scrapped
	case Released:
		return c.Released
	case Imported, Superseded, LeftOut: // of units that have no order of ours
	}
	return 0
}

// Complete is how many units are complete: see [Disposition.CountsAsPassed].
func (c OrderCounts) Complete() (n int) {
	for _, d := range DispositionsThat(Disposition.CountsAsPassed) {
		n += c.Of(d)
	}
	return n
}
