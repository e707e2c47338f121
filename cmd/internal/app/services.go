// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fyne.io/fyne/v2"

	"bindery/cmd/internal/wire"
	"bindery/ui"
	"bindery/ui/i18n"
	"bindery/ui/operator"
	"bindery/ui/screen"
	"bindery/ui/sound"
)

// services is the station as the screens see it.
func (a *App) services() ui.Services {
	return ui.Services{
		Services: screen.Services{
			Station: a.stationName, Zone: wire.SystemClock{}.Now().Location(), Clock: wire.SystemClock{},
			Post: fyne.Do, After: after, Words: i18n.For(a.settings.Language), Sound: sound.Find(a.settings.Volume),
		},
		Idle: a.settings.Idle,
		Operator: operator.Services{
			Empty:            a.empty,
			SetUp:            a.dhr.SetUp,
			SettleClock:      a.settleClock,
			BadgeHolder:      a.dhr.BadgeHolder,
			SignIn:           a.dhr.SignIn,
			SetSecret:        a.setSecret,
			Orders:           a.dhr.Orders,
			Product:          a.dhr.Product,
			Recent:           a.dhr.Recent,
			ClearanceDue:     a.dhr.ClearanceDue,
			ClearLine:        a.clearLine,
			StrayScan:        a.dhr.StrayScan,
			ShiftPerformance: a.dhr.ShiftPerformance,
			OrderPerformance: a.dhr.OrderPerformance,
			Provision:        a.provision,
			Health:           a.health,
		},
		Quality: a.qualityService(),
		Auditor: a.auditService(),
	}
}
