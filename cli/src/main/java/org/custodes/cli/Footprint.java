package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// What a Java program holds at a moment.
///
/// @param heapBytes what is alive on its heap, after a full collection
/// @param descriptors how many files and sockets it has open
record Footprint(long heapBytes, long descriptors) {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)\\s*");

    /// What arrives while it is looked adds to what is alive: the least of so many looks counts.
    private static final int LOOKS = 3;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// Looks at a program of the same user. It stands still for a moment while it collects.
    ///
    /// @throws CannotStartException if the JDK's `jcmd` does not reach it
    static Footprint of(long pid) {
        var least = Long.MAX_VALUE;
        for (var look = 0; look < LOOKS; look++) {
            least = Math.min(least, alive(pid));
        }
        return new Footprint(least, descriptors(pid));
    }

    /// The histogram of classes begins with a full collection and ends with the sum of what is alive.
    private static long alive(long pid) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var answer = Files.createTempFile("histogram", ".txt");
            try {
                var process =
                        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                                .redirectErrorStream(true)
                                .redirectOutput(answer.toFile())
                                .start();
                // It waits for ever for a program that does not let it in.
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                var said = Files.readString(answer);
                return said.lines()
                        .map(TOTAL::matcher)
                        .filter(line -> line.matches())
                        .mapToLong(line -> Long.parseLong(line.group(1)))
                        .findFirst()
                        .orElseThrow(() ->
                                new CannotStartException(
                                        "The heap of process %d cannot be read by %s: %s"
                                                .formatted(pid, jcmd, said)));
            } finally {
                Files.delete(answer);
            }
        } catch (IOException e) {
            throw new CannotStartException(
                    "The heap cannot be read without the JDK's %s: %s"
                            .formatted(jcmd, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }

    private static long descriptors(long pid) {
        try (var open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How much more a program may hold at the end than it did early on. What stood still for a moment
    /// leaves a program larger for two minutes, so the least of three minutes counts, then and now: a
    /// leak raises that too.
    ///
    /// @param heapPercent of what was alive then
    /// @param descriptors in number
    record Growth(double heapPercent, long descriptors) {
        static final Growth ALLOWED = new Growth(3, 5);

        /// Before this minute a program still grows into its work.
        private static final int SETTLED = 5;

        private static final int TOGETHER = 3;

        /// Which minute, counted from 1, the last one is held against: the fifth, in a run of less than
        /// half an hour the one with which its first sixth ends.
        static int settledIn(int minutes) {
            return Math.clamp((minutes + 5) / 6, 1, SETTLED);
        }

        /// The least of a minute and the two before it.
        ///
        /// @param minutes one for each minute
        /// @param minute counted from 1
        static Footprint by(int minute, List<Footprint> minutes) {
            var together = minutes.subList(Math.max(0, minute - TOGETHER), minute);
            return new Footprint(
                    together.stream().mapToLong(Footprint::heapBytes).min().orElseThrow(),
                    together.stream().mapToLong(Footprint::descriptors).min().orElseThrow());
        }

        static double heapPercent(Footprint then, Footprint now) {
            return 100.0 * (now.heapBytes - then.heapBytes) / then.heapBytes;
        }

        /// What is too much, in words; nothing if the program has kept its size.
        ///
        /// @param minutes one for each minute
        List<String> excess(List<Footprint> minutes) {
            var early = settledIn(minutes.size());
            var then = by(early, minutes);
            var now = by(minutes.size(), minutes);
            var broken = new ArrayList<String>();
            if (heapPercent(then, now) > heapPercent) {
                broken.add(
                        String.format(
                                Locale.ROOT,
                                "the heap held %.1f MB by minute %d and %.1f MB by minute %d: that is %.1f %% more, where %.1f %% are allowed",
                                then.heapBytes / 1e6,
                                early,
                                now.heapBytes / 1e6,
                                minutes.size(),
                                heapPercent(then, now),
                                heapPercent));
            }
            if (now.descriptors - then.descriptors > descriptors) {
                broken.add(
                        "%d descriptors were open by minute %d and %d by minute %d, where %d more are allowed"
                                .formatted(
                                        then.descriptors,
                                        early,
                                        now.descriptors,
                                        minutes.size(),
                                        descriptors));
            }
            return List.copyOf(broken);
        }
    }
}
