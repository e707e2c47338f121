// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"os"
	"strings"
	"time"
	_ "time/tzdata" // a station's machine may have no zones of its own

	"bindery/station"
)

// SystemClock is the system's clock, and the zone that the system is set to: that of
// the station. Its offset at a unit's first bind is recorded with the unit.
type SystemClock struct{}

// Now is the time of the system, in its zone.
func (SystemClock) Now() time.Time { return time.Now() }

// systemZone is the file that names the zone of the system.
const systemZone = "/etc/localtime"

// zoneKnown refuses to work where Go would take UTC in place of a zone that it
// does not know: labels would have another day than the calendar on the wall.
func zoneKnown() error {
	tz, set := os.LookupEnv("TZ")
	_, err := os.Lstat(systemZone)
	if asked := askedZone(tz, set, err == nil); asked != "" && time.Local.String() == "UTC" {
		return station.NewFault(station.ZoneUnknown, asked, nil)
	}
	return nil
}

// askedZone is the zone that TZ names, or the system's file where TZ is not
// set; "" where UTC is what is asked for.
func askedZone(tz string, set, file bool) string {
	switch tz = strings.TrimPrefix(tz, ":"); {
	case !set && file:
		return systemZone
	case tz == "UTC":
		return ""
	}
	return tz
}
