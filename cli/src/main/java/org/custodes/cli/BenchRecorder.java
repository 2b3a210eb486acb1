package org.custodes.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A real recorder in a process of its own, set up through its API alone: an officer enrols, invites
/// an administrator and an operator, and the administrator adds the cameras.
final class BenchRecorder implements AutoCloseable {
    /// The recorder's processor, and the other one, for cameras and viewers.
    static final int RECORDERS = 1;

    static final int CAMERAS = 0;

    private final Map<String, String> environment;
    private final ChildProgram program;
    private final Path data;
    private final Path rootKey;
    private final URI address;
    private final String authority;
    private final BenchPerson administrator;
    private final BenchPerson operator;

    private BenchRecorder(
            Map<String, String> environment,
            ChildProgram program,
            Path data,
            Path rootKey,
            URI address,
            String authority,
            BenchPerson administrator,
            BenchPerson operator) {
        this.environment = environment;
        this.program = program;
        this.data = data;
        this.rootKey = rootKey;
        this.address = address;
        this.authority = authority;
        this.administrator = administrator;
        this.operator = operator;
    }

    /// Starts one on an empty folder.
    static BenchRecorder start(Path folder) {
        return start(folder, Map.of());
    }

    /// As above, with words of its environment that differ from ours.
    static BenchRecorder start(Path folder, Map<String, String> environment) {
        var data = folder.resolve("data");
        var rootKey = folder.resolve("root.key");
        var program = serve(environment, data, rootKey, 0);
        var address = addressOf(program);
        var link = program.awaitLine(line -> line.contains("/enrol#")).strip();
        var authority = read(data.resolve("tls").resolve("ca-localhost.pem"));
        var officer = BenchPerson.enrol(address, authority, link, Optional.of("Bench officer"));
        var administrator =
                officer.invite("Bench administrator", "system-administrator", List.of());
        var operator = officer.invite("Bench operator", "operator", "all");
        return new BenchRecorder(
                environment,
                program,
                data,
                rootKey,
                address,
                authority,
                BenchPerson.enrol(address, authority, administrator, Optional.empty()),
                BenchPerson.enrol(address, authority, operator, Optional.empty()));
    }

    /// Ends the recorder as a power cut of its process would.
    void kill() throws InterruptedException {
        var _ = program.process().destroyForcibly().waitFor();
    }

    /// Starts a recorder that has ended again, on the same folder and port; whoever was signed in still
    /// is.
    BenchRecorder startedAgain() {
        var again = serve(environment, data, rootKey, address.getPort());
        return new BenchRecorder(
                environment,
                again,
                data,
                rootKey,
                addressOf(again),
                authority,
                administrator,
                operator);
    }

    /// What the administrator sees of the cameras.
    JsonNode cameras() {
        return administrator.client().get("/api/v1/cameras").path("items");
    }

    private static ChildProgram serve(
            Map<String, String> environment, Path data, Path rootKey, int port) {
        return ChildProgram.custodes(
                RECORDERS,
                environment,
                List.of(
                        "serve",
                        "--data",
                        data.toString(),
                        "--root-key",
                        rootKey.toString(),
                        "--port",
                        Integer.toString(port),
                        "--allow-cameras-on",
                        "loopback"));
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

    ProcessTree processes() {
        return new ProcessTree(List.of(program.process().toHandle()));
    }

    URI address() {
        return address;
    }

    String authority() {
        return authority;
    }

    BenchPerson administrator() {
        return administrator;
    }

    BenchPerson operator() {
        return operator;
    }

    /// The process, and what it has said.
    ChildProgram program() {
        return program;
    }

    Path data() {
        return data;
    }

    Path rootKey() {
        return rootKey;
    }

    /// Asks it to stop in order, and waits.
    @Override
    public void close() {
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
