package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.custodes.chaos.Day;
import org.custodes.chaos.PowerCuts;
import org.custodes.simulator.Clip;
import org.custodes.simulator.LoadFootage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Seeded faults, held against an oracle.
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description =
                "Do to a recorder what happens to recorders, and see whether it keeps its promises. Exit code"
                        + " 1 if it broke one; the seed that is told then does the same again.")
final class ChaosCommand implements Callable<Integer> {
    private static final Duration FOREVER = Duration.ofDays(365);

    /// What is done; one thing a run.
    static final class Job {
        @Option(
                names = "--power-cuts",
                paramLabel = "N",
                description =
                        "Cut the power under a recorder on a simulated disk until N crash images were opened"
                                + " and verified. Touches no file of this machine.")
        private @Nullable Long powerCuts;

        @Option(
                names = "--rounds",
                paramLabel = "N",
                description =
                        "N rounds against real recorders and simulated cameras: one fault of a camera, the"
                                + " disk, the database or a viewer each, and a kill -9. What was sent"
                                + " decides what has to be there.")
        private @Nullable Integer rounds;

        @Option(
                names = "--soak",
                paramLabel = "MINUTES",
                description =
                        "One recorder and its cameras at full rate (1080p25, 4 Mbit/s), a fault each"
                                + " minute but never a kill -9. Then whatever was sent has to be there"
                                + " or be explained, and the recorder may not have grown.")
        private @Nullable Integer soak;

        @Option(
                names = "--day",
                paramLabel = "HOURS",
                description =
                        "So many hours of a clock in hand over capture, store and keeping on a simulated"
                                + " disk, in minutes, with a fault every ten minutes. Touches no file of"
                                + " this machine.")
        private @Nullable Integer day;
    }

    @ArgGroup(multiplicity = "1")
    private Job job = new Job();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the first life. Default: one drawn now, and told")
    private @Nullable Long seed;

    @Option(
            names = "--cameras",
            paramLabel = "N",
            description = "Default: 20 with --rounds, 50 with --soak, 3 with --day")
    private @Nullable Integer cameras;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "With --rounds: no further recorder is begun after so many minutes.")
    private @Nullable Integer minutes;

    @Option(
            names = "--again-within",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description =
                    "With --rounds: so soon after it was started again a killed recorder has to record"
                            + " all cameras. Default: ${DEFAULT-VALUE}")
    private int againWithin = 5;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "Where recorders write; what a failed one left stays there. Default: a temporary"
                            + " folder")
    private @Nullable Path work;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Add each line that is told to this file too.")
    private @Nullable Path log;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        var first = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
        if (job.rounds != null) {
            return playRounds(job.rounds, first);
        }
        if (job.day != null) {
            return liveDay(job.day, first);
        }
        return job.soak != null
                ? soak(job.soak, first)
                : cutPower(Objects.requireNonNull(job.powerCuts), first);
    }

    private int liveDay(int hours, long first) {
        var count = cameras == null ? 3 : cameras;
        if (hours < 2 || hours > 24 || count < 2 || count > 50) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--day lasts for 2 to 24 hours with 2 to 50 cameras, but got %d hours and %d cameras"
                            .formatted(hours, count));
        }
        tell("%d hours under %d cameras, from seed %d.".formatted(hours, count, first));
        var report = new Day(count, hours, first, this::tell).run();
        report.broken().forEach(this::tell);
        if (!report.broken().isEmpty()) {
            tell(
                    "  Again: ./custodes chaos --day %d --cameras %d --seed %d"
                            .formatted(hours, count, first));
        }
        tell(
                "%,d frames sent, %,d of them played and %,d destroyed in time, %d faults, gaps %s, %,d bytes more heap: %s"
                        .formatted(
                                report.sent(),
                                report.played(),
                                report.expired(),
                                report.faults(),
                                report.gaps(),
                                report.growth(),
                                report.broken().isEmpty()
                                        ? "what was promised was kept."
                                        : "a promise was broken."));
        return report.broken().isEmpty() ? 0 : 1;
    }

    private int soak(int minutes, long first) throws IOException {
        if (minutes < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--soak lasts for one minute at least, but got " + minutes);
        }
        var film =
                LoadFootage.inCache(Folders.ofThisMachine().cache().resolve("footage"), this::tell);
        var folder = work == null ? Files.createTempDirectory("custodes-soak") : work;
        var setting =
                new ChaosSoak.Setting(
                        minutes,
                        Duration.ofMinutes(1),
                        first,
                        cameras == null ? 50 : cameras,
                        List.of("--footage", film.toString()),
                        bytesPerSecond(Clip.ofMp4(film)),
                        ChaosSoak.verbs(),
                        Footprint.Growth.ALLOWED,
                        folder);
        tell(
                "%d minutes under %d cameras, from seed %d."
                        .formatted(minutes, setting.cameras(), first));
        try {
            var report = new ChaosSoak(setting, this::tell).run();
            tell(report.line());
            return report.broken().isEmpty() ? 0 : 1;
        } finally {
            removeIfEmpty(folder);
        }
    }

    private static long bytesPerSecond(Clip clip) {
        var bytes = clip.accessUnits().stream().mapToLong(unit -> unit.data().length()).sum();
        return (long) (bytes * clip.fps() / clip.accessUnits().size());
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        try (var left = Files.list(folder)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(folder);
    }

    private int playRounds(int rounds, long first) throws IOException {
        var count = cameras == null ? 20 : cameras;
        tell(
                "%,d rounds at most under %d cameras, from seed %d on."
                        .formatted(rounds, count, first));
        var folder = work == null ? Files.createTempDirectory("custodes-chaos") : work;
        var time = minutes == null ? FOREVER : Duration.ofMinutes(minutes);
        var setting =
                new ChaosRounds.Setting(
                        rounds, first, count, time, Duration.ofSeconds(againWithin), folder);
        var began = System.nanoTime();
        var report = new ChaosRounds(setting, this::tell).run();
        var each = (System.nanoTime() - began) / 1e9 / Math.max(1, report.rounds());
        if (work == null && report.broken().isEmpty()) {
            FolderTree.remove(folder);
        }
        tell(
                "%,d rounds of %.1f s each, %,d frames played: the oldest frame that a kill took was %d ms old; the slowest start took %d ms to record all cameras; %s"
                        .formatted(
                                report.rounds(),
                                each,
                                report.frames(),
                                report.oldestLost().toMillis(),
                                report.slowest().toMillis(),
                                report.broken().isEmpty()
                                        ? "what was promised was kept."
                                        : "a promise was broken."));
        return report.broken().isEmpty() ? 0 : 1;
    }

    private int cutPower(long images, long first) throws InterruptedException {
        tell("%,d crash images at least, from seed %d on.".formatted(images, first));
        var threads = Runtime.getRuntime().availableProcessors();
        var report = new PowerCuts(images, first, threads, this::tell).run();
        for (var failure : report.failures()) {
            tell(failure.toString());
            tell("  Again: ./custodes chaos --power-cuts 1 --seed %d".formatted(failure.seed()));
        }
        tell(
                "%,d crash images in %,d lives: %s"
                        .formatted(
                                report.images(),
                                report.lives(),
                                report.failures().isEmpty()
                                        ? "each opened, verified and held what was promised."
                                        : "a promise was broken."));
        return report.failures().isEmpty() ? 0 : 1;
    }

    private synchronized void tell(String line) {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println(line);
        out.flush();
        if (log != null) {
            try {
                Files.writeString(
                        log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
