// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/rand"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/stationtest"
)

// written puts the bytes of a zip in a file.
func written(t *testing.T, body []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func bytesOf(t *testing.T, path string) []byte {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// end is where the end record of a zip stands, and where its directory does.
func end(body []byte) (at, directory int) {
	at = len(body) - 22
	return at, int(binary.LittleEndian.Uint32(body[at+16:]))
}

// put puts bytes into a zip at a place and moves what its directory says.
func put(body []byte, at int, more string) []byte {
	e, directory := end(body)
	out := slices.Concat(body[:at], []byte(more), body[at:])
	if e += len(more); at <= directory {
		binary.LittleEndian.PutUint32(out[e+16:], uint32(directory+len(more)))
		for i := directory + len(more); i < e; {
			if offset := binary.LittleEndian.Uint32(out[i+42:]); int(offset) >= at {
				binary.LittleEndian.PutUint32(out[i+42:], offset+uint32(len(more)))
			}
			i += 46 + int(binary.LittleEndian.Uint16(out[i+28:])) + int(binary.LittleEndian.Uint16(out[i+30:])) + int(binary.LittleEndian.Uint16(out[i+32:]))
		}
		return out
	}
	binary.LittleEndian.PutUint32(out[e+12:], uint32(e-directory))
	return out
}

// All that a zip can hold beside its files is refused by both verifiers, though
// it changes nothing that is in the files.
func TestABundleTamperedWithAsAZipIsRefusedByBoth(t *testing.T) {
	d := openCopy(t)
	path := export(t, d, units(record.BySerial, stationtest.Serial(2)), report.Bundle)
	sound, files := bytesOf(t, path), unpacked(t, path)
	for _, edits := range []map[string]func([]byte) []byte{zipBytes(sound), zipFiles(t, files)} {
		for name, change := range edits {
			t.Run(name, func(t *testing.T) {
				if got := checked(t, written(t, change(bytes.Clone(sound))), ""); got.OK {
					t.Error("not found")
				}
			})
		}
	}
	if got := checked(t, written(t, behind(t, files, "", true)), ""); !got.OK {
		t.Errorf("the bundle packed anew: %s", got.FirstFault)
	}
}

func u16(b []byte, at int, v uint16) []byte { binary.LittleEndian.PutUint16(b[at:], v); return b }

// zipBytes are the edits of the bytes of a zip.
func zipBytes(sound []byte) map[string]func([]byte) []byte {
	_, directory := end(sound)
	second := bytes.Index(sound[4:], []byte("PK\x03\x04")) + 4
	return map[string]func([]byte) []byte{
		"a byte in front":                     func(b []byte) []byte { return append([]byte("x"), b...) },
		"a byte in front, as its offsets say": func(b []byte) []byte { return put(b, 0, "x") },
		"a byte behind":                       func(b []byte) []byte { return append(b, 'x') },
		"a comment":                           func(b []byte) []byte { return append(u16(b, len(b)-2, 4), "more"...) },
		"bytes between two files":             func(b []byte) []byte { return put(b, second, "more") },
		"bytes before the directory":          func(b []byte) []byte { return put(b, directory, "more") },
		"bytes behind the directory":          func(b []byte) []byte { return put(b, len(b)-22, "more") },
		"a file that the directory has not": func(b []byte) []byte {
			return put(b, directory, "PK\x03\x04\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00a")
		},
		"a comment of a file": func(b []byte) []byte {
			at := directory + 46 + int(binary.LittleEndian.Uint16(b[directory+28:])) + int(binary.LittleEndian.Uint16(b[directory+30:]))
			b = put(b, at, "more")
			return u16(b, directory+32, 4)
		},
		"a field of a file": func(b []byte) []byte {
			extra := binary.LittleEndian.Uint16(b[directory+30:])
			b = put(b, directory+46+int(binary.LittleEndian.Uint16(b[directory+28:])), "ab\x04\x00more")
			return u16(b, directory+30, extra+8)
		},
		"a field of a file where it stands": func(b []byte) []byte {
			extra := binary.LittleEndian.Uint16(b[28:])
			b = put(b, 30+int(binary.LittleEndian.Uint16(b[26:])), "ab\x04\x00more")
			return u16(b, 28, extra+8)
		},
		"another name where it stands":     func(b []byte) []byte { b[30] = 'r'; return b },
		"a flag of a file where it stands": func(b []byte) []byte { return u16(b, 6, 0x18) },
		"an encrypted file":                func(b []byte) []byte { return u16(u16(b, 6, 9), directory+8, 9) },
		"another sum behind a file":        func(b []byte) []byte { b[second-9] ^= 1; return b },
		"a size in front of a file":        func(b []byte) []byte { b[18] = 1; return b },
		"another method":                   func(b []byte) []byte { return u16(u16(b, 8, 12), directory+10, 12) },
		"the directory in another order":   func(b []byte) []byte { return swapped(b, directory) },
		"half of it":                       func(b []byte) []byte { return b[:len(b)/2] },
		"its end less":                     func(b []byte) []byte { return b[:len(b)-1] },
		"more files than there are":        func(b []byte) []byte { at := len(b) - 22; return u16(u16(b, at+8, 99), at+10, 99) },
	}
}

// zipFiles are the zips of other files, or of files that are packed otherwise.
func zipFiles(t *testing.T, files []entry) map[string]func([]byte) []byte {
	return map[string]func([]byte) []byte{
		"bytes behind what a file unpacks to":   func([]byte) []byte { return behind(t, files, "more", true) },
		"a file whose sum is not known":         func([]byte) []byte { return behind(t, files, "", false) },
		"a folder":                              func([]byte) []byte { return bytesOf(t, packed(t, append(slices.Clone(files), entry{"labels/", nil}))) },
		"a name that is a path":                 func([]byte) []byte { return bytesOf(t, packed(t, append(slices.Clone(files), entry{"./key", nil}))) },
		"a file whose name has capitals":        func([]byte) []byte { return bytesOf(t, packed(t, append(slices.Clone(files), entry{"KEY", nil}))) },
		"a file of the same name with a zero":   func([]byte) []byte { return bytesOf(t, packed(t, append(slices.Clone(files), entry{"key\x00", nil}))) },
		"a file whose name is not even in it":   func([]byte) []byte { return bytesOf(t, packed(t, append(slices.Clone(files), entry{"", nil}))) },
		"a label whose name ends as no label's": func([]byte) []byte { return bytesOf(t, packed(t, renamed(files, ".png", ".pdf"))) },
		"a label in a folder of labels":         func([]byte) []byte { return bytesOf(t, packed(t, renamed(files, "labels/", "labels/x/"))) },
		"a label of a print with a zero":        func([]byte) []byte { return bytesOf(t, packed(t, renamed(files, "labels/", "labels/0"))) },
	}
}

// swapped exchanges the first two entries of a directory.
func swapped(b []byte, directory int) []byte {
	size := func(at int) int {
		return 46 + int(binary.LittleEndian.Uint16(b[at+28:])) + int(binary.LittleEndian.Uint16(b[at+30:]))
	}
	one := size(directory)
	two := size(directory + one)
	return slices.Concat(b[:directory], b[directory+one:directory+one+two], b[directory:directory+one], b[directory+one+two:])
}

func renamed(files []entry, old, new string) []entry {
	files = slices.Clone(files)
	i := slices.IndexFunc(files, func(e entry) bool { return strings.HasPrefix(e.name, "labels/") })
	files[i].name = strings.Replace(files[i].name, old, new, 1)
	return files
}

// behind packs files, the first with more behind what it unpacks to, and with
// its sum or without.
func behind(t *testing.T, files []entry, more string, summed bool) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i, e := range files {
		var raw bytes.Buffer
		w, err := flate.NewWriter(&raw, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(e.body) // into memory
		w.Close()       // into memory
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(e.body), UncompressedSize64: uint64(len(e.body))}
		if i == 0 {
			raw.WriteString(more)
			if !summed {
				h.CRC32 = 0
			}
		}
		h.CompressedSize64 = uint64(raw.Len())
		to, err := z.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		to.Write(raw.Bytes()) // into memory
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// otherWords are lines that say the same in other words, or say what they cannot.
var otherWords = map[string]edit{
	"a number for a name":                  replace("records.jsonl", `"of":"names","names":{`, `"of":"names","names":{"A":1,`),
	"names that are not sorted":            replace("records.jsonl", `"of":"names","names":{`, `"of":"names","names":{"zz":"z",`),
	"true for 1":                           replace("records.jsonl", `{"bundle":1,`, `{"bundle":true,`),
	"1.0 for 1":                            replace("records.jsonl", `{"bundle":1,`, `{"bundle":1.0,`),
	"a version as true":                    replace("records.jsonl", `"version":1`, `"version":true`),
	"a version as 1.0":                     replace("records.jsonl", `"version":1`, `"version":1.0`),
	"not a number":                         replace("records.jsonl", `"version":1`, `"version":NaN`),
	"a text as base64":                     replace("records.jsonl", `"blobs":{"exchanges":"`, `"base64":{"exchanges":"`),
	"an escape that need not be":           replace("records.jsonl", `"of":"rules"`, `"of":"\u0072ules"`),
	"a blank":                              replace("records.jsonl", `"of":"rules",`, `"of":"rules", `),
	"an empty blobs":                       replace("records.jsonl", `{"table":"orders",`, `{"table":"orders","blobs":{},`),
	"a byte order mark":                    replace("records.jsonl", `{"bundle"`, "\ufeff"+`{"bundle"`),
	"an empty line":                        replace("records.jsonl", "\n", "\n\n"),
	"a CR":                                 replace("records.jsonl", "\n", "\r\n"),
	"a leaf of the export that is another": replace("records.jsonl", `"leaf":`, `"leaf":1`),
	"a null proof":                         replace("leaves.jsonl", `"proof":[`, `"proof":null,"x":[`),
	"a number as true":                     replace("leaves.jsonl", `{"number":`, `{"number":true,"x":`),
	"a number as a fraction":               replace("leaves.jsonl", `,"body"`, `.0,"body"`),
	"a proof in capitals":                  replace("leaves.jsonl", `"proof":["`, `"proof":["A`),
	"a proof that is longer":               replace("leaves.jsonl", `"proof":[`, `"proof":["`+strings.Repeat("0", 64)+`",`),
}

const iend = "\x00\x00\x00\x00IEND"

// otherPictures are labels that show the same dots, and something else.
var otherPictures = map[string]edit{
	"a label with data in its end": picture(func(_ *testing.T, b []byte) []byte {
		return rechecked(bytes.Replace(b, []byte(iend), []byte("\x00\x00\x00\x04IENDmore"), 1))
	}),
	"a label with a byte behind":          picture(func(_ *testing.T, b []byte) []byte { return append(b, 'x') }),
	"a label with another picture behind": picture(func(_ *testing.T, b []byte) []byte { return append(b, b...) }),
	"a label with bytes behind its dots":  picture(func(t *testing.T, b []byte) []byte { return repacked(t, b, "", "more") }),
	"a label with a row more":             picture(func(t *testing.T, b []byte) []byte { return repacked(t, b, "\x00more", "") }),
	"a label with an empty chunk of dots and more behind": picture(func(_ *testing.T, b []byte) []byte {
		return rechecked(bytes.Replace(b, []byte(iend), []byte("\x00\x00\x00\x04IDATmore\x00\x00\x00\x00"+iend), 1))
	}),
	"a label whose dots name a preset dictionary": picture(func(_ *testing.T, b []byte) []byte {
		at := bytes.Index(b, []byte("IDAT"))
		size := binary.BigEndian.Uint32(b[at-4:])
		head := append(binary.BigEndian.AppendUint32(nil, size+4), "IDAT\x78\xbb\x00\x00\x00\x01"...)
		return rechecked(slices.Concat(b[:at-4], head, b[at+4+2:]))
	}),
	"a label with a long pHYs": picture(func(_ *testing.T, b []byte) []byte {
		i := bytes.Index(b, []byte("PLTE")) - 4
		return rechecked(slices.Concat(b[:i], []byte("\x00\x00\x00\x0apHYs0123456789\x00\x00\x00\x00"), b[i:]))
	}),
	"a label twice": func(t *testing.T, list []entry) []entry {
		label := *named(t, list, "labels/")
		return append(list, labelOf(label, repacked(t, label.body, "", "")))
	},
}

// otherRows are bundles with a row less, or twice, of each table.
func otherRows(t *testing.T, text []byte) map[string]edit {
	edits := map[string]edit{}
	for _, table := range []string{"orders", "products", "layouts", "dialects", "allocations", "clearances", "explanations", "signatures",
		"units", "bindings", "attempts", "evidence", "verdicts", "prints", "moves", "alarms"} {
		row := regexp.MustCompile(`\{"table":"` + table + `","row":\{("[a-z0-9_]+":("(\\.|[^"\\])*"|-?[0-9]+|null),?)*\}(,"(blobs|base64)":\{("[a-z]+":"(\\.|[^"\\])*",?)*\})?\},?`)
		if !row.Match(text) {
			if table != "explanations" { // of which this record has none
				t.Errorf("the bundle has no row of %s", table)
			}
			continue
		}
		edits["a row of "+table+" left out"] = func(t *testing.T, list []entry) []entry {
			e := named(t, list, "records.jsonl")
			cut := row.FindIndex(e.body)
			e.body = bytes.Replace(slices.Concat(e.body[:cut[0]], e.body[cut[1]:]), []byte("},]"), []byte("}]"), 1)
			return list
		}
		edits["a row of "+table+" twice"] = func(t *testing.T, list []entry) []entry {
			e := named(t, list, "records.jsonl")
			one := append(bytes.TrimSuffix(row.Find(e.body), []byte(",")), ',')
			e.body = bytes.Replace(e.body, []byte(`"rows":[`), slices.Concat([]byte(`"rows":[`), one), 1)
			return list
		}
	}
	return edits
}

// wholeLines are bundles in which a line of the records says nothing.
func wholeLines(text []byte) map[string]edit {
	rules := regexp.MustCompile(`\{"of":"rules","rows":\[.*\]\}\n`).FindString(string(text))
	names := regexp.MustCompile(`\{"of":"names".*\n`).FindString(string(text))
	return map[string]edit{
		"no rules":   replace("records.jsonl", rules, `{"of":"rules","rows":[]}`+"\n"),
		"null rules": replace("records.jsonl", rules, `{"of":"rules","rows":null}`+"\n"),
		"null names": replace("records.jsonl", names, `{"of":"names","names":null}`+"\n"),
	}
}

// What somebody with the station's key could leave out of a bundle or put into
// it, and sign, is refused by both verifiers.
func TestABundleTamperedWithAndSignedAnewIsRefusedByBoth(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, subjects["an order"], report.Bundle))
	text := named(t, files, "records.jsonl").body
	for _, edits := range []map[string]edit{otherWords, otherPictures, otherRows(t, text), wholeLines(text)} {
		refused(t, d, files, edits)
	}
}

// repacked packs the dots of a label anew, with more among them or behind.
func repacked(t *testing.T, png []byte, among, more string) []byte {
	t.Helper()
	at := bytes.Index(png, []byte("IDAT"))
	size := int(binary.BigEndian.Uint32(png[at-4:]))
	r, err := zlib.NewReader(bytes.NewReader(png[at+4 : at+4+size]))
	if err != nil {
		t.Fatal(err)
	}
	var dots, packed bytes.Buffer
	if _, err := dots.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	w, err := zlib.NewWriterLevel(&packed, zlib.NoCompression)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(append(dots.Bytes(), among...)) // into memory
	w.Close()                               // into memory
	packed.WriteString(more)
	head := binary.BigEndian.AppendUint32(nil, uint32(packed.Len()))
	return rechecked(slices.Concat(png[:at-4], head, []byte("IDAT"), packed.Bytes(), png[at+4+size:]))
}

// noteText is the text of a note, without its signatures.
func noteText(body []byte) string {
	text, _, _ := strings.Cut(string(body), "\n\n")
	return text + "\n"
}

// signatureOf is the signature of a note.
func signatureOf(body []byte) string {
	_, line, _ := strings.Cut(string(body), "\n\n")
	return line
}

// noteEdits write a note in another way; sign signs as the station does.
func noteEdits(t *testing.T, sign func(string) ([]byte, error)) map[string]func([]byte) []byte {
	signed := func(change func(lines []string) []string) func([]byte) []byte {
		return func(body []byte) []byte {
			lines := change(strings.SplitAfter(strings.TrimSuffix(noteText(body), "\n")+"\n", "\n"))
			out, err := sign(strings.Join(lines, ""))
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	return map[string]func([]byte) []byte{
		"a signature of somebody else too": func(b []byte) []byte { return append(b, signatureOf(witnessed(t, noteText(b)))...) },
		"its signature twice":              func(b []byte) []byte { return append(b, signatureOf(b)...) },
		"a line end more":                  func(b []byte) []byte { return append(b, '\n') },
		"a line end less":                  func(b []byte) []byte { return b[:len(b)-1] },
		"a CR":                             func(b []byte) []byte { return append(b[:len(b)-1], "\r\n"...) },
		"a bit that base64 does not use":   func(b []byte) []byte { b[len(b)-3]++; return b },
		"a blank more":                     func(b []byte) []byte { return bytes.Replace(b, []byte("\n\n— "), []byte("\n\n—  "), 1) },
		"a line more":                      signed(func(l []string) []string { return append(l, "more\n") }),
		"a line less":                      signed(func(l []string) []string { return l[:len(l)-2] }),
		"its last lines exchanged": signed(func(l []string) []string {
			n := len(l) - 1 // the last is empty
			l[n-1], l[n-2] = l[n-2], l[n-1]
			return l
		}),
	}
}

// witnessed is a text that somebody else signed.
func witnessed(t *testing.T, text string) []byte {
	t.Helper()
	private, _, err := ledger.NewKey(rand.Reader, "witness")
	if err != nil {
		t.Fatal(err)
	}
	witness, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	out, err := note.Sign(&note.Note{Text: text}, witness)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A manifest or checkpoint is written in one way, whoever signs it.
func TestANoteThatIsWrittenInAnotherWayIsRefusedByBoth(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.Bundle))
	for _, file := range []string{"manifest", "checkpoint"} {
		i := slices.IndexFunc(files, func(e entry) bool { return e.name == file })
		for name, change := range noteEdits(t, signerOf(t, d)) {
			t.Run(file+" with "+name, func(t *testing.T) {
				changed := slices.Clone(files)
				changed[i].body = change(bytes.Clone(changed[i].body))
				if file != "manifest" {
					changed = signedAnew(t, changed, signerOf(t, d))
				}
				if got := checked(t, packed(t, changed), ""); got.OK {
					t.Error("not found")
				}
			})
		}
	}
}
