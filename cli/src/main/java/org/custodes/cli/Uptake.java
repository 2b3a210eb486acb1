package org.custodes.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// How long a recorder takes after it was executed.
///
/// @param answered until somebody who was signed in before is answered with 200
/// @param recorded until every camera has a pack on the disk with pictures in it
record Uptake(Duration answered, Duration recorded) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// Watches a recorder that was started just now.
    ///
    /// @param before packs that were there already
    static Uptake of(BenchRecorder recorder, int cameras, Set<Path> before) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answered =
                    CompletableFuture.supplyAsync(
                            () ->
                                    since(
                                            recorder,
                                            "the recorder answers",
                                            () -> answers(recorder.administrator())),
                            threads);
            var recorded =
                    since(
                            recorder,
                            "all %d cameras are recorded".formatted(cameras),
                            () -> recorder.tracksBegun(before) >= cameras);
            return new Uptake(answered.join(), recorded);
        }
    }

    private static Duration since(BenchRecorder recorder, String what, BooleanSupplier so) {
        try {
            Waiting.until(what, PATIENCE, so);
        } catch (CannotStartException late) {
            throw new CannotStartException(
                    "%s. It said: %s".formatted(late.getMessage(), recorder.program().said()),
                    late);
        }
        return Duration.ofNanos(System.nanoTime() - recorder.begunNanos());
    }

    private static boolean answers(BenchPerson person) {
        try {
            var _ = person.client().get("/api/v1/me");
            return true;
        } catch (CannotStartException | ApiException notYet) {
            return false;
        }
    }
}
