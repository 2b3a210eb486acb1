package org.custodes.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.custodes.media.TrackId;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.CatalogueEntry.Ended;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.store.CatalogueEntry.Step;
import org.jspecify.annotations.Nullable;

/// One day of one track as its catalogue file tells it. Immutable; [#with] answers a longer one.
///
/// @param packs in the order in which they were begun
/// @param gaps noted while they happened
/// @param steps jumps of the recorder's clock
/// @param end where the last whole entry ends in the file
/// @param damaged entries in the middle of the file that could not be read
record CatalogueDay(
        Map<UUID, Listed> packs, Map<Long, Gap> gaps, List<Step> steps, long end, int damaged) {

    static final int HEADER = 64;

    private static final byte[] MAGIC = {'C', 'U', 'S', 'T', 'C', 'A', 'T', 'L'};
    private static final int VERSION = 1;

    /// A pack in the catalogue.
    ///
    /// @param ended null while it is being written, or if its recorder was killed
    record Listed(PackHeader header, @Nullable Ended ended) {}

    static CatalogueDay empty() {
        return new CatalogueDay(Map.of(), Map.of(), List.of(), 0, 0);
    }

    static byte[] header(TrackId track, LocalDate day, UUID volume) {
        var out = ByteBuffer.allocate(HEADER);
        out.put(MAGIC).putShort((short) VERSION).putShort((short) HEADER);
        out.putInt(Math.toIntExact(day.toEpochDay()));
        PackHeader.put(out, track.camera().value());
        out.put((byte) track.stream()).put((byte) track.mediaClass().number());
        PackHeader.put(out, volume);
        return out.array();
    }

    /// Proves that a file's first [#HEADER] bytes are those of this track and day on this volume.
    ///
    /// @throws StoreFormatException if they are not
    static void checkHeader(byte[] file, TrackId track, LocalDate day, UUID volume) {
        var in = ByteBuffer.wrap(file, 0, HEADER);
        var magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC) || in.getShort() != VERSION) {
            throw new StoreFormatException(
                    "This is not a catalogue of version %d".formatted(VERSION));
        }
        if (!Arrays.equals(file, 0, HEADER, header(track, day, volume), 0, HEADER)) {
            throw new StoreFormatException(
                    "This catalogue belongs to another track, day or volume");
        }
    }

    /// Whether a file's first [#HEADER] bytes never reached the disk, though its length did: then
    /// nothing in it was ever synced.
    static boolean isBlank(byte[] file) {
        return Arrays.equals(file, 0, HEADER, new byte[HEADER], 0, HEADER);
    }

    /// What is whole of a file's entries, byte for byte.
    ///
    /// @param bytes of the file from its header on
    static byte[] wholeOf(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        new Reading(empty()).read(bytes, out);
        return out.toByteArray();
    }

    /// This day and what follows in its file.
    ///
    /// @param bytes of the file from [#end()] on
    CatalogueDay with(byte[] bytes) {
        var reading = new Reading(this);
        reading.read(bytes, new ByteArrayOutputStream());
        return reading.result();
    }

    /// Reads entries up to the last whole one.
    private static final class Reading {
        private final Map<UUID, Listed> packs;
        private final Map<Long, Gap> gaps;
        private final List<Step> steps;
        private long end;
        private int damaged;

        Reading(CatalogueDay from) {
            packs = new LinkedHashMap<>(from.packs);
            gaps = new LinkedHashMap<>(from.gaps);
            steps = new ArrayList<>(from.steps);
            end = from.end;
            damaged = from.damaged;
        }

        /// @param whole is given the entries that are, byte for byte
        void read(byte[] bytes, ByteArrayOutputStream whole) {
            for (var at = 0; at < bytes.length; ) {
                var size = CatalogueEntry.wholeAt(bytes, at);
                if (size.isEmpty()) {
                    var next = nextWhole(bytes, at + 1);
                    if (next.isEmpty()) {
                        // The tail of a torn write.
                        return;
                    }
                    // A byte went bad, perhaps in a length: what follows is whole.
                    damaged++;
                    end += next.getAsInt() - at;
                    at = next.getAsInt();
                } else {
                    takeIfKnown(bytes, at, size.getAsInt());
                    whole.write(bytes, at, size.getAsInt());
                    end += size.getAsInt();
                    at += size.getAsInt();
                }
            }
        }

        private static OptionalInt nextWhole(byte[] bytes, int from) {
            return IntStream.range(from, bytes.length)
                    .filter(at -> CatalogueEntry.looksLikeOneAt(bytes, at))
                    .filter(at -> CatalogueEntry.wholeAt(bytes, at).isPresent())
                    .findFirst();
        }

        private void takeIfKnown(byte[] bytes, int at, int size) {
            try {
                var content = Arrays.copyOfRange(bytes, at + PackEntry.FRAME, at + size);
                take(CatalogueEntry.parse(bytes[at] & 0xff, content));
            } catch (StoreFormatException e) {
                // Whole, but not of this version: the rest of the day is as good as ever.
                damaged++;
            }
        }

        private void take(CatalogueEntry entry) {
            switch (entry) {
                case Begun(var header) -> packs.put(header.packId(), new Listed(header, null));
                case Ended ended ->
                        packs.computeIfPresent(
                                ended.pack(), (_, listed) -> new Listed(listed.header(), ended));
                case Gap gap -> gaps.put(gap.since(), gap);
                case Step step -> steps.add(step);
            }
        }

        CatalogueDay result() {
            // Copies that keep their order: packs stand as they were begun.
            return new CatalogueDay(packs, gaps, List.copyOf(steps), end, damaged);
        }
    }
}
