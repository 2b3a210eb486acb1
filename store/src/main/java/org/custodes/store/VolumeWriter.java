package org.custodes.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
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
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.store.CatalogueEntry.Begun;
import org.custodes.store.VolumeState.Health;

/// Writes one volume, all cameras together. Its state belongs to the one thread that takes its turns.
///
/// What ends what (fsyncgate: a write that failed once is never tried again): a failed write ends its
/// pack, a failed sync ends all open packs of the volume. Meanwhile records live in the tails.
final class VolumeWriter {
    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_CHORES = 10_000;

    /// Something that has to be noted on the disk and is tried again until it is.
    @FunctionalInterface
    interface Chore {
        void run() throws IOException;
    }

    /// What the writer holds of a pack. `noted`: its beginning stands in the catalogue.
    private static final class Writing {
        final Disk.DiskFile file;
        boolean noted;

        Writing(Disk.DiskFile file) {
            this.file = file;
        }
    }

    private final Volume volume;
    private final VolumeWatch watch;
    private final WriteQueue queue;
    private final long syncEvery;
    private final LongSupplier nanos;

    private final Map<OpenPack, Writing> open = new LinkedHashMap<>();
    private final AtomicInteger openCount = new AtomicInteger();
    private final Queue<Layout.OpenName> toRecover = new ConcurrentLinkedQueue<>();
    private final Deque<Chore> chores = new ArrayDeque<>();
    private final Set<Path> touched = new HashSet<>();
    private final Map<Track, Long> unsynced = new HashMap<>();
    private final EntryWriter entryWriter = new EntryWriter();
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
        toRecover.addAll(volume.leftOpen());
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
        } catch (IOException | StoreFormatException e) {
            // Its name stays in open/: the next start tries again, and `check` tells of it. Readers
            // find its whole records all the same.
            volume.notRecovered(name, e);
        }
        queue.tell(volume, () -> touched.addAll(written));
        return true;
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
        add(() -> catalogue().append(track, Wall.day(wall), List.of(entry), touched));
    }

    private void add(Chore chore) {
        chores.add(chore);
        if (chores.size() > MOST_CHORES) {
            // Hours without a disk: the oldest notes are let go, `check --repair` makes them again.
            chores.removeFirst();
        }
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
            toRecover.addAll(volume.leftOpen());
            while (recoverOne()) {
                // It came late; who recovers beside us has long ended.
            }
        }
    }

    private void write(boolean all) {
        var batch = queue.take(volume, all);
        while (batch.isPresent()) {
            try {
                if (!batch.get().entries().isEmpty()) {
                    write(batch.get());
                }
            } catch (IOException | RuntimeException e) {
                // Whatever it is, what follows must not be written behind a hole.
                var cause = watch.tell("a write failed", e);
                queue.abandon(volume, batch.get().pack(), cause);
            } finally {
                queue.done(volume, batch.get());
            }
            if (batch.get().ends()) {
                finish(batch.get().pack());
            }
            batch = queue.take(volume, all);
        }
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
        var end = entryWriter.write(writing.file, before, at, batch.entries());
        if (end != batch.entries().getLast().end()) {
            throw new IOException("Wrote up to %d instead of %s".formatted(end, batch));
        }
        pack.wrote(batch.entries());
        touched.add(pack.file());
        unsynced.put(pack.track(), pack.writtenLastWall());
        if (!writing.noted) {
            note(pack, List.of(new Begun(pack.header())));
            writing.noted = true;
        }
    }

    /// Its name in `open/` first: a file that no start would find must not exist.
    private Writing make(OpenPack pack) throws IOException {
        var disk = volume.disk();
        var layout = volume.layout();
        var name = pack.header().openName();
        disk.create(layout.open(name)).close();
        disk.makeFolder(layout.packs(name.day(), name.track()));
        var writing = new Writing(disk.create(pack.file()));
        open.put(pack, writing);
        openCount.set(open.size());
        touched.add(layout.open(name));
        touched.add(layout.openFolder());
        touched.add(layout.packs());
        touched.add(layout.packs(name.day()));
        touched.add(layout.packs(name.day(), name.track()));
        return writing;
    }

    private void note(OpenPack pack, List<CatalogueEntry> entries) throws IOException {
        catalogue().append(pack.header().track(), pack.header().day(), entries, touched);
    }

    private Catalogue catalogue() throws IOException {
        return volume.catalogue()
                .orElseThrow(() -> new IOException("%s was left".formatted(volume)));
    }

    /// Readers may go on to the next pack at once; the disk is told as soon as it listens.
    private void finish(OpenPack pack) {
        var writing = open.remove(pack);
        openCount.set(open.size());
        pack.settle();
        if (writing == null) {
            pack.track().finished(pack);
            // A name in open/ may stand there all the same, if making the file failed half-way.
            add(() -> volume.disk().remove(volume.layout().open(pack.header().openName())));
            return;
        }
        add(() -> close(pack, writing));
    }

    /// 1. Cut what a failed write left. 2. Note the end. 3. The summary. 4. The name in `open/`.
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
            if (writing.noted) {
                note(pack, List.of(CatalogueEntry.Ended.empty(pack.header())));
                catalogue().summarise(pack.header().track(), pack.header().day(), touched);
            }
        } else {
            var ended = pack.toEnded(pack.complete() ? Ending.COMPLETE : Ending.CUT);
            note(pack, writing.noted ? List.of(ended) : List.of(new Begun(pack.header()), ended));
            writing.noted = true;
            catalogue().summarise(pack.header().track(), pack.header().day(), touched);
        }
        disk.remove(layout.open(pack.header().openName()));
        touched.add(layout.openFolder());
        pack.track().finished(pack);
    }

    private void doTasks() {
        for (var task = queue.task(volume); task.isPresent(); task = queue.task(volume)) {
            task.get().run();
        }
    }

    private void doChores() {
        while (!chores.isEmpty() && volume.isReached() && volume.health() != Health.FAILED) {
            try {
                chores.getFirst().run();
                chores.removeFirst();
            } catch (IOException e) {
                // Stays first, and is done as soon as the volume does better.
                watch.tell("its catalogue could not be written", e);
                return;
            } catch (RuntimeException e) {
                // Never again: it would keep the others waiting. A start finds what it left open.
                chores.removeFirst();
                watch.tell("its catalogue could not be written", e);
            }
        }
    }

    private void sync() {
        if (touched.isEmpty()) {
            return;
        }
        try {
            volume.disk().sync(volume.layout().root(), Set.copyOf(touched));
            unsynced.forEach(Track::synced);
        } catch (IOException e) {
            watch.tell("a sync failed, what was written since the last one may be lost", e);
            List.copyOf(open.keySet())
                    .forEach(pack -> queue.abandon(volume, pack, GapCause.DISK_FAILED));
        }
        touched.clear();
        unsynced.clear();
    }

    /// Writes all that waits, ends every pack, and lets the volume go. The last turn.
    void close() {
        while (recoverOne()) {
            // A stop leaves nothing open, not even what an earlier kill had left.
        }
        turn(true);
        // Packs that were abandoned in that turn end in this one.
        turn(true);
        try {
            volume.leave();
        } catch (IOException e) {
            volume.failed("its lock could not be let go", e);
        }
    }

    /// Closes files and lets the volume go as a kill would: nothing is written.
    void drop() throws IOException {
        for (var writing : open.values()) {
            writing.file.close();
        }
        volume.leave();
    }
}
