#!/usr/bin/env python3
"""Walks a Custodes audit log without any key: prints what is in clear, checks the chain.

Needs Python 3.9 and nothing else. Format: audit.md beside this folder. It reads only, and trusts no length.

    audit_reader.py FOLDER
"""
import datetime
import hashlib
import json
import os
import re
import struct
import sys

MAGIC = b"CUSTAUD1"
NAME = re.compile(r"(\d{15})-(\d{4}-\d{2})\.audit")
CLEAR = {1: "index", 6: "action", 7: "object", 8: "purpose", 9: "case"}
TABLE = []
for n in range(256):
    for _ in range(8):
        n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
    TABLE.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def head(data, at):
    kind, value = data[at] >> 5, data[at] & 31
    if value < 24:
        return kind, value, at + 1
    if value > 27:
        raise ValueError("outside the profile")
    size = 1 << value - 24
    number = int.from_bytes(data[at + 1 : at + 1 + size], "big")
    if at + 1 + size > len(data) or number < (24 if size == 1 else 1 << 4 * size):
        raise ValueError("not the shortest form")
    return kind, number, at + 1 + size


def value(data, at):
    kind, number, at = head(data, at)
    if kind == 0:
        return number, at
    if kind in (2, 3):
        if number > len(data) - at:
            raise ValueError("string too long")
        part = data[at : at + number]
        return (part if kind == 2 else part.decode("utf-8")), at + number
    if kind == 4:
        items = []
        for _ in range(number):
            item, at = value(data, at)
            items.append(item)
        return items, at
    raise ValueError("outside the profile")


def cbor_map(data):
    kind, count, at = head(data, 0)
    found = {}
    for _ in range(count):
        key_kind, key, at = head(data, at)
        if kind != 5 or key_kind != 0 or (found and key <= max(found)):
            raise ValueError("not an ordered map")
        found[key], at = value(data, at)
    if at != len(data):
        raise ValueError("bytes after the end")
    return found


def frames(data):
    """Yields (map, hash) up to the last whole frame."""
    at = len(MAGIC)
    while len(data) - at >= 40:
        (length,) = struct.unpack_from(">I", data, at)
        end = at + 40 + length
        if end > len(data) or struct.unpack_from(">I", data, end - 4)[0] != crc32c(data[at : end - 4]):
            return
        yield data[at + 4 : at + 4 + length], data[at + 4 + length : end - 4]
        at = end


def show(entry):
    seconds, micros = divmod(entry[2], 1_000_000)
    time = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    out = {CLEAR[key]: entry[key] for key in CLEAR if key in entry}
    out["time"] = "%s.%06dZ" % (time.strftime("%Y-%m-%dT%H:%M:%S"), micros)
    out["actor"] = ["system", entry.get(5, b"").hex(), "stranger"][entry[4]]
    out["outcome"] = ["done", "refused", "failed"][entry[11]]
    return json.dumps(out, sort_keys=True)


def main(folder):
    before, index = None, None
    for name in sorted(n for n in os.listdir(folder) if NAME.fullmatch(n)):
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        parts = list(frames(data)) if data.startswith(MAGIC) else []
        if not parts:
            sys.exit("%s: no header" % name)
        header = cbor_map(parts[0][0])
        if before is not None and (header[1] != index or header[3] != before):
            sys.exit("%s does not continue the segment before it" % name)
        before, index = header[3], header[1]
        for encoded, digest in parts[1:]:
            entry = cbor_map(encoded)
            if entry[1] != index or hashlib.sha256(before + encoded).digest() != digest:
                sys.exit("entry %d is not what was written" % index)
            print(show(entry))
            before, index = digest, index + 1
    print("the chain holds up to entry %d: %s" % (index - 1, before.hex()) if index else "no entry")


if __name__ == "__main__":
    main(sys.argv[1])
