package org.custodes.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.custodes.media.GapCause;
import org.custodes.store.OpenPack.Placed;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// The growing end of a track: what was appended last, sealed, until it stands in its pack's file.
///
/// Who begins to listen hears the running GOP from its key frame on. What of it is in the file is read
/// from there, which is memory too: the system's cache. So 200 cameras hold the second that waits for
/// the disk, and not two GOPs each. A pack without a file (no volume takes records) keeps the running
/// GOP and the one before, as far as they fit.
public final class Tail {
    private static final int KEYS_HELD = 2;

    /// An entry of a pack, kept here whether or not it has reached a disk.
    private static final class Held {
        final OpenPack pack;
        final Placed placed;

        /// Somebody else has it too, nobody knows for how long.
        boolean shown;

        Held(OpenPack pack, Placed placed) {
            this.pack = pack;
            this.placed = placed;
        }

        /// It is handed to somebody.
        Held show() {
            shown = true;
            return this;
        }

        boolean key() {
            return OpenPack.isKey(placed.entry());
        }

        boolean inFile() {
            return pack.volume().isPresent() && placed.end() <= pack.written();
        }
    }

    /// A place in a pack, of something that may not be held any more.
    private record Place(OpenPack pack, long offset) {}

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

    /// Where the running GOP begins; null before the first key frame.
    private @Nullable Place lastKey;

    private final Disk disk;

    Tail(Object lock, Memory memory, Disk disk) {
        this.lock = lock;
        this.memory = memory;
        this.disk = disk;
    }

    /// Calls `listener` with the records from the last key frame on, at once and on this thread, and
    /// then with every record as it is appended. If the running GOP is bigger than a tail may hold, or
    /// the disk does not give it, it begins with the next key frame. Close the answer to hear no more;
    /// a listener that throws hears no more either.
    public AutoCloseable subscribe(TailListener listener) {
        var subscription = new Subscription(listener);
        Optional<Place> key;
        List<Held> held;
        synchronized (lock) {
            key = runningGop();
            held = key.isPresent() ? heldFrom(key.get()) : List.of();
            subscriptions.add(subscription);
        }
        // Read without the lock: the camera's thread waits for no disk. What it appends meanwhile
        // waits in the subscription.
        if (key.isPresent()) {
            subscription.hearAll(gop(key.get(), held));
        }
        synchronized (lock) {
            subscription.catchUp();
        }
        return () -> subscriptions.remove(subscription);
    }

    /// Guarded by the lock, like what follows up to [#gop].
    private Optional<Place> runningGop() {
        var key = lastKey;
        return key == null || key.pack.size() - key.offset > memory.mostPerTrack
                ? Optional.empty()
                : Optional.of(key);
    }

    private List<Held> heldFrom(Place key) {
        return entries.stream()
                .filter(held -> held.pack == key.pack && held.placed.offset() >= key.offset)
                .map(Held::show)
                .toList();
    }

    /// The running GOP: its beginning from the file as far as it is not held any more, then what is.
    private List<Held> gop(Place key, List<Held> held) {
        var end = held.isEmpty() ? key.pack.written() : held.getFirst().placed.offset();
        if (key.offset == end) {
            return held;
        }
        try (var reader = PackReader.open(disk, key.pack.file(), PackReader.AHEAD)) {
            var found = new ArrayList<Held>();
            var offset = key.offset;
            while (offset < end) {
                var head = reader.head(offset, end).orElseThrow(() -> brokenOff(key.pack));
                var entry = reader.entry(head, key.pack::index);
                found.add(new Held(key.pack, new Placed(entry, offset)));
                offset = head.end();
            }
            found.addAll(held);
            return found;
        } catch (IOException | StoreFormatException e) {
            // Its volume's alarm stands, or will; live begins with the next key frame.
            return List.of();
        }
    }

    private static StoreFormatException brokenOff(OpenPack pack) {
        return new StoreFormatException("%s is shorter than what was written".formatted(pack));
    }

    /// Takes entries in and tells the listeners. The caller holds the lock.
    void add(OpenPack pack, List<Placed> placed) {
        for (var one : placed) {
            var held = new Held(pack, one);
            entries.add(held);
            bytes += one.entry().size();
            memory.held.addAndGet(one.entry().size());
            if (held.key()) {
                keys++;
                lastKey = new Place(pack, one.offset());
            }
            if (!subscriptions.isEmpty()) {
                held.show();
            }
            trim();
            for (var subscription : subscriptions) {
                subscription.hear(held);
            }
        }
    }

    private void trim() {
        while (!entries.isEmpty() && entries.getFirst().inFile()) {
            removeFirst();
        }
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
        if (!first.shown) {
            first.placed.letGo();
        }
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
                            ? Optional.of(held.show().placed)
                            : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /// How many entries are held, of packs with a file and without.
    int heldRecords() {
        synchronized (lock) {
            return entries.size();
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
                    .filter(held -> held.placed.offset() >= offset)
                    .findFirst()
                    .map(held -> held.show().placed);
        }
    }

    private final class Subscription {
        private final TailListener listener;
        private boolean begun;

        /// What is appended while the beginning is being read; null once it is caught up. Guarded by
        /// the tail's lock.
        private @Nullable Deque<Runnable> meanwhile = new ArrayDeque<>();

        Subscription(TailListener listener) {
            this.listener = listener;
        }

        /// The beginning, on the subscriber's own thread.
        void hearAll(List<Held> beginning) {
            beginning.forEach(this::tell);
        }

        /// From here on it hears at once. The caller holds the lock.
        void catchUp() {
            var waiting = meanwhile;
            meanwhile = null;
            if (waiting != null) {
                waiting.forEach(Runnable::run);
            }
        }

        /// The caller holds the lock.
        void hear(Held held) {
            atOnceOrLater(() -> tell(held));
        }

        /// The caller holds the lock.
        void ended(GapCause cause) {
            atOnceOrLater(() -> guarded(() -> listener.ended(cause)));
        }

        private void atOnceOrLater(Runnable call) {
            var waiting = meanwhile;
            if (waiting == null) {
                call.run();
            } else {
                waiting.add(call);
            }
        }

        private void tell(Held held) {
            if (held.placed.entry() instanceof PackEntry.Recorded(Sealed sealed)
                    && !sealed.header().end()
                    && (begun || held.key())) {
                begun = true;
                guarded(() -> listener.record(held.pack.header().codec(), sealed));
            }
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
