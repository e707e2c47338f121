// SPDX-License-Identifier: Apache-2.0

package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ahead is how much of a text is looked at to find out what it is, bytes.
const ahead = 64 << 10

// marks are what a file begins with.
var marks = []struct {
	bytes string
	what  string             // why it is not text that is read here; "" where it is
	order unicode.Endianness // of UTF-16
	utf16 bool
}{
	{bytes: "\xff\xfe\x00\x00", what: "the file is written in UTF-32; save it as UTF-8"},
	{bytes: "\x00\x00\xfe\xff", what: "the file is written in UTF-32; save it as UTF-8"},
	{bytes: "\xef\xbb\xbf"},
	{bytes: "\xff\xfe", utf16: true, order: unicode.LittleEndian},
	{bytes: "\xfe\xff", utf16: true, order: unicode.BigEndian},
	{bytes: "PK\x03\x04", what: "the file is a workbook or another packed file, not text; name it .xlsx if it is one"},
	{bytes: "\xd0\xcf\x11\xe0", what: "the file is an old workbook (.xls) or one with a password, not text; save it as .xlsx without a password"},
}

// decoded gives a text as UTF-8 without its byte order mark. What is not UTF-8
// or, by its mark, UTF-16 is refused as far as its beginning tells; the rest
// of a text is for the caller to check. A loose one may be UTF-16 without its
// mark.
func decoded(r io.Reader, loose bool) (*bufio.Reader, error) {
	b := bufio.NewReaderSize(r, ahead)
	head, err := b.Peek(ahead)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	for _, m := range marks {
		switch {
		case !bytes.HasPrefix(head, []byte(m.bytes)):
			continue
		case m.what != "":
			return nil, broken("%s", m.what)
		case m.utf16:
			return wide(b, m.order, unicode.ExpectBOM), nil
		}
		_, err := b.Discard(len(m.bytes))
		return b, err
	}
	if bytes.IndexByte(head, 0) >= 0 {
		if order, ok := upperHalves(head); ok && loose {
			return wide(b, order, unicode.IgnoreBOM), nil
		}
		return nil, broken("the file holds zero bytes: it is not text, or UTF-16 without its byte order mark; save it as UTF-8")
	}
	return b, nil
}

func wide(r io.Reader, order unicode.Endianness, mark unicode.BOMPolicy) *bufio.Reader {
	return bufio.NewReaderSize(transform.NewReader(r, unicode.UTF16(order, mark).NewDecoder()), ahead)
}

// upperHalves tells the order of UTF-16 without a mark: nearly all zero bytes of a
// table are the upper halves of its digits and separators.
func upperHalves(head []byte) (unicode.Endianness, bool) {
	var at [2]int
	for i, b := range head {
		if b == 0 {
			at[i%2]++
		}
	}
	switch {
	case at[1] > len(head)/4 && at[0]*16 < at[1]:
		return unicode.LittleEndian, true
	case at[0] > len(head)/4 && at[1]*16 < at[0]:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// legible takes a text that is not UTF-8 for Windows-1252, of which Latin-1 is
// the most: its digits and separators are right in any code page.
func legible(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	t, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return t
}

// All gives a whole text of at most limit bytes as UTF-8, without its byte
// order mark. Its errors are *ReadError, by line, or those of r.
func All(r io.Reader, limit int64) (string, error) {
	d, err := decoded(r, false)
	if err != nil {
		return "", err
	}
	raw, err := io.ReadAll(io.LimitReader(d, limit+1))
	if err != nil {
		return "", err
	}
	if int64(len(raw)) > limit {
		return "", broken("the file has more than %d bytes, which is the most that is read here", limit)
	}
	text := string(raw)
	for n, line := range strings.Split(text, "\n") {
		if why := notText(line); why != "" {
			return "", &ReadError{Row: n + 1, Message: why}
		}
		if strings.Contains(strings.TrimSuffix(line, "\r"), "\r") {
			return "", &ReadError{Row: n + 1, Message: loneCR}
		}
	}
	return text, nil
}

const loneCR = "a line ends in CR alone, as old Macintosh programs write it; save the file as UTF-8 with line ends of today"

// notText says why s cannot be taken as the text that somebody wrote; "" when
// it can.
func notText(s string) string {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			return notUTF8(s[i])
		case r == utf8.RuneError:
			return "holds U+FFFD, by which a program marks a letter that it could not read; correct it where the file comes from"
		}
		i += n
	}
	return ""
}

func notUTF8(b byte) string {
	const digits = "0123456789ABCDEF"
	return "is not UTF-8 (byte 0x" + string(digits[b>>4]) + string(digits[b&15]) + "); it looks like Latin-1 or Windows-1252: save the file as UTF-8"
}
