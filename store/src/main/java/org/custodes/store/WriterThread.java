package org.custodes.store;

import java.util.concurrent.TimeUnit;

/// Gives a volume's writer its turns, and beside it recovers what a killed recorder left open, so
/// that new records need not wait for old ones to be read.
final class WriterThread {
    /// How long a stop waits for a disk that does not answer.
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final VolumeWriter writer;
    private final Thread turning;
    private final Thread recovering;
    private volatile boolean stopping;

    private WriterThread(VolumeWriter writer) {
        this.writer = writer;
        this.turning = Thread.ofPlatform().name("store-writer").unstarted(this::run);
        this.recovering =
                Thread.ofPlatform().daemon().name("store-recovery").unstarted(this::recover);
    }

    static WriterThread start(VolumeWriter writer) {
        var thread = new WriterThread(writer);
        thread.turning.start();
        thread.recovering.start();
        return thread;
    }

    private void run() {
        var interrupted = false;
        try {
            while (!stopping) {
                writer.turn(false);
                writer.await();
            }
            recovering.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            // Told again only after the last writes: an interrupted thread's files close under it.
            interrupted = true;
        }
        writer.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void recover() {
        while (!stopping && writer.recoverOne()) {
            // One pack after the other, until none is left or the store stops.
        }
    }

    /// Has the writer write what waits, and waits for it.
    void stop() {
        stopping = true;
        writer.wake();
        try {
            turning.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
