package org.custodes.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.custodes.media.Bytes;
import org.custodes.media.GapCause;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;

/// What stands in a pack after its header, one after the other (`docs/formats/pack.md`):
/// `type u8 | length u32 | CRC-32C u32 over type, length and content | content`.
///
/// The checksum tells a whole entry from a torn one without a key. That nobody changed it is proved
/// by the record's own tag.
sealed interface PackEntry {
    /// Type, length and checksum.
    int FRAME = 9;

    int SLOT = 1;
    int RECORD = 2;
    int GAP = 3;
    int CLOCK = 4;

    int COMMITMENT = 32;
    int SLOT_CONTENT = Short.BYTES + COMMITMENT;
    int GAP_CONTENT = Long.BYTES + Short.BYTES;
    int CLOCK_CONTENT = 2 * Long.BYTES;

    byte[] NOTHING = {};

    /// A slot's commitment; once per pack and slot, before the slot's first record.
    record Slot(int slot, Bytes commitment) implements PackEntry {}

    /// One sealed record.
    record Recorded(Sealed sealed) implements PackEntry {}

    /// Nothing came from `sinceMicros` until the next record's wallTime.
    record GapNote(long sinceMicros, GapCause cause) implements PackEntry {}

    /// The recorder's clock jumped here.
    record ClockNote(long fromMicros, long toMicros) implements PackEntry {}

    /// Takes the bytes of entries as they come.
    @FunctionalInterface
    interface Sink {
        /// Takes the first `length` bytes of an array.
        void put(byte[] bytes, int length) throws IOException;
    }

    /// Bytes in the pack, frame included.
    default int size() {
        return FRAME
                + switch (this) {
                    case Slot _ -> SLOT_CONTENT;
                    case Recorded(var sealed) -> RecordHeader.SIZE + sealed.size();
                    case GapNote _ -> GAP_CONTENT;
                    case ClockNote _ -> CLOCK_CONTENT;
                };
    }

    /// Writes frame and content.
    default void writeTo(Sink sink) throws IOException {
        switch (this) {
            case Slot(var slot, var commitment) ->
                    put(
                            sink,
                            SLOT,
                            ByteBuffer.allocate(SLOT_CONTENT)
                                    .putShort((short) slot)
                                    .put(commitment.array())
                                    .array(),
                            NOTHING,
                            0);
            case Recorded(var sealed) ->
                    put(
                            sink,
                            RECORD,
                            sealed.header().encode(sealed.size()),
                            sealed.array(),
                            sealed.size());
            case GapNote(var since, var cause) ->
                    put(
                            sink,
                            GAP,
                            ByteBuffer.allocate(GAP_CONTENT)
                                    .putLong(since)
                                    .putShort((short) cause.number())
                                    .array(),
                            NOTHING,
                            0);
            case ClockNote(var from, var to) ->
                    put(
                            sink,
                            CLOCK,
                            ByteBuffer.allocate(CLOCK_CONTENT).putLong(from).putLong(to).array(),
                            NOTHING,
                            0);
        }
    }

    /// The content is `head`, and behind it the first `length` bytes of `rest`.
    private static void put(Sink sink, int type, byte[] head, byte[] rest, int length)
            throws IOException {
        var crc = startChecksum(type, head.length + length);
        crc.update(head);
        crc.update(rest, 0, length);
        sink.put(
                ByteBuffer.allocate(FRAME)
                        .put((byte) type)
                        .putInt(head.length + length)
                        .putInt((int) crc.getValue())
                        .array(),
                FRAME);
        sink.put(head, head.length);
        sink.put(rest, length);
    }

    /// The checksum over type and length, to which the content is still to be added.
    static CRC32C startChecksum(int type, int length) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(1 + Integer.BYTES).put((byte) type).putInt(length).array());
        return crc;
    }

    /// Whether an entry of this type can have this length.
    static boolean fits(int type, int length) {
        return switch (type) {
            case SLOT -> length == SLOT_CONTENT;
            case RECORD ->
                    length >= RecordHeader.SIZE + RecordHeader.MIN_BODY
                            && length <= RecordHeader.SIZE + RecordHeader.MAX_BODY;
            case GAP -> length == GAP_CONTENT;
            case CLOCK -> length == CLOCK_CONTENT;
            default -> false;
        };
    }
}
