// SPDX-License-Identifier: Apache-2.0

package ledger

// IntegrityError is something wrong with a record or with what was handed over
// of one, as against a fault that keeps us from looking: it was changed, it is
// missing, or it does not belong. It is one plain sentence.
type IntegrityError string

func (e IntegrityError) Error() string { return string(e) }
