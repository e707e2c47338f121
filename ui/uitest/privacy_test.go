// SPDX-License-Identifier: Apache-2.0

package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"github.com/google/go-cmp/cmp"
)

func TestAnIdentityOnAScreenIsFoundUnlessItWasTyped(t *testing.T) {
	text := func(s string) fyne.CanvasObject { return canvas.NewText(s, nil) }
	shown := container.NewVBox(text("IMEI 98-000042-000101-2"), text("•••••••••••1012"), text("980000 42000102 0"), container.NewHBox(text("8999900000000001012")))
	got := unmasked([]fyne.CanvasObject{shown}, alnum("CL-000101\n980000420001020\n"))
	if diff := cmp.Diff([]string{"IMEI ••-••••••-•••101-2", "•••••••••••••••1012"}, got); diff != "" {
		t.Error(diff)
	}
}
