// SPDX-License-Identifier: Apache-2.0

package labels

import (
	"fmt"
	"slices"
	"strings"
)

// zplNative is the label with its Code 128 and DataMatrix drawn by the printer,
// for sites whose verifier wants the printer's own codes. All else stays dots:
// printers differ in their fonts and glyphs, in the mask of a QR code and in
// how they take GS1-128.
func (l *Label) zplNative() ([]byte, error) {
	rest := *l.drawing
	rest.items = slices.DeleteFunc(slices.Clone(rest.items), func(it drawItem) bool {
		c, ok := it.(*printedCode)
		return ok && c.native() != ""
	})
	field, err := graphic(rest.paint(), 0, 0)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(zplHead(l.dots.w, l.dots.h))
	b.Write(field)
	for _, c := range l.drawing.codes {
		b.WriteString(c.native())
	}
	b.WriteString(zplTail)
	return []byte(b.String()), nil
}

// native is the code as a ZPL field, or "" when the printer is not to draw it.
// The data stands in hexadecimal wherever a character could mean a command.
func (c *printedCode) native() string {
	at := fmt.Sprintf("^FO%d,%d", c.x, c.y)
	switch {
	case c.Kind == "code128" && !strings.Contains(c.Payload, ">"): // ">" opens control sequences in ^BC
		return fmt.Sprintf("%s^BY%d^BCN,%d,N,N,N,A^FH\\^FD%s^FS\n", at, c.w, c.h, fieldData(c.Payload))
	case c.Kind == "gs1-datamatrix":
		// The escape character is always given, as its default depends on the
		// firmware; "#" is not in the set of 82, so no data can hold it.
		data := "#1" + strings.ReplaceAll(fieldData(c.Payload), gs, "#1")
		return fmt.Sprintf("%s^BXN,%d,200,%d,%d,,#,1^FH\\^FD%s^FS\n", at, c.w, c.bits.w, c.bits.h, data)
	}
	return ""
}

// fieldData writes what ^FD must not hold as it is in the form of ^FH with
// indicator "\".
func fieldData(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; strings.IndexByte(`^~\`, c) >= 0 {
			fmt.Fprintf(&b, "\\%02X", c)
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
