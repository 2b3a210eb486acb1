package org.custodes.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.custodes.simulator.Clip;
import org.jspecify.annotations.Nullable;

/// Runs the jobs: gives each what it needs, and says what it was given.
final class Bench {
    private final Path footage;
    private final String footageHash;
    private final Clip clip;
    private final BenchLength length;
    private final Path work;
    private final Archives archives;
    private final Consumer<String> progress;

    /// What somebody wants otherwise than it would be.
    record Wishes(
            @Nullable Integer cameras,
            int viewers,
            @Nullable Integer runs,
            @Nullable Integer warmupSeconds,
            @Nullable Integer measuredSeconds) {

        static Wishes none() {
            return new Wishes(null, 1, null, null, null);
        }
    }

    /// What came of a job.
    ///
    /// @param input what it was run with
    record Result(List<BenchMetric> metrics, String input) {}

    /// @param footage an MP4 that the cameras loop
    /// @param work for what runs write
    /// @param archives where archives are kept
    /// @param progress is told a line now and then
    Bench(
            Path footage,
            String footageHash,
            BenchLength length,
            Path work,
            Path archives,
            Consumer<String> progress) {
        this.footage = footage;
        this.footageHash = footageHash;
        this.clip = Clip.ofMp4(footage);
        this.length = length;
        this.work = work;
        this.progress = progress;
        this.archives = new Archives(archives, new Archives.Film(clip, footageHash), progress);
    }

    Result run(BenchJob job, Wishes wishes) {
        var setting = setting(job, wishes);
        return switch (job) {
            case record -> plain(setting, new RecordBench(setting, progress)::run);
            case live -> plain(setting, new LiveBench(setting)::run);
            case seek -> {
                var archive = archive(Archive.Kind.WHOLE, setting);
                var bench = new SeekBench(setting, archive, length.seeks(), length.coldDisk());
                yield beside(archive, bench::run);
            }
            case timeline -> {
                var archive = archive(Archive.Kind.WHOLE, setting);
                var bench = new TimelineBench(setting, archive, Math.max(1, length.seeks() / 5));
                yield beside(archive, bench::run);
            }
            case start -> {
                var archive = archive(Archive.Kind.KEPT, setting);
                yield beside(archive, new StartBench(setting, archive)::run);
            }
            case recover -> {
                var archive = archive(Archive.Kind.KEPT, setting);
                var bench =
                        new RecoverBench(
                                setting, archive, length.earliestKill(), length.latestKill());
                yield beside(archive, bench::run);
            }
            case sign_in -> plain(setting, new SignInBench(setting)::run);
            case sign_in_timing -> {
                var bench =
                        new SignInTimingBench(
                                setting, length.quotable() ? 2_000 : 20, length.quotable());
                yield plain(setting, bench::run);
            }
            case all -> throw new IllegalArgumentException("One job at a time");
        };
    }

    /// A job's measuring.
    @FunctionalInterface
    private interface Measuring {
        List<BenchMetric> run();
    }

    private Result plain(BenchSetting setting, Measuring measuring) {
        return new Result(
                measured(measuring),
                "%s, %d cameras, %d viewers"
                        .formatted(film(), setting.cameraCount(), setting.viewers()));
    }

    private Result beside(Archive archive, Measuring measuring) {
        return new Result(measured(measuring), "%s, %s".formatted(film(), archive.shape().told()));
    }

    private List<BenchMetric> measured(Measuring measuring) {
        if (length.quotable()) {
            Processors.holdThisProgram();
        }
        return measuring.run();
    }

    private String film() {
        return "%s sha256:%s".formatted(footage.getFileName(), footageHash);
    }

    private Archive archive(Archive.Kind kind, BenchSetting setting) {
        return archives.of(new Archive.Shape(kind, setting.cameraCount(), length.days()));
    }

    private BenchSetting setting(BenchJob job, Wishes wishes) {
        var runs = job == BenchJob.recover ? length.kills() : length.runs();
        return new BenchSetting(
                footage,
                clip.fps(),
                Objects.requireNonNullElse(
                        wishes.cameras(), Math.min(job.cameras(), length.mostCameras())),
                wishes.viewers(),
                Objects.requireNonNullElse(wishes.runs(), runs),
                seconds(wishes.warmupSeconds(), length.warmup()),
                seconds(wishes.measuredSeconds(), length.measured()),
                work);
    }

    private static Duration seconds(@Nullable Integer wished, Duration otherwise) {
        return wished == null ? otherwise : Duration.ofSeconds(wished);
    }
}
