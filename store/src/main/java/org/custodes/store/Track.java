package org.custodes.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// What is known of a track in memory: its tail, its packs that are not in the catalogue yet, the gap
/// that is running. Guarded by itself; the first lock to be taken.
final class Track {
    /// What the store knows better than who says one of these.
    private static final Set<GapCause> WEAK =
            Set.of(GapCause.CONTINUES, GapCause.UNKNOWN, GapCause.RECORDER_STARTED);

    private final TrackId id;
    private final WriteQueue queue;
    private final Notes notes;
    private final Tail tail;

    private final List<OpenPack> packs = new ArrayList<>();
    private @Nullable OpenPack current;
    private @Nullable Gap gap;
    private @Nullable GapCause fault;
    private long lastWall = Long.MIN_VALUE;
    private long lastWritten = Long.MIN_VALUE;
    private long generation;

    private volatile @Nullable Instant syncedThrough;

    /// Where a track's notes go.
    @FunctionalInterface
    interface Notes {
        void note(Track track, CatalogueEntry entry);
    }

    /// @param killed whether a killed recorder left one of its packs open
    Track(
            TrackId id,
            WriteQueue queue,
            Notes notes,
            Tail.Memory memory,
            Disk disk,
            boolean killed) {
        this.id = id;
        this.queue = queue;
        this.notes = notes;
        this.tail = new Tail(this, memory, disk);
        this.fault = killed ? GapCause.RECORDER_KILLED : null;
    }

    TrackId id() {
        return id;
    }

    Tail tail() {
        return tail;
    }

    /// Why nothing was recorded before the pack that is begun now.
    synchronized GapCause causeOf(GapCause said) {
        if (current != null) {
            fault = current.failure().orElse(null);
        }
        if (fault != null && WEAK.contains(said)) {
            return fault;
        }
        return gap != null && said == GapCause.CONTINUES ? gap.cause() : said;
    }

    synchronized void begin(OpenPack pack) {
        if (current != null && current.volume().isEmpty()) {
            current.settle();
        }
        packs.removeIf(this::isGone);
        packs.add(pack);
        current = pack;
        generation++;
    }

    /// Whether nothing of a pack plays any more: one that has no file lives as long as the tail holds
    /// something of it.
    boolean isGone(OpenPack pack) {
        return pack.settled() && pack.writtenRecords() == 0 && !tail.holds(pack);
    }

    /// Takes a record: to the tail at once, to the volume's writer if there is one.
    synchronized void append(OpenPack pack, Sealed sealed) {
        var placed = pack.place(sealed);
        if (!sealed.header().end()) {
            endGap(sealed.header().wallMicros());
            lastWall = sealed.header().wallMicros();
            if (sealed.header().number() == 0) {
                // Only now is there something to play.
                generation++;
            }
            if (pack.growing()) {
                fault = null;
            }
        }
        tail.add(pack, placed);
        pack.volume().ifPresent(volume -> queue.offer(volume, pack, placed));
    }

    synchronized void beginGap(long since, GapCause cause) {
        if (gap != null && gap.cause() == cause) {
            return;
        }
        var from = Math.max(since, lastWall == Long.MIN_VALUE ? since : lastWall + 1);
        endGap(from);
        gap = new Gap(from, CatalogueEntry.OPEN, cause);
        notes.note(this, gap);
        notePack(new PackEntry.GapNote(from, cause));
        tail.ended(cause);
        generation++;
    }

    private void endGap(long until) {
        if (gap != null) {
            notes.note(this, new Gap(gap.since(), Math.max(gap.since(), until), gap.cause()));
            gap = null;
        }
    }

    synchronized void clockStepped(long from, long to) {
        if (current == null || !current.growing()) {
            return;
        }
        notes.note(this, new CatalogueEntry.Step(from, to));
        notePack(new PackEntry.ClockNote(from, to));
        // Later records may be earlier: what is measured from here on begins anew.
        lastWall = Math.min(lastWall, to);
    }

    private void notePack(PackEntry note) {
        var pack = current;
        if (pack == null) {
            return;
        }
        pack.note(note)
                .ifPresent(placed -> {
                    tail.add(pack, List.of(placed));
                    pack.volume().ifPresent(volume -> queue.offer(volume, pack, List.of(placed)));
                });
    }

    /// Says that a pack's end stands in the catalogue, or that it never had a file.
    synchronized void finished(OpenPack pack) {
        if (pack.writtenRecords() > 0) {
            lastWritten = Math.max(lastWritten, pack.writtenLastWall());
        }
        if (pack.writtenRecords() > 0 || pack != current) {
            packs.remove(pack);
        }
        generation++;
    }

    /// Says that a pack that was finished ends earlier than was thought.
    synchronized void fellBack(OpenPack pack) {
        lastWritten = Math.min(lastWritten, pack.writtenLastWall());
        generation++;
    }

    /// Says that what is in the files up to this wallTime survives a power cut.
    void synced(long wall) {
        syncedThrough = Wall.instant(wall);
    }

    Optional<Instant> syncedThrough() {
        return Optional.ofNullable(syncedThrough);
    }

    /// Packs that the catalogue may not know yet, in the order in which they were begun.
    synchronized List<OpenPack> packs() {
        return List.copyOf(packs);
    }

    /// The volume that the running or last pack lies on.
    synchronized Optional<Volume> volume() {
        return Optional.ofNullable(current).flatMap(OpenPack::volume);
    }

    /// The gap that is running, noted or because the disk failed.
    synchronized Optional<Gap> gap() {
        if (gap != null) {
            return Optional.of(gap);
        }
        var failure = current == null ? Optional.ofNullable(fault) : current.failure();
        return failure.filter(_ -> lastWritten != Long.MIN_VALUE)
                .map(cause -> new Gap(lastWritten + 1, CatalogueEntry.OPEN, cause));
    }

    /// Whether records come now and reach a disk.
    synchronized boolean recording() {
        return gap == null && current != null && current.growing();
    }

    /// Rises whenever a pack gets its first record, packs are finished or dropped, or a gap begins.
    synchronized long generation() {
        return generation;
    }

    synchronized void dropped() {
        generation++;
    }

    /// Ends the running pack without an END record, because the recorder stops.
    synchronized void stop() {
        for (var pack : packs) {
            if (pack.growing()) {
                pack.volume()
                        .ifPresent(volume -> queue.end(volume, pack, GapCause.RECORDER_STOPPED));
            }
        }
    }
}
