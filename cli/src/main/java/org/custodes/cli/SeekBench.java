package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.custodes.simulator.AccessUnit;
import org.custodes.simulator.Clip;

/// How long a jump into weeks of footage takes, from the request to the last byte of the first GOP: ours
/// over the media WebSocket, the peer's `ffmpeg` remuxing from a file whose name it is told.
final class SeekBench {
    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private final BenchSetting setting;
    private final Archive archive;
    private final int seeks;
    private final boolean cold;
    private final Clip clip;
    private final List<List<AccessUnit>> gops;
    private final Random chance = new Random();

    /// @param seeks per run; a fifth as many with looks opened anew, from a cold disk, and of the peer
    /// @param cold whether seeks from a cold disk are measured too, for which the system's caches go
    SeekBench(BenchSetting setting, Archive archive, int seeks, boolean cold) {
        this.setting = setting;
        this.archive = archive;
        this.seeks = seeks;
        this.cold = cold && Files.isWritable(DROP_CACHES);
        this.clip = Clip.ofMp4(setting.footage());
        this.gops = ArchiveFilling.gopsOf(clip);
    }

    /// Milliseconds of each seek.
    ///
    /// @param warm in looks that stand
    /// @param opened in looks opened for it
    /// @param cold in looks that stand, and nothing of the archive in memory; may be empty
    private record Times(List<Double> warm, List<Double> opened, List<Double> cold) {}

    List<BenchMetric> run() {
        var ours = new ArrayList<Times>();
        var peer = new ArrayList<List<Double>>();
        for (var run = 1; run <= setting.runs(); run++) {
            ours.add(ours(setting.folder("seek-ours-" + run)));
            peer.add(times(few(), this::peer));
        }
        var warm = ours.stream().map(Times::warm).toList();
        var opened = ours.stream().map(Times::opened).toList();
        var cold = ours.stream().map(Times::cold).toList();
        return Stream.of(
                        metrics("seek.first_gop", warm, peer),
                        metrics("seek.open_first_gop", opened, peer),
                        this.cold
                                ? metrics("seek.cold_first_gop", cold, peer)
                                : List.<BenchMetric>of())
                .flatMap(List::stream)
                .toList();
    }

    private static List<BenchMetric> metrics(
            String name, List<List<Double>> ours, List<List<Double>> peer) {
        return List.of(
                metric(name + "_p50_ms", 0.50, ours, peer, "ratio <= 0.1, ours <= 9"),
                metric(name + "_p99_ms", 0.99, ours, peer, "ours <= 25"));
    }

    private static BenchMetric metric(
            String name,
            double part,
            List<List<Double>> ours,
            List<List<Double>> peer,
            String goal) {
        return new BenchMetric(
                "seek",
                name,
                "ms",
                ours.stream().map(times -> BenchMetric.quantile(times, part)).toList(),
                peer.stream().map(times -> BenchMetric.quantile(times, part)).toList(),
                goal);
    }

    private Times ours(Path folder) {
        try (var recorder = BenchRecorder.start(folder, archive);
                var seeker = new Seeker(recorder, archive, gops)) {
            var warm = System.nanoTime() + setting.warmup().toNanos();
            do {
                var _ = seek(seeker);
                var _ = open(seeker);
            } while (System.nanoTime() < warm);
            var standing = times(seeks, () -> seek(seeker));
            var opened = times(few(), () -> open(seeker));
            if (!cold) {
                return new Times(standing, opened, List.of());
            }
            dropCaches();
            return new Times(standing, opened, times(few(), () -> seek(seeker)));
        } finally {
            FolderTree.remove(folder);
        }
    }

    private int few() {
        return Math.max(1, seeks / 5);
    }

    private static List<Double> times(int count, Supplier<Double> one) {
        return Stream.generate(one).limit(count).toList();
    }

    private double seek(Seeker seeker) {
        var place = anyPlace();
        return seeker.seek(place, within(place));
    }

    private double open(Seeker seeker) {
        var place = anyPlace();
        return seeker.open(place, within(place));
    }

    private Archive.Place anyPlace() {
        return archive.places().get(chance.nextInt(archive.places().size()));
    }

    /// Any moment of the GOP.
    private long within(Archive.Place place) {
        var gop = gops.get(place.gop());
        return chance.nextLong(1 + (gop.getLast().dts() - gop.getFirst().dts()) * 100 / 9);
    }

    private double peer() {
        var length = clip.loopTicks() / 90_000.0;
        var words = new ArrayList<>(Processors.heldTo(Processors.RECORDERS));
        words.addAll(
                List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-ss",
                        Double.toString(chance.nextDouble() * Math.max(0, length - 2)),
                        "-t",
                        "2",
                        "-i",
                        setting.footage().toString(),
                        "-c",
                        "copy",
                        "-movflags",
                        "frag_keyframe+empty_moov",
                        "-f",
                        "mp4",
                        "pipe:1"));
        var begun = System.nanoTime();
        try (var pipe = new FragmentPipe(FragmentPipe.start(words))) {
            if (pipe.next().isEmpty()) {
                throw new CannotStartException("The peer's ffmpeg wrote no picture.");
            }
            return (System.nanoTime() - begun) / 1e6;
        }
    }

    /// What was written first, so that it can go too (proc(5)).
    private static void dropCaches() {
        try {
            var _ = new ProcessBuilder("sync").start().waitFor();
            Files.writeString(DROP_CACHES, "3\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStartException("Interrupted", e);
        }
    }
}
