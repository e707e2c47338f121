// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"

	"bindery/station"
	"bindery/station/dhr"
)

// notRecorded is that refusal where the record says that it does not know something.
func notRecorded(what string, err error) error {
	if errors.Is(err, dhr.ErrNotFound) {
		return station.Refuse(station.NotRecorded, station.Shown(what))
	}
	return err
}

// orNotRecorded makes it a refusal, as screens know it, that the record does not
// have what was to be acted on.
func orNotRecorded(what string) func(int64, error) (int64, error) {
	return func(leaf int64, err error) (int64, error) { return leaf, notRecorded(what, err) }
}
