#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check a Bindery bundle: verify_bundle.py FILE [KEY]

A second implementation of docs/record-format.md, "Bundles", for those who
trust nobody's program. It needs Python 3.8 and nothing else. It prints one
line and ends with 0 when the bundle is sound, 1 when not.
"""
import base64
import hashlib
import io
import json
import struct
import sys
import zipfile
import zlib

FIXED = ["README.txt", "records.jsonl", "leaves.jsonl", "checkpoint", "key"]
BLOBS = {
    "evidence": ["exchanges", "reading"],
    "verdicts": ["findings", "steps"],
    "layouts": ["text"],
    "dialects": ["text"],
    "signatures": ["statement"],
}


class Flaw(Exception):
    """Something wrong with the bundle."""


def check(ok, message):
    if not ok:
        raise Flaw(message)


# The bounds of docs/record-format.md: a small zip can unpack to very much.
MOST_LINE, MOST_PICTURE, MOST_SMALL, MOST_DOTS = 16 << 20, 16 << 20, 64 << 10, 8192


def whole(z, name, most):
    """A file of at most so many bytes."""
    with z.open(name) as file:
        data = file.read(most + 1)
    check(len(data) <= most, name + " is larger than any is")
    return data


def lines(z, name):
    """The lines of a file, without their ends, one at a time."""
    with io.BufferedReader(z.open(name), 1 << 16) as file:
        while True:
            line = file.readline(MOST_LINE + 1)
            if not line:
                return
            check(len(line) <= MOST_LINE, "a line of %s is longer than any is" % name)
            check(line.endswith(b"\n"), "a file of lines ends in the middle of one")
            yield line[:-1]


def hashed(z, name):
    """SHA-256 of a file, in hex."""
    out = hashlib.sha256()
    with z.open(name) as file:
        for part in iter(lambda: file.read(1 << 16), b""):
            out.update(part)
    return out.hexdigest()


def parsed(line, *members):
    """A line of JSON, which is written in one way only."""
    value = json.loads(line, parse_float=lambda text: check(False, "a number is not whole"))
    again = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    again = again.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    check(isinstance(value, dict) and list(value) in [list(m) for m in members], "a line has other members")
    check(again.encode() == line, "a line is not written as it must be")
    return value


def tidy(columns):
    check(list(columns) == sorted(columns), "columns are not in their order")
    return columns


def sha(data):
    return hashlib.sha256(data).digest()


# --- Ed25519 (RFC 8032, 5.1), checking only ---------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    p, q = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    r, s = 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = q - p, s - r, s + r, q + p
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    out = (0, 1, 1, 0)
    while n:
        if n & 1:
            out = add(out, point)
        point = add(point, point)
        n >>= 1
    return out


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    check(y < P, "a point of the signature is not on the curve")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    check((x * x - square) % P == 0, "a point of the signature is not on the curve")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signed(public, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % L
    a, b = times(s, BASE), add(point(r), times(k, point(public)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0


# --- C2SP signed notes ------------------------------------------------------


def open_note(data, key, what):
    """Check a signed note and return the lines of its text."""
    name, number, encoded = key.split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    ident = sha(name.encode() + b"\n" + raw)[:4]
    check(raw[0] == 1 and len(raw) == 33 and ident.hex() == number, "the key is none")
    text, found, signatures = data.decode().rpartition("\n\n")
    check(found and signatures.endswith("\n"), what + " has no signature")
    text += "\n"
    good = False
    for line in signatures[:-1].split("\n"):
        parts = line.split(" ")
        check(len(parts) == 3 and parts[0] == "\u2014", what + " has a line that is no signature")
        sig = base64.b64decode(parts[2], validate=True)
        if parts[1] == name and sig[:4] == ident:
            check(len(sig) == 68 and signed(raw[1:], text.encode(), sig[4:]), what + " was changed")
            good = True
    check(good, what + " was signed with another key")
    return text[:-1].split("\n")


# --- RFC 6962 ---------------------------------------------------------------


def root_of(index, size, leaf, proof):
    """The root that a proof leads to (RFC 9162, 2.1.3.2)."""
    check(0 <= index < size, "a leaf is not below the size of the checkpoint")
    node, last, out = index, size - 1, leaf
    for p in proof:
        check(last > 0, "a proof is too long")
        if node & 1 or node == last:
            out = sha(b"\x01" + p + out)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            out = sha(b"\x01" + out + p)
        node, last = node >> 1, last >> 1
    check(last == 0, "a proof is too short")
    return out


# --- The bundle -------------------------------------------------------------


def about(row, subject):
    """The unit that a row of a leaf is about, "" for none."""
    if "serial" in row:
        return "unit:" + row["serial"]
    return subject if "attempt" in row or "binding" in row else ""


def image(table, row):
    return sha(json.dumps([table, row], sort_keys=True).encode())


def replay(entries, size, root):
    """Check the leaves; return the rows as they stood at the checkpoint."""
    seen, live, torn, last, before = set(), {}, set(), 0, b""
    for line in entries:
        entry = parsed(line, ("number", "body", "proof"))
        body = entry["body"].encode()
        leaf, number = json.loads(body), entry["number"]
        again = json.dumps(leaf, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        check(again.encode() == body, "leaf %s is not canonical" % number)
        check(leaf["number"] == number > last, "leaf %s does not stand in its place" % number)
        value = sha(b"\x00" + body)
        if number == last + 1 and last:
            check(leaf["prev"] == before.hex(), "leaf %d does not follow the one before" % number)
        last, before = number, value
        check(all(len(h) == 64 and h == h.lower() for h in entry["proof"]), "the proof of leaf %d cannot be read" % number)
        proof = [bytes.fromhex(h) for h in entry["proof"]]
        check(root_of(number - 1, size, value, proof) == root, "leaf %d was changed" % number)
        seen.add(number)
        for r in leaf["rows"]:
            unit = about(r["row"], leaf["subject"])
            if r.get("was", 0) and r["was"] not in seen:
                torn.add(unit)
            elif r.get("was", 0):
                old = dict(r["row"], **r.get("old", {}), leaf=r["was"])
                old = {c: v for c, v in old.items() if v is not False}  # left out of the row before
                check(live.pop(image(r["table"], old), None), "leaf %d changes a row that is not there" % number)
            live[image(r["table"], r["row"])] = unit
    check(seen, "there are no leaves")
    return live, torn, leaf, len(seen)


def blobs(row):
    plain, coded = tidy(row.get("blobs", {})), tidy(row.get("base64", {}))
    texts = {c: t.encode() for c, t in plain.items()}
    texts.update({c: base64.b64decode(t, validate=True) for c, t in coded.items()})
    check(len(texts) == len(plain) + len(coded), "bytes of a row stand there twice")
    check(sorted(texts) == BLOBS.get(row["table"], []), "a row of %s lacks bytes or has too many" % row["table"])
    for column, text in texts.items():
        check(row["row"][column] == "sha256:" + sha(text).hex(), "%s of %s was changed" % (column, row["table"]))


def belongs(row, of, own):
    """Whether a row may stand under the rules or a unit."""
    if "serial" in row:
        return of == "unit:" + row["serial"]
    for column, table in (("attempt", "attempts"), ("binding", "bindings")):
        if column in row:
            return (table, row[column]) in own
    return of == "rules"


def records(entries, live, torn, export):
    """Check the records against the leaves; return the hashes of the prints."""
    head = parsed(next(entries, b""), ("bundle", "subject", "at", "by", "station", "program", "leaf"))
    check(head["bundle"] == 1, "this is another form of bundle")
    check((export["what"], export["number"]) == ("export", head["leaf"]), "the leaf of the export is missing")
    check(all(export[a] == head[b] for a, b in (("subject", "subject"), ("who", "by"), ("station", "station"))),
          "the records are of another export")
    units, prints, rows, place = set(), {}, 0, -1
    line = next(entries, b"")
    for after in entries:
        record, line, place = parsed(line, ("of", "rows")), after, place + 1
        of = record["of"]
        check(of == "rules" if place == 0 else of.startswith("unit:") and of not in units, "a line does not stand in its place")
        if place:
            units.add(of)
        own = {(row["table"], row["row"].get("id")) for row in record["rows"]} if place else set()
        for row in record["rows"]:
            wanted = [m for m in ("table", "row", "blobs", "base64") if m in ("table", "row") or row.get(m)]
            check(list(row) == wanted, "a row has other members")
            check(belongs(tidy(row["row"]), of, own), "a row of %s is not about %s" % (row["table"], of))
            known = live.pop(image(row["table"], row["row"]), None)
            check(known is not None, "a row of %s (%s) is not as its leaf wrote it" % (row["table"], of))
            blobs(row)
            rows += 1
            if row["table"] == "prints":
                prints[str(row["row"]["id"])] = row["row"]["hash"]
    check(place >= 0, "the records lack a line")
    names = parsed(line, ("of", "names"))
    check(names["of"] == "names" and all(isinstance(n, str) for n in tidy(names["names"]).values()), "the names are missing")
    for unit in live.values():
        check(unit not in units, "the records lack a row of " + unit)
    check(not units & torn, "a leaf of a unit is missing")
    return prints, len(units), rows


def dots(png):
    """SHA-256 of the size and the dots of a 1-bit PNG."""
    check(png[:8] == b"\x89PNG\r\n\x1a\n", "a label is no PNG")
    at, order, parts = 8, [], {}
    while at < len(png):
        n, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk, crc = png[at + 8 : at + 8 + n], png[at + 8 + n : at + 12 + n]
        check(crc == struct.pack(">I", zlib.crc32(kind + chunk)), "a label is damaged")
        if order[-1:] != [kind] or kind != b"IDAT":
            order.append(kind)
        parts[kind] = parts.get(kind, b"") + chunk
        at += n + 12
    check([k for k in order if k != b"pHYs" or order.count(k) > 1 or order[1] != k] == [b"IHDR", b"PLTE", b"IDAT", b"IEND"],
          "a label has other chunks")
    check(parts[b"PLTE"] == b"\xff\xff\xff\x00\x00\x00", "a label is not white and black")
    w, h, form = struct.unpack(">II5s", parts[b"IHDR"])
    check(form == b"\x01\x03\x00\x00\x00" and 0 < w <= MOST_DOTS and 0 < h <= MOST_DOTS, "a label is no picture of 1 bit")
    unpack, stride, out = zlib.decompressobj(), (w + 7) // 8, []
    data = unpack.decompress(parts[b"IDAT"], (stride + 1) * h + 1)
    check(unpack.eof and len(data) == (stride + 1) * h, "a label has another number of dots")
    for y in range(h):
        line = data[y * (stride + 1) : (y + 1) * (stride + 1)]
        check(line[0] == 0, "a label is filtered")
        out.append(line[1:])
    return sha(b"%d %d\n" % (w, h) + b"".join(out)).hex()


def verify(path, key):
    z = zipfile.ZipFile(path)
    names = z.namelist()
    check(len(names) == len(set(names)), "a file is in the bundle twice")
    check(set(FIXED + ["manifest"]) <= set(names), "a file is missing")
    inside = whole(z, "key", MOST_SMALL).decode()
    check(inside.endswith("\n"), "the key has no line end")
    inside = inside[:-1]
    check(key in ("", inside), "the bundle is signed with another key than the one given")
    manifest = open_note(whole(z, "manifest", MOST_SMALL), inside, "the manifest")
    check(manifest[0] == "bindery bundle 1", "this is another form of bundle")
    listed = dict(reversed(line.split("  ", 1)) for line in manifest[1:])
    check(len(manifest) == 6 and sorted(listed) == sorted(FIXED), "the manifest names other files")
    for name, want in listed.items():
        check(hashed(z, name) == want, name + " was changed")
    labels = [n for n in names if n not in listed and n != "manifest"]
    check(all(n.startswith("labels/") for n in labels), "a file does not belong to the bundle")

    checkpoint = open_note(whole(z, "checkpoint", MOST_SMALL), inside, "the checkpoint")
    check(checkpoint[0] == inside.split("+")[0], "the checkpoint is of another station")
    check(len(checkpoint) == 3 and str(int(checkpoint[1])) == checkpoint[1], "the checkpoint is not three lines")
    size, root = int(checkpoint[1]), base64.b64decode(checkpoint[2], validate=True)
    live, torn, export, leaves = replay(lines(z, "leaves.jsonl"), size, root)
    prints, units, rows = records(lines(z, "records.jsonl"), live, torn, export)
    for name in labels:
        number, _, given = name[len("labels/") : -len(".png")].partition("-")
        png = whole(z, name, MOST_PICTURE)
        check(given == sha(png).hex(), name + " was changed")
        check(dots(png) == prints.get(number), name + " does not have the dots that were printed")
    return "sound: %d units, %d rows, %d leaves, %d labels, checkpoint over %d leaves" % (
        units, rows, leaves, len(labels), size)


def main(args):
    if len(args) not in (1, 2):
        sys.exit(__doc__)
    try:
        print(verify(args[0], args[1] if len(args) == 2 else ""))
        return 0
    except Flaw as flaw:
        print("NOT SOUND:", flaw)
    except (OSError, zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, IndexError, EOFError,
            AttributeError, RuntimeError, struct.error) as err:
        print("NOT SOUND: it cannot be read: %s: %s" % (type(err).__name__, err))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
