// SPDX-License-Identifier: Apache-2.0

package printers

import "testing"

// The texts are what lpstat -l -p of CUPS 2.4 prints; a driver puts its reasons
// behind "Alerts".
func TestWhatADriverReportsIsTakenFromTheAlerts(t *testing.T) {
	for text, want := range map[string]Condition{
		"printer z is idle.  enabled since Sun Nov 22\n\tDescription: z\n\tAlerts: none\n\tLocation: media-empty shelf\n": Ready,
		"printer z is idle.  enabled since Sun Nov 22\n\tAlerts: media-empty-error cover-open-error\n\tLocation:\n":       HeadOpen,
		"printer z is idle.  enabled since Sun Nov 22\n\tAlerts: media-empty-error\n":                                     NoLabels,
		"printer z now printing z-1.  enabled since Sun Nov 22\n\tAlerts: connecting-to-device\n":                         Offline,
		"printer z is idle.  enabled since Sun Nov 22\n\tAlerts: marker-supply-empty-warning\n":                           NoRibbon,
		"printer z disabled since Sun Nov 22 -\n\tPaused\n\tAlerts: paused\n":                                             Stopped,
		"printer z is idle.  enabled since Sun Nov 22\n\tAlerts:\n\tLocation: media-empty shelf\n":                        Ready,
		"printer z is idle.  enabled since Sun Nov 22\n":                                                                  Ready,
	} {
		if got := queueCondition(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}
