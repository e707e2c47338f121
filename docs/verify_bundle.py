#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check a Bindery bundle: verify_bundle.py FILE [KEY]

A second implementation of docs/record-format.md, "Bundles", for those who
trust nobody's program. It needs Python 3.8 and nothing else. It prints one
line and ends with 0 when the bundle is sound, 1 when not.
"""
import base64
import datetime
import hashlib
import io
import json
import re
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


# --- The zip ----------------------------------------------------------------

LARGE, MANY = 0xFFFFFFFF, 0xFFFF


class Packed(io.RawIOBase):
    """What a file of the zip unpacks to, held against its size and CRC."""

    def __init__(self, path, info, at):
        super().__init__()
        self.info, self.left, self.crc, self.size = info, info.compress_size, 0, 0
        self.file = open(path, "rb")
        self.file.seek(at)
        self.inflate = zlib.decompressobj(-15) if info.compress_type == zipfile.ZIP_DEFLATED else None

    def readable(self):
        return True

    def close(self):
        self.file.close()
        super().close()

    def part(self, most):
        if not self.inflate:
            out = self.file.read(min(most, self.left))
            self.left -= len(out)
            return out
        while not self.inflate.eof:
            ahead = self.inflate.unconsumed_tail
            if not ahead:
                ahead = self.file.read(min(1 << 16, self.left))
                self.left -= len(ahead)
                check(ahead, "a file of the zip ends too early")
            out = self.inflate.decompress(ahead, most)
            if out:
                return out
        check(not self.inflate.unused_data and not self.left, "something stands behind a file of the zip")
        return b""

    def readinto(self, into):
        out = self.part(len(into))
        self.crc, self.size = zlib.crc32(out, self.crc), self.size + len(out)
        check(out or (self.crc, self.size) == (self.info.CRC, self.info.file_size), "a file of the zip is damaged")
        into[: len(out)] = out
        return len(out)


class Zip:
    """A zip that is its files, their directory, and not a byte more."""

    def __init__(self, path):
        self.path, self.at = path, {}
        with zipfile.ZipFile(path) as z, open(path, "rb") as file:
            infos, self.file = z.infolist(), file
            check(not z.comment, "the zip has a comment")
            for info in infos:
                check(info.orig_filename.isascii() and info.orig_filename not in self.at, "a file is in the zip twice, or has no plain name")
                self.at[info.orig_filename] = (info, self.walk(info))
            start = file.tell()
            check(start == z.start_dir, "something stands before the directory of the zip")
            for info in infos:
                self.entry(info)
            size, many = file.tell() - start, len(infos)
            large = start >= LARGE or size >= LARGE or many >= MANY
            if large:
                self.take(b"PK\6\6", 56)
                self.take(b"PK\6\7", 20)
            end = struct.unpack("<HHHHIIH", self.take(b"PK\5\6", 22)[4:])
            check(large or end == (0, 0, many, many, size, start, 0), "the end of the zip does not fit its directory")
            check(not file.read(1), "something stands behind the zip")

    def take(self, kind, size):
        out = self.file.read(size)
        check(len(out) == size and out[:4] == kind, "the zip holds something beside its files")
        return out

    def named(self, name_size, extra_size, info, directory):
        name, extra = self.file.read(name_size), self.file.read(extra_size)
        check(name == info.orig_filename.encode(), "a file of the zip has two names")
        while extra:
            check(len(extra) >= 4, "the zip holds something beside its files")
            kind, size = struct.unpack("<HH", extra[:4])
            known = (kind, size) == (0x5455, 5) or directory and kind == 1 and size <= 24
            check(known and len(extra) >= 4 + size, "the zip holds something beside its files")
            extra = extra[4 + size :]

    def walk(self, info):
        """One file, from its header to what stands behind it; where it begins."""
        check(self.file.tell() == info.header_offset, "something stands between the files of the zip")
        head = self.take(b"PK\3\4", 30)
        _, flags, method, _, crc, packed, plain, name, extra = struct.unpack("<HHHIIIIHH", head[4:])
        self.named(name, extra, info, False)
        check(flags == info.flag_bits and flags & ~0x808 == 0 and method == info.compress_type and method in (0, 8),
              "a file of the zip is not packed as it must be")
        large = info.compress_size >= LARGE or info.file_size >= LARGE
        sums = (info.CRC, info.compress_size, info.file_size)
        check((crc, packed, plain) == ((0, 0, 0) if flags & 8 else sums) and (flags & 8 or not large), "a file of the zip has other sums")
        at = self.file.tell()
        self.file.seek(info.compress_size, 1)
        if flags & 8:
            behind = self.take(b"PK\7\10", 24 if large else 16)
            check(struct.unpack("<IQQ" if large else "<III", behind[4:]) == sums, "a file of the zip has other sums")
        return at

    def entry(self, info):
        head = self.take(b"PK\1\2", 46)
        name, extra, comment = struct.unpack("<HHH", head[28:34])
        self.named(name, extra, info, True)
        check(not comment, "a file of the zip has a comment")

    def open(self, name):
        check(name in self.at, "the file %s is missing" % name)
        return io.BufferedReader(Packed(self.path, *self.at[name]), 1 << 16)


def whole(z, name, most):
    """A file of at most so many bytes."""
    with z.open(name) as file:
        data = file.read(most + 1)
    check(len(data) <= most, name + " is larger than any is")
    return data


def lines(z, name):
    """The lines of a file, without their ends, one at a time."""
    with z.open(name) as file:
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


# --- JSON -------------------------------------------------------------------


def no_number(text):
    raise Flaw("a number is not whole")


def read(text):
    return json.loads(text, parse_float=no_number, parse_constant=no_number)


def whole_number(value):
    """Whether a value is a whole number of 64 bits; to Python True is one too."""
    return type(value) is int and -(2**63) <= value < 2**63


def parsed(line, **members):
    """A line of JSON with these members, each of its type, written in the one way."""
    value = read(line)
    again = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    again = again.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    check(isinstance(value, dict) and list(value) == list(members), "a line has other members")
    check(all(type(value[m]) is kind for m, kind in members.items()), "a line has values of other types")
    check(again.encode() == line, "a line is not written as it must be")
    return value


def unpacked64(text):
    """Bytes from base64 that is written in the one way."""
    data = base64.b64decode(text, validate=True)
    check(base64.b64encode(data).decode() == text, "base64 is not written as it must be")
    return data


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
    x, y, z, t = point(public)
    x, y, z, _ = add(times(s, BASE), times(k, (P - x, y, z, P - t)))
    scale = pow(z, P - 2, P)
    x, y = x * scale % P, y * scale % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == r


# --- C2SP signed notes ------------------------------------------------------


def key_of(text):
    """A public key: its name, its hash and its bytes."""
    name, number, encoded = (text.split("+", 2) + ["", ""])[:3]
    raw = unpacked64(encoded)
    ident = sha(name.encode() + b"\n" + raw)[:4]
    # isspace has four separators that are no white space in Unicode.
    check(name and not any(c.isspace() and c not in "\x1c\x1d\x1e\x1f" for c in name), "a key has no name that it could have")
    check(len(raw) == 33 and raw[0] == 1 and ident.hex() == number, "a key is none")
    return name, ident, raw[1:]


def open_note(data, keys, what):
    """Check a signed note; return the lines of its text and the key that signed it."""
    text, found, line = data.decode().rpartition("\n\n")
    check(found and line.endswith("\n") and len(data) <= 1000000 and not re.search("[\x00-\x09\x0b-\x1f]", data.decode()),
          what + " is no signed note")
    text += "\n"
    parts = line[:-1].split(" ")
    check(len(parts) == 3 and parts[0] == "\u2014", what + " does not have one signature")
    signature = unpacked64(parts[2])
    for key in keys:
        name, ident, public = key_of(key)
        if (name, ident) == (parts[1], signature[:4]):
            check(len(signature) == 68 and signed(public, text.encode(), signature[4:]), what + " was changed")
            return text[:-1].split("\n"), key
    raise Flaw(what + " was signed with another key")


def open_checkpoint(data, keys, what):
    """Check a checkpoint; return its size, its root and the key that signed it."""
    text, key = open_note(data, keys, what)
    check(len(text) == 3 and text[0] == key.split("+")[0], what + " is not three lines, of the one that signed it")
    check(re.fullmatch("0|[1-9][0-9]{0,18}", text[1]) and int(text[1]) < 2**63, what + " has no size")
    root = unpacked64(text[2])
    check(len(root) == 32, what + " has no root")
    return int(text[1]), root, key


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


# --- Leaves -----------------------------------------------------------------


def canonical(value):
    """RFC 8785, of what leaves hold: names in ASCII, texts, whole numbers."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(text):
    check(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z", text), "a time is not written as it must be")
    return datetime.datetime(*map(int, re.findall("[0-9]+", text)[:6]), int(text[20:23]) * 1000)


def column(name, value):
    return re.fullmatch("[a-z0-9_]+", name) and (value is None or isinstance(value, str) or whole_number(value))


def check_row(r, number):
    """One entry of the rows of a leaf."""
    check(isinstance(r, dict) and list(r) in (["row", "table"], ["row", "table", "was"], ["old", "row", "table", "was"]),
          "leaf %d has a row with other members" % number)
    row, old, was = r["row"], r.get("old", {"": False}), r.get("was", 1)
    good = isinstance(r["table"], str) and isinstance(row, dict) and isinstance(old, dict) and whole_number(was)
    check(good and 1 <= was <= number and all(column(c, v) for c, v in row.items()), "leaf %d has a row that no leaf can hold" % number)
    check(whole_number(row.get("leaf")) and row["leaf"] == number, "leaf %d has a row of another leaf" % number)
    if "old" in r:
        check(old and "leaf" not in old and all(c in row if v is False else column(c, v) for c, v in old.items()),
              "leaf %d has a row that was what none can be" % number)


def leaf_of(body):
    """The leaf that a body is, with its time; anything else is a flaw."""
    leaf = read(body)
    check(isinstance(leaf, dict) and whole_number(leaf.get("number")), "a leaf cannot be read")
    number = leaf["number"]
    texts = ["at", "prev", "station", "subject", "what", "who", "why", "zone"]
    check(canonical(leaf) == body and sorted(leaf) == sorted(texts + ["number", "rows"]), "leaf %d is not canonical" % number)
    check(all(isinstance(leaf[f], str) for f in texts) and isinstance(leaf["rows"], list), "leaf %d is no leaf" % number)
    check(re.fullmatch("[+-]([01][0-9]|2[0-3]):[0-5][0-9]", leaf["zone"]), "leaf %d has no zone" % number)
    for r in leaf["rows"]:
        check_row(r, number)
    return leaf, instant(leaf["at"])


def before(r):
    """The row that an entry of a leaf replaced."""
    old = dict(r["row"], **r.get("old", {}), leaf=r["was"])
    return {c: v for c, v in old.items() if v is not False}  # left out of the row before


# --- The bundle -------------------------------------------------------------

UNIT = ["units", "bindings", "attempts", "evidence", "verdicts", "prints", "moves", "alarms", "identities",
        "flags", "subscriptions", "imported_units", "imported_bindings"]
RULES = ["orders", "products", "layouts", "dialects", "allocations", "clearances", "explanations", "signatures"]
# The columns that name a row, and those by which a row names another.
KEYS = {"orders": ["id"], "products": ["ref", "version"], "layouts": ["hash"], "dialects": ["hash"], "allocations": ["id"],
        "signatures": ["id"]}
NAMES = [("units", "orders", ["work_order"]), ("units", "products", ["ref", "version"]), ("products", "layouts", ["layout_hash"]),
         ("products", "dialects", ["dialect_hash"]), ("prints", "layouts", ["layout_hash"]),
         ("bindings", "allocations", ["allocation"]), ("moves", "signatures", ["signature"])]
OF = {"signatures": "subject", "clearances": "order_after", "explanations": "work_order", "dialects": "hash"}


class Rules:
    """What the units were made by: rows that are there, are named, must be there."""

    def __init__(self):
        self.there, self.named, self.about = set(), set(), set()

    def add(self, table, row, text):
        if table in KEYS:
            self.there.add((table,) + tuple(row[c] for c in KEYS[table]))
        for of, other, columns in NAMES:
            key = tuple(row.get(c) for c in columns)
            if of == table and None not in key:
                self.named.add((other,) + key)
        if table == "orders":
            self.about |= {("clearances", row["id"]), ("explanations", row["id"]), ("signatures", "lot:" + row["lot"])}
        elif table == "products":
            self.about.add(("signatures", "product:%s/%d" % (row["ref"], row["version"])))
        elif table == "dialects" and row["name"] == "auto":
            listed = [re.fullmatch(b"([0-9a-f]{64})  [a-z0-9][a-z0-9-]*", line) for line in re.sub(b"\n$", b"", text).split(b"\n")]
            self.about |= {("dialects", m.group(1).decode()) for m in listed if m and all(listed)}


def about(row, subject):
    """The unit that a row of a leaf is about, "" for none."""
    if "serial" in row:
        return "unit:" + row["serial"]
    return subject if "attempt" in row or "binding" in row else ""


def image(table, row):
    return sha(canonical([table, row]).encode())


def replay(entries, size, root):
    """Check the leaves; return the rows as they stood at the checkpoint."""
    seen, live, torn, last, hash_before = set(), {}, set(), 0, b""
    for line in entries:
        entry = parsed(line, number=int, body=str, proof=list)
        (leaf, _), number = leaf_of(entry["body"]), entry["number"]
        check(leaf["number"] == number > last, "leaf %s does not stand in its place" % number)
        value = sha(b"\x00" + entry["body"].encode())
        if number == last + 1 and last:
            check(leaf["prev"] == hash_before.hex(), "leaf %d does not follow the one before" % number)
        last, hash_before = number, value
        check(all(re.fullmatch("[0-9a-f]{64}", h) for h in entry["proof"]), "the proof of leaf %d cannot be read" % number)
        proof = [bytes.fromhex(h) for h in entry["proof"]]
        check(root_of(number - 1, size, value, proof) == root, "leaf %d was changed" % number)
        seen.add(number)
        for r in leaf["rows"]:
            unit = about(r["row"], leaf["subject"])
            if "was" in r and r["was"] not in seen:
                torn.add(unit)
            elif "was" in r:
                check(live.pop(image(r["table"], before(r)), None), "leaf %d changes a row that is not there" % number)
            live[image(r["table"], r["row"])] = (unit, (r["table"], r["row"].get(OF.get(r["table"]))))
    check(seen, "there are no leaves")
    return live, torn, leaf, len(seen)


def blobs(row):
    """Check the bytes of a row; return them by column."""
    plain, coded = tidy(row.get("blobs", {})), tidy(row.get("base64", {}))
    texts = {c: t.encode() for c, t in plain.items()}
    for column, text in coded.items():
        texts[column] = unpacked64(text)
        check(not utf8(texts[column]), "a text stands there as base64")
    check(len(texts) == len(plain) + len(coded), "bytes of a row stand there twice")
    check(sorted(texts) == BLOBS.get(row["table"], []), "a row of %s lacks bytes or has too many" % row["table"])
    for column, text in texts.items():
        check(row["row"][column] == "sha256:" + sha(text).hex(), "%s of %s was changed" % (column, row["table"]))
    return texts


def utf8(data):
    try:
        data.decode()
        return True
    except UnicodeDecodeError:
        return False


def belongs(table, row, of, own):
    """Whether a row may stand under the rules or a unit."""
    if table not in (RULES if of == "rules" else UNIT):
        return False
    if "serial" in row:
        return of == "unit:" + row["serial"]
    for column, other in (("attempt", "attempts"), ("binding", "bindings")):
        if column in row:
            return of != "rules" and (other, row[column]) in own
    return of == "rules"


def section(record, live, rules, prints):
    """Check the rows of one line of the records; return how many."""
    own = {(row["table"], row["row"].get("id")) for row in record["rows"]}
    for row in record["rows"]:
        table, columns = row["table"], tidy(row["row"])
        wanted = [m for m in ("table", "row", "blobs", "base64") if m in ("table", "row") or row.get(m)]
        check(list(row) == wanted, "a row has other members")
        check(belongs(table, columns, record["of"], own), "a row of %s is not about %s" % (table, record["of"]))
        check(live.pop(image(table, columns), None), "a row of %s (%s) is not as its leaf wrote it" % (table, record["of"]))
        rules.add(table, columns, blobs(row).get("text", b""))
        if table == "prints":
            prints[str(columns["id"])] = columns["hash"]
    return len(record["rows"])


def records(entries, live, torn, export):
    """Check the records against the leaves; return the hashes of the prints."""
    head = parsed(next(entries, b"null"), bundle=int, subject=str, at=str, by=str, station=str, program=str, leaf=int)
    check(head["bundle"] == 1, "this is another form of bundle")
    check((export["what"], export["number"]) == ("export", head["leaf"]), "the leaf of the export is missing")
    check(all(export[a] == head[b] for a, b in (("subject", "subject"), ("who", "by"), ("station", "station"))),
          "the records are of another export")
    units, prints, rows, rules, place = set(), {}, 0, Rules(), -1
    line = next(entries, b"null")
    for after in entries:
        record, line, place = parsed(line, of=str, rows=list), after, place + 1
        of = record["of"]
        check(of == "rules" if place == 0 else of.startswith("unit:") and of not in units, "a line does not stand in its place")
        if place:
            units.add(of)
        rows += section(record, live, rules, prints)
    check(place >= 0, "the records lack a line")
    names = parsed(line, of=str, names=dict)
    check(names["of"] == "names" and all(isinstance(n, str) for n in tidy(names["names"]).values()), "the names are missing")
    for unit, rule in live.values():
        check(unit not in units, "the records lack a row of " + unit)
        check(rule not in rules.about, "the records lack a row of the rules, of %s" % rule[0])
    check(not units & torn, "a leaf of a unit is missing")
    check(rules.named <= rules.there, "the records lack a row by which their units were made")
    return prints, len(units), rows


def dots(png):
    """SHA-256 of the size and the dots of a 1-bit PNG."""
    check(png[:8] == b"\x89PNG\r\n\x1a\n", "a label is no PNG")
    at, order, parts = 8, [], {}
    while at < len(png):
        n, kind = struct.unpack(">I4s", png[at : at + 8])
        chunk, crc = png[at + 8 : at + 8 + n], png[at + 8 + n : at + 12 + n]
        check(crc == struct.pack(">I", zlib.crc32(kind + chunk)), "a label is damaged")
        check(len(chunk) == {b"pHYs": 9, b"IEND": 0}.get(kind, len(chunk)), "a label has a chunk with more in it")
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
    check(not unpack.unused_data and not unpack.unconsumed_tail, "something stands behind the dots of a label")
    for y in range(h):
        line = data[y * (stride + 1) : (y + 1) * (stride + 1)]
        check(line[0] == 0, "a label is filtered")
        out.append(line[1:])
    return sha(b"%d %d\n" % (w, h) + b"".join(out)).hex()


def verify(path, key):
    z = Zip(path)
    names = list(z.at)
    inside = whole(z, "key", MOST_SMALL).decode()
    check(inside.endswith("\n"), "the key has no line end")
    inside = inside[:-1]
    check(key in ("", inside), "the bundle is signed with another key than the one given")
    manifest, _ = open_note(whole(z, "manifest", MOST_SMALL), [inside], "the manifest")
    check(manifest[0] == "bindery bundle 1", "this is another form of bundle")
    check(len(manifest) == 1 + len(FIXED), "the manifest names other files")
    for line, name in zip(manifest[1:], FIXED):
        check(line == hashed(z, name) + "  " + name, name + " was changed")
    labels = [n for n in names if n not in FIXED + ["manifest"]]
    check(all(n.startswith("labels/") for n in labels), "a file does not belong to the bundle")

    size, root, _ = open_checkpoint(whole(z, "checkpoint", MOST_SMALL), [inside], "the checkpoint")
    live, torn, export, leaves = replay(lines(z, "leaves.jsonl"), size, root)
    prints, units, rows = records(lines(z, "records.jsonl"), live, torn, export)
    drawn = set()
    for name in labels:
        number, _, given = name[len("labels/") : -len(".png")].partition("-")
        png = whole(z, name, MOST_PICTURE)
        check(name.endswith(".png") and given == sha(png).hex(), name + " was changed")
        check(dots(png) == prints.get(number), name + " does not have the dots that were printed")
        check(number not in drawn, "the label of a print is there twice")
        drawn.add(number)
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
