#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check a Bindery record: verify_record.py FILE [KEY or CHECKPOINT]...

A second implementation of docs/record-format.md, "How to verify", for those
who trust nobody's program. It needs Python 3.8 with SQLite 3.37 or newer, and
verify_bundle.py beside it. A KEY is the public key of a station that is to be
believed, as text or a file of it; without one those that the record names are
taken. A CHECKPOINT is a file that was kept elsewhere. It prints one line and
ends with 0 when the record is sound, 1 when not.
"""
import datetime
import hashlib
import json
import os
import pathlib
import secrets
import sqlite3
import sys

from verify_bundle import Flaw, before, canonical, check, key_of, leaf_of, open_checkpoint, sha

# What the migrations make, by user_version: the hash of the page, "The file".
SCHEMAS = {
    1: "b3928654ab77453331ba7ee784d6061437f8dc47a1fbb1d07210d1f55e7b05a4",
    2: "5dd0526917b781c2f88574f9e9ca0ba419ff548e5a97b80f83dc96a2af40fd15",
    3: "309c84afd6f949affa2ee9d8fcf8d51f13b28e258ff72b18523722e5aef2bdba",
    4: "0df11bb9c22abe8b9c1122718980cd30f075fc8d5cde2c41b0a8b1e7541db04e",
    5: "0df6338a7f9e1810dc014835b12c8ff5e7d958bf99c78ffce016ae2e67ad0c62",
    6: "831744b03cc20dd9d45cac4b632fb8ea6c3597dd00333180ca2aea92c08fc11f",
    7: "7784931c5f107bca0e2d4691b0d83a7b132247b2e972c2ae350a844577f950b0",
    8: "c9368156fd2158ba44017b60fefef9db6aba8f1efcf9e5d3b6397671bbbe96e8",
    9: "94c5e4777cfa612de1cbcec29da9c7bab3a953db7e189c2fec33584e0f214a6d",
    10: "0f5c21e9790bd8d584b9284e5dd81cc30c594974dc207dbb57caa5ff1854219d",
    11: "6bf0e185afa44833ecbdd2ab50e1198bd8978edf7d7162cb237ab3b30bda115f",
    12: "a84496fe9493ee319bdf9addba1c6d7028b8dd7cef66ac4ac545f83a49bcd1ca",
}

SLACK = datetime.timedelta(seconds=2)
# Blobs that a column beside them names by their hash.
BY_HASH = [("layouts", "text"), ("dialects", "text"), ("signatures", "statement")]


def schema(db):
    """The hash of the definitions."""
    rows = [canonical(list(row)) for row in db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")]
    return hashlib.sha256("".join(row + "\n" for row in sorted(rows, key=str.encode)).encode()).hexdigest()


class Tree:
    """The roots of the complete subtrees, the largest first."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, leaf):
        """Add a leaf; return the subtrees that it completes, with their places."""
        # Before leaf n (from 0) stand n leaves and n/2 + n/4 + ... nodes.
        place, n, made = 0, self.size, []
        while n:
            place, n = place + n, n >> 1
        self.size += 1
        self.peaks.append(leaf)
        bits = self.size
        while bits % 2 == 0:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(sha(b"\x01" + left + right))
            place, bits = place + 1, bits // 2
            made.append((place, self.peaks[-1]))
        return made

    def root(self):
        out = self.peaks[-1] if self.peaks else sha(b"")
        for left in reversed(self.peaks[:-1]):
            out = sha(b"\x01" + left + out)
        return out


class MultisetHash:
    """The rows of a table in any order: their number, their leaves, a sum over their images.

    The sum is of SHA-256 after a key drawn anew: who forged the record could
    not know it.
    """

    KEY = secrets.token_bytes(32)

    def __init__(self):
        self.rows = self.leaves = self.images = 0

    def put(self, table, row, sign=1):
        text = canonical([table, row]).encode()
        self.rows, self.leaves = self.rows + sign, self.leaves + sign * row["leaf"]
        self.images += sign * int.from_bytes(sha(self.KEY + text), "big")

    def same(self, other):
        return (self.rows, self.leaves, self.images) == (other.rows, other.leaves, other.images)


class Table:
    """A table whose rows name their leaf: its columns, its key, its later columns with their defaults."""

    def __init__(self, db, name):
        self.name, self.columns, self.key, self.later = name, [], [], {}
        for _, column, _, _, default, key in db.execute('PRAGMA table_info("%s")' % name):
            self.columns.append(column)
            if key:
                self.key.append(column)
            if default is not None:
                self.later[column] = int(default) if default.lstrip("-").isdigit() else default.strip("'")

    def image(self, values):
        row = {c: "sha256:" + sha(v).hex() if isinstance(v, bytes) else v for c, v in zip(self.columns, values)}
        return {c: v for c, v in row.items() if c not in self.later or v != self.later[c]}


class Record:
    def __init__(self, path, keys, kept):
        self.db = sqlite3.connect(pathlib.Path(path).absolute().as_uri() + "?mode=ro", uri=True)
        for pragma in ("trusted_schema = 0", "cell_size_check = 1", "query_only = 1"):
            self.db.execute("PRAGMA " + pragma)
        self.keys, self.kept = keys, kept

    def all(self, query, *args):
        return self.db.execute(query, args).fetchall()

    def verify(self):
        self.db.execute("BEGIN")  # one state, whatever is written meanwhile
        self.file()
        names = [name for (name,) in self.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = [Table(self.db, name) for name in names if name not in ("leaves", "nodes")]
        self.tables = {table.name: table for table in tables if "leaf" in table.columns}
        self.notes()
        self.leaves()
        for table in self.tables.values():
            self.rows(table)
        self.named()
        self.signers()
        if "part_entries" in names:
            self.parts()
        if "scope_reach" in names:
            self.scopes()
        return self.tree.size

    def file(self):
        """Step 1."""
        check(self.all("PRAGMA application_id") == [(0x426E6479,)], "this is no record")
        ((version,),) = self.all("PRAGMA user_version")
        check(version in SCHEMAS, "this reader does not know records of version %d" % version)
        check(schema(self.db) == SCHEMAS[version], "the definitions of tables, indexes or triggers were changed")
        check(self.all("PRAGMA integrity_check(1)") == [("ok",)], "the file is damaged")

    def notes(self):
        """Step 2: the checkpoints, with the key that signed each."""
        keys = self.keys or [key for (key,) in self.all("SELECT key FROM station_keys")]
        self.points, self.signer = {}, {}
        for size, note in self.all("SELECT size, note FROM checkpoints"):
            what = "the checkpoint of %d leaves" % size
            covers, root, self.signer[size] = open_checkpoint(note.encode(), keys, what)
            check(covers == size, what + " is about another number")
            self.points.setdefault(size, []).append(root)
        for name, note in self.kept:
            size, root, _ = open_checkpoint(note, keys, name)
            self.points.setdefault(size, []).append(root)

    def leaves(self):
        """Step 3: the leaves, the tree, and what the tables must hold."""
        last, at_before, self.want, self.tree = b"\0" * 32, None, {}, Tree()
        nodes = self.db.execute("SELECT id, hash FROM nodes ORDER BY id")
        for number, digest, body, subject in self.db.execute("SELECT number, hash, body, subject FROM leaves ORDER BY number"):
            leaf, at = leaf_of(body)
            check(leaf["number"] == number == self.tree.size + 1, "leaf %d is missing" % (self.tree.size + 1))
            check(leaf["prev"] == last.hex(), "leaf %d does not follow the one before" % number)
            check(sha(b"\0" + body.encode()) == digest, "leaf %d was changed" % number)
            check(leaf["subject"] == subject, "leaf %d stands under another subject" % number)
            check(at_before is None or at_before - at <= SLACK or leaf["what"] == "settle-clock", "leaf %d is older than the one before" % number)
            for node in self.tree.add(digest):
                check(nodes.fetchone() == node, "node %d is not what the leaves make" % node[0])
            for root in self.points.get(number, []):
                check(root == self.tree.root(), "the checkpoint of %d leaves is over other leaves" % number)
            for r in leaf["rows"]:
                self.written(r, number)
            last, at_before = digest, at
        check(nodes.fetchone() is None, "there are more nodes than the leaves make")
        check(all(size <= self.tree.size for size in self.points), "a checkpoint covers more leaves than there are")

    def written(self, r, number):
        """Count what a leaf wrote."""
        table = self.tables.get(r["table"])
        check(table, "leaf %d writes to a table that there is not" % number)
        held = self.want.setdefault(r["table"], MultisetHash())
        held.put(r["table"], r["row"])
        if "was" in r:
            check(not set(table.key) & set(r.get("old", {})), "leaf %d changes the key of a row" % number)
            held.put(r["table"], before(r), -1)

    def rows(self, table):
        """Step 4: each row must be the last that a leaf wrote."""
        got = MultisetHash()
        for values in self.db.execute('SELECT * FROM "%s"' % table.name):
            got.put(table.name, table.image(values))
        check(got.same(self.want.get(table.name, MultisetHash())), "the rows of table %s are not what the leaves wrote" % table.name)

    def named(self):
        """Step 5: what is named by its hash, and the keys."""
        for table, blob in BY_HASH:
            if table not in self.tables:
                continue  # in an older record
            for digest, data in self.db.execute("SELECT hash, %s FROM %s" % (blob, table)):
                check(digest == sha(data).hex(), "the %s of a row of %s is not that of its hash" % (blob, table))
        for table in ("station_keys", "enrolments"):
            for (key,) in self.all("SELECT key FROM " + table) if table in self.tables else []:
                key_of(key)

    def signers(self):
        """Step 6: from the first enrolment on a key signs while it is a station."""
        if "enrolments" not in self.tables:
            return
        rows = self.all("SELECT leaf, key, station FROM enrolments ORDER BY leaf, id")
        if not rows:
            return
        first = rows[0][0]
        rows = self.all("SELECT leaf, key, station FROM station_keys WHERE leaf < ? ORDER BY leaf, key", first) + rows
        for size, leaf in self.all("SELECT size, leaf FROM checkpoints WHERE leaf > ? ORDER BY size", first):
            until = [row for row in rows if row[0] <= leaf]
            own = [row for row in until if row[1] == self.signer[size]]
            check(own and [row for row in until if row[2] == own[-1][2]][-1] == own[-1],
                  "the checkpoint of %d leaves is signed by a key that was no station then" % size)

    def parts(self):
        """The index of parts: each entry has the rows that have it, and no more."""
        keys, want = [1 + secrets.randbelow(PRIME - 1) for _ in range(3)], {}
        reach = dict(self.all("SELECT source, upto FROM parts_reach"))
        for first, source, query in PARTS:
            last = 0
            for number, folded, hashed, *numbers in self.db.execute(query):
                if number > reach.get(source, number):
                    break
                last, place = number, first + number
                weight = ((place >> 48) * keys[0] + (place >> 24 & 0xFFFFFF) * keys[1] + (place & 0xFFFFFF) * keys[2]) % PRIME
                for entry in wholes(numbers) if source == "refused" else entries(folded, hashed, numbers):
                    count, total = want.get(entry, (0, 0))
                    want[entry] = count + 1, total + weight
            check(first >= 4 << 40 or reach.get(source) == last, "the index of parts goes beyond the rows")
        got = self.db.execute("SELECT term, count(*), sum(((doc >> 48) * ? + ((doc >> 24) & 16777215) * ? + (doc & 16777215) * ?) %% %d)"
                              " FROM part_entries GROUP BY term" % PRIME, keys)
        wrong = "the index of parts has not what the rows have"
        check({term: (count, total) for term, count, total in got} == want, wrong)
        for term, (count, _) in want.items():  # as a search asks for them
            check(self.all("SELECT count(*) FROM parts(?)", term) == [(count,)], wrong)


    def scopes(self):
        """The columns of scopes: what the rows have, but for what was written of since."""
        wrong = "the columns of scopes have not what the rows have"
        ((one, unit, seen),) = self.all("SELECT id, unit, seen FROM scope_reach") or [(0, 0, 0)]
        check(one == 1 and seen <= self.tree.size and (unit == 0 or self.all("SELECT 1 FROM bindings WHERE id = ?", unit)), wrong)
        codes = {field: {} for field in range(1, 11)}
        for field, code, value in self.all("SELECT field, code, value FROM scope_values"):
            check(field in codes, wrong)
            codes[field][value] = code
        check(all(max(held.values(), default=0) == len(held) for held in codes.values()), wrong)
        stale = {serial for (serial,) in self.db.execute(TOUCHED, (seen,))}
        chunks, masked = {}, {}
        for number, serial, *row in self.db.execute(SCOPES, (unit,)):
            texts = [0 if text is None else codes[i + 1].get(text, -1) for i, text in enumerate(row[:10])]
            sim = row[13] or ""
            numbers = [millis(row[10]), int(row[11] or 0), int(row[12] or 0), int(sim[:15], 16) if len(sim) > 14 else 0]
            n, i = divmod(number, 4096)
            if serial in stale:
                masked.setdefault(n, set()).add(i)
            for field, value in enumerate(texts + numbers, 1):
                chunks.setdefault(field << 32 | n, [0] * 4096)[i] = value
        for place, low, high, packed in self.db.execute("SELECT id, low, high, packed FROM scope_chunks"):
            width = next(w for w in (0, 1, 2, 4, 8) if high - low < 1 << 8 * w)
            check(low <= high and len(packed) == 4096 * width, wrong)
            got = [low + int.from_bytes(packed[i * width:(i + 1) * width], "little") for i in range(4096)]
            want = chunks.pop(place, None)
            check(want and (min(got), max(got)) == (low, high), wrong)
            for i in masked.get(place & 0xFFFFFFFF, ()):
                want[i] = got[i]
            check(got == want, wrong)
        for place, want in chunks.items():  # one that has nothing need not be there
            for i in masked.get(place & 0xFFFFFFFF, ()):
                want[i] = 0
            check(not any(want), wrong)


def millis(stamp):
    """A moment in milliseconds since the year 1."""
    at = datetime.datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%S.%fZ") - datetime.datetime(1, 1, 1)
    return (at.days * 86400 + at.seconds) * 1000 + at.microseconds // 1000


TOUCHED = """SELECT DISTINCT r.value ->> '$.row.serial' FROM leaves l, json_each(l.body, '$.rows') r WHERE l.number > ?
    AND l.subject NOT GLOB 'history:*' AND r.value ->> '$.table' IN ('units', 'bindings', 'attempts', 'subscriptions', 'imported_bindings')"""
# The columns of each unit, under the number of its first binding.
SCOPES = """SELECT f.id, f.serial, u.disposition, u.work_order, u.ref || '/' || u.version, b.maker, b.model, b.firmware, b.person, a.station, a.program,
    e.reading ->> '$.dialect', u.made, b.imei, b.imei2,
    coalesce((SELECT s.iccid FROM subscriptions s WHERE s.serial = u.serial AND s.ended = ''
        AND NOT EXISTS (SELECT 1 FROM bindings x WHERE x.serial = s.serial AND x.superseded = 0 AND x.at > s.since)
        AND NOT EXISTS (SELECT 1 FROM imported_bindings x JOIN history_files h ON h.id = x.file
            WHERE x.serial = s.serial AND x.state = 'live' AND x.since > s.since AND h.state = 'accepted')),
      CASE WHEN EXISTS (SELECT 1 FROM subscriptions x WHERE x.serial = b.serial AND x.since >= b.at) THEN '' ELSE b.iccid END)
  FROM (SELECT serial, min(id) AS id FROM bindings GROUP BY serial) f JOIN units u USING (serial)
  LEFT JOIN bindings b ON b.serial = f.serial AND b.superseded = 0
  LEFT JOIN attempts a ON a.id = (SELECT max(x.id) FROM attempts x WHERE x.serial = f.serial AND x.started <= b.at)
  LEFT JOIN evidence e ON e.attempt = a.id WHERE f.id <= ?"""
PRIME = (1 << 31) - 1
SERIAL = "CASE u.folded WHEN '' THEN lower(u.serial) ELSE u.folded END"
# Where the rows of each source stand in the index, its name in parts_reach, and
# of each row the number, the serial, the hash, and the numbers.
PARTS = [
    (0, "bindings", "SELECT b.id, " + SERIAL + ", '', b.imei, b.imei2, b.iccid, b.imsi, b.eid FROM bindings b JOIN units u USING (serial) ORDER BY 1"),
    (1 << 40, "subscriptions", "SELECT id, '', '', '', '', iccid, imsi, eid FROM subscriptions ORDER BY 1"),
    (2 << 40, "leaves", "SELECT number, '', lower(hex(hash)) FROM leaves ORDER BY 1"),
    (3 << 40, "prints", "SELECT id, '', hash FROM prints ORDER BY 1"),
    (4 << 40, "refused", "SELECT id, '', '', reading ->> 'imei', reading ->> 'imei2', reading ->> 'iccid', reading ->> 'imsi', reading ->> 'eid'"
                         " FROM attempts JOIN evidence ON attempt = id WHERE outcome = 'fail' ORDER BY 1"),
    (256 << 40, "imported", "SELECT (b.file << 40) + b.n, coalesce(u.folded, ''), '', imei, imei2, iccid, imsi, eid"
                              " FROM imported_bindings b LEFT JOIN imported_units u USING (file, n) ORDER BY b.file, b.n"),
]


def entries(folded, hashed, numbers):
    """What a row has in the index."""
    text = folded + "\0"
    out = {"s" + text[i:i + 4].encode().hex() for i in range(len(text) - 3)}
    if hashed:
        out.add("h" + hashed[:4])
    for tag, number in zip("iicme", numbers):
        number = str(number or "").lower() + "z"
        if not number.strip("0123456789abcdefz"):
            out |= {tag + number[i:i + 4] for i in range(len(number) - 3)}
    return out


def wholes(numbers):
    """What a device that was refused has there."""
    numbers = [(tag, str(number or "").lower()) for tag, number in zip("iicme", numbers)]
    return {"r" + tag + number for tag, number in numbers if number and not number.strip("0123456789abcdef")}


def given(args):
    """The keys and checkpoints among the arguments."""
    keys, kept = [], []
    for arg in args:
        data = pathlib.Path(arg).read_bytes() if os.path.exists(arg) else arg.encode()
        text = data.decode().strip()
        if "\n" in text:
            kept.append((arg, data))
        else:
            key_of(text)
            keys.append(text)
    return keys, kept


def main(args):
    if not args:
        sys.exit(__doc__)
    try:
        print("sound: %d leaves" % Record(args[0], *given(args[1:])).verify())
        return 0
    except Flaw as flaw:
        print("NOT SOUND:", flaw)
    except (OSError, sqlite3.Error, ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, OverflowError) as err:
        print("NOT SOUND: it cannot be read: %s: %s" % (type(err).__name__, err))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
