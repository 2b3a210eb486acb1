package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/// Whether answers tell by their time, or by a byte, what they do not tell in words: an unknown name from a
/// wrong password, and a camera that was not given from one that does not exist.
///
/// All of it is the product as it ships, with its throttles and the usual cost of a password. So a source
/// asks ten times and not again, and an account is asked eight times, each time later: whoever is slowed is
/// answered before anything is compared, and would say nothing.
final class SignInTimingBench {
    private static final int PAIRS_PER_SOURCE = 5;
    private static final int FREE_PER_ACCOUNT = 2;
    private static final int PER_ACCOUNT = 8;
    private static final int FEW_ACCOUNTS = 20;
    private static final double APART_MILLIS = 0.2;
    private static final double UNLIKELY = 0.01;
    private static final String GOAL = "p >= 0.01, or medians < 0.2 ms apart";

    private final BenchSetting setting;
    private final int samples;
    private final boolean quotable;
    private final Random random = new Random(1);
    private int sources;

    /// @param samples of each of two
    /// @param quotable whether they are enough to judge by
    SignInTimingBench(BenchSetting setting, int samples, boolean quotable) {
        this.setting = setting;
        this.samples = samples;
        this.quotable = quotable;
    }

    /// Two that must not be told apart.
    private static final class Pair {
        private final List<Double> first = new ArrayList<>();
        private final List<Double> second = new ArrayList<>();
        private final Set<String> said = new HashSet<>();

        /// Difference of medians.
        double apartMillis() {
            return Math.abs(BenchMetric.median(first) - BenchMetric.median(second));
        }

        double probability() {
            return Welch.probability(first, second);
        }

        boolean toldApart() {
            return probability() < UNLIKELY && apartMillis() >= APART_MILLIS;
        }
    }

    private record Run(Pair signIns, Pair cameras) {}

    List<BenchMetric> run() {
        var runs = new ArrayList<Run>();
        for (var number = 1; number <= setting.runs(); number++) {
            var folder = setting.folder("sign-in-timing-" + number);
            try {
                runs.add(once(folder));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                FolderTree.remove(folder);
            }
        }
        var metrics =
                new ArrayList<>(
                        metrics("unknown_or_wrong", runs.stream().map(Run::signIns).toList()));
        metrics.addAll(metrics("foreign_or_absent", runs.stream().map(Run::cameras).toList()));
        return metrics;
    }

    private List<BenchMetric> metrics(String name, List<Pair> pairs) {
        return List.of(
                metric(name + "_p", "", GOAL, pairs.stream().map(Pair::probability).toList()),
                metric(
                        name + "_apart_ms",
                        "ms",
                        GOAL,
                        pairs.stream().map(Pair::apartMillis).toList()),
                metric(
                        name + "_told_apart",
                        "runs",
                        quotable ? BenchMetric.NOTHING : "stated",
                        pairs.stream().map(pair -> pair.toldApart() ? 1.0 : 0.0).toList()),
                metric(
                        name + "_other_answers",
                        "answers",
                        BenchMetric.NOTHING,
                        pairs.stream().map(pair -> pair.said.size() - 1.0).toList()));
    }

    private static BenchMetric metric(String name, String unit, String goal, List<Double> values) {
        return new BenchMetric(
                "sign-in-timing", "sign-in-timing." + name, unit, values, List.of(), goal);
    }

    private Run once(Path folder) throws IOException {
        try (var cameras = setting.cameras();
                var recorder = BenchRecorder.start(folder)) {
            var ids = recorder.addCameras(setting.addresses(cameras));
            var tls = ApiClient.trusting(recorder.authority());
            Waiting.forAs(setting.warmup());
            return new Run(signIns(recorder, tls), cameras(recorder, tls, ids));
        }
    }

    /// An account, and when it may be asked again.
    private record Account(String name, int asked, long notBeforeNanos) {
        Account askedAgain() {
            var wait = asked + 1 <= FREE_PER_ACCOUNT ? 0 : 1L << (asked + 1 - FREE_PER_ACCOUNT - 1);
            return new Account(
                    name,
                    asked + 1,
                    System.nanoTime() + Duration.ofSeconds(wait).plusMillis(200).toNanos());
        }
    }

    private Pair signIns(BenchRecorder recorder, SSLContext tls) throws IOException {
        var accounts = accounts(recorder);
        var pair = new Pair();
        while (pair.first.size() < samples) {
            try (var caller = RawCaller.from(nextSource(), recorder.address(), tls, "")) {
                // The first request of a connection costs what no other does.
                var _ = caller.get("/api/v1/server");
                for (var i = 0; i < PAIRS_PER_SOURCE && pair.first.size() < samples; i++) {
                    var account = accounts.removeFirst();
                    Waiting.forAs(
                            Duration.ofNanos(
                                    Math.max(0, account.notBeforeNanos() - System.nanoTime())));
                    ask(
                            pair,
                            () -> signIn(caller, unknown(account.name())),
                            () -> signIn(caller, account.name()),
                            401);
                    accounts.addLast(account.askedAgain());
                }
            }
        }
        return pair;
    }

    /// A name that nobody has, as long as one that somebody has.
    private String unknown(String name) {
        return "%0{n}x"
                .replace("{n}", "" + name.length())
                .formatted(random.nextInt(1, Integer.MAX_VALUE));
    }

    private Deque<Account> accounts(BenchRecorder recorder) {
        var many =
                Math.max(samples / PER_ACCOUNT, Math.min(samples / FREE_PER_ACCOUNT, FEW_ACCOUNTS));
        var accounts = new ArrayDeque<Account>();
        for (var number = 0; number < many; number++) {
            var name = "Bench account %04d".formatted(number);
            var link = recorder.officer().invite(name, "auditor", List.of());
            BenchPerson.enrol(recorder.address(), recorder.authority(), link, Optional.empty())
                    .client()
                    .close();
            accounts.add(new Account(name, 0, System.nanoTime()));
        }
        return accounts;
    }

    private InetAddress nextSource() {
        sources++;
        return InetAddress.ofLiteral("127.1.%d.%d".formatted(sources / 250, 1 + sources % 250));
    }

    private static RawCaller.Said signIn(RawCaller caller, String name) throws IOException {
        return caller.post(
                "/api/v1/sign-in",
                ApiClient.JSON.writeValueAsString(
                        Map.of(
                                "name", name,
                                "password", "not the password, but as long",
                                "code", "000000")));
    }

    /// Somebody who was given one camera asks for another, and for one that there is not.
    private Pair cameras(BenchRecorder recorder, SSLContext tls, List<String> ids)
            throws IOException {
        var link = recorder.officer().invite("Bench guard", "operator", List.of(ids.getFirst()));
        recorder.deputy().agreeTo("Bench guard");
        var guard =
                BenchPerson.enrol(recorder.address(), recorder.authority(), link, Optional.empty());
        var pair = new Pair();
        try (var _ = guard.client()) {
            while (pair.first.size() < samples) {
                try (var caller =
                        RawCaller.from(nextSource(), recorder.address(), tls, guard.cookie())) {
                    var _ = caller.get("/api/v1/me");
                    for (var i = 0; i < PAIRS_PER_SOURCE && pair.first.size() < samples; i++) {
                        ask(
                                pair,
                                () -> timeline(caller, ids.getLast()),
                                () -> timeline(caller, UUID.randomUUID().toString()),
                                404);
                    }
                }
            }
        }
        return pair;
    }

    private static RawCaller.Said timeline(RawCaller caller, String camera) throws IOException {
        return caller.get(
                "/api/v1/timeline?camera=%s&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"
                        .formatted(camera));
    }

    private interface Asking {
        RawCaller.Said ask() throws IOException;
    }

    /// One of each, in an order that is drawn.
    private void ask(Pair pair, Asking first, Asking second, int status) throws IOException {
        if (random.nextBoolean()) {
            pair.first.add(millis(pair, first, status));
            pair.second.add(millis(pair, second, status));
        } else {
            pair.second.add(millis(pair, second, status));
            pair.first.add(millis(pair, first, status));
        }
    }

    private static double millis(Pair pair, Asking asking, int status) throws IOException {
        var start = System.nanoTime();
        var said = asking.ask();
        var millis = (System.nanoTime() - start) / 1e6;
        if (said.status() != status) {
            throw new IOException("This was not to be measured: " + said);
        }
        pair.said.add(said.head() + said.body());
        return millis;
    }
}
