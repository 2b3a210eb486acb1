package org.custodes.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.custodes.media.Bytes;
import org.custodes.media.GapCause;
import org.custodes.store.CatalogueEntry.Ended;
import org.custodes.store.CatalogueEntry.Gap;
import org.custodes.vault.PackBinding;
import org.custodes.vault.RecordHeader;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// A pack that is being written. Entries get their offset when they are appended, long before they
/// reach the disk: a failed write ends the pack, so an offset never changes.
///
/// Guarded by itself; it calls nobody while it is locked.
final class OpenPack implements PackView {
    /// An entry and where it stands in the file.
    record Placed(PackEntry entry, long offset) {
        long end() {
            return offset + entry.size();
        }

        /// Says that the tail, or the writer, is done with it.
        void letGo() {
            if (entry instanceof PackEntry.Recorded(var sealed)) {
                sealed.letGo();
            }
        }
    }

    private static final Set<GapCause> OF_THE_DISK =
            EnumSet.of(GapCause.DISK_FAILED, GapCause.DISK_FULL, GapCause.DISK_SLOW);

    private final Track track;
    private final PackHeader header;
    private final PackBinding binding;
    private final @Nullable Volume volume;
    private final Path file;

    private final PackIndex.Growing index = new PackIndex.Growing();
    private long end = PackHeader.SIZE;
    private long nextNumber;
    private long firstWall;
    private long lastWall;
    private long lastKeyWall = Long.MIN_VALUE;
    private boolean ended;
    private boolean settled;
    private @Nullable GapCause failure;
    private @Nullable GapCause fellBack;

    private long written;
    private long writtenRecords;
    private long writtenLastWall;

    // As far as it survives a power cut.
    private long synced;
    private long syncedRecords;
    private long syncedLastWall;

    /// @param volume null if no volume takes records now: the pack lives in the tail only
    OpenPack(Track track, PackHeader header, @Nullable Volume volume) {
        this.track = track;
        this.header = header;
        this.binding = header.binding();
        this.volume = volume;
        this.file = volume == null ? Path.of("") : volume.layout().pack(header);
        this.firstWall = header.startMicros();
        this.lastWall = header.startMicros();
    }

    @Override
    public PackHeader header() {
        return header;
    }

    Track track() {
        return track;
    }

    PackBinding binding() {
        return binding;
    }

    Optional<Volume> volume() {
        return Optional.ofNullable(volume);
    }

    @Override
    public Path file() {
        return file;
    }

    /// Places a record, and before it the commitment of its slot if that is the slot's first record.
    ///
    /// @throws IllegalArgumentException if the record is not the pack's next one
    synchronized List<Placed> place(Sealed sealed) {
        var record = sealed.header();
        if (!sealed.pack().packId().equals(header.packId())
                || record.number() != nextNumber
                || record.stream() != header.track().stream()
                || ended) {
            throw new IllegalArgumentException(
                    "Record %d of pack %s does not follow in pack %s, whose next is %d%s"
                            .formatted(
                                    record.number(),
                                    sealed.pack().packId(),
                                    header.packId(),
                                    nextNumber,
                                    ended ? " and which has ended" : ""));
        }
        var placed = new ArrayList<Placed>(2);
        if (!index.hasSlot(record.slot())) {
            index.slot(record.slot(), end);
            placed.add(place(new PackEntry.Slot(record.slot(), Bytes.of(sealed.commitment()))));
        }
        if (record.key()) {
            index.key(record.wallMicros(), end);
            lastKeyWall = record.wallMicros();
        }
        placed.add(place(new PackEntry.Recorded(sealed)));
        if (!record.end()) {
            firstWall = nextNumber == 0 ? record.wallMicros() : firstWall;
            lastWall =
                    nextNumber == 0 ? record.wallMicros() : Math.max(lastWall, record.wallMicros());
        }
        nextNumber++;
        ended = record.end();
        return placed;
    }

    /// Places a note; empty if the pack has ended or failed.
    synchronized Optional<Placed> note(PackEntry note) {
        return ended || failure != null || nextNumber == 0
                ? Optional.empty()
                : Optional.of(place(note));
    }

    private Placed place(PackEntry entry) {
        var placed = new Placed(entry, end);
        end = placed.end();
        return placed;
    }

    /// Says that a batch has reached the file.
    synchronized void wrote(List<Placed> batch) {
        written = batch.getLast().end();
        for (var placed : batch) {
            if (placed.entry() instanceof PackEntry.Recorded(var sealed)
                    && !sealed.header().end()) {
                var wall = sealed.header().wallMicros();
                writtenLastWall = writtenRecords == 0 ? wall : Math.max(writtenLastWall, wall);
                writtenRecords++;
            }
        }
    }

    /// Says that all that has reached the file survives a power cut.
    synchronized void synced() {
        synced = written;
        syncedRecords = writtenRecords;
        syncedLastWall = writtenLastWall;
    }

    /// Ends the pack where it was when it was last synced: a sync failed, and what was written since
    /// is not trusted.
    synchronized void fallBack(GapCause cause) {
        fail(cause);
        fellBack = cause;
        written = synced;
        writtenRecords = syncedRecords;
        writtenLastWall = syncedLastWall;
    }

    /// Ends the pack without an END record; the first cause stays.
    synchronized void fail(GapCause cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    synchronized Optional<GapCause> failure() {
        return Optional.ofNullable(failure);
    }

    /// What of the records that came is not in the file because of the disk: from the last good one to the
    /// last that came, or if more were to come to the next pack.
    synchronized Optional<Gap> lost() {
        var cause = fellBack == null ? failure : fellBack;
        if (cause == null || !OF_THE_DISK.contains(cause)) {
            return Optional.empty();
        }
        var since = writtenRecords > 0 ? writtenLastWall + 1 : firstWall;
        var done = ended || (failure != null && !OF_THE_DISK.contains(failure));
        var until = done ? lastWall + 1 : CatalogueEntry.OPEN;
        return since < until ? Optional.of(new Gap(since, until, cause)) : Optional.empty();
    }

    /// Says that nothing more will reach the file.
    synchronized void settle() {
        settled = true;
    }

    @Override
    public synchronized boolean settled() {
        return settled;
    }

    @Override
    public synchronized long written() {
        return written;
    }

    synchronized long writtenRecords() {
        return writtenRecords;
    }

    /// Latest wallTime of a record that reached the file.
    synchronized long writtenLastWall() {
        return writtenLastWall;
    }

    /// Whether the END record reached the file.
    synchronized boolean complete() {
        return ended && written == end;
    }

    /// Whether records appended now are meant to reach a disk.
    synchronized boolean growing() {
        return !ended && failure == null;
    }

    /// Bytes of the pack, those that wait included.
    synchronized long size() {
        return end;
    }

    /// Whether a frame was appended; an END record alone is nothing to play.
    synchronized boolean hasFrames() {
        return nextNumber > (ended ? 1 : 0);
    }

    /// wallTime of the running GOP's key frame, [Long#MIN_VALUE] before the first.
    synchronized long lastKeyWall() {
        return lastKeyWall;
    }

    /// Of all that was appended, or once settled of what is in the file.
    @Override
    public synchronized PackIndex index() {
        return index.before(settled ? written : end);
    }

    @Override
    public synchronized long firstWall() {
        return firstWall;
    }

    @Override
    public synchronized long lastWall() {
        return settled && writtenRecords > 0 ? writtenLastWall : lastWall;
    }

    /// What the catalogue says of it in the end.
    synchronized Ended toEnded(Ending ending) {
        return new Ended(
                header.packId(),
                ending,
                ending == Ending.COMPLETE || failure == null ? GapCause.CONTINUES : failure,
                writtenRecords,
                firstWall,
                writtenLastWall,
                written,
                index.before(written));
    }

    @Override
    public String toString() {
        return "Pack %s of %s".formatted(header.packId(), Layout.name(header.track()));
    }

    static boolean isKey(PackEntry entry) {
        return entry instanceof PackEntry.Recorded(var sealed)
                && (sealed.header().flags() & RecordHeader.KEY) != 0;
    }
}
