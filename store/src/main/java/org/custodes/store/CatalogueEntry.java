package org.custodes.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.UUID;
import org.custodes.media.GapCause;

/// One entry of a track's day in the catalogue (`docs/formats/catalogue.md`), framed like the entries
/// of a pack.
sealed interface CatalogueEntry {
    /// Stands for the end of a gap that has none yet.
    long OPEN = Long.MAX_VALUE;

    int BEGUN = 1;
    int ENDED = 2;
    int GAP = 3;
    int STEP = 4;

    /// No entry is longer: a pack of ten minutes has some hundred key frames, and 65,536 at most.
    int MAX_CONTENT = 1 << 20;

    int GAP_CONTENT = 18;
    int STEP_CONTENT = 16;

    /// Of an ENDED entry without its lists, and where their lengths stand.
    int ENDED_FIXED = 60;

    int COUNTS_AT = 50;

    /// A pack's file was made.
    record Begun(PackHeader header) implements CatalogueEntry {}

    /// A pack's file will not grow any more.
    ///
    /// @param cause why it ended without its END record; CONTINUES if it has one
    /// @param records without the END record; their numbers run from 0
    /// @param firstWall wallTime of the first record
    /// @param lastWall latest wallTime of a record
    /// @param bytes of the file that hold whole entries
    record Ended(
            UUID pack,
            Ending ending,
            GapCause cause,
            long records,
            long firstWall,
            long lastWall,
            long bytes,
            PackIndex index)
            implements CatalogueEntry {

        /// The end of a pack of which nothing is left.
        static Ended empty(PackHeader header) {
            return new Ended(
                    header.packId(),
                    Ending.RECOVERED,
                    GapCause.RECORDER_KILLED,
                    0,
                    header.startMicros(),
                    header.startMicros(),
                    0,
                    PackIndex.EMPTY);
        }
    }

    /// Nothing was recorded in between. An entry with the same `since` takes the place of an earlier
    /// one: a gap is noted when it begins and again when it ends.
    record Gap(long since, long until, GapCause cause) implements CatalogueEntry {}

    /// The recorder's clock jumped.
    record Step(long from, long to) implements CatalogueEntry {}

    /// Frame and content.
    default byte[] encode() {
        var content =
                switch (this) {
                    case Begun(var header) -> header.encode();
                    case Ended ended -> encode(ended);
                    case Gap(var since, var until, var cause) ->
                            ByteBuffer.allocate(GAP_CONTENT)
                                    .putLong(since)
                                    .putLong(until)
                                    .putShort((short) cause.number())
                                    .array();
                    case Step(var from, var to) ->
                            ByteBuffer.allocate(STEP_CONTENT).putLong(from).putLong(to).array();
                };
        var crc = PackEntry.startChecksum(type(), content.length);
        crc.update(content);
        return ByteBuffer.allocate(PackEntry.FRAME + content.length)
                .put((byte) type())
                .putInt(content.length)
                .putInt((int) crc.getValue())
                .put(content)
                .array();
    }

    private int type() {
        return switch (this) {
            case Begun _ -> BEGUN;
            case Ended _ -> ENDED;
            case Gap _ -> GAP;
            case Step _ -> STEP;
        };
    }

    private static byte[] encode(Ended ended) {
        var index = ended.index();
        var out = ByteBuffer.allocate(ENDED_FIXED + 8 * index.keys() + 6 * index.slots());
        PackHeader.put(out, ended.pack());
        out.put((byte) ended.ending().number()).put((byte) ended.cause().number());
        out.putLong(ended.records()).putLong(ended.firstWall()).putLong(ended.lastWall());
        out.putLong(ended.bytes()).putInt(index.keys()).putShort((short) index.slots());
        out.putInt(0);
        for (var key = 0; key < index.keys(); key++) {
            // Ten minutes are 6e8 us: they fit in 31 bits, and a pack in 32 bits of offset.
            out.putInt(
                    Math.clamp(
                            index.keyWall(key) - ended.firstWall(),
                            Integer.MIN_VALUE,
                            Integer.MAX_VALUE));
            out.putInt((int) index.keyOffset(key));
        }
        for (var place = 0; place < index.slots(); place++) {
            out.putShort((short) index.slot(place)).putInt((int) index.slotOffset(place));
        }
        return out.array();
    }

    /// How long the entry is that stands whole at this place, frame included; empty if none does.
    static OptionalInt wholeAt(byte[] file, int at) {
        if (file.length - at < PackEntry.FRAME) {
            return OptionalInt.empty();
        }
        var frame = ByteBuffer.wrap(file, at, PackEntry.FRAME);
        var type = frame.get() & 0xff;
        var length = frame.getInt();
        var told = frame.getInt();
        if (length < 0 || length > MAX_CONTENT || length > file.length - at - PackEntry.FRAME) {
            return OptionalInt.empty();
        }
        var crc = PackEntry.startChecksum(type, length);
        crc.update(file, at + PackEntry.FRAME, length);
        return (int) crc.getValue() == told
                ? OptionalInt.of(PackEntry.FRAME + length)
                : OptionalInt.empty();
    }

    /// Whether type and length at this place are those of an entry: what is cheap to see before a check
    /// sum is made at every place of a file.
    static boolean looksLikeOneAt(byte[] file, int at) {
        if (file.length - at < PackEntry.FRAME) {
            return false;
        }
        var length = ByteBuffer.wrap(file, at + 1, Integer.BYTES).getInt();
        var left = file.length - at - PackEntry.FRAME;
        return length >= 0
                && length <= left
                && switch (file[at] & 0xff) {
                    case BEGUN -> length == PackHeader.SIZE;
                    case ENDED ->
                            length >= ENDED_FIXED
                                    && length == endedLength(file, at + PackEntry.FRAME);
                    case GAP -> length == GAP_CONTENT;
                    case STEP -> length == STEP_CONTENT;
                    default -> false;
                };
    }

    /// What the counts in an ENDED entry's content make of its length.
    private static long endedLength(byte[] file, int content) {
        var counts = ByteBuffer.wrap(file, content + COUNTS_AT, Integer.BYTES + Short.BYTES);
        return ENDED_FIXED + 8L * counts.getInt() + 6L * (counts.getShort() & 0xffff);
    }

    /// Reads an entry's content.
    ///
    /// @throws StoreFormatException if it is none
    static CatalogueEntry parse(int type, byte[] content) {
        var in = ByteBuffer.wrap(content);
        try {
            return switch (type) {
                case BEGUN -> new Begun(PackHeader.parse(content));
                case ENDED -> parseEnded(in);
                case GAP ->
                        new Gap(
                                in.getLong(),
                                in.getLong(),
                                GapCause.ofNumber(in.getShort() & 0xffff));
                case STEP -> new Step(in.getLong(), in.getLong());
                default -> throw new StoreFormatException("No catalogue entry has type " + type);
            };
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new StoreFormatException(
                    "A catalogue entry of type %d and %d bytes cannot be read: %s"
                            .formatted(type, content.length, e.getMessage()));
        }
    }

    private static Ended parseEnded(ByteBuffer in) {
        var pack = PackHeader.uuid(in);
        var ending = Ending.ofNumber(in.get() & 0xff);
        var cause = GapCause.ofNumber(in.get() & 0xff);
        var records = in.getLong();
        var firstWall = in.getLong();
        var lastWall = in.getLong();
        var bytes = in.getLong();
        var keys = in.getInt();
        var slots = in.getShort() & 0xffff;
        var reserved = in.getInt();
        // Before anything is allocated.
        if (reserved != 0 || keys < 0 || in.remaining() != 8L * keys + 6L * slots) {
            throw new IllegalArgumentException(
                    "%d keys and %d slots do not fit %d bytes"
                            .formatted(keys, slots, in.remaining()));
        }
        var keyWalls = new long[keys];
        var keyOffsets = new long[keys];
        for (var key = 0; key < keys; key++) {
            keyWalls[key] = firstWall + in.getInt();
            keyOffsets[key] = in.getInt() & 0xffff_ffffL;
        }
        var slotNumbers = new int[slots];
        var slotOffsets = new long[slots];
        for (var place = 0; place < slots; place++) {
            slotNumbers[place] = in.getShort() & 0xffff;
            slotOffsets[place] = in.getInt() & 0xffff_ffffL;
        }
        var index = new PackIndex(keyWalls, keyOffsets, slotNumbers, slotOffsets);
        return new Ended(pack, ending, cause, records, firstWall, lastWall, bytes, index);
    }
}
