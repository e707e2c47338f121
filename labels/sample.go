// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"time"

	"bindery/station"
)

// SampleValues are values for looking at a layout. They belong to nobody: the
// IMEIs lie in the range kept for test equipment (reporting body 00, GSMA
// TS.06), the GTIN under the prefix that GS1 keeps for examples (950 6000), the
// ICCID and EID under no issuer. Labels made of them carry the SAMPLE mark.
func SampleValues() station.LabelValues {
	return station.LabelValues{
		Serial:   "CM-000142",
		IMEI:     "004401230001428",
		IMEI2:    "004401230001436",
		ICCID:    "8988000000000001428",
		EID:      "89000000000000000000000000014261",
		REF:      "CM-100-EU",
		Product:  "CardioMon Patch",
		Maker:    "Example Medical Devices, Musterweg 1, 12345 Musterstadt, DE",
		GTIN:     "09506000134352",
		Lot:      "L2607A",
		Order:    "WO-118204",
		Made:     time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC),
		Quantity: 20,
		Sample:   true,
	}
}
