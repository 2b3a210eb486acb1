package org.custodes.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.custodes.media.GapCause;
import org.custodes.store.OpenPack.Placed;
import org.custodes.vault.Sealed;

/// The last seconds of a track, sealed, in memory: the running GOP and the one before, as far as they
/// fit.
public final class Tail {
    private static final int KEYS_HELD = 2;

    /// An entry of a pack, kept here whether or not it has reached a disk.
    private record Held(OpenPack pack, Placed placed) {

        boolean key() {
            return OpenPack.isKey(placed.entry());
        }
    }

    /// How much all tails hold together, and may.
    static final class Memory {
        private final AtomicLong held = new AtomicLong();
        private final long mostPerTrack;
        private final long most;

        Memory(long mostPerTrack, long most) {
            this.mostPerTrack = mostPerTrack;
            this.most = most;
        }

        long held() {
            return held.get();
        }
    }

    /// Guards all fields: the track's own lock, under which records are appended.
    private final Object lock;

    private final Memory memory;
    private final Deque<Held> entries = new ArrayDeque<>();
    private long bytes;
    private int keys;

    /// Subscribing and leaving need not wait for an append.
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

    Tail(Object lock, Memory memory) {
        this.lock = lock;
        this.memory = memory;
    }

    /// Calls `listener` with the records from the last key frame on, at once and on this thread, and
    /// then with every record as it is appended. If the running GOP is too big to be held, it begins
    /// with the next key frame. Close the answer to hear no more; a listener that throws hears no
    /// more either.
    public AutoCloseable subscribe(TailListener listener) {
        var subscription = new Subscription(listener);
        synchronized (lock) {
            fromLastKey().forEach(subscription::hear);
            subscriptions.add(subscription);
        }
        return () -> subscriptions.remove(subscription);
    }

    private List<Held> fromLastKey() {
        var found = new ArrayDeque<Held>();
        for (var held : (Iterable<Held>) entries::descendingIterator) {
            found.addFirst(held);
            if (held.key()) {
                return List.copyOf(found);
            }
        }
        return List.of();
    }

    /// Takes entries in and tells the listeners. The caller holds the lock.
    void add(OpenPack pack, List<Placed> placed) {
        for (var one : placed) {
            var held = new Held(pack, one);
            entries.add(held);
            bytes += one.entry().size();
            memory.held.addAndGet(one.entry().size());
            keys += held.key() ? 1 : 0;
            trim();
            for (var subscription : subscriptions) {
                subscription.hear(held);
            }
        }
    }

    private void trim() {
        while (keys > KEYS_HELD || (keys == KEYS_HELD && !entries.getFirst().key())) {
            removeFirst();
        }
        while (bytes > memory.mostPerTrack || (memory.held.get() > memory.most && bytes > 0)) {
            removeFirst();
        }
    }

    private void removeFirst() {
        var first = entries.removeFirst();
        bytes -= first.placed.entry().size();
        memory.held.addAndGet(-first.placed.entry().size());
        keys -= first.key() ? 1 : 0;
    }

    /// Tells the listeners that a gap began. The caller holds the lock.
    void ended(GapCause cause) {
        subscriptions.forEach(subscription -> subscription.ended(cause));
    }

    /// The entry that stands at an offset of a pack, if it is held.
    Optional<Placed> at(OpenPack pack, long offset) {
        synchronized (lock) {
            for (var held : (Iterable<Held>) entries::descendingIterator) {
                if (held.pack == pack && held.placed.offset() <= offset) {
                    return held.placed.offset() == offset
                            ? Optional.of(held.placed)
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /// Whether anything of a pack is held.
    boolean holds(OpenPack pack) {
        synchronized (lock) {
            return entries.stream().anyMatch(held -> held.pack == pack);
        }
    }

    /// The first key frame of a pack that is held at or after an offset.
    Optional<Placed> keyFrom(OpenPack pack, long offset) {
        synchronized (lock) {
            return entries.stream()
                    .filter(held -> held.pack == pack && held.key())
                    .map(Held::placed)
                    .filter(placed -> placed.offset() >= offset)
                    .findFirst();
        }
    }

    private final class Subscription {
        private final TailListener listener;
        private boolean begun;

        Subscription(TailListener listener) {
            this.listener = listener;
        }

        void hear(Held held) {
            if (held.placed.entry() instanceof PackEntry.Recorded(Sealed sealed)
                    && !sealed.header().end()
                    && (begun || held.key())) {
                begun = true;
                guarded(() -> listener.record(held.pack.header().codec(), sealed));
            }
        }

        void ended(GapCause cause) {
            guarded(() -> listener.ended(cause));
        }

        private void guarded(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException e) {
                // A viewer's fault is not the recording's.
                subscriptions.remove(this);
            }
        }
    }
}
