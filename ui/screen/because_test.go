// SPDX-License-Identifier: Apache-2.0

package screen_test

import (
	"testing"

	"bindery/station/query"
	"bindery/station/record"
	"bindery/ui/i18n"
	"bindery/ui/screen"
)

func TestWhyATextWasTakenForWhatItIsIsSaidInTheLanguageOfTheScreen(t *testing.T) {
	item := query.Parse("IMEI 356938035643809", query.Known{})[0].Interpretations[0]
	taken := record.Interpreted{Took: item.Kind, Why: item.Why(), Reasons: item.Reasons}
	for language, want := range map[string]string{
		"en": "Its kind stands before it. Fifteen digits with a right check digit are an IMEI.",
		"de": "Seine Art steht davor. Fünfzehn Ziffern mit richtiger Prüfziffer sind eine IMEI.",
		"es": "Su tipo está delante. Quince cifras con el dígito de control correcto son un IMEI.",
	} {
		if got := screen.ReasonText(i18n.For(language), taken); got != want {
			t.Errorf("%s: %q, want %q", language, got, want)
		}
	}
}
