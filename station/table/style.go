// SPDX-License-Identifier: Apache-2.0

package table

import (
	"encoding/xml"
	"strconv"
)

// readStyles reads how numbers are shown, by the s of a cell.
func (w *workbook) readStyles(name string) ([]numberStyle, error) {
	own := map[string]string{} // code by its id
	var ids []string
	in := "" // which list is read: cellXfs stands after others of the same form
	err := w.each(name, func(e xml.StartElement) {
		switch e.Name.Local {
		case "numFmt":
			own[attr(e, "numFmtId")] = attr(e, "formatCode")
		case "cellStyleXfs", "cellXfs", "cellStyles", "dxfs":
			in = e.Name.Local
		case "xf":
			if in == "cellXfs" {
				ids = append(ids, attr(e, "numFmtId"))
			}
		}
	})
	var list []numberStyle
	for _, id := range ids {
		if code, ok := own[id]; ok {
			list = append(list, styleOf(code))
			continue
		}
		n, _ := strconv.Atoi(id) // "" is 0, General
		list = append(list, builtin(n))
	}
	return list, err
}
