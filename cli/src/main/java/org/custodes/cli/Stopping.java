package org.custodes.cli;

import java.util.concurrent.CountDownLatch;

/// Waits for the signal to stop (Ctrl+C, SIGTERM), and keeps the program alive until everything that
/// was opened after it has been taken down.
final class Stopping implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Stopping() {}

    /// Listens for the signal from now on. Close it last.
    static Stopping whenAsked() {
        var stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(stopping::stop, "stopping"));
        return stopping;
    }

    /// Returns when somebody asks the program to stop.
    void await() throws InterruptedException {
        asked.await();
    }

    /// Everything is down: the program may end.
    @Override
    public void close() {
        done.countDown();
    }

    private void stop() {
        asked.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
