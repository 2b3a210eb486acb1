#!/usr/bin/env python3
"""An independent reader of Custodes' files, to show that the formats are open.

Needs Python 3.9 and the package `cryptography` (Debian: python3-cryptography), and nothing of ours.
Formats: keystore.md, record.md, pack.md, destruction.md beside this folder. It reads only, and trusts no length.

    custodes_reader.py slot-key ROOT_KEY_FILE KEY_STORE_DIR CAMERA CLASS DAY ERA SLOT
    custodes_reader.py check-vectors VECTORS_DIR
    custodes_reader.py pack ROOT_KEY_FILE KEY_STORE_DIR PACK_FILE [ANNEX_B_FILE]
    custodes_reader.py destruction PROOF_FILE
"""
import datetime
import hashlib
import hmac
import json
import os
import struct
import sys
import uuid

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# ---- Key store: root file -> index -> partition -> tree -> slot key (keystore.md) ----------------

PLACE = 4096
ZERO_NONCE = bytes(12)
ROOT_WORD = "custodes-root-key-v1 "


def hkdf_expand(prk, info, length):
    out, block, count = b"", b"", 0
    while len(out) < length:
        count += 1
        block = hmac.new(prk, block + info + bytes([count]), hashlib.sha256).digest()
        out += block
    return out[:length]


def open_salted(key, label, context, sealed):
    prk = hmac.new(sealed[:32], key, hashlib.sha256).digest()
    return AESGCM(hkdf_expand(prk, label, 32)).decrypt(ZERO_NONCE, sealed[32:], context)


def root_key_of(file):
    with open(file, encoding="ascii") as f:
        line = f.read(256).strip()
    if not line.startswith(ROOT_WORD):
        raise ValueError("%s is not a root key file" % file)
    return bytes.fromhex(line[len(ROOT_WORD):])


def root_block(keystore_dir):
    """The newest whole place of the root file: its fixed fields, context and wrapped key."""
    with open(os.path.join(keystore_dir, "root"), "rb") as f:
        root = f.read(2 * PLACE)
    blocks = []
    for at in (0, PLACE):
        place = root[at:at + PLACE]
        if len(place) < PLACE or hashlib.sha256(place[:-32]).digest() != place[-32:]:
            continue
        magic, version, kind, epoch, installation, turn, index, told = struct.unpack(
            ">8sHHQ16s16s16sH", place[:70])
        if magic != b"CUSTROOT" or version != 1 or told > 512:
            continue
        (length,) = struct.unpack(">H", place[70 + told:72 + told])
        wrapped = place[72 + told:72 + told + length]
        blocks.append((epoch, installation, index, place[:70 + told], wrapped))
    if not blocks:
        raise ValueError("no place of the root file is whole")
    return max(blocks)


def open_page(keystore_dir, page, key, kind, position, epoch, installation):
    with open(os.path.join(keystore_dir, "pages", str(uuid.UUID(bytes=page))), "rb") as f:
        data = f.read()
    header = struct.pack(">8sHHIQ16s", b"CUSTPAGE", 1, kind, len(data) - 56, epoch, installation)
    if data[:40] != header:
        raise ValueError("another page, or a torn one")
    return AESGCM(key).decrypt(ZERO_NONCE, data[40:], header + position)


def partitions(root_key_bytes, keystore_dir):
    """Yields (kind, position, rows) of every partition."""
    epoch, installation, index, context, wrapped = root_block(keystore_dir)
    index_key = open_salted(root_key_bytes, b"vms-root-wrap-v1", context, wrapped)
    rows = open_page(keystore_dir, index, index_key, 0, b"", epoch, installation)
    (count,), at = struct.unpack(">I", rows[:4]), 4
    for _ in range(count):
        kind, length = rows[at], rows[at + 1]
        position = rows[at + 2:at + 2 + length]
        at += 2 + length
        if kind == 4:  # the hash of a day: no page
            at += 64
            continue
        written, page, key = struct.unpack(">Q16s32s", rows[at:at + 56])
        at += 56
        yield kind, position, open_page(
            keystore_dir, page, key, kind, position, written, installation)


def tree_nodes(rows, camera, era):
    """The nodes (depth, index, key) left of one tree, without what only holds keep."""
    (count,), at, nodes = struct.unpack(">I", rows[:4]), 4, []
    for _ in range(count):
        (length,) = struct.unpack(">I", rows[at:at + 4])
        row = rows[at + 4:at + 4 + length]
        at += 4 + length
        kind, row_camera, row_era, _, _, left = struct.unpack(">B16sI16sqH", row[:47])
        if kind == 0 and row_camera == camera.bytes and row_era == era:
            nodes += [struct.unpack(">BH32s", row[47 + 35 * i:82 + 35 * i]) for i in range(left)]
    return nodes


def leaf(nodes, slot):
    for depth, index, key in nodes:
        if slot >> (14 - depth) == index:
            for step in range(depth + 1, 15):
                bit = slot >> (14 - step) & 1
                key = hmac.new(key, b"vms-ggm-v1" + bytes([step, bit]), hashlib.sha256).digest()
            return key
    raise KeyError("slot %d was erased" % slot)


def slot_key(root_key_bytes, keystore_dir, camera, media_class, day, era, slot):
    """The 32 bytes of a slot. camera: uuid.UUID, day: datetime.date; KeyError if it is gone."""
    for kind, position, rows in partitions(root_key_bytes, keystore_dir):
        if kind == 1 and struct.unpack(">iHB", position)[::2] == (epoch_day(day), media_class):
            nodes = tree_nodes(rows, camera, era)
            if nodes:
                return leaf(nodes, slot)
    raise KeyError("no tree of class %d of camera %s on %s, era %d" % (media_class, camera, day, era))


def epoch_day(day):
    return (day - datetime.date(1970, 1, 1)).days


# ---- Record: slot key -> record key -> plaintext (record.md) ---------------------------------------


def record_key(slot_key_bytes, pack_id, camera, media_class, day, era, slot):
    """key(32), commitment(32) of one slot in one pack."""
    info = b"vms-rec-v1" + pack_id.bytes + camera.bytes + struct.pack(
        ">BiIH", media_class, epoch_day(day), era, slot)
    both = hkdf_expand(slot_key_bytes, info, 64)
    return both[:32], both[32:]


def parse_record_header(header):
    names = ("version flags stream zero length number wall_micros media_time camera_micros slot"
             " zero2 crc").split()
    fields = dict(zip(names, struct.unpack(">BBBBIQqqqHHI", header)))
    if fields["version"] != 1 or fields["zero"] or fields["zero2"] or fields["slot"] > 8639:
        raise ValueError("not a record header")
    return fields


def open_record(slot_key_bytes, pack_id, camera, media_class, day, era, pack_header, header,
                commitment, body):
    """The plaintext of a record; header: its 48 bytes as they lie in the file."""
    fields = parse_record_header(header)
    key, expected = record_key(
        slot_key_bytes, pack_id, camera, media_class, day, era, fields["slot"])
    if not hmac.compare_digest(expected, commitment) or fields["length"] != len(body):
        raise ValueError("the record was altered")
    nonce = bytes(4) + struct.pack(">Q", fields["number"])
    return AESGCM(key).decrypt(nonce, body, pack_header + header)


# ---- Pack: header, entries, frames (pack.md) ------------------------------------------------------

SLOT, RECORD, END = 1, 2, 4
LONGEST = 48 + 16 * 1024 * 1024


def crc32c(data, table=[]):
    if not table:
        for n in range(256):
            for _ in range(8):
                n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
            table.append(n)
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ table[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def parse_pack_header(header):
    names = ("magic version size pack recorder volume camera stream media_class codec origin clock"
             " since zero era day start").split()
    fields = dict(zip(names, struct.unpack(">8sHH16s16s16s16sBBBBBBHIiq", header[:100])))
    if (fields["magic"], fields["version"], fields["size"]) != (b"CUSTPACK", 1, 128):
        raise ValueError("not a pack of version 1")
    if fields["zero"] or any(header[100:]):
        raise ValueError("reserved bytes are used")
    return fields


def entries(file):
    """Yields (type, content) up to the last whole entry."""
    while True:
        frame = file.read(9)
        if len(frame) < 9:
            return
        kind, length, check = struct.unpack(">BII", frame)
        if not 1 <= kind <= 4 or length > LONGEST:
            return
        content = file.read(length)
        if len(content) < length or crc32c(frame[:5] + content) != check:
            return
        yield kind, content


def frames(root, keystore_dir, pack_file):
    """Yields (record fields, plaintext) of every record; proves numbers, tags, and END if there is one."""
    with open(pack_file, "rb") as file:
        header = file.read(128)
        fields = parse_pack_header(header)
        camera, pack_id = uuid.UUID(bytes=fields["camera"]), uuid.UUID(bytes=fields["pack"])
        day = datetime.date(1970, 1, 1) + datetime.timedelta(fields["day"])
        place = (camera, fields["media_class"], day, fields["era"])
        commitments, keys, tags, number = {}, {}, hashlib.sha256(), 0
        for kind, content in entries(file):
            if kind == SLOT:
                (slot,) = struct.unpack(">H", content[:2])
                commitments[slot] = content[2:]
                keys[slot] = slot_key(root, keystore_dir, *place, slot)
            elif kind == RECORD:
                record, body = parse_record_header(content[:48]), content[48:]
                slot = record["slot"]
                if record["number"] != number or slot not in keys:
                    raise ValueError("record %d does not belong here" % record["number"])
                plaintext = open_record(keys[slot], pack_id, *place, header, content[:48],
                                        commitments[slot], body)
                if record["flags"] & END and plaintext != struct.pack(">Q", number) + tags.digest():
                    raise ValueError("the end record does not seal these records")
                tags.update(body[-16:])
                number += 1
                yield record, plaintext


def annex_b(payload):
    """A frame as a decoder wants it: added parameter sets, then what the camera sent."""
    (added,) = struct.unpack(">I", payload[:4])
    if added > len(payload) - 4:
        raise ValueError("the payload's length is wrong")
    return payload[4:]


def read_pack(root_key_file, keystore_dir, pack_file, out_file=None):
    """One line per frame: its number, wall time, whether it is a key frame, SHA-256 of its Annex B."""
    out = open(out_file, "wb") if out_file else None
    ended = False
    for record, plaintext in frames(root_key_of(root_key_file), keystore_dir, pack_file):
        ended = bool(record["flags"] & END)
        if not ended:
            data = annex_b(plaintext)
            print(record["number"], record["wall_micros"], record["flags"] & 1,
                  hashlib.sha256(data).hexdigest())
            if out:
                out.write(data)
    if out:
        out.close()
    print("complete" if ended else "cut")


# ---- Proof of destruction (destruction.md): no key is needed ---------------------------------------


class Cursor:
    """Reads to the last byte and not beyond."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        part = self.data[self.at:self.at + length]
        if len(part) < length:
            raise ValueError("the proof ends too early")
        self.at += length
        return part

    def unpack(self, form):
        return struct.unpack(form, self.take(struct.calcsize(form)))


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def key_bit(key, number):
    return key[number // 8] >> (7 - number % 8) & 1


def read_way(cursor):
    (end,) = cursor.unpack(">B")
    if end > 2:
        raise ValueError("a way ends in %d" % end)
    another = (cursor.take(32), cursor.take(32)) if end == 1 else None
    (count,) = cursor.unpack(">H")
    if count > 256:
        raise ValueError("a way is too long")
    return end, another, [cursor.take(32) for _ in range(count)]


def way_root(way, key, value):
    """The root of the map in which this way leads to the key's value, or to where it is not."""
    end, another, siblings = way
    if end == 0:
        found = bytes(32)
    elif end == 1:
        if another[0] == key or any(
                key_bit(key, bit) != key_bit(another[0], bit) for bit in range(len(siblings))):
            raise ValueError("a way ends at a key that lies elsewhere")
        found = sha256(b"\0", *another)
    else:
        found = sha256(b"\0", key, value)
    for bit in reversed(range(len(siblings))):
        pair = (found, siblings[bit]) if key_bit(key, bit) == 0 else (siblings[bit], found)
        found = sha256(b"\1", *pair)
    return found


def read_shown(cursor, day, media_class, camera):
    """The root that this side leads to, and the labels (era, depth, index) that it shows."""
    way, value, labels = read_way(cursor), bytes(32), []
    if way[0] == 2:
        inner, cameras_value = read_way(cursor), bytes(32)
        if inner[0] == 2:
            salt = cursor.take(32)
            (count,) = cursor.unpack(">H")
            told = cursor.take(7 * count)
            labels = [struct.unpack(">IBH", told[7 * i:7 * i + 7]) for i in range(count)]
            if labels != sorted(set(labels)) or any(
                    depth > 14 or index >> depth for _, depth, index in labels):
                raise ValueError("the nodes are out of order or range")
            cameras_value = sha256(b"vms-table-nodes-v1", salt, struct.pack(">H", count), told)
        value = way_root(inner, sha256(b"vms-table-camera-v1", camera), cameras_value)
    return way_root(way, sha256(b"vms-table-day-v1", struct.pack(">iB", day, media_class)),
                    value), labels


def living_slots(labels):
    return {(era, slot) for era, depth, index in labels
            for slot in range(index << (14 - depth), min((index + 1) << (14 - depth), 8640))}


def check_destruction(proof):
    """Checks a proof; returns one line per class and day. ValueError if it does not hold."""
    cursor = Cursor(proof)
    magic, version, _, before, after = cursor.unpack(">8sH16sQQ")
    if magic != b"CUSTGONE" or version != 1 or after < before:
        raise ValueError("not a proof of destruction of version 1")
    root_before, root_after, camera = cursor.take(32), cursor.take(32), cursor.take(16)
    if after == before and root_after != root_before:
        raise ValueError("the table changed without a new epoch")
    start, end, count = cursor.unpack(">qqB")
    classes = list(cursor.take(count))
    if not 0 <= start < end or not classes or classes != sorted(set(classes)):
        raise ValueError("what was asked for is out of range")
    days, lines = range(start // 8640, (end - 1) // 8640 + 1), []
    if len(days) > 400:
        raise ValueError("more than 400 days")
    for media_class in classes:
        for day in days:
            found_before, had = read_shown(cursor, day, media_class, camera)
            found_after, has = read_shown(cursor, day, media_class, camera)
            if found_before != root_before or found_after != root_after:
                raise ValueError("what is shown does not lead to the root")
            kept = {(era, slot) for era, slot in living_slots(had)
                    if not start <= day * 8640 + slot < end}
            if living_slots(has) != kept:
                raise ValueError("an erased slot can be derived, or another one cannot")
            lines.append("class %d, %s: %d nodes removed, %d left" % (
                media_class, datetime.date(1970, 1, 1) + datetime.timedelta(day),
                len(set(had) - set(has)), len(has)))
    if cursor.at != len(proof):
        raise ValueError("something follows the proof")
    return lines


# ---- Vectors and the command line ---------------------------------------------------------------


def check_vectors(folder):
    with open(os.path.join(folder, "record.json"), encoding="utf-8") as f:
        vectors = json.load(f)
    camera, pack_id = uuid.UUID(vectors["camera"]), uuid.UUID(vectors["pack_id"])
    day = datetime.date.fromisoformat(vectors["day"])
    root = root_key_of(os.path.join(folder, "keystore", "root.key"))
    for record in vectors["records"]:
        header = bytes.fromhex(record["header"])
        place = (camera, vectors["class"], day, vectors["era"])
        key = slot_key(root, os.path.join(folder, "keystore"), *place,
                       parse_record_header(header)["slot"])
        assert key.hex() == record["slot_key"], "slot key"
        plaintext = open_record(
            key, pack_id, *place, bytes.fromhex(vectors["pack_header"]), header,
            bytes.fromhex(record["commitment"]), bytes.fromhex(record["body"]))
        assert plaintext.hex() == record["plaintext"], "plaintext"
    print("%d records of the vectors open" % len(vectors["records"]))


def main(args):
    if args[:1] == ["slot-key"] and len(args) == 8:
        root, folder, camera, media_class, day, era, slot = args[1:]
        print(slot_key(root_key_of(root), folder, uuid.UUID(camera), int(media_class),
                       datetime.date.fromisoformat(day), int(era), int(slot)).hex())
    elif args[:1] == ["check-vectors"] and len(args) == 2:
        check_vectors(args[1])
    elif args[:1] == ["pack"] and len(args) in (4, 5):
        read_pack(*args[1:])
    elif args[:1] == ["destruction"] and len(args) == 2:
        with open(args[1], "rb") as f:
            print("\n".join(check_destruction(f.read())))
        print("the proof holds")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
