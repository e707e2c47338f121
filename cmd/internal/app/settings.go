// SPDX-License-Identifier: Apache-2.0

package app

import (
	"time"

	"bindery/cmd/internal/wire"
	"bindery/station"
)

// Settings are what the station is started with. What is "" is where
// [wire.Record], [wire.Printer] and [wire.Backups] say. It is made by the flags of
// bindery-station and by tests, and never changed once the station is open: to
// change a port is to start anew.
type Settings struct {
	Program  station.Program // this build, as records and exports name it
	DB       string          // the record
	Port     string          // serial port of the fixture
	Baud     int             // line rate; 0 tries what the dialect names
	Dialect  string          // what the module speaks; "" is what the product says
	Printer  string          // URI
	DPI      int             // resolution of the printer, dots per inch
	Drafts   string          // folder of layouts that are being written; "" for none
	Station  string          // name that was given
	Key      string          // file of the station's key; "" is beside the record
	Backups  string          // folder, or off
	Secrets  wire.Secrets    // where the passphrase of the key is asked for
	Language string          // of the screen
	Theme    string          // dark, light or contrast
	Volume   float64         // of the tones, 0 to 1
	// The rule that it must lock at all is the flag's: 0 is refused there.
	Idle          time.Duration // without a touch, after which the screen locks
	Width, Height float32       // of the window, pixels
}
