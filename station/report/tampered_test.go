// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
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
	_, directory := end(sound)
	second := bytes.Index(sound[4:], []byte("PK\x03\x04")) + 4
	u16 := func(b []byte, at int, v uint16) []byte { binary.LittleEndian.PutUint16(b[at:], v); return b }
	for name, change := range map[string]func([]byte) []byte{
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
		"another name where it stands":          func(b []byte) []byte { b[30] = 'r'; return b },
		"a flag of a file where it stands":      func(b []byte) []byte { return u16(b, 6, 0x18) },
		"an encrypted file":                     func(b []byte) []byte { return u16(u16(b, 6, 9), directory+8, 9) },
		"another sum behind a file":             func(b []byte) []byte { b[second-9] ^= 1; return b },
		"a size in front of a file":             func(b []byte) []byte { b[18] = 1; return b },
		"another method":                        func(b []byte) []byte { return u16(u16(b, 8, 12), directory+10, 12) },
		"the directory in another order":        func(b []byte) []byte { return swapped(b, directory) },
		"half of it":                            func(b []byte) []byte { return b[:len(b)/2] },
		"its end less":                          func(b []byte) []byte { return b[:len(b)-1] },
		"more files than there are":             func(b []byte) []byte { at := len(b) - 22; return u16(u16(b, at+8, 99), at+10, 99) },
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
	} {
		t.Run(name, func(t *testing.T) {
			if got := checked(t, written(t, change(bytes.Clone(sound))), ""); got.OK {
				t.Error("not found")
			}
		})
	}
	if got := checked(t, written(t, behind(t, files, "", true)), ""); !got.OK {
		t.Errorf("the bundle packed anew: %s", got.FirstFault)
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
		w.Write(e.body) //nolint:errcheck // into memory
		w.Close()       //nolint:errcheck // into memory
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
		to.Write(raw.Bytes()) //nolint:errcheck // into memory
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What somebody with the station's key could leave out of a bundle or put into
// it, and sign, is refused by both verifiers.
func TestABundleTamperedWithAndSignedAnewIsRefusedByBoth(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, subjects["an order"], report.Bundle))
	at := func(name string) int {
		return slices.IndexFunc(files, func(e entry) bool { return strings.HasPrefix(e.name, name) })
	}
	records, leaves, label := at("records.jsonl"), at("leaves.jsonl"), at("labels/")
	edits := map[string]func([]entry) []entry{}
	swap := func(file int, name, old, new string) {
		edits[name] = func(list []entry) []entry {
			if !bytes.Contains(list[file].body, []byte(old)) {
				t.Fatalf("%s: the file has no %q", name, old)
			}
			list[file].body = bytes.Replace(list[file].body, []byte(old), []byte(new), 1)
			return list
		}
	}
	for _, table := range []string{"orders", "products", "layouts", "dialects", "allocations", "clearances", "explanations", "signatures",
		"units", "bindings", "attempts", "evidence", "verdicts", "prints", "moves", "alarms"} {
		row := regexp.MustCompile(`\{"table":"` + table + `","row":\{("[a-z0-9_]+":("(\\.|[^"\\])*"|-?[0-9]+|null),?)*\}(,"(blobs|base64)":\{("[a-z]+":"(\\.|[^"\\])*",?)*\})?\},?`)
		if !row.Match(files[records].body) {
			if table != "explanations" { // of which this record has none
				t.Errorf("the bundle has no row of %s", table)
			}
			continue
		}
		edits["a row of "+table+" left out"] = func(list []entry) []entry {
			cut := row.FindIndex(list[records].body)
			list[records].body = bytes.Replace(slices.Concat(list[records].body[:cut[0]], list[records].body[cut[1]:]), []byte("},]"), []byte("}]"), 1)
			return list
		}
		edits["a row of "+table+" twice"] = func(list []entry) []entry {
			one := append(bytes.TrimSuffix(row.Find(list[records].body), []byte(",")), ',')
			list[records].body = bytes.Replace(list[records].body, []byte(`"rows":[`), slices.Concat([]byte(`"rows":[`), one), 1)
			return list
		}
	}
	rules := regexp.MustCompile(`\{"of":"rules","rows":\[.*\]\}\n`).FindString(string(files[records].body))
	swap(records, "no rules", rules, `{"of":"rules","rows":[]}`+"\n")
	swap(records, "null rules", rules, `{"of":"rules","rows":null}`+"\n")
	names := regexp.MustCompile(`\{"of":"names".*\n`).FindString(string(files[records].body))
	swap(records, "null names", names, `{"of":"names","names":null}`+"\n")
	swap(records, "a number for a name", `"of":"names","names":{`, `"of":"names","names":{"A":1,`)
	swap(records, "names that are not sorted", `"of":"names","names":{`, `"of":"names","names":{"zz":"z",`)
	swap(records, "true for 1", `{"bundle":1,`, `{"bundle":true,`)
	swap(records, "1.0 for 1", `{"bundle":1,`, `{"bundle":1.0,`)
	swap(records, "a version as true", `"version":1`, `"version":true`)
	swap(records, "a version as 1.0", `"version":1`, `"version":1.0`)
	swap(records, "not a number", `"version":1`, `"version":NaN`)
	swap(records, "a text as base64", `"blobs":{"exchanges":"`, `"base64":{"exchanges":"`)
	swap(records, "an escape that need not be", `"of":"rules"`, `"of":"\u0072ules"`)
	swap(records, "a blank", `"of":"rules",`, `"of":"rules", `)
	swap(records, "an empty blobs", `{"table":"orders",`, `{"table":"orders","blobs":{},`)
	swap(records, "a byte order mark", `{"bundle"`, "\ufeff"+`{"bundle"`)
	swap(records, "an empty line", "\n", "\n\n")
	swap(records, "a CR", "\n", "\r\n")
	swap(records, "a leaf of the export that is another", `"leaf":`, `"leaf":1`)
	swap(leaves, "a null proof", `"proof":[`, `"proof":null,"x":[`)
	swap(leaves, "a number as true", `{"number":`, `{"number":true,"x":`)
	swap(leaves, "a number as a fraction", `,"body"`, `.0,"body"`)
	swap(leaves, "a proof in capitals", `"proof":["`, `"proof":["A`)
	swap(leaves, "a proof that is longer", `"proof":[`, `"proof":["`+strings.Repeat("0", 64)+`",`)
	picture := func(name string, change func([]byte) []byte) {
		edits[name] = func(list []entry) []entry {
			body := change(bytes.Clone(list[label].body))
			print, _, _ := strings.Cut(list[label].name, "-")
			list[label] = entry{fmt.Sprintf("%s-%x.png", print, sha256.Sum256(body)), body}
			return list
		}
	}
	const iend = "\x00\x00\x00\x00IEND"
	picture("a label with data in its end", func(b []byte) []byte {
		return rechecked(bytes.Replace(b, []byte(iend), []byte("\x00\x00\x00\x04IENDmore"), 1))
	})
	picture("a label with a byte behind", func(b []byte) []byte { return append(b, 'x') })
	picture("a label with another picture behind", func(b []byte) []byte { return append(b, b...) })
	picture("a label with bytes behind its dots", func(b []byte) []byte { return repacked(t, b, "", "more") })
	picture("a label with a row more", func(b []byte) []byte { return repacked(t, b, "\x00more", "") })
	picture("a label with an empty chunk of dots and more behind", func(b []byte) []byte {
		return rechecked(bytes.Replace(b, []byte(iend), []byte("\x00\x00\x00\x04IDATmore\x00\x00\x00\x00"+iend), 1))
	})
	picture("a label whose dots name a preset dictionary", func(b []byte) []byte {
		at := bytes.Index(b, []byte("IDAT"))
		size := binary.BigEndian.Uint32(b[at-4:])
		head := append(binary.BigEndian.AppendUint32(nil, size+4), "IDAT\x78\xbb\x00\x00\x00\x01"...)
		return rechecked(slices.Concat(b[:at-4], head, b[at+4+2:]))
	})
	picture("a label with a long pHYs", func(b []byte) []byte {
		i := bytes.Index(b, []byte("PLTE")) - 4
		return rechecked(slices.Concat(b[:i], []byte("\x00\x00\x00\x0apHYs0123456789\x00\x00\x00\x00"), b[i:]))
	})
	edits["a label twice"] = func(list []entry) []entry {
		body := repacked(t, list[label].body, "", "")
		print, _, _ := strings.Cut(list[label].name, "-")
		return append(list, entry{fmt.Sprintf("%s-%x.png", print, sha256.Sum256(body)), body})
	}
	for name, change := range edits {
		t.Run(name, func(t *testing.T) {
			changed := make([]entry, len(files))
			for i, f := range files {
				changed[i] = entry{f.name, slices.Clone(f.body)}
			}
			changed = signedAnew(t, change(changed), signerOf(t, d))
			if got := checked(t, packed(t, changed), public(t, d)); got.OK {
				t.Error("not found")
			}
		})
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
	w.Write(append(dots.Bytes(), among...)) //nolint:errcheck // into memory
	w.Close()                               //nolint:errcheck // into memory
	packed.WriteString(more)
	head := binary.BigEndian.AppendUint32(nil, uint32(packed.Len()))
	return rechecked(slices.Concat(png[:at-4], head, []byte("IDAT"), packed.Bytes(), png[at+4+size:]))
}

// A manifest or checkpoint is written in one way, whoever signs it.
func TestANoteThatIsWrittenInAnotherWayIsRefusedByBoth(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.Bundle))
	private, _, err := ledger.NewKey(rand.Reader, "witness")
	if err != nil {
		t.Fatal(err)
	}
	witness, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	text := func(body []byte) string {
		text, _, _ := strings.Cut(string(body), "\n\n")
		return text + "\n"
	}
	signed := func(change func(lines []string) []string) func([]byte) []byte {
		return func(body []byte) []byte {
			lines := change(strings.SplitAfter(strings.TrimSuffix(text(body), "\n")+"\n", "\n"))
			out, err := d.SignText(t.Context(), strings.Join(lines, ""))
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
	}
	changes := map[string]func([]byte) []byte{
		"a signature of somebody else too": func(b []byte) []byte {
			other, err := note.Sign(&note.Note{Text: text(b)}, witness)
			if err != nil {
				t.Fatal(err)
			}
			_, line, _ := strings.Cut(string(other), "\n\n")
			return append(b, line...)
		},
		"its signature twice": func(b []byte) []byte {
			_, line, _ := strings.Cut(string(b), "\n\n")
			return append(b, line...)
		},
		"a line end more":                func(b []byte) []byte { return append(b, '\n') },
		"a line end less":                func(b []byte) []byte { return b[:len(b)-1] },
		"a CR":                           func(b []byte) []byte { return append(b[:len(b)-1], "\r\n"...) },
		"a bit that base64 does not use": func(b []byte) []byte { b[len(b)-3]++; return b },
		"a blank more":                   func(b []byte) []byte { return bytes.Replace(b, []byte("\n\n— "), []byte("\n\n—  "), 1) },
		"a line more":                    signed(func(l []string) []string { return append(l, "more\n") }),
		"a line less":                    signed(func(l []string) []string { return l[:len(l)-2] }),
		"its last lines exchanged": signed(func(l []string) []string {
			n := len(l) - 1 // the last is empty
			l[n-1], l[n-2] = l[n-2], l[n-1]
			return l
		}),
	}
	for _, file := range []string{"manifest", "checkpoint"} {
		i := slices.IndexFunc(files, func(e entry) bool { return e.name == file })
		for name, change := range changes {
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
