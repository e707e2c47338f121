// SPDX-License-Identifier: Apache-2.0

package station_test

import (
	"encoding/json"
	"testing"

	"bindery/station"
)

func TestEveryByteOfTheLineSurvivesJSON(t *testing.T) {
	all := make(station.WireBytes, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for name, c := range map[string]struct {
		bytes station.WireBytes
		text  string
	}{
		"a command":           {station.WireBytes("AT+CGSN\r"), `"AT+CGSN\r"`},
		"what is no text":     {station.WireBytes("OK\r\n\xff\x00"), `"OK\r\n` + "\u00ff" + `\u0000"`},
		"UTF-8, byte by byte": {station.WireBytes("ü"), "\"\u00c3\u00bc\""},
		"nothing":             {nil, `""`},
		"all bytes":           {all, ""},
	} {
		text, err := json.Marshal(c.bytes)
		if err != nil || c.text != "" && string(text) != c.text {
			t.Errorf("%s: %s, %v", name, text, err)
		}
		var again station.WireBytes
		if err := json.Unmarshal(text, &again); err != nil || string(again) != string(c.bytes) {
			t.Errorf("%s: read again as %q, %v", name, []byte(again), err)
		}
	}
}

func TestATextThatStandsForNoBytesIsNotRead(t *testing.T) {
	b := station.WireBytes("kept")
	for _, text := range []string{"\u0100", "OK\u65e5", "\ufffd"} {
		if err := b.UnmarshalText([]byte(text)); err == nil || string(b) != "kept" {
			t.Errorf("%q: %q, %v", text, []byte(b), err)
		}
	}
}
