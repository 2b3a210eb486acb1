package org.custodes.audit;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.custodes.media.Bytes;

/// What stands first in a segment.
///
/// @param firstIndex the index of its first entry
/// @param month of UTC, the same for all its entries
/// @param hashBefore the hash of the log up to here
/// @param people who has a pseudonym in this month, so that a start needs this segment alone
record SegmentHeader(long firstIndex, YearMonth month, Bytes hashBefore, List<Known> people) {
    private static final long VERSION = 1;

    /// A pseudonym, and the id of its person, sealed under the key that the pseudonym names.
    record Known(Bytes pseudonym, Bytes sealedPerson) {}

    SegmentHeader {
        people = List.copyOf(people);
    }

    byte[] encode() {
        var flat = new ArrayList<byte[]>();
        for (var known : people) {
            flat.add(known.pseudonym().array());
            flat.add(known.sealedPerson().array());
        }
        return new CborMap()
                .number(0, VERSION)
                .number(1, firstIndex)
                .text(2, month.toString())
                .bytes(3, hashBefore.array())
                .byteStrings(4, flat)
                .encode();
    }

    /// @throws MalformedEntryException if the bytes are not a header of this version
    static SegmentHeader decode(byte[] encoded) {
        var map = CborMap.decode(encoded);
        var flat = map.byteStrings(4);
        var hash = map.bytes(3);
        if (map.number(0) != VERSION || hash.length != Frame.HASH_BYTES || flat.size() % 2 != 0) {
            throw new MalformedEntryException(
                    "A segment of version %d; this program reads version %d"
                            .formatted(map.number(0), VERSION));
        }
        var people = new ArrayList<Known>();
        for (var i = 0; i < flat.size(); i += 2) {
            people.add(new Known(Bytes.of(flat.get(i)), Bytes.of(flat.get(i + 1))));
        }
        return new SegmentHeader(map.number(1), month(map.text(2)), Bytes.of(hash), people);
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException wrong) {
            throw new MalformedEntryException("A month is written 2026-11");
        }
    }
}
