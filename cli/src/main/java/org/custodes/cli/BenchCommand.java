package org.custodes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.custodes.simulator.Clip;
import org.custodes.simulator.LoadFootage;
import org.jspecify.annotations.Nullable;
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
    /// What can be measured.
    enum Job {
        record,
        live
    }

    @Parameters(paramLabel = "JOB", description = "${COMPLETION-CANDIDATES}")
    private Job job = Job.record;

    @Option(names = "--cameras", defaultValue = "8", description = "Default: ${DEFAULT-VALUE}")
    private int cameras = 8;

    @Option(names = "--viewers", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private int viewers = 1;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "Of each. Default: ${DEFAULT-VALUE}")
    private int runs = 3;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "Default: ${DEFAULT-VALUE}")
    private int warmup = 20;

    @Option(
            names = "--measured",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "Default: ${DEFAULT-VALUE}")
    private int measured = 60;

    @Option(
            names = "--footage",
            paramLabel = "FILE",
            description = "What the cameras send. Default: 1080p25, 4 Mbit/s, made here")
    private @Nullable Path footage;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var film =
                footage != null
                        ? footage
                        : LoadFootage.inCache(
                                Folders.ofThisMachine().cache().resolve("footage"),
                                commandLine.getErr()::println);
        var work = Files.createTempDirectory("custodes-bench");
        try {
            var setting =
                    new BenchSetting(
                            film,
                            Clip.ofMp4(film).fps(),
                            cameras,
                            viewers,
                            runs,
                            Duration.ofSeconds(warmup),
                            Duration.ofSeconds(measured),
                            work);
            var metrics =
                    switch (job) {
                        case record -> new RecordBench(setting).run();
                        case live -> new LiveBench(setting).run();
                    };
            var input =
                    "%s sha256:%s, %d cameras".formatted(film.getFileName(), hash(film), cameras);
            metrics.forEach(metric -> commandLine.getOut().println(metric.line(machine(), input)));
            commandLine.getOut().flush();
            return anyLost(metrics) ? 1 : 0;
        } finally {
            remove(work);
        }
    }

    private static boolean anyLost(List<BenchMetric> metrics) {
        return metrics.stream()
                .filter(metric -> metric.metric().equals("record.frames_lost"))
                .anyMatch(metric -> metric.ours().stream().anyMatch(lost -> lost != 0));
    }

    private static String machine() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var model =
                    lines.filter(line -> line.startsWith("model name"))
                            .findFirst()
                            .map(line -> line.replaceFirst(".*: ", ""))
                            .orElse("unknown processor");
            return "%d x %s, Java %s"
                    .formatted(
                            Runtime.getRuntime().availableProcessors(), model, Runtime.version());
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

    private static void remove(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            for (var file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
