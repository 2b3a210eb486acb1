package org.custodes.cli;

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
    /// What is done; one thing a run.
    static final class Job {
        @Option(
                names = "--power-cuts",
                paramLabel = "N",
                description =
                        "Cut the power under a recorder on a simulated disk until N crash images were opened"
                                + " and verified. Touches no file of this machine.")
        private @Nullable Long powerCuts;
    }

    @ArgGroup(multiplicity = "1")
    private Job job = new Job();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of the first life. Default: one drawn now, and told")
    private @Nullable Long seed;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var images = Objects.requireNonNull(job.powerCuts);
        var first = seed == null ? ThreadLocalRandom.current().nextInt(1, 1_000_000_000) : seed;
        out.println("%,d crash images at least, from seed %d on.".formatted(images, first));
        out.flush();
        var threads = Runtime.getRuntime().availableProcessors();
        var report =
                new PowerCuts(
                                images,
                                first,
                                threads,
                                line -> {
                                    out.println(line);
                                    out.flush();
                                })
                        .run();
        for (var failure : report.failures()) {
            out.println(failure);
            out.println(
                    "  Again: ./custodes chaos --power-cuts 1 --seed %d".formatted(failure.seed()));
        }
        out.println(
                "%,d crash images in %,d lives: %s"
                        .formatted(
                                report.images(),
                                report.lives(),
                                report.failures().isEmpty()
                                        ? "each opened, verified and held what was promised."
                                        : "a promise was broken."));
        out.flush();
        return report.failures().isEmpty() ? 0 : 1;
    }
}
