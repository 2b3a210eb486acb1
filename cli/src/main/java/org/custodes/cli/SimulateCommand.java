package org.custodes.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.SimulatedCameras;
import org.custodes.simulator.SimulatorControl;
import org.custodes.simulator.TlsEntrance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Cameras that are not there, in a process of their own: for trying out, measuring and fault tests.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description =
                "Serve a film, or drawn MJPEG images, as so many RTSP cameras (/camera-1, /camera-2, ...) on"
                        + " this machine alone.")
final class SimulateCommand implements Callable<Integer> {
    private static final int FPS = 25;
    private static final int GOP = 50;
    private static final int BYTES_PER_FRAME = 3_000;
    private static final double MOST_DRIFT = 500e-6;
    private static final int IMAGES = 250;
    private static final double IMAGE_QUALITY = 0.7;

    /// What they show.
    static final class Show {
        @Option(
                names = "--footage",
                paramLabel = "FILE",
                required = true,
                description = "An MP4 with H.264 or H.265.")
        private @Nullable Path footage;

        @Option(
                names = "--images",
                required = true,
                description = "MJPEG: drawn images, 640x360, 25 a second, as old cameras send.")
        private boolean images;

        @Option(
                names = "--unruly",
                paramLabel = "SEED",
                required = true,
                description =
                        "Pictures that are made up, in two sizes; clocks that are wrong and drift by"
                                + " up to 500 ppm; numbers that wrap within a second.")
        private @Nullable Long unruly;
    }

    @ArgGroup(multiplicity = "1")
    private Show show = new Show();

    @Option(names = "--cameras", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private int cameras = 1;

    @Option(
            names = "--camera-port",
            defaultValue = "8554",
            description = "0 takes a free one. Default: ${DEFAULT-VALUE}")
    private int port = 8554;

    @Option(
            names = "--transport",
            defaultValue = "tcp",
            converter = Way.class,
            description =
                    "Which ways their pictures may take: tcp, udp, tcp-or-udp, or http (tcp, and a"
                            + " tunnel in HTTP). Default: ${DEFAULT-VALUE}")
    private CameraSettings.Transport transport = CameraSettings.Transport.TCP;

    @Option(
            names = "--tls-port",
            paramLabel = "PORT",
            description =
                    "Also serve them encrypted (rtsps://) on this port, with a fresh certificate that"
                            + " they signed themselves; 0 takes a free one.")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--frame-log",
            paramLabel = "DIR",
            description =
                    "Write which frame was sent when into a file per camera: what a test holds a"
                            + " recorder against.")
    private @Nullable Path frameLog;

    @Option(
            names = "--verbs-port",
            paramLabel = "PORT",
            description =
                    "Take fault verbs on this port of the loopback address; 0 takes a free one.")
    private @Nullable Integer verbsPort;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var clips = clips();
        if (frameLog != null) {
            Files.createDirectories(frameLog);
        }
        var listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var stopping = Stopping.whenAsked();
                var simulated = SimulatedCameras.listen(listen);
                var encrypted = tlsPort == null ? null : TlsEntrance.listen(tlsPort, simulated)) {
            for (var number = 1; number <= cameras; number++) {
                simulated.add("camera-" + number, clips.getFirst(), settings(number));
            }
            if (verbsPort != null) {
                var verbs = SimulatorControl.listen(verbsPort, simulated, clips);
                out.println("Verbs on port " + verbs.port());
            }
            out.println(
                    "%d cameras at rtsp://127.0.0.1:%d/camera-1 and on"
                            .formatted(cameras, simulated.port()));
            if (encrypted != null) {
                out.println(
                        "encrypted at rtsps://127.0.0.1:%d/camera-1 and on, certificate (SHA-256) %s"
                                .formatted(
                                        encrypted.port(),
                                        CameraWords.fingerprint(encrypted.certificate())));
            }
            out.flush();
            stopping.await();
        }
        return 0;
    }

    private List<Clip> clips() {
        if (show.images) {
            return List.of(Clip.images(640, 360, FPS, IMAGES, IMAGE_QUALITY, 1));
        }
        if (show.footage != null) {
            return List.of(Clip.ofMp4(show.footage));
        }
        var seed = Objects.requireNonNull(show.unruly);
        return List.of(
                Clip.synthetic(640, 368, FPS, GOP, BYTES_PER_FRAME, seed),
                Clip.synthetic(1280, 720, FPS, GOP, 2 * BYTES_PER_FRAME, seed + 1));
    }

    /// A way by the word of the API.
    static final class Way implements ITypeConverter<CameraSettings.Transport> {
        @Override
        public CameraSettings.Transport convert(String word) {
            for (var way : CameraSettings.Transport.values()) {
                if (way.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                    return way;
                }
            }
            throw new TypeConversionException(
                    "'%s' is none of tcp, udp, tcp-or-udp and http".formatted(word));
        }
    }

    private CameraSettings settings(int number) {
        var settings = CameraSettings.usual().withTransport(transport);
        if (show.unruly != null) {
            var random = new SplittableRandom(show.unruly + number);
            var wrong = Duration.ofSeconds(random.nextLong(-86_400, 86_400));
            settings = settings.withClock(wrong, random.nextDouble(-MOST_DRIFT, MOST_DRIFT));
            settings = random.nextBoolean() ? settings.withNumbersThatWrapSoon() : settings;
        }
        return frameLog == null
                ? settings
                : settings.withFrameLog(frameLog.resolve("camera-%d.log".formatted(number)));
    }
}
