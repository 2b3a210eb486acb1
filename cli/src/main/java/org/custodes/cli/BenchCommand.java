package org.custodes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.custodes.simulator.LoadFootage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures the product against its peers on this machine, in turn, in the same run.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description =
                "Measure ours and the peer in turn on this machine; one line of JSON per metric on standard"
                        + " output. Exit code 1 if a run failed or a frame was lost.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "${COMPLETION-CANDIDATES}")
    private BenchJob job = BenchJob.record;

    @Option(names = "--cameras", description = "Default: as the job's goal has it")
    private @Nullable Integer cameras;

    @Option(names = "--viewers", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private int viewers = 1;

    @Option(names = "--runs", description = "Of each. Default: 3; recover --long: 200")
    private @Nullable Integer runs;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "Default: 20, long 60, short 1")
    private @Nullable Integer warmup;

    @Option(
            names = "--measured",
            paramLabel = "SECONDS",
            description = "Default: 60, long 120, short 3")
    private @Nullable Integer measured;

    @Option(
            names = "--footage",
            paramLabel = "FILE",
            description =
                    "What the cameras send. The peer writes it unsealed into a temporary folder while"
                            + " it runs: show nobody who is real. Default: 1080p25, 4 Mbit/s, made"
                            + " here")
    private @Nullable Path footage;

    @ArgGroup private Length length = new Length();

    /// At most one of these.
    static final class Length {
        @Option(
                names = "--long",
                description =
                        "As figures that are quoted should be taken; as root, seeks from a cold disk"
                                + " too, for which the system's caches are dropped.")
        private boolean isLong;

        @Option(names = "--short", description = "Only see that it works: its figures say nothing.")
        private boolean isShort;

        BenchLength chosen() {
            return isLong
                    ? BenchLength.thorough()
                    : isShort ? BenchLength.shortest() : BenchLength.usual();
        }
    }

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var err = Objects.requireNonNull(spec).commandLine().getErr();
        var cache = Folders.ofThisMachine().cache();
        var film =
                footage != null
                        ? footage
                        : LoadFootage.inCache(cache.resolve("footage"), err::println);
        var work = Files.createTempDirectory("custodes-bench");
        // What is made for a short run takes seconds, and is not worth keeping.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(work), "clearing up"));
        var archives = (length.isShort ? work : cache).resolve("bench");
        var bench =
                new Bench(
                        film, hash(film), length.chosen(), work, archives, line -> tell(err, line));
        var lost = false;
        for (var each : jobs()) {
            var result = bench.run(each, wishes());
            for (var metric : result.metrics()) {
                tell(out, metric.line(machine(), result.input()));
                lost |= metric.lost();
            }
        }
        return lost ? 1 : 0;
    }

    /// Also when a bench is stopped half-way: recorders that nobody watches would fill the disk.
    private static void leaveNothing(Path work) {
        var children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        children.forEach(child -> child.onExit().join());
        FolderTree.remove(work);
    }

    private Set<BenchJob> jobs() {
        return job == BenchJob.all
                ? EnumSet.complementOf(EnumSet.of(BenchJob.all))
                : EnumSet.of(job);
    }

    private Bench.Wishes wishes() {
        return new Bench.Wishes(cameras, viewers, runs, warmup, measured);
    }

    private static void tell(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }

    private static String machine() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var models = lines.filter(line -> line.startsWith("model name")).toList();
            return "%d x %s, Java %s, load %s"
                    .formatted(
                            models.size(),
                            models.isEmpty()
                                    ? "unknown processor"
                                    : models.getFirst().replaceFirst(".*: ", ""),
                            Runtime.version(),
                            Files.readString(Path.of("/proc/loadavg")).replaceFirst(" .*\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[1 << 16];
            for (var read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new CannotStartException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
