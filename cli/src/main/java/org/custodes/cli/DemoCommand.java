package org.custodes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.custodes.access.DemoLink;
import org.custodes.access.Template;
import org.custodes.register.AddressRules.Allowance;
import org.custodes.register.NewCamera;
import org.custodes.simulator.CameraSettings;
import org.custodes.simulator.Clip;
import org.custodes.simulator.DemoFootage;
import org.custodes.simulator.DemoScene;
import org.custodes.simulator.SimulatedCameras;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The whole system with drawn cameras, to be tried by somebody who has none.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Start the whole system with simulated cameras on this machine alone, and print one-time"
                        + " sign-in links, one per role.")
final class DemoCommand implements Callable<Integer> {
    @Mixin private RecorderOptions options = new RecorderOptions();

    @Option(
            names = "--port",
            defaultValue = "8443",
            description = "The port to listen on. Default: ${DEFAULT-VALUE}")
    private int port = 8443;

    @Option(
            names = "--camera-port",
            defaultValue = "8554",
            description = "The port of the simulated cameras. Default: ${DEFAULT-VALUE}")
    private int cameraPort = 8554;

    @Option(
            names = "--footage",
            paramLabel = "FILE",
            description = "Show this MP4 (H.264 or H.265) on every camera instead of the drawings.")
    private @Nullable Path footage;

    @Option(
            names = "--cameras",
            defaultValue = "4",
            description = "How many simulated cameras. Default: ${DEFAULT-VALUE}")
    private int cameras = 4;

    @Option(
            names = "--frame-log",
            paramLabel = "DIR",
            description =
                    "Write which frame was sent when into a file per camera and stream: what pictures on"
                            + " a screen can be held against.")
    private @Nullable Path frameLog;

    @Option(
            names = "--rehearse",
            hidden = true,
            description =
                    "Look once at everything, then stop. The launcher does this after a build.")
    private boolean rehearse;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (cameras < 1 || cameras > 64) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "The demonstration has 1 to 64 cameras, but --cameras says %d"
                            .formatted(cameras));
        }
        RecorderOptions.checkPort(spec, "--port", port);
        RecorderOptions.checkPort(spec, "--camera-port", cameraPort);
        var out = Objects.requireNonNull(spec).commandLine().getOut();
        var folders = Folders.ofThisMachine();
        var scenes = scenes(folders, out);
        var data = options.dataOr(folders.demoData());
        try (var stopping = Stopping.whenAsked();
                var simulated = simulate(scenes);
                var house = House.open(settings(data, folders))) {
            FirstSite.ensure(house, "Site North", "Custodes demonstration");
            register(house, simulated, scenes);
            var door = house.start();
            var links = house.access().demoLinks();
            if (rehearse) {
                Rehearsal.sealLargeFrames(house.vault());
                var operator =
                        links.stream()
                                .filter(one -> one.role() == Template.OPERATOR)
                                .findFirst()
                                .orElseThrow();
                Rehearsal.at(door.address(), house.authorityPem(), operator.link().token());
            } else {
                tell(links, door.address().toString(), data, out);
                stopping.await();
            }
        }
        return 0;
    }

    /// What one kind of simulated camera shows: its name, what it sends, and its small stream.
    private record Scene(
            String name, String purpose, String view, Clip main, Optional<Clip> wall) {}

    private List<Scene> scenes(Folders folders, PrintWriter out) {
        if (footage != null) {
            return List.of(
                    new Scene(
                            "Footage",
                            "To show footage of your own in the demonstration.",
                            "indoor",
                            Clip.ofMp4(footage),
                            Optional.empty()));
        }
        var drawn =
                DemoFootage.inCache(
                        folders.cache().resolve("footage"),
                        progress -> {
                            out.println(progress);
                            out.flush();
                        });
        return drawn.scenes().stream().map(DemoCommand::scene).toList();
    }

    private static Scene scene(DemoScene drawn) {
        var outdoor = drawn.name().equals("parking");
        return new Scene(
                drawn.title(),
                switch (drawn.name()) {
                    case "lobby" -> "To see who comes in while the reception is empty.";
                    case "parking" -> "To clear up damage to parked cars.";
                    case "corridor" -> "To notice when somebody falls or needs help.";
                    case "dock" -> "To follow up goods that are missing or damaged.";
                    default -> "To show what the demonstration can do.";
                },
                outdoor ? "outdoor" : "indoor",
                drawn.mainClip(),
                Optional.of(drawn.wallClip()));
    }

    private SimulatedCameras simulate(List<Scene> scenes) throws IOException {
        if (frameLog != null) {
            Files.createDirectories(frameLog);
        }
        var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), cameraPort);
        var simulated = listen(loopback);
        for (var number = 0; number < cameras; number++) {
            var scene = scenes.get(number % scenes.size());
            var name = "camera-" + (number + 1);
            simulated.add(name, scene.main(), logged(name));
            if (scene.wall().isPresent()) {
                simulated.add(name + "/small", scene.wall().get(), logged(name + "-small"));
            }
        }
        return simulated;
    }

    private CameraSettings logged(String name) {
        var settings = CameraSettings.usual();
        return frameLog == null ? settings : settings.withFrameLog(frameLog.resolve(name + ".log"));
    }

    private static SimulatedCameras listen(InetSocketAddress address) {
        try {
            return SimulatedCameras.listen(address);
        } catch (UncheckedIOException e) {
            throw new CannotStartException(e.getMessage() + " with --camera-port.", e);
        }
    }

    private HouseSettings settings(Path data, Folders folders) {
        return new HouseSettings(
                data,
                options.keyCopies(),
                options.volumes(),
                options.rootKeyOf(data, folders),
                true,
                EnumSet.of(Allowance.LOOPBACK),
                InetAddress.getLoopbackAddress(),
                port,
                "localhost",
                Optional.empty());
    }

    /// Registers the simulated cameras that are not in the register yet.
    private void register(House house, SimulatedCameras simulated, List<Scene> scenes) {
        var known =
                house.register().cameras().stream()
                        .map(camera -> camera.streams().getFirst().path())
                        .toList();
        for (var number = 1; number <= cameras; number++) {
            var path = "/camera-" + number;
            if (known.contains(path)) {
                continue;
            }
            var scene = scenes.get((number - 1) % scenes.size());
            var round = (number - 1) / scenes.size();
            var _ =
                    house.addCamera(
                            new NewCamera(
                                    round == 0
                                            ? scene.name()
                                            : "%s %d".formatted(scene.name(), round + 1),
                                    Optional.empty(),
                                    "rtsp://127.0.0.1:%d%s".formatted(simulated.port(), path),
                                    Optional.empty(),
                                    Optional.empty(),
                                    scene.wall()
                                            .map(wall ->
                                                    "rtsp://127.0.0.1:%d%s/small"
                                                            .formatted(simulated.port(), path)),
                                    scene.purpose(),
                                    scene.view(),
                                    Optional.empty()),
                            "by the demonstration");
        }
    }

    private static void tell(List<DemoLink> links, String address, Path data, PrintWriter out) {
        out.println();
        out.println("Custodes demonstration: " + address);
        out.println("Sign in with one click; each link works once, on this machine only:");
        for (var one : links) {
            out.println("  %-24s %ssign-in#%s".formatted(one.who(), address, one.link().token()));
        }
        out.println();
        out.println(
                "Your browser does not know this server's certificate authority; its certificate is at %sca.pem"
                        .formatted(address));
        out.println("Everything is kept, sealed, in " + data);
        out.println("Stop with Ctrl+C.");
        out.flush();
    }
}
