package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A real recorder in a process of its own, set up through its API alone: an officer enrols, invites
/// an administrator and an operator, and the administrator adds the cameras.
final class BenchRecorder implements AutoCloseable {
    /// What its first security officer is called.
    static final String OFFICER = "Bench officer";

    private final Map<String, String> environment;
    private final ChildProgram program;
    private final long begunNanos;
    private final Path folder;
    private final List<Path> volumes;
    private final URI address;
    private final String authority;
    private final BenchPerson officer;
    private final BenchPerson deputy;
    private final BenchPerson administrator;
    private final BenchPerson operator;

    private BenchRecorder(
            Map<String, String> environment,
            ChildProgram program,
            long begunNanos,
            Path folder,
            List<Path> volumes,
            URI address,
            String authority,
            BenchPerson officer,
            BenchPerson deputy,
            BenchPerson administrator,
            BenchPerson operator) {
        this.environment = environment;
        this.program = program;
        this.begunNanos = begunNanos;
        this.folder = folder;
        this.volumes = volumes;
        this.address = address;
        this.authority = authority;
        this.officer = officer;
        this.deputy = deputy;
        this.administrator = administrator;
        this.operator = operator;
    }

    /// Starts one on an empty folder.
    static BenchRecorder start(Path folder) {
        return start(folder, List.of(), Map.of());
    }

    /// As above, with words of its environment that differ from ours.
    static BenchRecorder start(Path folder, Map<String, String> environment) {
        return start(folder, List.of(), environment);
    }

    /// Starts one that already knows an archive's cameras and has its footage. What is recorded from now on
    /// lies in `folder`, and beside the archive only while that takes nothing.
    static BenchRecorder start(Path folder, Archive archive) {
        archive.putInto(folder);
        return start(folder, List.of(archive.volume()), Map.of());
    }

    private static BenchRecorder start(
            Path folder, List<Path> volumes, Map<String, String> environment) {
        var begun = System.nanoTime();
        var program = serve(environment, folder, volumes, FreePort.drawn());
        var address = addressOf(program);
        var link = program.awaitLine(line -> line.contains("/enrol#")).strip();
        var second =
                program.awaitLine(line -> line.contains("/enrol#") && !line.strip().equals(link))
                        .strip();
        var authority = read(dataIn(folder).resolve("tls").resolve("ca-localhost.pem"));
        var officer = BenchPerson.enrol(address, authority, link, Optional.of(OFFICER));
        var administrator =
                officer.invite("Bench administrator", "system-administrator", List.of());
        var operator = officer.invite("Bench operator", "operator", "all");
        var deputy =
                BenchPerson.enrol(address, authority, second, Optional.of("Bench second officer"));
        deputy.agree();
        return new BenchRecorder(
                environment,
                program,
                begun,
                folder,
                volumes,
                address,
                authority,
                officer,
                deputy,
                BenchPerson.enrol(address, authority, administrator, Optional.empty()),
                BenchPerson.enrol(address, authority, operator, Optional.empty()));
    }

    /// Ends the recorder as a power cut of its process would.
    void kill() {
        program.kill();
    }

    /// Asks it to stop in order, and waits. Who was signed in still is after another start.
    void stop() {
        program.close();
    }

    /// Starts a recorder that has ended again, on the same folder and port, and waits until it answers;
    /// whoever was signed in still is.
    BenchRecorder startedAgain() {
        var again = startedAgainOn(folder);
        var _ = addressOf(again.program);
        return again;
    }

    /// Starts it again, on the same folder or a copy of it; returns at once.
    BenchRecorder startedAgainOn(Path place) {
        var begun = System.nanoTime();
        return new BenchRecorder(
                environment,
                serve(environment, place, volumes, address.getPort()),
                begun,
                place,
                volumes,
                address,
                authority,
                officer,
                deputy,
                administrator,
                operator);
    }

    /// Copies what a stopped recorder works on.
    static void copy(Path from, Path to) {
        FolderTree.copy(dataIn(from), dataIn(to));
        FolderTree.copy(rootKeyIn(from), rootKeyIn(to));
    }

    /// When its program was executed, by `System.nanoTime`.
    long begunNanos() {
        return begunNanos;
    }

    /// What the administrator sees of the cameras.
    JsonNode cameras() {
        return administrator.client().get("/api/v1/cameras").path("items");
    }

    /// The process of its database, if that runs.
    Optional<ProcessHandle> databaseServer() {
        var file = data().resolve("database").resolve("data").resolve("postmaster.pid");
        try {
            var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
            return ProcessHandle.of(pid);
        } catch (IOException | RuntimeException e) {
            // It is being started, or has just ended.
            return Optional.empty();
        }
    }

    private static ChildProgram serve(
            Map<String, String> environment, Path folder, List<Path> volumes, int port) {
        var words =
                new ArrayList<>(
                        List.of(
                                "serve",
                                "--data",
                                dataIn(folder).toString(),
                                "--root-key",
                                rootKeyIn(folder).toString(),
                                "--port",
                                Integer.toString(port),
                                "--allow-cameras-on",
                                "loopback",
                                "--metrics-token",
                                metricsTokenIn(folder).toString()));
        volumes.forEach(volume -> words.addAll(List.of("--volume", volume.toString())));
        return ChildProgram.custodes(Processors.RECORDERS, environment, words);
    }

    private static URI addressOf(ChildProgram program) {
        return URI.create(
                program.awaitLine(line -> line.contains("answers at https://"))
                        .replaceFirst(".*answers at ", "")
                        .strip());
    }

    /// Adds the cameras and waits until each of them is being recorded.
    ///
    /// @return their ids, in the order of `addresses`
    List<String> addCameras(List<URI> addresses) {
        var ids = new ArrayList<String>();
        for (var number = 0; number < addresses.size(); number++) {
            var camera =
                    administrator
                            .client()
                            .post(
                                    "/api/v1/cameras",
                                    Map.of(
                                            "name",
                                            "Bench " + (number + 1),
                                            "address",
                                            addresses.get(number).toString(),
                                            "purpose",
                                            "To measure the recorder.",
                                            "view",
                                            "indoor"));
            ids.add(camera.path("id").asString());
        }
        Waiting.until("all cameras are recorded", Duration.ofSeconds(60), this::allStreaming);
        return ids;
    }

    /// The packs on the recorder's own volume that hold anything, and those of today on all others: a track
    /// goes to another volume while its own takes nothing.
    Set<Path> packs() {
        var found = new HashSet<>(packs(data().resolve("media").resolve("packs")));
        for (var volume : volumes) {
            found.addAll(
                    packs(
                            volume.resolve("packs")
                                    .resolve(LocalDate.now(ZoneOffset.UTC).toString())));
        }
        return found;
    }

    private static Set<Path> packs(Path folder) {
        if (!Files.exists(folder)) {
            return Set.of();
        }
        try (var found = Files.find(folder, 3, BenchRecorder::holdsAnything)) {
            return found.collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            // A folder went while it was read.
            return Set.of();
        }
    }

    /// How many tracks have a pack that is not one of these.
    long tracksBegun(Set<Path> before) {
        return packs().stream()
                .filter(pack -> !before.contains(pack))
                .map(pack -> String.valueOf(Objects.requireNonNull(pack.getParent()).getFileName()))
                .distinct()
                .count();
    }

    private static boolean holdsAnything(Path file, BasicFileAttributes found) {
        return found.isRegularFile() && found.size() > 0;
    }

    BenchPerson officer() {
        return officer;
    }

    /// The second one, who agrees to what the first gives.
    BenchPerson deputy() {
        return deputy;
    }

    /// A figure that the recorder tells whoever watches it.
    double metric(String name) {
        var headers = Map.of("Authorization", "Bearer " + MetricsToken.in(metricsTokenIn(folder)));
        try (var scraper = new ApiClient(address, authority, headers)) {
            return scraper.text("/metrics")
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    BenchPerson administrator() {
        return administrator;
    }

    /// A sign of life of everybody who is signed in: a session without one ends after a while.
    ///
    /// @throws ApiException if the database does not answer
    void stayKnown() {
        for (var person : List.of(administrator(), operator())) {
            var _ = person.client().get("/api/v1/me");
        }
    }

    ProcessTree processes() {
        return new ProcessTree(List.of(program.process().toHandle()));
    }

    URI address() {
        return address;
    }

    String authority() {
        return authority;
    }

    BenchPerson operator() {
        return operator;
    }

    /// The process, and what it has said.
    ChildProgram program() {
        return program;
    }

    Path data() {
        return dataIn(folder);
    }

    Path rootKey() {
        return rootKeyIn(folder);
    }

    static Path dataIn(Path folder) {
        return folder.resolve("data");
    }

    static Path rootKeyIn(Path folder) {
        return folder.resolve("root.key");
    }

    private static Path metricsTokenIn(Path folder) {
        return folder.resolve("metrics.token");
    }

    /// Asks it to stop in order, and waits.
    @Override
    public void close() {
        officer.client().close();
        deputy.client().close();
        administrator.client().close();
        operator.client().close();
        program.close();
    }

    private boolean allStreaming() {
        for (var camera : cameras()) {
            if (!camera.path("state").path("phase").asString().equals("streaming")) {
                return false;
            }
        }
        return true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
