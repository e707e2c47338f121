// SPDX-License-Identifier: Apache-2.0

package report_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"bindery/station/dhr"
	"bindery/station/ledger"
	"bindery/station/record"
	"bindery/station/report"
	"bindery/station/report/bundle"
	"bindery/station/stationtest"
)

// entry is a file in a bundle.
type entry struct {
	name string
	body []byte
}

func unpacked(t *testing.T, path string) []entry {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() // it was only read
	var list []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, entry{f.Name, body})
	}
	return list
}

func packed(t *testing.T, list []entry) string { return packedAs(t, list, nil) }

// packedAs packs files, those of a name with their bytes as deflate has them
// already.
func packedAs(t *testing.T, list []entry, deflated map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range list {
		if err := pack(z, e, deflated[e.name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pack(z *zip.Writer, e entry, deflated []byte) error {
	if deflated == nil {
		w, err := z.Create(e.name)
		if err == nil {
			_, err = w.Write(e.body)
		}
		return err
	}
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: e.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(e.body),
		CompressedSize64: uint64(len(deflated)), UncompressedSize64: uint64(len(e.body)),
	})
	if err == nil {
		_, err = w.Write(deflated)
	}
	return err
}

// python runs the verifier of the documentation, which shares no code with
// ours; "" is what it says of a sound bundle. sure is false where there is no
// python3.
func python(t *testing.T, path, key string) (fault string, sure bool) {
	t.Helper()
	p := serve()
	if p == nil {
		return "", false
	}
	fmt.Fprintf(p.in, "%s\t%s\n", path, key)
	out, err := p.out.ReadString('\n')
	if err == nil && strings.HasPrefix(out, "sound: ") {
		return "", true
	}
	if !strings.HasPrefix(out, "NOT SOUND: ") {
		t.Fatalf("the verifier in Python broke down: %v\n%s", err, out)
	}
	return out, true
}

// serve runs the verifier in Python for all tests: to start it takes longer
// than to check a bundle. It is nil where there is no python3.
var serve = sync.OnceValue(func() *server {
	cmd := exec.Command("python3", "-uc", `
import sys
sys.path.insert(0, "../../docs")
import verify_bundle
for line in sys.stdin:
    verify_bundle.main([a for a in line.rstrip("\n").split("\t") if a])
`)
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if errors.Join(err1, err2, cmd.Start()) != nil {
		return nil
	}
	return &server{in, bufio.NewReader(out)}
})

type server struct {
	in  io.Writer
	out *bufio.Reader
}

// checked holds both verifiers to the same verdict.
func checked(t *testing.T, path, key string) bundle.VerifyResult {
	t.Helper()
	got, err := bundle.Verify(t.Context(), path, key)
	if err != nil {
		t.Fatal(err)
	}
	if fault, sure := python(t, path, key); sure && (fault == "") != got.OK {
		t.Errorf("the verifiers do not agree: ours says %q, the one in Python %q", got.FirstFault, fault)
	}
	return got
}

func public(t *testing.T, d *dhr.DHR) string {
	t.Helper()
	keys, err := d.Keys(t.Context())
	if err != nil || len(keys) != 1 {
		t.Fatal(keys, err)
	}
	return keys[0]
}

func TestABundleProvesItself(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Log("python3 is not here: bundles are checked by our own verifier alone")
	}
	d := openCopy(t)
	for name, s := range subjects {
		if !has(s, report.Bundle) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			path := export(t, d, s, report.Bundle)
			for _, key := range []string{"", public(t, d)} {
				got := checked(t, path, key)
				if !got.OK || got.Subject != s.String() || got.KeyGiven != (key != "") {
					t.Errorf("%+v", got)
				}
			}
		})
	}
	got := checked(t, export(t, d, subjects["an order"], report.Bundle), "")
	if got.Units != 4 || got.Labels != 4 || got.Rows == 0 || got.Leaves == 0 {
		t.Errorf("%+v", got)
	}
}

// testdata has a bundle as the first release wrote them. Whoever got one can
// check it for as long as it is kept.
func TestABundleOfTheFirstReleaseIsStillSound(t *testing.T) {
	key, err := os.ReadFile("bundle/testdata/bundle-1.key")
	if err != nil {
		t.Fatal(err)
	}
	got := checked(t, "bundle/testdata/bundle-1.zip", strings.TrimSpace(string(key)))
	if !got.OK || !got.KeyGiven || got.Units != 1 || got.Labels != 2 {
		t.Errorf("%+v", got)
	}
}

// One bit of any file, anywhere, is found by both verifiers.
func TestAChangeOfAnyFileIsFound(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(2)), report.Bundle))
	for i, f := range files {
		for _, at := range []int{0, len(f.body) / 3, len(f.body) / 2, len(f.body) - 1} {
			t.Run(fmt.Sprintf("%.14s at %d", f.name, at), func(t *testing.T) {
				changed := slices.Clone(files)
				changed[i].body = slices.Clone(f.body)
				changed[i].body[at] ^= 1
				if got := checked(t, packed(t, changed), ""); got.OK {
					t.Error("not found")
				}
			})
		}
		t.Run(fmt.Sprintf("%.14s left out", f.name), func(t *testing.T) {
			got := checked(t, packed(t, slices.Delete(slices.Clone(files), i, i+1)), "")
			if label := strings.HasPrefix(f.name, "labels/"); got.OK != label { // a label follows from the record
				t.Errorf("%+v", got)
			}
		})
		t.Run(fmt.Sprintf("%.14s there twice", f.name), func(t *testing.T) {
			if got := checked(t, packed(t, append(slices.Clone(files), f)), ""); got.OK {
				t.Error("not found")
			}
		})
	}
}

// edit changes the files of a bundle.
type edit func(t *testing.T, list []entry) []entry

// named is the first file whose name begins so.
func named(t *testing.T, list []entry, name string) *entry {
	t.Helper()
	i := slices.IndexFunc(list, func(e entry) bool { return strings.HasPrefix(e.name, name) })
	if i < 0 {
		t.Fatalf("the bundle has no %s", name)
	}
	return &list[i]
}

// replace puts a text in the place of another.
func replace(file, old, new string) edit {
	return func(t *testing.T, list []entry) []entry {
		e := named(t, list, file)
		if !bytes.Contains(e.body, []byte(old)) {
			t.Fatalf("%s has no %q", file, old)
		}
		e.body = bytes.Replace(e.body, []byte(old), []byte(new), 1)
		return list
	}
}

// drop takes away the lines that have a text.
func drop(file, has string) edit {
	return func(t *testing.T, list []entry) []entry {
		e := named(t, list, file)
		lines := bytes.SplitAfter(e.body, []byte("\n"))
		lines = slices.DeleteFunc(lines, func(l []byte) bool { return bytes.Contains(l, []byte(has)) })
		e.body = bytes.Join(lines, nil)
		return list
	}
}

// cut takes away what is from one text up to the next other one.
func cut(file, from, to string) edit {
	return func(t *testing.T, list []entry) []entry {
		e := named(t, list, file)
		before, rest, ok := bytes.Cut(e.body, []byte(from))
		_, after, closed := bytes.Cut(rest, []byte(to))
		if !ok || !closed {
			t.Fatalf("%s has no %q", file, from)
		}
		e.body = slices.Concat(before, bytes.TrimPrefix(after, []byte(",")))
		return list
	}
}

// picture changes a label and names it anew.
func picture(change func(t *testing.T, png []byte) []byte) edit {
	return func(t *testing.T, list []entry) []entry {
		label := named(t, list, "labels/")
		*label = labelOf(*label, change(t, bytes.Clone(label.body)))
		return list
	}
}

// labelOf is a label of the same print with other bytes.
func labelOf(label entry, body []byte) entry {
	print, _, _ := strings.Cut(label.name, "-")
	return entry{fmt.Sprintf("%s-%x.png", print, sha256.Sum256(body)), body}
}

// chunks changes the chunks of a label and makes their CRCs good.
func chunks(old, new string) edit {
	return picture(func(t *testing.T, png []byte) []byte {
		if !bytes.Contains(png, []byte(old)) {
			t.Fatalf("the label has no %q", old)
		}
		return rechecked(bytes.Replace(png, []byte(old), []byte(new), 1))
	})
}

// forgeries are what who holds the key could try.
var forgeries = map[string]edit{
	"an IMEI in the record":       replace("records.jsonl", `"imei":"`+stationtest.IMEI(12), `"imei":"`+stationtest.IMEI(3)),
	"an outcome in the record":    replace("records.jsonl", `"outcome":"pass"`, `"outcome":"fail"`),
	"a disposition in the record": replace("records.jsonl", `"disposition":"released"`, `"disposition":"passed"`),
	"a byte of the raw dialogue":  replace("records.jsonl", `AT+CGSN`, `AT+CGSM`),
	"a finding":                   replace("records.jsonl", `\"code\":\"imei-sound\"`, `\"code\":\"imei-bound\"`),
	"what was signed":             replace("records.jsonl", `\"lot\":\"L2603\"`, `\"lot\":\"L2604\"`),
	"a row taken away":            replace("records.jsonl", `{"table":"moves"`, `{"table":"moved"`),
	"the line of the unit":        drop("records.jsonl", `"of":"unit:`),
	"the last line":               drop("records.jsonl", `"of":"names"`),
	"a text in a leaf":            replace("leaves.jsonl", `new module`, `old module`),
	"the number of a leaf": func(t *testing.T, list []entry) []entry {
		first := regexp.MustCompile(`^{"number":\d+,`).FindString(string(named(t, list, "leaves.jsonl").body))
		return replace("leaves.jsonl", first, `{"number":999,`)(t, list)
	},
	"a proof":            replace("leaves.jsonl", `"proof":["`, `"proof":["00`),
	"the leaf of a bind": drop("leaves.jsonl", `\"what\":\"bind\"`),
	"another root":       replace("checkpoint", "\n", "\nx"),
	"a label of another print": func(t *testing.T, list []entry) []entry {
		label := named(t, list, "labels/")
		_, hash, _ := strings.Cut(label.name, "-")
		label.name = "labels/1-" + hash
		return list
	},
	"a row under another unit":               replace("records.jsonl", `{"of":"unit:`, `{"of":"unit:X`),
	"the unit itself":                        cut("records.jsonl", `{"table":"units",`, `},`),
	"the rules":                              drop("records.jsonl", `"of":"rules"`),
	"the leaf of the export":                 drop("leaves.jsonl", `\"what\":\"export\"`),
	"a leaf that a later one built on":       drop("leaves.jsonl", `\"what\":\"print\"`),
	"a member in capitals":                   replace("records.jsonl", `{"of":"rules",`, `{"of":"rules","ROWS":[],`),
	"a member twice":                         replace("records.jsonl", `{"bundle":1,`, `{"bundle":2,"bundle":1,`),
	"a second value in a line":               replace("records.jsonl", "}\n", "} {}\n"),
	"names twice":                            replace("records.jsonl", `{"of":"names",`, `{"of":"names","names":{}}`+"\n"+`{"of":"names",`),
	"another one who exported":               replace("records.jsonl", `"by":"`, `"by":"x`),
	"a line end less":                        replace("key", "\n", ""),
	"a label with white and black exchanged": chunks("PLTE\xff\xff\xff\x00\x00\x00", "PLTE\x00\x00\x00\xff\xff\xff"),
	"a label with a text in it":              chunks("\x00\x00\x00\x00IEND", "\x00\x00\x00\x03tEXta\x00b\x00\x00\x00\x00\x00\x00\x00\x00IEND"),
	"a label that is said to be huge":        chunks("IHDR\x00\x00", "IHDR\x7f\xff"),
	"a file more":                            func(_ *testing.T, list []entry) []entry { return append(list, entry{"more.txt", []byte("more")}) },
}

// Who holds the key can sign another manifest, but nothing that was not in the
// leaves.
func TestAManifestSignedAnewHidesNothing(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(2)), report.Bundle))
	refused(t, d, files, forgeries)
	same := signedAnew(t, slices.Clone(files), signerOf(t, d))
	if got := checked(t, packed(t, same), public(t, d)); !got.OK {
		t.Errorf("a bundle that was only signed anew: %s", got.FirstFault)
	}
}

// refused makes each edit of files, signs the manifest anew and has both
// verifiers look.
func refused(t *testing.T, d *dhr.DHR, files []entry, edits map[string]edit) {
	t.Helper()
	for name, change := range edits {
		t.Run(name, func(t *testing.T) {
			changed := make([]entry, len(files))
			for i, f := range files {
				changed[i] = entry{f.name, slices.Clone(f.body)}
			}
			changed = signedAnew(t, change(t, changed), signerOf(t, d))
			if got := checked(t, packed(t, changed), public(t, d)); got.OK {
				t.Error("not found")
			}
		})
	}
}

// rechecked gives each chunk of a PNG the CRC that fits it.
func rechecked(png []byte) []byte {
	for at := 8; at+12 <= len(png); {
		end := at + 8 + int(binary.BigEndian.Uint32(png[at:]))
		binary.BigEndian.PutUint32(png[end:], crc32.ChecksumIEEE(png[at+4:end]))
		at = end + 4
	}
	return png
}

// signerOf signs with the key of a record's station.
func signerOf(t *testing.T, d *dhr.DHR) func(string) ([]byte, error) {
	return func(text string) ([]byte, error) { return d.SignText(t.Context(), text) }
}

// signedAnew puts a manifest that fits into a bundle.
func signedAnew(t *testing.T, list []entry, sign func(string) ([]byte, error)) []entry {
	t.Helper()
	text := "bindery bundle 1\n"
	for _, e := range list {
		if e.name != "manifest" && !strings.HasPrefix(e.name, "labels/") && e.name != "more.txt" {
			sum := sha256.Sum256(e.body)
			text += hex.EncodeToString(sum[:]) + "  " + e.name + "\n"
		}
	}
	signed, err := sign(text)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(e entry) bool { return e.name == "manifest" })
	list[i].body = signed
	return list
}

// Who has no key of the station can make a bundle of one piece, with a key of
// their own. The key that was got elsewhere tells.
func TestAnotherKeyIsFoundByWhoKnowsTheRightOne(t *testing.T) {
	d := openCopy(t)
	files := unpacked(t, export(t, d, units(record.BySerial, stationtest.Serial(1)), report.Bundle))
	private, own, err := ledger.NewKey(rand.Reader, "bench-1")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		switch f.name {
		case "key":
			files[i].body = []byte(own + "\n")
		case "checkpoint":
			text, _, _ := strings.Cut(string(f.body), "\n\n")
			if files[i].body, err = note.Sign(&note.Note{Text: text + "\n"}, signer); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := packed(t, signedAnew(t, files, func(text string) ([]byte, error) { return note.Sign(&note.Note{Text: text}, signer) }))
	if got := checked(t, path, ""); !got.OK {
		t.Fatalf("it should be of one piece: %s", got.FirstFault)
	}
	if got := checked(t, path, public(t, d)); got.OK {
		t.Error("the forged bundle passed")
	}
}

func TestWhatIsNoBundleIsSaidToBeNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.zip")
	for name, body := range map[string]string{"an empty file": "", "a text": "hello", "a zip of something else": "PK\x05\x06" + strings.Repeat("\x00", 18)} {
		if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := checked(t, path, ""); got.OK || got.FirstFault == "" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if _, err := bundle.Verify(t.Context(), path+"not there", ""); err == nil {
		t.Error("a file that is not there is no fault")
	}
}
