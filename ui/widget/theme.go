// SPDX-License-Identifier: Apache-2.0

package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
)

// Serials and identities are set in Go Mono: its zero is slashed and its 1, l
// and I are distinct.
var (
	mono     = fyne.NewStaticResource("Go-Mono.ttf", gomono.TTF)
	monoBold = fyne.NewStaticResource("Go-Mono-Bold.ttf", gomonobold.TTF)
)

// Theme is a palette as Fyne wants it, for the stock widgets of the quiet
// screens and for the faces of all text.
type Theme struct{ Palette Palette }

// Font gives the bundled Noto Sans, and Go Mono for monospace.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace && s.Bold:
		return monoBold
	case s.Monospace:
		return mono
	}
	return theme.DefaultTheme().Font(s)
}

// Icon gives Fyne's own.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

// Color maps Fyne's names to the palette.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	p := t.Palette
	switch n {
	case theme.ColorNameBackground, theme.ColorNameOverlayBackground, theme.ColorNameMenuBackground:
		return p.Ground
	case theme.ColorNameForeground:
		return p.Text
	case theme.ColorNamePlaceHolder, theme.ColorNameDisabled:
		return p.Quiet
	case theme.ColorNamePrimary, theme.ColorNameFocus, theme.ColorNameHyperlink:
		return p.Accent
	case theme.ColorNameForegroundOnPrimary:
		return p.Ground
	case theme.ColorNameButton, theme.ColorNameInputBackground, theme.ColorNameHeaderBackground:
		return p.Panel
	case theme.ColorNameInputBorder, theme.ColorNameSeparator:
		return p.Line
	case theme.ColorNameHover, theme.ColorNamePressed, theme.ColorNameSelection:
		return mix(p.Panel, p.Accent, 0.25)
	case theme.ColorNameScrollBar:
		return p.Quiet
	case theme.ColorNameShadow:
		return color.Transparent
	}
	variant := theme.VariantLight
	if p.Dark {
		variant = theme.VariantDark
	}
	return theme.DefaultTheme().Color(n, variant)
}

// Size keeps to steps of 8 and turns blur off, which costs a core without a
// graphics card.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameText:
		return 22
	case theme.SizeNameCaptionText:
		return 20
	case theme.SizeNamePadding, theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNameModalBlurRadius:
		return 0
	}
	return theme.DefaultTheme().Size(n)
}
