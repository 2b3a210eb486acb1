package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.VolumeState.Health;
import org.jspecify.annotations.Nullable;

/// Writes one volume, all cameras together. Its state belongs to the one thread that takes its turns.
///
/// What ends what (fsyncgate: what failed once is never tried again on the same file): a failed write
/// ends its pack; a failed sync ends every pack that was written to since the last good one, where it
/// was then, and has the catalogue written anew. Meanwhile records live in the tails.
final class VolumeWriter {
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);

    /// The most batches that are taken at a time, and how large they are together before that.
    private static final int BATCHES = 256;

    private static final long BATCH_BYTES = 16 << 20;

    private static final String CATALOGUE = "its catalogue could not be written";

    /// A pack whose end is noted but not synced yet; then its name leaves `open/`.
    ///
    /// @param pack null if another recorder wrote it, or if there was only a note
    private record Ended(
            Layout.OpenName name, @Nullable OpenPack pack, @Nullable Writing writing) {}

    private final Volume volume;
    private final VolumeWatch watch;
    private final WriteQueue queue;
    private final long syncEvery;
    private final LongSupplier nanos;

    private final Map<OpenPack, Writing> open = new LinkedHashMap<>();
    private final Set<OpenPack> closing = new HashSet<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private final WriteTimes writeTimes = new WriteTimes();
    private final Queue<Layout.OpenName> toRecover = new ConcurrentLinkedQueue<>();
    private final Chores chores = new Chores();
    private final Set<Path> touched = new HashSet<>();
    private final Map<Track, Long> unsynced = new HashMap<>();
    private final List<Ended> ended = new ArrayList<>();
    private final Deque<Layout.OpenName> toForget = new ArrayDeque<>();
    private final EntryWriter entryWriter = new EntryWriter();

    /// When the oldest write that is not synced, names in `open/` too, was begun, by `nanos`; 0 if none is.
    private volatile long unsyncedSince;

    private long nextLook;
    private long nextSync;

    VolumeWriter(Volume volume, WriteQueue queue, long syncEvery, LongSupplier nanos) {
        this.volume = volume;
        this.watch = new VolumeWatch(volume);
        this.queue = queue;
        this.syncEvery = syncEvery;
        this.nanos = nanos;
        this.nextLook = nanos.getAsLong();
        this.nextSync = nanos.getAsLong() + syncEvery;
    }

    Volume volume() {
        return volume;
    }

    /// Takes the volume in, at the start.
    ///
    /// @throws StoreFormatException if a newer version wrote it
    /// @throws StoreInUseException if another process has it
    void reach() {
        watch.reach();
        toRecover();
    }

    /// In order, so that a simulated run is the same each time.
    private void toRecover() {
        volume.leftOpen().stream()
                .sorted(Comparator.comparing(Layout.OpenName::toString))
                .forEach(toRecover::add);
    }

    /// Ends one pack that a killed recorder left open. Any one thread.
    ///
    /// @return false if there is none
    boolean recoverOne() {
        var name = toRecover.poll();
        var catalogue = volume.catalogue();
        if (name == null || catalogue.isEmpty()) {
            return false;
        }
        var written = new HashSet<Path>();
        try {
            new Recovery(volume.disk(), volume.layout(), catalogue.get()).end(name, written);
            volume.ended(name);
            queue.tell(volume, () -> ended.add(new Ended(name, null, null)));
        } catch (IOException | StoreFormatException e) {
            // Its name stays in open/: the next start tries again, and `check` tells of it. Readers
            // find its whole records all the same.
            volume.notRecovered(name, e);
        }
        queue.tell(volume, () -> touched.addAll(written));
        return true;
    }

    WriteTimes writeTimes() {
        return writeTimes;
    }

    /// For how long the oldest write has not been synced.
    Duration unsyncedFor() {
        var since = unsyncedSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(nanos.getAsLong() - since);
    }

    int openPacks() {
        return openCount.get();
    }

    /// Does what is due, and no more.
    ///
    /// @param all whether what waits is written and synced even if it is not due yet
    void turn(boolean all) {
        if (all || nanos.getAsLong() - nextLook >= 0) {
            look();
            nextLook = nanos.getAsLong() + LOOK_EVERY;
        }
        write(all);
        doTasks();
        doChores();
        if (all || nanos.getAsLong() - nextSync >= 0) {
            sync();
            nextSync = nanos.getAsLong() + syncEvery;
        }
    }

    /// Waits until something is due.
    void await() throws InterruptedException {
        var now = nanos.getAsLong();
        queue.await(volume, Math.max(0, Math.min(nextLook, nextSync) - now));
    }

    /// Has an entry noted in the catalogue, under the day of its first instant.
    void note(TrackId track, CatalogueEntry entry) {
        var wall =
                switch (entry) {
                    case CatalogueEntry.Gap gap -> gap.since();
                    case CatalogueEntry.Step step -> step.from();
                    case Begun begun -> begun.header().startMicros();
                    case CatalogueEntry.Ended ended -> ended.firstWall();
                };
        var name = Layout.OpenName.ofNote(Wall.day(wall), track);
        chores.addNote(name, () -> catalogue().append(track, name.day(), List.of(entry)));
    }

    /// Ends [#await].
    void wake() {
        queue.wake(volume);
    }

    private void look() {
        var wasReached = volume.isReached();
        if (watch.look()) {
            List.copyOf(open.keySet())
                    .forEach(pack -> queue.abandon(volume, pack, GapCause.DISK_FULL));
        }
        if (!wasReached && volume.isReached()) {
            toRecover();
            while (recoverOne()) {
                // It came late; who recovers beside us has long ended.
            }
        }
    }

    /// Writes until nothing is ready, or the next sync is due: so what is not synced is never older than
    /// a sync and what was written in one go.
    private void write(boolean all) {
        var batches = ready(all);
        while (!batches.isEmpty()) {
            name(batches);
            batches.forEach(this::writeOrAbandon);
            var due = !all && nanos.getAsLong() - nextSync >= 0;
            batches = due ? List.of() : ready(all);
        }
    }

    private List<WriteQueue.Batch> ready(boolean all) {
        var batches = new ArrayList<WriteQueue.Batch>();
        var bytes = 0L;
        while (batches.size() < BATCHES && bytes < BATCH_BYTES) {
            var batch = queue.take(volume, all);
            if (batch.isEmpty()) {
                break;
            }
            batches.add(batch.get());
            bytes += batch.get().bytes();
        }
        return batches;
    }

    /// Makes the names in `open/` of packs that are to be begun, and makes them last, before there is a
    /// file: one that no start would find must not exist, not even after a power cut. One sync of the
    /// folder for all that begin together.
    private void name(List<WriteQueue.Batch> batches) {
        var fresh = batches.stream().filter(this::begins).map(WriteQueue.Batch::pack).toList();
        if (fresh.isEmpty()) {
            return;
        }
        try {
            for (var pack : fresh) {
                var name = volume.layout().open(pack.header().openName());
                volume.disk().create(name).close();
            }
        } catch (IOException e) {
            var cause = watch.tell("packs could not be begun", e);
            fresh.forEach(pack -> queue.abandon(volume, pack, cause));
            return;
        }
        try {
            unsyncedFrom(nanos.getAsLong());
            volume.disk().force(volume.layout().openFolder());
        } catch (IOException e) {
            syncFailed(e);
            fresh.forEach(pack -> queue.abandon(volume, pack, GapCause.DISK_FAILED));
        }
    }

    private boolean begins(WriteQueue.Batch batch) {
        return !batch.entries().isEmpty()
                && batch.entries().getFirst().offset() == PackHeader.SIZE
                && !open.containsKey(batch.pack());
    }

    private void writeOrAbandon(WriteQueue.Batch batch) {
        try {
            if (!batch.entries().isEmpty() && !fenced(batch.pack())) {
                write(batch);
            }
        } catch (IOException | RuntimeException e) {
            // Whatever it is, what follows must not be written behind a hole.
            var cause = watch.tell("a write failed", e);
            queue.abandon(volume, batch.pack(), cause);
        } finally {
            queue.done(volume, batch);
        }
        if (batch.ends()) {
            finish(batch.pack());
        }
    }

    /// Whether the disk failed this pack after the batch had been taken. One that ends because too much
    /// waits, or because the recorder stops, is written as far as it waits.
    private static boolean fenced(OpenPack pack) {
        return pack.failure()
                .filter(cause -> cause == GapCause.DISK_FAILED || cause == GapCause.DISK_FULL)
                .isPresent();
    }

    private void write(WriteQueue.Batch batch) throws IOException {
        var pack = batch.pack();
        var writing = open.get(pack);
        var at = batch.entries().getFirst().offset();
        var before = new byte[0];
        if (writing == null) {
            if (at != PackHeader.SIZE) {
                throw new IOException("The beginning of %s was lost".formatted(pack));
            }
            writing = make(pack);
            before = pack.binding().header();
            at = 0;
        }
        var begun = nanos.getAsLong();
        var end = entryWriter.write(writing.file, before, at, batch.entries());
        writeTimes.add(nanos.getAsLong() - begun);
        unsyncedFrom(begun);
        if (end != batch.entries().getLast().end()) {
            throw new IOException("Wrote up to %d instead of %s".formatted(end, batch));
        }
        pack.wrote(batch.entries());
        batch.entries().forEach(OpenPack.Placed::letGo);
        touched.add(pack.file());
        unsynced.put(pack.track(), pack.writtenLastWall());
        if (!writing.noted) {
            note(pack, List.of(new Begun(pack.header())));
            writing.noted = true;
        }
    }

    private void unsyncedFrom(long begun) {
        if (unsyncedSince == 0) {
            unsyncedSince = Math.max(1, begun);
        }
    }

    private Writing make(OpenPack pack) throws IOException {
        var disk = volume.disk();
        var layout = volume.layout();
        var name = pack.header().openName();
        disk.makeFolder(layout.packs(name.day(), name.track()));
        var writing = new Writing(disk.create(pack.file()));
        open.put(pack, writing);
        openCount.set(open.size());
        touched.add(layout.packs());
        touched.add(layout.packs(name.day()));
        touched.add(layout.packs(name.day(), name.track()));
        return writing;
    }

    private void note(OpenPack pack, List<CatalogueEntry> entries) throws IOException {
        catalogue().append(pack.header().track(), pack.header().day(), entries);
    }

    private Catalogue catalogue() throws IOException {
        return volume.catalogue()
                .orElseThrow(() -> new IOException("%s was left".formatted(volume)));
    }

    /// Readers may go on to the next pack at once; the disk is told as soon as it listens.
    private void finish(OpenPack pack) {
        if (pack.settled()) {
            // Abandoned in the very batch with which it ended.
            return;
        }
        var writing = open.remove(pack);
        openCount.set(open.size());
        pack.settle();
        if (writing == null) {
            pack.lost().ifPresent(gap -> note(pack.track().id(), gap));
            pack.track().finished(pack);
            // A name in open/ may stand there all the same, if making the file failed half-way.
            toForget.add(pack.header().openName());
            return;
        }
        closing.add(pack);
        chores.add(() -> close(pack, writing));
    }

    /// 1. Cut what a failed write left. 2. Note the end, and what was lost behind it. 3. The summary. 4. Once
    /// all that is synced, the name in `open/`. Done again for a pack that a failed sync has made shorter.
    private void close(OpenPack pack, Writing writing) throws IOException {
        var disk = volume.disk();
        var layout = volume.layout();
        writing.file.close();
        if (disk.size(pack.file()) > pack.written()) {
            try (var file = disk.edit(pack.file())) {
                file.truncate(pack.written());
            }
        }
        if (pack.writtenRecords() == 0) {
            disk.remove(pack.file());
        }
        var entries = ending(pack, writing);
        if (!entries.isEmpty()) {
            note(pack, entries);
            writing.noted |= pack.writtenRecords() > 0;
            catalogue().summarise(pack.header().track(), pack.header().day());
        }
        touched.add(pack.file());
        touched.add(layout.packs(pack.header().day(), pack.header().track()));
        closing.remove(pack);
        ended.add(new Ended(pack.header().openName(), pack, writing));
        pack.track().finished(pack);
    }

    /// What the catalogue is told of a pack that has ended. What was lost behind it is a gap of its own, for
    /// no next pack may ever follow and tell of it.
    private static List<CatalogueEntry> ending(OpenPack pack, Writing writing) {
        var entries = new ArrayList<CatalogueEntry>();
        if (pack.writtenRecords() > 0) {
            if (!writing.noted) {
                entries.add(new Begun(pack.header()));
            }
            entries.add(pack.toEnded(pack.complete() ? Ending.COMPLETE : Ending.CUT));
        } else if (writing.noted) {
            entries.add(CatalogueEntry.Ended.empty(pack.header()));
        }
        pack.lost().ifPresent(entries::add);
        return entries;
    }

    private void doTasks() {
        for (var task = queue.task(volume); task.isPresent(); task = queue.task(volume)) {
            task.get().run();
        }
    }

    private void doChores() {
        // In this order: a note of the same day may need the very name again.
        if (!mayWork() || !forgetNames() || !nameNotes()) {
            return;
        }
        while (!chores.isEmpty() && mayWork()) {
            try {
                chores.doFirst();
            } catch (IOException e) {
                // It is done as soon as the volume does better.
                watch.tell(CATALOGUE, e);
                return;
            } catch (RuntimeException e) {
                // Never again: it would keep the others waiting. A start finds what it left open.
                watch.tell(CATALOGUE, e);
            }
        }
    }

    private boolean mayWork() {
        return volume.isReached() && volume.health() != Health.FAILED;
    }

    /// Takes names from `open/` whose packs and notes are synced.
    ///
    /// @return whether the chores may be done
    private boolean forgetNames() {
        try {
            while (!toForget.isEmpty()) {
                volume.disk().remove(volume.layout().open(toForget.getFirst()));
                toForget.removeFirst();
                touched.add(volume.layout().openFolder());
            }
            return true;
        } catch (IOException e) {
            watch.tell("its folder open/ could not be written", e);
            return false;
        }
    }

    /// What is not synced yet of a catalogue must be found by the next start, also where no pack of that
    /// day is open: then the note has a name in `open/` itself.
    ///
    /// @return whether the chores may be done
    private boolean nameNotes() {
        var names = chores.notes().stream().filter(name -> !stands(name)).toList();
        if (names.isEmpty()) {
            return true;
        }
        try {
            unsyncedFrom(nanos.getAsLong());
            for (var name : names) {
                volume.disk().edit(volume.layout().open(name)).close();
            }
            volume.disk().force(volume.layout().openFolder());
        } catch (IOException e) {
            watch.tell("notes could not be begun", e);
            return false;
        }
        names.forEach(name -> ended.add(new Ended(name, null, null)));
        return true;
    }

    /// Whether a name of this day stands in `open/` until the next sync at least.
    private boolean stands(Layout.OpenName name) {
        return Stream.concat(open.keySet().stream(), closing.stream())
                        .anyMatch(pack -> pack.header().openName().isOfDay(name))
                || ended.stream().anyMatch(one -> one.name().isOfDay(name));
    }

    private void sync() {
        var catalogue = volume.catalogue();
        if (catalogue.isEmpty()) {
            return;
        }
        touched.addAll(catalogue.get().beginSync());
        if (touched.isEmpty() && ended.isEmpty()) {
            unsyncedSince = 0;
            return;
        }
        try {
            volume.disk().sync(volume.layout().root(), touched);
        } catch (IOException e) {
            syncFailed(e);
            return;
        }
        catalogue.get().synced();
        unsynced.forEach(Track::synced);
        open.keySet().forEach(OpenPack::synced);
        open.forEach((pack, writing) -> writing.synced(volume.disk(), pack));
        ended.forEach(one -> toForget.add(one.name()));
        ended.clear();
        touched.clear();
        unsynced.clear();
        unsyncedSince = 0;
    }

    /// What was written since the last good sync may be lost, and no later sync can prove that it is not
    /// (fsyncgate). So each pack goes back to where it was then and ends there, those too that ended
    /// since; and once the volume is trusted again, the catalogue is written anew before they are noted.
    private void syncFailed(IOException fault) {
        watch.tell("a sync failed, and what was written since the last one is not trusted", fault);
        for (var pack : List.copyOf(open.keySet())) {
            pack.fallBack(GapCause.DISK_FAILED);
            queue.abandon(volume, pack, GapCause.DISK_FAILED);
        }
        closing.forEach(pack -> pack.fallBack(GapCause.DISK_FAILED));
        for (var one : List.copyOf(ended)) {
            if (one.pack() != null && one.writing() != null) {
                shorten(one.pack(), one.writing());
                ended.remove(one);
            }
        }
        chores.addFirst(() -> catalogue().renew());
        touched.clear();
        unsynced.clear();
        unsyncedSince = 0;
    }

    private void shorten(OpenPack pack, Writing writing) {
        pack.fallBack(GapCause.DISK_FAILED);
        pack.track().fellBack(pack);
        closing.add(pack);
        chores.add(() -> close(pack, writing));
    }

    /// Writes all that waits, ends every pack, and lets the volume go. The last turn.
    void close() {
        while (recoverOne()) {
            // A stop leaves nothing open, not even what an earlier kill had left.
        }
        turn(true);
        // Packs that were abandoned in that turn end in this one; and names leave open/ after the
        // sync
        // that covers what was noted of their packs.
        turn(true);
        turn(true);
        try {
            volume.leave();
        } catch (IOException e) {
            volume.failed("its lock could not be let go", e);
        }
    }
}
