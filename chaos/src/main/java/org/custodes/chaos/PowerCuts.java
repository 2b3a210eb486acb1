package org.custodes.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Lives many short lives of a recorder, and after each step of its disk cuts the power again and again:
/// each crash image has to open, to verify, and to hold all that was promised.
///
/// A life is drawn from its seed alone, and so are its images: one that broke a promise breaks it again.
public final class PowerCuts {
    /// Images after one step, if there are as many.
    private static final int PER_STEP = 4;

    private static final int FAILURES_TOLD = 10;
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final long images;
    private final long seed;
    private final int threads;
    private final Consumer<String> progress;
    private final AtomicLong drawn = new AtomicLong();

    /// @param images how many crash images to make at least; lives are lived to their end
    /// @param seed of the first life; the next ones have the numbers after it
    /// @param threads that work at the same time
    /// @param progress is told a line now and then
    public PowerCuts(long images, long seed, int threads, Consumer<String> progress) {
        if (images < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "Power cuts need at least one image and one thread, but got %d and %d"
                            .formatted(images, threads));
        }
        this.images = images;
        this.seed = seed;
        this.threads = threads;
        this.progress = progress;
    }

    /// What came of it.
    ///
    /// @param images how many crash images were opened and verified
    /// @param lives in how many lives
    /// @param failures of which lives a promise was broken, at most ten of them
    public record Report(long images, long lives, List<Failure> failures) {

        public Report {
            failures = List.copyOf(failures);
        }
    }

    /// A promise that was broken.
    ///
    /// @param seed of the life in which it was
    /// @param step of the disk after which the power was cut
    /// @param image which one after that step
    public record Failure(long seed, long step, int image, String what) {

        @Override
        public String toString() {
            return "Seed %d, image %d after step %d: %s".formatted(seed, image, step, what);
        }
    }

    /// Cuts the power until enough images were made, or until ten lives broke a promise.
    public Report run() throws InterruptedException {
        var failures = new ArrayList<Failure>();
        var lives = new AtomicLong();
        var told = new AtomicLong(System.nanoTime());
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var running = new ArrayList<Future<List<Failure>>>();
            for (var worker = 0; worker < threads; worker++) {
                running.add(pool.submit(work(lives, told)));
            }
            for (var one : running) {
                failures.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A life could not be lived", e.getCause());
        }
        return new Report(drawn.get(), lives.get(), failures);
    }

    private Callable<List<Failure>> work(AtomicLong lives, AtomicLong told) {
        return () -> {
            var failures = new ArrayList<Failure>();
            while (drawn.get() < images && failures.size() < FAILURES_TOLD) {
                live(seed + lives.getAndIncrement(), failures);
                tell(lives.get(), told);
            }
            return failures;
        };
    }

    private void tell(long lives, AtomicLong told) {
        var before = told.get();
        var now = System.nanoTime();
        if (now - before >= TELL_EVERY.toNanos() && told.compareAndSet(before, now)) {
            progress.accept(
                    "%,d of %,d crash images, in %,d lives".formatted(drawn.get(), images, lives));
        }
    }

    private void live(long lifeSeed, List<Failure> failures) {
        var life = new Life(lifeSeed);
        var disk = life.recorder().disk;
        disk.afterEachStep(() -> cut(lifeSeed, life.recorder()));
        try {
            life.live();
        } catch (Broken e) {
            failures.add(e.failure);
        } catch (RuntimeException e) {
            // Not even without a power cut.
            failures.add(new Failure(lifeSeed, disk.steps(), 0, String.valueOf(e)));
        }
    }

    private void cut(long lifeSeed, MadeRecorder recorder) {
        var disk = recorder.disk;
        recorder.promise();
        var unsure = disk.unsure();
        var count = unsure > 2 ? PER_STEP : Math.min(PER_STEP, 1 << unsure);
        for (var image = 0; image < count; image++) {
            var chance = new SplittableRandom(lifeSeed ^ (disk.steps() << 20) ^ image).split();
            try {
                new Aftermath(recorder, chance).check(disk.crashImage(chance));
            } catch (RuntimeException e) {
                throw new Broken(
                        new Failure(lifeSeed, disk.steps(), image, String.valueOf(e.getMessage())),
                        e);
            }
            drawn.incrementAndGet();
        }
    }

    /// Ends a life in which a promise was broken.
    private static final class Broken extends Error {
        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        Broken(Failure failure, RuntimeException cause) {
            super(failure.toString(), cause);
            this.failure = failure;
        }
    }
}
