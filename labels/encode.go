// SPDX-License-Identifier: Apache-2.0

package labels

import "fmt"

// Encode gives the label as "png", "pdf", "zpl" (exactly its dots) or
// "zpl-native" (codes drawn by the printer). The same label gives the same
// bytes.
func (l *Label) Encode(format string) (out []byte, err error) {
	switch format {
	case "png":
		out, err = l.png()
	case "pdf":
		return PDF(l)
	case "zpl":
		out, err = l.zpl()
	case "zpl-native":
		out, err = l.zplNative()
	default:
		return nil, asFault("", Mistakes{{Message: fmt.Sprintf("%q is no format of a label", format), Cure: "Ask for png, pdf, zpl or zpl-native."}})
	}
	if err != nil {
		return nil, asWriteFault(format, err)
	}
	return out, nil
}
