package org.custodes.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.SimulatedCameras;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Cameras that are not there, in a process of their own: for trying out, measuring and fault tests.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Serve an MP4 as so many RTSP cameras (/camera-1, /camera-2, ...) on this machine alone.")
final class SimulateCommand implements Callable<Integer> {
    @Option(
            names = "--footage",
            paramLabel = "FILE",
            required = true,
            description = "An MP4 with H.264 or H.265.")
    private Path footage = Path.of("");

    @Option(names = "--cameras", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private int cameras = 1;

    @Option(
            names = "--camera-port",
            defaultValue = "8554",
            description = "0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port = 8554;

    @Option(
            names = "--frame-log",
            paramLabel = "DIR",
            description =
                    "Write which frame was sent when into a file per camera: what a test holds a"
                            + " recorder against.")
    private @Nullable Path frameLog;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var clip = Clip.ofMp4(footage);
        if (frameLog != null) {
            Files.createDirectories(frameLog);
        }
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var stopping = Stopping.whenAsked();
                var simulated = SimulatedCameras.listen(listen)) {
            for (var number = 1; number <= cameras; number++) {
                simulated.add("camera-" + number, clip, settings(number));
            }
            out.println(
                    "%d cameras at rtsp://127.0.0.1:%d/camera-1 and on"
                            .formatted(cameras, simulated.port()));
            out.flush();
            stopping.await();
        }
        return 0;
    }

    private CameraSettings settings(int number) {
        var settings = CameraSettings.usual();
        return frameLog == null
                ? settings
                : settings.withFrameLog(frameLog.resolve("camera-%d.log".formatted(number)));
    }
}
