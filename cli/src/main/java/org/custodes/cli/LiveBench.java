package org.custodes.cli;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.custodes.simulator.Clip;

/// How old a frame is when a viewer has its last byte, counted from the camera's sending it: ours over
/// the media WebSocket, the peer's `ffmpeg` remuxing to fragments of one frame through a pipe.
final class LiveBench {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BenchSetting setting;
    private final Clip clip;

    LiveBench(BenchSetting setting) {
        this.setting = setting;
        this.clip = Clip.ofMp4(setting.footage());
    }

    List<BenchMetric> run() {
        var ours = new ArrayList<List<Double>>();
        var peer = new ArrayList<List<Double>>();
        for (var run = 1; run <= setting.runs(); run++) {
            ours.add(ours(setting.folder("live-ours-" + run)));
            peer.add(peer());
        }
        return List.of(
                metric("live.latency_p50_ms", 0.50, ours, peer, "ratio <= 0.1, ours <= 8"),
                metric("live.latency_p99_ms", 0.99, ours, peer, "ours <= 20"));
    }

    /// A frame that arrived: which camera's, what it ends with, when.
    private record Arrival(int camera, ByteBuffer mark, long micros) {}

    private static BenchMetric metric(
            String name,
            double part,
            List<List<Double>> ours,
            List<List<Double>> peer,
            String goal) {
        return new BenchMetric(
                "live",
                name,
                "ms",
                ours.stream().map(ages -> BenchMetric.quantile(ages, part)).toList(),
                peer.stream().map(ages -> BenchMetric.quantile(ages, part)).toList(),
                goal);
    }

    private List<Double> ours(Path folder) {
        var arrivals = Collections.synchronizedList(new ArrayList<Arrival>());
        try (var cameras = setting.cameras();
                var recorder = BenchRecorder.start(folder)) {
            var ids = recorder.addCameras(setting.addresses(cameras));
            var viewers =
                    IntStream.range(0, setting.viewers())
                            .mapToObj(viewer -> {
                                var camera = viewer % ids.size();
                                var client =
                                        MediaClient.connect(
                                                recorder.address(),
                                                recorder.authority(),
                                                recorder.operator(),
                                                frame ->
                                                        arrivals.add(
                                                                new Arrival(
                                                                        camera,
                                                                        FrameLogFile.markOf(
                                                                                frame.unit()),
                                                                        frame.arrivalMicros())));
                                client.live(1, ids.get(camera));
                                return client;
                            })
                            .toList();
            try {
                measure(arrivals, Math.min(viewers.size(), ids.size()));
            } finally {
                viewers.forEach(MediaClient::close);
            }
        }
        return ages(List.copyOf(arrivals));
    }

    private List<Double> peer() {
        var arrivals = Collections.synchronizedList(new ArrayList<Arrival>());
        try (var cameras = setting.cameras()) {
            var ffmpeg = fragments(setting.addresses(cameras).getFirst());
            var reader = Thread.ofPlatform().daemon().start(() -> readFragments(ffmpeg, arrivals));
            try {
                measure(arrivals, 1);
            } finally {
                ffmpeg.destroy();
            }
            reader.interrupt();
        }
        return ages(List.copyOf(arrivals));
    }

    /// Leaves in the list what arrives in the measured time. That begins a warm-up after so many cameras'
    /// pictures are there: a busy machine takes seconds to start a program.
    private void measure(List<Arrival> arrivals, int cameras) {
        Waiting.until(
                "a picture of each of %d cameras arrives".formatted(cameras),
                PATIENCE,
                () -> seen(arrivals) == cameras);
        Waiting.forAs(setting.warmup());
        arrivals.clear();
        Waiting.forAs(setting.measured());
    }

    private static long seen(List<Arrival> arrivals) {
        synchronized (arrivals) {
            return arrivals.stream().map(Arrival::camera).distinct().count();
        }
    }

    private static Process fragments(URI address) {
        var words = new ArrayList<>(Processors.heldTo(Processors.RECORDERS));
        words.addAll(
                List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-fflags",
                        "nobuffer",
                        "-flags",
                        "low_delay",
                        "-probesize",
                        "32768",
                        "-analyzeduration",
                        "0",
                        "-rtsp_transport",
                        "tcp",
                        "-i",
                        address.toString(),
                        "-c",
                        "copy",
                        "-movflags",
                        "frag_every_frame+empty_moov+default_base_moof",
                        "-f",
                        "mp4",
                        "pipe:1"));
        return FragmentPipe.start(words);
    }

    private static void readFragments(Process ffmpeg, List<Arrival> arrivals) {
        try (var pipe = new FragmentPipe(ffmpeg)) {
            for (var media = pipe.next(); media.isPresent(); media = pipe.next()) {
                arrivals.add(
                        new Arrival(
                                0,
                                FrameLogFile.markOf(ByteBuffer.wrap(media.get())),
                                ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
            }
        }
    }

    private List<Double> ages(List<Arrival> arrivals) {
        var logs =
                IntStream.rangeClosed(1, setting.cameraCount())
                        .mapToObj(number -> new FrameLogFile(setting.frameLog(number), clip))
                        .toList();
        var ages = new ArrayList<Double>();
        for (var arrival : arrivals) {
            logs.get(arrival.camera())
                    .age(arrival.mark(), arrival.micros())
                    .ifPresent(micros -> ages.add(micros / 1000.0));
        }
        if (ages.isEmpty()) {
            throw new CannotStartException("No frame arrived at any viewer.");
        }
        return ages;
    }
}
