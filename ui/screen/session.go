// SPDX-License-Identifier: Apache-2.0

package screen

import "bindery/station"

// LockedSession is somebody whose session waits behind the lock.
type LockedSession struct {
	Who    station.Person
	Resume func() // shows their screen again; nil where that is the operator's
	Leave  func() // ends the session there, when somebody else comes
}
