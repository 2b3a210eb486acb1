package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.custodes.chaos.PowerCuts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            defaultValue = "20",
            description = "With --rounds. Default: ${DEFAULT-VALUE}")
    private int cameras = 20;

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
        return job.rounds == null
                ? cutPower(Objects.requireNonNull(job.powerCuts), first)
                : playRounds(job.rounds, first);
    }

    private int playRounds(int rounds, long first) throws IOException {
        tell(
                "%,d rounds at most under %d cameras, from seed %d on."
                        .formatted(rounds, cameras, first));
        var folder = work == null ? Files.createTempDirectory("custodes-chaos") : work;
        var time = minutes == null ? FOREVER : Duration.ofMinutes(minutes);
        var setting =
                new ChaosRounds.Setting(
                        rounds, first, cameras, time, Duration.ofSeconds(againWithin), folder);
        var report = new ChaosRounds(setting, this::tell).run();
        if (work == null && report.broken().isEmpty()) {
            FolderTree.remove(folder);
        }
        tell(
                "%,d rounds, %,d frames played: the oldest frame that a kill took was %d ms old; the slowest start took %d ms to record all cameras; %s"
                        .formatted(
                                report.rounds(),
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
