package org.custodes.cli;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.custodes.media.TimeRange;
import org.custodes.simulator.SoftPasskey;

/// What a flood of sign-ins costs: a thousand guesses a second at one account, from 250 addresses, while
/// cameras are recorded. Few of them may reach the hash of the password, the recording loses nothing, and
/// whoever owns the account gets in by their passkey. Signing in by password is slowed for the account, from
/// wherever it is tried, and is not measured.
final class SignInBench {
    private static final int SOURCES = 250;
    private static final int PER_SECOND = 1_000;

    /// In any 15 min, of one account (`docs/design/access.md`).
    private static final int MOST = 10;

    private static final int MOST_TRIES = 5;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final String HASHED = "custodes_sign_ins_hashed_total";

    private final BenchSetting setting;

    SignInBench(BenchSetting setting) {
        this.setting = setting;
    }

    /// @param attempts that were answered, in a second
    /// @param hashed of them, how many reached the hash
    /// @param passkeyMillis from the officer's asking what to sign until they are in
    private record Figures(double attempts, double hashed, double passkeyMillis, double lost) {
        /// How many more than may be.
        double beyond(Duration measured) {
            var windows = Math.ceilDiv(measured.toMillis(), WINDOW.toMillis());
            return Math.max(0, hashed - MOST * windows);
        }
    }

    List<BenchMetric> run() {
        var runs = new ArrayList<Figures>();
        for (var run = 1; run <= setting.runs(); run++) {
            var folder = setting.folder("sign-in-" + run);
            try {
                runs.add(once(folder));
            } finally {
                FolderTree.remove(folder);
            }
        }
        return List.of(
                metric("attempts_per_s", "1/s", ">= 1000", runs, Figures::attempts),
                metric("hashed", "attempts", "<= 10 in 15 min", runs, Figures::hashed),
                metric(
                        "hashed_beyond_10",
                        "attempts",
                        BenchMetric.NOTHING,
                        runs,
                        run -> run.beyond(setting.measured())),
                metric("frames_lost", "frames", BenchMetric.NOTHING, runs, Figures::lost),
                metric("passkey_ms", "ms", "stated", runs, Figures::passkeyMillis));
    }

    private static BenchMetric metric(
            String name,
            String unit,
            String goal,
            List<Figures> runs,
            ToDoubleFunction<Figures> value) {
        var values = runs.stream().mapToDouble(value).boxed().toList();
        return new BenchMetric("sign-in", "sign-in." + name, unit, values, List.of(), goal);
    }

    private Figures once(Path folder) {
        Figures measured;
        TimeRange window;
        Path data;
        Path rootKey;
        try (var cameras = setting.cameras();
                var recorder = BenchRecorder.start(folder)) {
            // First of all: it takes a fresh sign-in.
            var passkey = recorder.officer().addPasskey(recorder.address());
            var _ = recorder.addCameras(setting.addresses(cameras));
            data = recorder.data();
            rootKey = recorder.rootKey();
            Waiting.forAs(setting.warmup());
            var start = Instant.now();
            measured = flooded(recorder, passkey);
            window = new TimeRange(start, Instant.now());
        }
        return new Figures(
                measured.attempts(),
                measured.hashed(),
                measured.passkeyMillis(),
                LostFrames.in(data, rootKey, window, setting));
    }

    private Figures flooded(BenchRecorder recorder, SoftPasskey passkey) {
        var before = recorder.metric(HASHED);
        var start = System.nanoTime();
        var flood = new ArrayList<Future<Long>>();
        double byPasskey;
        try (var sources = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var number = 0; number < SOURCES; number++) {
                var source = new Source(recorder, number, start);
                flood.add(sources.submit(source));
            }
            Waiting.forAs(setting.measured().dividedBy(2));
            byPasskey = passkeyMillis(recorder, passkey);
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        var answered = flood.stream().mapToLong(SignInBench::answers).sum();
        return new Figures(answered / seconds, recorder.metric(HASHED) - before, byPasskey, 0);
    }

    private static long answers(Future<Long> source) {
        try {
            return source.get();
        } catch (ExecutionException e) {
            throw new CannotStartException(
                    "Nobody can guess at this recorder any more: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    /// In by the passkey; whoever gets no connection tries again, and that counts.
    private static double passkeyMillis(BenchRecorder recorder, SoftPasskey passkey) {
        var start = System.nanoTime();
        for (var tries = 1; ; tries++) {
            try {
                var back = BenchPerson.signIn(recorder.address(), recorder.authority(), passkey);
                try (var client = back.client()) {
                    var _ = client.get("/api/v1/me");
                }
                return (System.nanoTime() - start) / 1e6;
            } catch (CannotStartException noConnection) {
                if (tries == MOST_TRIES) {
                    throw noConnection;
                }
            }
        }
    }

    /// One of those who guess.
    private final class Source implements Callable<Long> {
        private static final Duration BETWEEN = Duration.ofSeconds(SOURCES).dividedBy(PER_SECOND);

        private final BenchRecorder recorder;
        private final InetAddress address;
        private final long start;
        private final SSLContext tls;
        private long next;

        /// @param number they come from 127.0.1.1 on
        Source(BenchRecorder recorder, int number, long start) {
            this.recorder = recorder;
            this.address = InetAddress.ofLiteral("127.0.1." + (number + 1));
            this.start = start + number * BETWEEN.toNanos() / SOURCES;
            this.next = this.start;
            this.tls = ApiClient.trusting(recorder.authority());
        }

        /// Until the time is over, at its pace or as fast as the recorder answers.
        ///
        /// @return how many answers it got
        @Override
        public Long call() throws IOException {
            var answered = 0L;
            var end = start + setting.measured().toNanos();
            while (System.nanoTime() < end) {
                try (var caller = RawCaller.from(address, recorder.address(), tls, "")) {
                    var goesOn = true;
                    while (goesOn && await(end)) {
                        goesOn = guess(caller);
                        answered++;
                    }
                } catch (EOFException | SocketException | SSLException hungUp) {
                    // A server ends a connection after a while, and whoever guesses opens another.
                    var _ = await(end);
                }
            }
            return answered;
        }

        /// Waits for the next turn, or not at all if that is over.
        ///
        /// @return whether there is one
        private boolean await(long end) {
            Waiting.forAs(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            next = Math.max(next + BETWEEN.toNanos(), System.nanoTime());
            return System.nanoTime() < end;
        }

        /// @return whether the connection stays
        private boolean guess(RawCaller caller) throws IOException {
            var said =
                    caller.post(
                            "/api/v1/sign-in",
                            "{\"name\":\"%s\",\"password\":\"not the password, but as long\",\"code\":\"000000\"}"
                                    .formatted(BenchRecorder.OFFICER));
            if (said.status() != 401 && said.status() != 429 && said.status() != 503) {
                throw new IOException("A guess was answered with " + said);
            }
            return said.stays();
        }
    }
}
