package org.custodes.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.custodes.media.GapCause;
import org.custodes.store.OpenPack.Placed;

/// What waits for the disks, of all cameras together and bounded.
///
/// A batch is a GOP, 1 MiB or half a second, whichever is first. When all is full, the pack that has most
/// waiting gives up its newest whole GOPs and ends: one greedy camera cannot push the others out.
/// Locked after a [Track], before an [OpenPack].
final class WriteQueue {
    private static final long BATCH_BYTES = 1 << 20;
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Volume, Lane> lanes = new HashMap<>();
    private final long limit;
    private final LongSupplier nanos;
    private long bytes;

    /// @param limit in bytes
    /// @param nanos a clock that only runs forward
    WriteQueue(long limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
    }

    /// Something for the writer of one volume to do.
    ///
    /// @param ends whether nothing follows; the entries may then be none
    record Batch(OpenPack pack, List<Placed> entries, long bytes, boolean ends) {}

    /// What waits for one volume.
    private static final class Lane {
        final Volume volume;
        final Condition work;
        final Map<OpenPack, Waiting> waiting = new LinkedHashMap<>();
        final Deque<Runnable> tasks = new ArrayDeque<>();
        long laneBytes;
        boolean slow;
        boolean woken;

        Lane(Volume volume, Condition work) {
            this.volume = volume;
            this.work = work;
        }
    }

    /// What waits of one pack.
    private static final class Waiting {
        final Deque<Placed> entries = new ArrayDeque<>();
        long bytes;
        long since;

        /// How many of the entries are whole GOPs.
        int whole;

        boolean ends;

        boolean ready(long now) {
            return ends || whole > 0 || bytes >= BATCH_BYTES || now - since >= BATCH_NANOS;
        }
    }

    void add(Volume volume) {
        lanes.put(volume, new Lane(volume, lock.newCondition()));
    }

    /// Takes entries of a pack, in order.
    void offer(Volume volume, OpenPack pack, List<Placed> placed) {
        lock.lock();
        try {
            if (pack.failure().isPresent()) {
                return;
            }
            var lane = lane(volume);
            var waiting = lane.waiting.computeIfAbsent(pack, _ -> new Waiting());
            if (placed.stream().anyMatch(one -> OpenPack.isKey(one.entry()))) {
                waiting.whole = waiting.entries.size();
            }
            for (var one : placed) {
                add(lane, waiting, one);
            }
            while (bytes > limit && dropMost()) {
                // The loop's condition does the work.
            }
            if (waiting.ready(nanos.getAsLong()) || waiting.entries.size() <= placed.size()) {
                lane.work.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void add(Lane lane, Waiting waiting, Placed one) {
        if (waiting.entries.isEmpty()) {
            waiting.since = nanos.getAsLong();
        }
        if (one.entry() instanceof PackEntry.Recorded(var sealed) && sealed.header().end()) {
            waiting.ends = true;
        }
        waiting.entries.add(one);
        waiting.bytes += one.entry().size();
        lane.laneBytes += one.entry().size();
        bytes += one.entry().size();
    }

    /// Drops the newest GOP of the pack that has most waiting, and ends that pack. False if nothing
    /// waits that is not being written already.
    private boolean dropMost() {
        Lane most = null;
        Map.Entry<OpenPack, Waiting> victim = null;
        for (var lane : lanes.values()) {
            for (var entry : lane.waiting.entrySet()) {
                if (entry.getValue().bytes > 0
                        && (victim == null || entry.getValue().bytes > victim.getValue().bytes)) {
                    most = lane;
                    victim = entry;
                }
            }
        }
        if (most == null || victim == null) {
            return false;
        }
        drop(most, victim.getValue());
        victim.getValue().ends = true;
        victim.getKey().fail(GapCause.DISK_SLOW);
        if (!most.slow) {
            most.slow = true;
            most.volume.slow(true, most.laneBytes);
        }
        most.work.signalAll();
        return true;
    }

    /// Drops what came after the last whole GOP, or if there is none everything.
    private void drop(Lane lane, Waiting waiting) {
        while (waiting.entries.size() > waiting.whole) {
            var dropped = waiting.entries.removeLast().entry().size();
            waiting.bytes -= dropped;
            lane.laneBytes -= dropped;
            bytes -= dropped;
        }
        // The GOP before may have to go next.
        var place = 0;
        waiting.whole = 0;
        for (var one : waiting.entries) {
            waiting.whole = OpenPack.isKey(one.entry()) ? place : waiting.whole;
            place++;
        }
    }

    /// Ends a pack without an END record once what waits of it is written.
    void end(Volume volume, OpenPack pack, GapCause cause) {
        lock.lock();
        try {
            pack.fail(cause);
            lane(volume).waiting.computeIfAbsent(pack, _ -> new Waiting()).ends = true;
            lane(volume).work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Ends a pack at once: what waits of it is dropped.
    void abandon(Volume volume, OpenPack pack, GapCause cause) {
        lock.lock();
        try {
            pack.fail(cause);
            var lane = lane(volume);
            var waiting = lane.waiting.computeIfAbsent(pack, _ -> new Waiting());
            waiting.whole = 0;
            drop(lane, waiting);
            waiting.ends = true;
        } finally {
            lock.unlock();
        }
    }

    /// Has the volume's writer do something between two batches.
    void tell(Volume volume, Runnable task) {
        lock.lock();
        try {
            lane(volume).tasks.add(task);
            lane(volume).work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The next task, if any.
    Optional<Runnable> task(Volume volume) {
        lock.lock();
        try {
            return Optional.ofNullable(lane(volume).tasks.poll());
        } finally {
            lock.unlock();
        }
    }

    /// The next batch that is ready, if any. Its bytes count until it is [#done].
    ///
    /// @param all whether also what is not ready yet is wanted
    Optional<Batch> take(Volume volume, boolean all) {
        lock.lock();
        try {
            var now = nanos.getAsLong();
            var lane = lane(volume);
            for (var entry : lane.waiting.entrySet()) {
                if (all || entry.getValue().ready(now)) {
                    return Optional.of(take(lane, entry.getKey(), entry.getValue(), now));
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private static Batch take(Lane lane, OpenPack pack, Waiting waiting, long now) {
        var onlyWhole =
                waiting.whole > 0
                        && !waiting.ends
                        && waiting.bytes < BATCH_BYTES
                        && now - waiting.since < BATCH_NANOS;
        var count = onlyWhole ? waiting.whole : waiting.entries.size();
        var taken = new ArrayList<Placed>(count);
        var size = 0L;
        while (taken.size() < count) {
            var one = waiting.entries.removeFirst();
            taken.add(one);
            size += one.entry().size();
        }
        waiting.bytes -= size;
        waiting.whole = 0;
        waiting.since = now;
        var ends = waiting.ends;
        if (waiting.entries.isEmpty()) {
            lane.waiting.remove(pack);
        }
        return new Batch(pack, List.copyOf(taken), size, ends);
    }

    /// Says that a batch was written, or could not be.
    void done(Volume volume, Batch batch) {
        lock.lock();
        try {
            var lane = lane(volume);
            bytes -= batch.bytes();
            lane.laneBytes -= batch.bytes();
            if (lane.slow && bytes <= limit / 4) {
                lane.slow = false;
                volume.slow(false, lane.laneBytes);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for something to do, at most this long.
    void await(Volume volume, long atMostNanos) throws InterruptedException {
        lock.lock();
        try {
            var lane = lane(volume);
            var until = nanos.getAsLong() + atMostNanos;
            var left = Math.min(due(lane), atMostNanos);
            while (left > 0 && !lane.woken && lane.tasks.isEmpty()) {
                lane.work.awaitNanos(left);
                left = Math.min(due(lane), until - nanos.getAsLong());
            }
            lane.woken = false;
        } finally {
            lock.unlock();
        }
    }

    /// Nanoseconds until the oldest that waits is ready.
    private long due(Lane lane) {
        var now = nanos.getAsLong();
        var due = Long.MAX_VALUE;
        for (var waiting : lane.waiting.values()) {
            due = waiting.ready(now) ? 0 : Math.min(due, waiting.since + BATCH_NANOS - now);
        }
        return Math.max(due, 0);
    }

    /// Ends a volume's [#await].
    void wake(Volume volume) {
        lock.lock();
        try {
            lane(volume).woken = true;
            lane(volume).work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes that wait for a volume.
    long bytes(Volume volume) {
        lock.lock();
        try {
            return lane(volume).laneBytes;
        } finally {
            lock.unlock();
        }
    }

    private Lane lane(Volume volume) {
        var lane = lanes.get(volume);
        if (lane == null) {
            throw new IllegalArgumentException("Volume %s has no lane".formatted(volume));
        }
        return lane;
    }
}
