package org.custodes.viewing;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.custodes.access.Grant;
import org.custodes.access.GrantEndedException;
import org.custodes.access.Reason;
import org.custodes.media.Codec;
import org.custodes.store.Tail;
import org.custodes.store.TailListener;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Sealed;
import org.jspecify.annotations.Nullable;

/// The growing end of one track.
///
/// Records arrive on the recording's thread and wait here, still sealed, until the viewer's thread
/// takes them. A viewer that is too slow loses what waits and goes on at the next key frame; the
/// recording's thread only ever puts a reference into a bounded queue.
public final class LiveLook implements Look {
    /// What may wait for one viewer: about eight seconds of 4 Mbit/s.
    private static final long MOST_WAITING_BYTES = 4L << 20;

    private record Waiting(Codec codec, Sealed sealed) {}

    private final Grant grant;
    private final Unsealer unsealer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private int skipped;
    private boolean skipping;
    private boolean discontinuity = true;
    private boolean closed;
    private @Nullable AutoCloseable subscription;

    private LiveLook(Grant grant, Unsealer unsealer) {
        this.grant = grant;
        this.unsealer = unsealer;
    }

    static LiveLook open(Grant grant, Unsealer unsealer, Tail tail) {
        var look = new LiveLook(grant, unsealer);
        grant.onEnd(look::wake);
        var subscription = tail.subscribe(look.new Listener());
        look.lock.lock();
        try {
            look.subscription = subscription;
        } finally {
            look.lock.unlock();
        }
        return look;
    }

    /// Waits for what comes next.
    ///
    /// @throws InterruptedException if the waiting thread is interrupted
    public LookEvent next() throws InterruptedException {
        while (true) {
            var event = step();
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable LookEvent step() throws InterruptedException {
        Waiting next;
        boolean afterGap;
        lock.lockInterruptibly();
        try {
            while (!over() && waiting.isEmpty() && !hasSkipped()) {
                changed.await();
            }
            if (over()) {
                return new LookEvent.Over();
            }
            if (hasSkipped()) {
                var frames = skipped;
                skipped = 0;
                return new LookEvent.Skipped(frames);
            }
            next = waiting.remove();
            waitingBytes -= next.sealed().size();
            afterGap = discontinuity;
            discontinuity = false;
        } finally {
            lock.unlock();
        }
        try {
            return new LookEvent.Frame(unsealer.open(next.codec(), next.sealed(), true, afterGap));
        } catch (GrantEndedException e) {
            return new LookEvent.Over();
        } catch (CannotOpenException e) {
            // The tail begins at its last key frame, which may be older than what this look opens:
            // the camera fell silent before. Nothing of it is shown; the camera's next frames are.
            passedOver();
            return null;
        }
    }

    private void passedOver() {
        lock.lock();
        try {
            discontinuity = true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a skip is complete: the key frame after it waits.
    private boolean hasSkipped() {
        return skipped > 0 && !skipping;
    }

    @Override
    public void onEnd(Runnable listener) {
        grant.onEnd(listener);
    }

    @Override
    public Optional<Reason> endedBy() {
        return grant.endedBy();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        unsubscribe();
        grant.close(unsealer.seen());
    }

    private void unsubscribe() {
        var current = subscription;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (Exception e) {
            throw new IllegalStateException("A tail's subscription could not be ended", e);
        }
    }

    private boolean over() {
        return closed || grant.ended();
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Listener implements TailListener {
        @Override
        public void record(Codec codec, Sealed sealed) {
            lock.lock();
            try {
                offer(codec, sealed);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void offer(Codec codec, Sealed sealed) {
            if (closed) {
                return;
            }
            if (skipping && !sealed.header().key()) {
                skipped++;
                return;
            }
            if (waitingBytes + sealed.size() > MOST_WAITING_BYTES && !waiting.isEmpty()) {
                skipped += waiting.size();
                waiting.clear();
                waitingBytes = 0;
                discontinuity = true;
                skipping = !sealed.header().key();
                if (skipping) {
                    skipped++;
                    return;
                }
            }
            skipping = false;
            waiting.add(new Waiting(codec, sealed));
            waitingBytes += sealed.size();
        }
    }
}
