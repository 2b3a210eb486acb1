package org.custodes.vault;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The list of all partitions with the keys of their pages: what the root key opens in the end.
final class Index {
    private static final int ENTRY_BYTES = 8 + 16 + OneTime.KEY_BYTES;

    private Index() {}

    /// `u32 count`, then for each partition in order: `u8 kind | u8 length of position | position |
    /// u64 epoch | 16 bytes page | 32 bytes key`.
    static byte[] encode(Map<PartitionId, PageRef> partitions) {
        var sorted = new TreeMap<>(partitions);
        var length = 4;
        for (var id : sorted.keySet()) {
            length += 2 + id.position().length + ENTRY_BYTES;
        }
        var out = ByteBuffer.allocate(length).putInt(sorted.size());
        sorted.forEach((id, ref) -> {
            out.put((byte) id.kind()).put((byte) id.position().length).put(id.position());
            out.putLong(ref.epoch).put(Uuids.bytes(ref.page)).put(ref.key());
        });
        return out.array();
    }

    static NavigableMap<PartitionId, PageRef> decode(byte[] rows) {
        try {
            var in = ByteBuffer.wrap(rows);
            var partitions = new TreeMap<PartitionId, PageRef>();
            for (var left = in.getInt(); left > 0; left--) {
                var id = partition(in);
                var epoch = in.getLong();
                var page = Uuids.read(in);
                var key = new byte[OneTime.KEY_BYTES];
                in.get(key);
                partitions.put(id, new PageRef(page, epoch, key));
            }
            return Collections.unmodifiableNavigableMap(partitions);
        } catch (BufferUnderflowException e) {
            throw new KeyStoreUnavailableException("The index of the key store ends too early", e);
        }
    }

    private static PartitionId partition(ByteBuffer in) {
        var kind = in.get() & 0xff;
        var position = new byte[in.get() & 0xff];
        in.get(position);
        return switch (kind) {
            case PartitionId.Trees.KIND -> trees(ByteBuffer.wrap(position));
            case PartitionId.Names.KIND ->
                    new PartitionId.Names(new String(position, StandardCharsets.US_ASCII));
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
