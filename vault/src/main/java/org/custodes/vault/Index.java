package org.custodes.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The list of all partitions with the keys of their pages, and the hashes of the table's days: what
/// the root key opens in the end.
final class Index {
    private static final int ENTRY_BYTES = 8 + 16 + OneTime.KEY_BYTES;
    private static final int DAY_KIND = 4;
    private static final int DAY_BYTES = 4 + 1 + 2 * Hash.BYTES;

    private Index() {}

    /// @param days those of which the hash is known; a program that knew no hashes left none
    record Content(
            NavigableMap<PartitionId, PageRef> partitions, NavigableMap<DayId, DayRoot> days) {}

    /// `u32 count`, then in order for each partition: `u8 kind | u8 length of position | position |
    /// u64 epoch | 16 bytes page | 32 bytes key`, and for each day of the table: `u8 kind = 4 |
    /// u8 length of position | position | 32 bytes secret | 32 bytes root`.
    static byte[] encode(Map<PartitionId, PageRef> partitions, Map<DayId, DayRoot> days) {
        var sorted = new TreeMap<>(partitions);
        var length = 4 + days.size() * (2 + DAY_BYTES);
        for (var id : sorted.keySet()) {
            length += 2 + id.position().length + ENTRY_BYTES;
        }
        var out = ByteBuffer.allocate(length).putInt(sorted.size() + days.size());
        sorted.forEach((id, ref) -> {
            out.put((byte) id.kind()).put((byte) id.position().length).put(id.position());
            out.putLong(ref.epoch).put(Uuids.bytes(ref.page)).put(ref.key());
        });
        new TreeMap<>(days)
                .forEach((id, day) -> {
                    out.put((byte) DAY_KIND).put((byte) id.position().length).put(id.position());
                    out.put(day.secret().bytes()).put(day.root().bytes());
                });
        return out.array();
    }

    static Content decode(byte[] rows) {
        try {
            var in = ByteBuffer.wrap(rows);
            var partitions = new TreeMap<PartitionId, PageRef>();
            var days = new TreeMap<DayId, DayRoot>();
            for (var left = in.getInt(); left > 0; left--) {
                var kind = in.get() & 0xff;
                var position = new byte[in.get() & 0xff];
                in.get(position);
                if (kind == DAY_KIND) {
                    days.put(
                            day(ByteBuffer.wrap(position)),
                            new DayRoot(Hash.read(in), Hash.read(in)));
                } else {
                    partitions.put(partition(kind, position), page(in));
                }
            }
            return new Content(
                    Collections.unmodifiableNavigableMap(partitions),
                    Collections.unmodifiableNavigableMap(days));
        } catch (BufferUnderflowException e) {
            throw new KeyStoreUnavailableException("The index of the key store ends too early", e);
        }
    }

    private static PageRef page(ByteBuffer in) {
        var epoch = in.getLong();
        var page = Uuids.read(in);
        var key = new byte[OneTime.KEY_BYTES];
        in.get(key);
        return new PageRef(page, epoch, key);
    }

    private static DayId day(ByteBuffer position) {
        return new DayId(LocalDate.ofEpochDay(position.getInt()), position.get() & 0xff);
    }

    private static PartitionId partition(int kind, byte[] position) {
        return switch (kind) {
            case PartitionId.Trees.KIND -> trees(ByteBuffer.wrap(position));
            case PartitionId.Names.KIND ->
                    new PartitionId.Names(new String(position, StandardCharsets.US_ASCII));
            case PartitionId.Destructions.KIND -> new PartitionId.Destructions();
            default ->
                    throw new KeyStoreUnavailableException(
                            "The key store has a partition of kind %d: a newer version wrote it"
                                    .formatted(kind));
        };
    }

    private static PartitionId trees(ByteBuffer position) {
        return new PartitionId.Trees(
                LocalDate.ofEpochDay(position.getInt()),
                position.getShort() & 0xffff,
                position.get() & 0xff);
    }
}
