package org.custodes.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.custodes.vault.RecordHeader;

/// What is found by walking a pack's headers from the first entry to the last whole one.
///
/// @param records that are no END record
/// @param firstWall of the first record, in microseconds; meaningless if there is none
/// @param lastWall the latest of all records
/// @param end where the last whole entry ends
/// @param ended whether the last entry is an END record
/// @param notes gaps and clock steps, as the catalogue has them
/// @param fault why the walk stopped before the file did; empty if it did not
record PackScan(
        PackHeader header,
        long records,
        long firstWall,
        long lastWall,
        long end,
        boolean ended,
        PackIndex index,
        List<CatalogueEntry> notes,
        Optional<String> fault) {

    /// Walks a pack up to `limit`. Bodies are not read, but for those at the very end: a power cut may
    /// have kept an entry's header and lost its body.
    static PackScan of(PackReader reader, long limit) throws IOException {
        return new Walk(reader, limit, 0).run();
    }

    /// The same for a pack whose recorder was killed, perhaps with the power: all that is as young as
    /// what may not have been synced is read, and the pack ends before the first entry that is not
    /// whole. Pages reach the disk in any order: whole entries may follow one that never did.
    ///
    /// @param unsynced how long before the last record that was, in microseconds
    static PackScan ofKilled(PackReader reader, long limit, long unsynced) throws IOException {
        return new Walk(reader, limit, unsynced).run();
    }

    private static final class Walk {
        private final PackReader reader;
        private final long limit;
        private final long unsynced;
        private final List<PackReader.Head> heads = new ArrayList<>();
        private Optional<String> fault = Optional.empty();

        Walk(PackReader reader, long limit, long unsynced) {
            this.reader = reader;
            this.limit = limit;
            this.unsynced = unsynced;
        }

        PackScan run() throws IOException {
            walk();
            dropTorn();
            dropUnsynced();
            return summarise();
        }

        private void walk() throws IOException {
            var offset = (long) PackHeader.SIZE;
            while (offset < limit) {
                Optional<PackReader.Head> head;
                try {
                    head = reader.head(offset, limit);
                } catch (StoreFormatException e) {
                    fault = Optional.of(String.valueOf(e.getMessage()));
                    return;
                }
                if (head.isEmpty()) {
                    fault =
                            Optional.of(
                                    "The last entry is cut off: it begins at offset %d of %d"
                                            .formatted(offset, limit));
                    return;
                }
                heads.add(head.get());
                offset = head.get().end();
            }
        }

        /// Drops what stands behind the last entry whose checksum is right.
        private void dropTorn() throws IOException {
            while (!heads.isEmpty() && !reader.whole(heads.getLast())) {
                var torn = heads.removeLast();
                fault =
                        Optional.of(
                                "The last entry is torn: the checksum of the one at offset %d is wrong"
                                        .formatted(torn.offset()));
            }
        }

        private void dropUnsynced() throws IOException {
            for (var place = firstUnsynced(); place < heads.size(); place++) {
                if (!reader.whole(heads.get(place))) {
                    fault =
                            Optional.of(
                                    "The entry at offset %d never reached the disk as a whole"
                                            .formatted(heads.get(place).offset()));
                    heads.subList(place, heads.size()).clear();
                }
            }
        }

        private int firstUnsynced() {
            var last =
                    heads.stream()
                            .flatMap(head -> Optional.ofNullable(head.record()).stream())
                            .mapToLong(RecordHeader::wallMicros)
                            .max()
                            .orElse(0);
            var first = unsynced == 0 ? heads.size() : 0;
            for (var place = 0; unsynced > 0 && place < heads.size(); place++) {
                var record = heads.get(place).record();
                if (record != null && record.wallMicros() < last - unsynced) {
                    first = place + 1;
                }
            }
            return first;
        }

        private PackScan summarise() throws IOException {
            var found = new Found(reader.header().startMicros());
            for (var head : heads) {
                var record = head.record();
                if (record == null) {
                    found.add(reader.entry(head, () -> PackIndex.EMPTY), head.offset());
                } else {
                    found.add(record, head.offset());
                }
            }
            found.endGap(CatalogueEntry.OPEN);
            var end = heads.isEmpty() ? PackHeader.SIZE : heads.getLast().end();
            return new PackScan(
                    reader.header(),
                    found.records,
                    found.firstWall,
                    found.lastWall,
                    end,
                    found.ended,
                    found.index.before(end),
                    List.copyOf(found.notes),
                    fault);
        }
    }

    /// What has been found so far.
    private static final class Found {
        final PackIndex.Growing index = new PackIndex.Growing();
        final List<CatalogueEntry> notes = new ArrayList<>();
        private Optional<PackEntry.GapNote> gap = Optional.empty();
        long records;
        long firstWall;
        long lastWall;
        boolean ended;

        Found(long start) {
            firstWall = start;
            lastWall = start;
        }

        void add(RecordHeader record, long offset) {
            ended = record.end();
            if (ended) {
                return;
            }
            var wall = record.wallMicros();
            firstWall = records == 0 ? wall : firstWall;
            lastWall = records == 0 ? wall : Math.max(lastWall, wall);
            records++;
            endGap(wall);
            if (record.key()) {
                index.key(wall, offset);
            }
        }

        void add(PackEntry entry, long offset) {
            switch (entry) {
                case PackEntry.Slot slot -> index.slot(slot.slot(), offset);
                case PackEntry.GapNote note -> {
                    endGap(note.sinceMicros());
                    gap = Optional.of(note);
                }
                case PackEntry.ClockNote(var from, var to) ->
                        notes.add(new CatalogueEntry.Step(from, to));
                case PackEntry.Recorded _ -> throw new IllegalArgumentException("A record");
            }
        }

        void endGap(long until) {
            gap.ifPresent(note ->
                    notes.add(
                            new CatalogueEntry.Gap(
                                    note.sinceMicros(),
                                    Math.max(note.sinceMicros(), until),
                                    note.cause())));
            gap = Optional.empty();
        }
    }
}
