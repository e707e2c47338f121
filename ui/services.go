// SPDX-License-Identifier: Apache-2.0

package ui

import (
	"time"

	"bindery/ui/auditor"
	"bindery/ui/operator"
	"bindery/ui/quality"
	"bindery/ui/screen"
)

// Services is what the screens ask of the rest of the program. The functions
// may block; the screens call them from goroutines of their own. Their errors
// are *station.Refusal or *station.Fault.
type Services struct {
	screen.Services

	Idle time.Duration // without a touch, after which the screen locks

	Operator operator.Services
	Quality  quality.Services // and of leads
	Auditor  auditor.Services
}
