package org.custodes.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// Cameras, through the server's API.
@Command(
        name = "camera",
        description = "Add, list, show, test and remove cameras (after custodes login).",
        mixinStandardHelpOptions = true,
        subcommands = {
            CameraCommand.Add.class,
            CameraCommand.ListAll.class,
            CameraCommand.Show.class,
            CameraCommand.Test.class,
            CameraEncryption.AcceptCertificate.class,
            CameraEncryption.ExceptEncryption.class,
            CameraEncryption.EndException.class,
            CameraCommand.Remove.class
        })
final class CameraCommand {
    private CameraCommand() {}

    /// Where a camera is and what opens it.
    static final class Target {
        @Parameters(
                paramLabel = "ADDRESS",
                description =
                        "rtsp://host[:port]/path, or rtsps://... for an encrypted camera, with or"
                                + " without user and password")
        private String address = "";

        @Option(names = "--user", description = "The camera's user.")
        private @Nullable String user;

        @Option(
                names = "--transport",
                description =
                        "Which way its pictures take: tcp, udp, tcp-or-udp, or http (a tunnel)."
                                + " Encrypted cameras take tcp or http. Default: tcp")
        private @Nullable String transport;

        @Option(
                names = "--password-from-stdin",
                description =
                        "Read the password from standard input instead of asking for it. There is no"
                                + " option for the password itself: other people on this machine could"
                                + " read it.")
        private boolean passwordFromStdin;

        @Option(
                names = "--certificate",
                paramLabel = "SHA256",
                description =
                        "By which certificate an encrypted camera is known: what its own page shows."
                                + " Without it a first call only tells the certificate, and user and"
                                + " password are not sent.")
        private @Nullable String certificate;

        Map<String, Object> body(ApiCommand command) {
            var body = new LinkedHashMap<String, Object>();
            body.put("address", address);
            if (transport != null) {
                body.put("transport", transport);
            }
            if (certificate != null) {
                body.put("certificate", certificate);
            }
            if (user == null && passwordFromStdin) {
                throw command.misused("--password-from-stdin needs to know whose: add --user");
            }
            if (user != null) {
                body.put("user", user);
                password(command).ifPresent(value -> body.put("password", value));
            }
            return body;
        }

        private Optional<String> password(ApiCommand command) {
            return passwordFromStdin
                    ? command.surroundings().firstLine()
                    : ApiCommand.askPassword("Password of the camera's user %s: ".formatted(user));
        }
    }

    /// `custodes camera add`.
    @Command(
            name = "add",
            description =
                    "Call a camera, and add it if it sends pictures; recording starts at once.")
    static final class Add extends ApiCommand implements Callable<Integer> {
        @Mixin private Target target = new Target();

        @Option(names = "--name", required = true, description = "How people call it.")
        private String name = "";

        @Option(
                names = "--purpose",
                required = true,
                description = "Why it films, in one sentence.")
        private String purpose = "";

        @Option(
                names = "--view",
                defaultValue = "indoor",
                description = "What it looks at: indoor, outdoor or public. Default: indoor")
        private String view = "indoor";

        @Option(
                names = "--retention-hours",
                description = "How long its footage lives. Default: 72, outdoors and in public 48")
        private @Nullable Integer retentionHours;

        @Option(names = "--wall-address", description = "A smaller stream of it for tiles.")
        private @Nullable String wallAddress;

        @Option(names = "--site", description = "A site's id. Default: the only one")
        private @Nullable String site;

        @Option(
                names = "--untested",
                description = "Add it without calling it: it is not there yet, or not on.")
        private boolean untested;

        Add(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            var where = target.body(this);
            try (var client = client()) {
                var camera = client.post("/api/v1/cameras", body(where));
                out().println(json() ? camera.toString() : told(camera));
                return 0;
            }
        }

        private Map<String, Object> body(Map<String, Object> where) {
            var body = new LinkedHashMap<>(where);
            body.put("name", name);
            body.put("purpose", purpose);
            body.put("view", view);
            putIfGiven(body, "retentionHours", retentionHours);
            putIfGiven(body, "wallAddress", wallAddress);
            putIfGiven(body, "site", site);
            body.put("test", !untested);
            return body;
        }

        private String told(JsonNode camera) {
            return Plain.text(
                    "Added %s (%s). %s"
                            .formatted(
                                    camera.path("name").asString(),
                                    camera.path("id").asString(),
                                    untested
                                            ? "It is called from now on, and recorded as soon as it answers."
                                            : "It is being recorded."));
        }

        private static void putIfGiven(
                Map<String, Object> body, String field, @Nullable Object value) {
            if (value != null) {
                body.put(field, value);
            }
        }
    }

    /// `custodes camera list`.
    @Command(name = "list", description = "List the cameras and how they are doing.")
    static final class ListAll extends ApiCommand implements Callable<Integer> {
        ListAll(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                var answer = client.get("/api/v1/cameras");
                if (json()) {
                    out().println(answer.path("items"));
                    return 0;
                }
                var rows = new ArrayList<List<String>>();
                rows.add(List.of("ID", "NAME", "STATE", "BY", "KEPT", "STORED"));
                for (var camera : answer.path("items")) {
                    rows.add(row(camera));
                }
                if (rows.size() == 1) {
                    out().println("No camera yet. Add one: custodes camera add --help");
                } else {
                    print(out(), rows);
                }
                return 0;
            }
        }

        private static List<String> row(JsonNode camera) {
            return List.of(
                    camera.path("id").asString(),
                    camera.path("name").asString(),
                    CameraWords.state(camera.path("state")),
                    CameraWords.way(camera),
                    camera.path("retentionHours").asInt() + " h",
                    "%.1f MB".formatted(camera.path("storage").path("bytes").asLong(0) / 1e6));
        }
    }

    /// `custodes camera show`.
    @Command(
            name = "show",
            description = "Show one camera: how it is reached, what it is known by, how it fares.")
    static final class Show extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The camera's id (see custodes camera list).")
        private UUID id = new UUID(0, 0);

        Show(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                for (var camera : client.get("/api/v1/cameras").path("items")) {
                    if (camera.path("id").asString().equals(id.toString())) {
                        if (json()) {
                            out().println(camera);
                        } else {
                            print(out(), CameraWords.camera(camera));
                        }
                        return 0;
                    }
                }
                out().println("There is no such camera. List them: custodes camera list");
                return 1;
            }
        }
    }

    /// `custodes camera test`.
    @Command(
            name = "test",
            description = "Call a camera and tell facts about its stream; never shows a picture.")
    static final class Test extends ApiCommand implements Callable<Integer> {
        @Mixin private Target target = new Target();

        Test(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            var where = target.body(this);
            try (var client = client()) {
                var facts = client.post("/api/v1/cameras/test", where);
                if (json()) {
                    out().println(facts);
                } else {
                    print(out(), CameraWords.facts(facts));
                }
                if (facts.path("certificateUnknown").asBoolean()) {
                    return 1;
                }
                return facts.path("keyFrameArrived").asBoolean() ? 0 : 1;
            }
        }
    }

    /// `custodes camera remove`.
    @Command(
            name = "remove",
            description =
                    "Remove a camera: recording stops, its footage stays until its retention ends.")
    static final class Remove extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The camera's id (see custodes camera list).")
        private UUID id = new UUID(0, 0);

        Remove(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                client.delete("/api/v1/cameras/" + id);
                out().println(
                                "Removed. What was recorded stays until its retention ends, then it is gone.");
                return 0;
            }
        }
    }
}
