package org.custodes.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
                ours.stream().map(ages -> quantile(ages, part)).toList(),
                peer.stream().map(ages -> quantile(ages, part)).toList(),
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
                                                (channel, unit, micros) ->
                                                        arrivals.add(
                                                                new Arrival(
                                                                        camera,
                                                                        FrameLogFile.markOf(unit),
                                                                        micros)));
                                client.live(1, ids.get(camera));
                                return client;
                            })
                            .toList();
            try {
                Waiting.forAs(setting.warmup());
                arrivals.clear();
                Waiting.forAs(setting.measured());
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
                Waiting.forAs(setting.warmup());
                arrivals.clear();
                Waiting.forAs(setting.measured());
            } finally {
                ffmpeg.destroy();
            }
            reader.interrupt();
        }
        return ages(List.copyOf(arrivals));
    }

    private static Process fragments(URI address) {
        try {
            return new ProcessBuilder(
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
                            "pipe:1")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CannotStartException(
                    "The peer needs the program ffmpeg: " + e.getMessage(), e);
        }
    }

    /// Boxes of ISO/IEC 14496-12: four bytes of length, four of type; a frame is whole with its `mdat`.
    private static void readFragments(Process ffmpeg, List<Arrival> arrivals) {
        try (InputStream boxes = ffmpeg.getInputStream()) {
            while (true) {
                var head = boxes.readNBytes(8);
                if (head.length < 8) {
                    return;
                }
                var length = ByteBuffer.wrap(head).getInt() - 8;
                var body = boxes.readNBytes(Math.clamp(length, 0, 16 << 20));
                if (ByteBuffer.wrap(head).getInt(4) == 0x6D646174) {
                    arrivals.add(
                            new Arrival(
                                    0,
                                    FrameLogFile.markOf(ByteBuffer.wrap(body)),
                                    ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now())));
                }
            }
        } catch (IOException ended) {
            // The pipe closes when the program is ended; what came until then counts.
        }
    }

    private List<Double> ages(List<Arrival> arrivals) {
        var logs =
                IntStream.rangeClosed(1, setting.cameraCount())
                        .mapToObj(number ->
                                new FrameLogFile(
                                        setting.frameLogs()
                                                .resolve("camera-%d.log".formatted(number)),
                                        clip))
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
        ages.sort(null);
        return ages;
    }

    private static double quantile(List<Double> sorted, double part) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
    }
}
