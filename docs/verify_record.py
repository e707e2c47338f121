#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check a Bindery record: verify_record.py FILE

A second implementation of docs/record-format.md, "How to verify", for those
who trust nobody's program. It needs Python 3.8 and nothing else; signatures of
checkpoints are checked by verify_bundle.py, their roots here. It prints one
line and ends with 0 when the record is sound, 1 when not.
"""
import base64
import datetime
import hashlib
import json
import sqlite3
import sys


class Flaw(Exception):
    """Something wrong with the record."""


def check(ok, message):
    if not ok:
        raise Flaw(message)


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    # Enough of RFC 8785 for leaves: integers, and keys in ASCII.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def instant(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


class Tree:
    """The roots of the complete subtrees, the largest first."""

    def __init__(self):
        self.size, self.peaks = 0, []

    def add(self, leaf):
        self.size += 1
        self.peaks.append(leaf)
        bits = self.size
        while bits % 2 == 0:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(sha(b"\x01" + left + right))
            bits //= 2

    def root(self):
        out = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            out = sha(b"\x01" + left + out)
        return out


def walk_leaves(db):
    """Steps 2 to 4: the leaves, and what the tables must add up to."""
    notes = dict(db.execute("SELECT size, note FROM checkpoints"))
    prev, before, want, tree = b"\0" * 32, None, {}, Tree()
    for number, digest, body, subject in db.execute("SELECT number, hash, body, subject FROM leaves ORDER BY number"):
        leaf = json.loads(body)
        check(canonical(leaf) == body.encode(), "leaf %d is not canonical" % number)
        check(leaf["number"] == number == tree.size + 1, "leaf %d is missing" % (tree.size + 1))
        check(leaf["prev"] == prev.hex(), "leaf %d does not follow the one before" % number)
        check(sha(b"\0" + body.encode()) == digest, "leaf %d was changed" % number)
        check(leaf["subject"] == subject, "leaf %d stands under another subject" % number)
        at = instant(leaf["at"])
        slack = datetime.timedelta(seconds=2)
        check(before is None or at + slack >= before or leaf["what"] == "settle-clock", "time of leaf %d" % number)
        tree.add(digest)
        if number in notes:
            lines = notes[number].split("\n")
            check(int(lines[1]) == number, "the checkpoint of %d leaves names another number" % number)
            check(base64.b64decode(lines[2]) == tree.root(), "the checkpoint of %d leaves is over other leaves" % number)
        for row in leaf["rows"]:
            count, total = want.get(row["table"], (0, 0))
            was = row.get("was", 0)
            want[row["table"]] = (count + (was == 0), total + number - was)
        prev, before = digest, at
    check(all(size <= tree.size for size in notes), "a checkpoint covers more leaves than there are")
    return tree.size, want


def later(db, table):
    """The columns of a table that came with a later migration, with their defaults."""
    out = {}
    for _, column, _, _, default, _ in db.execute('PRAGMA table_info("%s")' % table):
        if default is not None:
            out[column] = int(default) if default.lstrip("-").isdigit() else default.strip("'")
    return out


def walk_table(db, table):
    """Step 5: each row must stand in its leaf."""
    defaults = later(db, table)
    cursor = db.execute('SELECT * FROM "%s"' % table)
    columns = [c[0] for c in cursor.description]
    count = total = 0
    for values in cursor:
        row = {c: "sha256:" + sha(v).hex() if isinstance(v, bytes) else v for c, v in zip(columns, values)}
        row = {c: v for c, v in row.items() if c not in defaults or v != defaults[c]}
        body = db.execute("SELECT body FROM leaves WHERE number = ?", (row["leaf"],)).fetchone()
        check(body, "a row of %s names leaf %d, which there is not" % (table, row["leaf"]))
        images = [r["row"] for r in json.loads(body[0])["rows"] if r["table"] == table]
        check(row in images, "a row of %s is not as leaf %d wrote it" % (table, row["leaf"]))
        count, total = count + 1, total + row["leaf"]
    return count, total


def verify(path):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True)
    check(db.execute("PRAGMA application_id").fetchone()[0] == 0x426E6479, "this is no record")
    check(db.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok", "the file is damaged")
    size, want = walk_leaves(db)
    tables = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('leaves', 'nodes')").fetchall()
    for (table,) in tables:
        got = walk_table(db, table)
        check(got == want.get(table, (0, 0)), "table %s has rows too many, too few, or set back" % table)
    return size


if __name__ == "__main__":
    try:
        print("sound: %d leaves" % verify(sys.argv[1]))
    except (Flaw, sqlite3.Error, ValueError, KeyError) as e:
        print("not sound:", e)
        sys.exit(1)
