// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"time"

	"bindery/station"
	"bindery/ui/i18n"
	"bindery/ui/sound"
)

// Services is what the screen of every room asks of the rest of the program.
type Services struct {
	// Station is its name, as the record has it; "" while its key is not
	// enrolled.
	Station func() string
	Zone    *time.Location // in which times are shown, that of the station; nil is UTC

	// Post runs a function on the goroutine of the screen, in the order of the
	// calls: fyne.Do in the program, a queue in tests.
	Post func(func())
	// After runs a function by Post once so long has passed; nil does at once.
	After func(time.Duration, func())
	Clock station.Clock // for the timing of keys
	Words i18n.Catalogue
	Sound sound.Player
}

// Local is a time by the clock on the wall of the station.
func (s *Services) Local(t time.Time) time.Time {
	if s.Zone == nil {
		return t.UTC()
	}
	return t.In(s.Zone)
}

// When writes a time as screens do: ISO 8601, the station's zone.
func (s *Services) When(t time.Time) string { return s.Local(t).Format(time.DateTime) }

// Day is the day of a time, by the calendar of the station.
func (s *Services) Day(t time.Time) string { return string(station.DayOf(s.Local(t))) }

// BothTimes is a time with its zone, and in UTC.
func BothTimes(t time.Time) string {
	return station.Timestamp(t) + "  (" + t.UTC().Format(time.TimeOnly) + " UTC)"
}

// Name is what the station is called on the screen.
func (s *Services) Name() string {
	if name := s.Station(); name != "" {
		return name
	}
	return s.Words.Say("station.none")
}
