package org.custodes.server;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.custodes.capture.RunState;
import org.custodes.capture.StreamFigures;
import org.custodes.keeping.CameraStorage;
import org.custodes.register.Camera;
import org.custodes.signals.AlarmEpisode;

/// The recorder's figures for Prometheus, read from the rooms' own counters at each scrape: nothing is
/// counted twice, and no thread that records waits. Cameras are named by their ids.
final class Metrics {
    private static final double NANOS = 1e9;

    private final Rooms rooms;
    private final String version;
    private final InstantSource clock;

    Metrics(Rooms rooms, String version, InstantSource clock) {
        this.rooms = rooms;
        this.version = version;
        this.clock = clock;
    }

    /// One stream of a camera.
    private record Row(Camera camera, int stream, StreamFigures figures, boolean streams) {
        String[] labels() {
            return new String[] {
                "camera", camera.id().toString(), "stream", Integer.toString(stream)
            };
        }
    }

    String text() {
        var out = new Exposition();
        out.gauge("custodes_build_info", "Always 1; the version of this recorder.")
                .sample("custodes_build_info", 1, "version", version);
        cameras(out);
        volumes(out);
        alarms(out);
        out.counter(
                        "custodes_sign_ins_hashed_total",
                        "Sign-ins that reached the hash of a password; all others were refused before it.")
                .sample("custodes_sign_ins_hashed_total", (double) rooms.access().hashedSignIns());
        machine(out);
        return out.toString();
    }

    private void cameras(Exposition out) {
        var rows = rows();
        counter(out, rows, "camera_frames_total", "Frames recorded.", StreamFigures::frames);
        counter(
                out,
                rows,
                "camera_frames_damaged_total",
                "Frames recorded with pieces missing.",
                StreamFigures::damagedFrames);
        counter(
                out,
                rows,
                "camera_frames_lost_total",
                "Frames of which nothing whole arrived, as far as anybody can know.",
                StreamFigures::lostFrames);
        counter(
                out,
                rows,
                "camera_packets_lost_total",
                "RTP packets missing by their sequence numbers.",
                StreamFigures::lostPackets);
        counter(
                out,
                rows,
                "camera_bytes_total",
                "Bytes of the frames recorded; the bit rate is 8 times their rate.",
                StreamFigures::bytes);
        counter(
                out,
                rows,
                "camera_connections_total",
                "How often the camera was reached; each but the first is a reconnect.",
                StreamFigures::connections);
        out.gauge("custodes_camera_streaming", "1 while frames arrive.");
        rows.forEach(row ->
                out.sample("custodes_camera_streaming", row.streams() ? 1 : 0, row.labels()));
        out.gauge(
                "custodes_camera_jitter_seconds",
                "How unevenly packets arrive (RFC 3550 section 6.4.1).");
        rows.forEach(row ->
                row.figures()
                        .jitter()
                        .ifPresent(jitter ->
                                out.sample(
                                        "custodes_camera_jitter_seconds",
                                        seconds(jitter),
                                        row.labels())));
        out.gauge(
                "custodes_camera_disk_delay_seconds",
                "Age of the newest frame that survives a power cut: from the camera to the disk.");
        var now = clock.instant();
        for (var camera : rooms.register().cameras()) {
            CameraStorage storage = rooms.keeping().storage(camera.id());
            storage.syncedThrough()
                    .ifPresent(synced ->
                            out.sample(
                                    "custodes_camera_disk_delay_seconds",
                                    seconds(Duration.between(synced, now)),
                                    "camera",
                                    camera.id().toString()));
        }
    }

    private List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (var camera : rooms.register().cameras()) {
            var states = rooms.capture().states(camera.id());
            new TreeMap<>(rooms.capture().figures(camera.id()))
                    .forEach((stream, figures) ->
                            rows.add(
                                    new Row(
                                            camera,
                                            stream,
                                            figures,
                                            states.get(stream) instanceof RunState.Streaming)));
        }
        return rows;
    }

    private static void counter(
            Exposition out,
            List<Row> rows,
            String name,
            String help,
            ToDoubleFunction<StreamFigures> value) {
        var full = "custodes_" + name;
        out.counter(full, help);
        rows.forEach(row -> out.sample(full, value.applyAsDouble(row.figures()), row.labels()));
    }

    private void volumes(Exposition out) {
        var volumes = rooms.facts().volumeFigures();
        gauge(
                out,
                volumes,
                "up",
                "1 while the volume takes records.",
                volume -> volume.volume().health().equals("recording") ? 1.0 : 0.0);
        gauge(
                out,
                volumes,
                "total_bytes",
                "Of its file system.",
                volume -> (double) volume.volume().totalBytes());
        gauge(
                out,
                volumes,
                "free_bytes",
                "Free on its file system.",
                volume -> (double) volume.volume().usableBytes());
        gauge(
                out,
                volumes,
                "reserve_bytes",
                "That are left free.",
                volume -> (double) volume.volume().reserveBytes());
        gauge(
                out,
                volumes,
                "queue_bytes",
                "That wait for it in memory.",
                volume -> (double) volume.queuedBytes());
        gauge(
                out,
                volumes,
                "queue_limit_bytes",
                "That may wait for all volumes together.",
                volume -> (double) volume.queueLimitBytes());
        gauge(
                out,
                volumes,
                "open_packs",
                "Packs being written.",
                volume -> (double) volume.openPacks());
        gauge(
                out,
                volumes,
                "sync_age_seconds",
                "Age of the oldest write that is not synced.",
                volume -> seconds(volume.unsyncedFor()));
        out.gauge(
                "custodes_volume_write_seconds",
                "What this share of the last 1,024 writes took at most.");
        for (var volume : volumes) {
            var folder = volume.volume().folder();
            out.sample(
                    "custodes_volume_write_seconds",
                    seconds(volume.writeMedian()),
                    "folder",
                    folder,
                    "quantile",
                    "0.5");
            out.sample(
                    "custodes_volume_write_seconds",
                    seconds(volume.writeSlowest()),
                    "folder",
                    folder,
                    "quantile",
                    "0.99");
        }
    }

    private static void gauge(
            Exposition out,
            List<SystemFacts.VolumeFigures> volumes,
            String name,
            String help,
            Function<SystemFacts.VolumeFigures, Double> value) {
        var full = "custodes_volume_" + name;
        out.gauge(full, help);
        volumes.forEach(volume ->
                out.sample(full, value.apply(volume), "folder", volume.volume().folder()));
    }

    private void alarms(Exposition out) {
        out.gauge("custodes_alarms_open", "Alarms that stand, by kind.");
        var byKind = new TreeMap<String, Integer>();
        for (AlarmEpisode episode : rooms.alarms().standing()) {
            byKind.merge(episode.alarm().kind(), 1, Integer::sum);
        }
        byKind.forEach((kind, count) -> out.sample("custodes_alarms_open", count, "kind", kind));
        out.gauge("custodes_database_up", "1 while the database answers.")
                .sample("custodes_database_up", rooms.facts().database().reachable() ? 1 : 0);
        out.gauge("custodes_clock_synchronised", "1 while a time service holds the clock.")
                .sample(
                        "custodes_clock_synchronised",
                        rooms.facts().clock().state().equals("synchronised") ? 1 : 0);
    }

    private static void machine(Exposition out) {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        out.gauge("jvm_memory_used_bytes", "Heap in use.")
                .sample("jvm_memory_used_bytes", (double) heap.getUsed(), "area", "heap");
        out.gauge("jvm_memory_max_bytes", "What the heap may grow to.")
                .sample("jvm_memory_max_bytes", (double) heap.getMax(), "area", "heap");
        out.gauge("jvm_threads_current", "Platform threads.")
                .sample(
                        "jvm_threads_current",
                        ManagementFactory.getThreadMXBean().getThreadCount());
        out.gauge("process_start_time_seconds", "When it started, in seconds since 1970.")
                .sample(
                        "process_start_time_seconds",
                        ManagementFactory.getRuntimeMXBean().getStartTime() / 1_000.0);
        if (ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.UnixOperatingSystemMXBean unix) {
            out.gauge("process_open_fds", "Open file descriptors.")
                    .sample("process_open_fds", (double) unix.getOpenFileDescriptorCount());
            out.gauge("process_max_fds", "How many may be open.")
                    .sample("process_max_fds", (double) unix.getMaxFileDescriptorCount());
            out.counter("process_cpu_seconds_total", "Processor time.")
                    .sample("process_cpu_seconds_total", unix.getProcessCpuTime() / NANOS);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
