package org.custodes.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// How an encrypted camera is known, and which cameras are excepted from encryption: the part of
/// [CameraCommand] that a security officer asks about.
final class CameraEncryption {
    private CameraEncryption() {}

    /// `custodes camera accept-certificate`.
    @Command(
            name = "accept-certificate",
            description =
                    "Know an encrypted camera by another certificate from now on. Compare it first with"
                            + " what the camera's own page shows; what it shows to the recorder is told by"
                            + " custodes camera show.")
    static final class AcceptCertificate extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The camera's id (see custodes camera list).")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--certificate",
                paramLabel = "SHA256",
                required = true,
                description = "The certificate's SHA-256: 64 hexadecimal digits, colons allowed.")
        private String certificate = "";

        AcceptCertificate(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                var camera =
                        client.put(
                                "/api/v1/cameras/" + id + "/certificate",
                                Map.of("certificate", certificate));
                out().println(
                                json()
                                        ? camera.toString()
                                        : Plain.text(
                                                "%s is known by %s from now on."
                                                        .formatted(
                                                                camera.path("name").asString(),
                                                                CameraWords.fingerprint(
                                                                        camera.path("device")
                                                                                .path("certificate")
                                                                                .path("sha256")
                                                                                .asString()))));
                return 0;
            }
        }
    }

    /// `custodes camera except-encryption`.
    @Command(
            name = "except-encryption",
            description =
                    "Let a camera be called in the clear for a time, though its site takes encrypted"
                            + " ones only.")
    static final class ExceptEncryption extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The camera's id (see custodes camera list).")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--until",
                required = true,
                description =
                        "The last day, such as 2027-01-31, in this machine's time zone; or a moment such"
                                + " as 2027-01-31T12:00:00Z. A year ahead at most.")
        private String until = "";

        @Option(
                names = "--reason",
                required = true,
                description = "Why it cannot be encrypted yet; it stands in the audit log.")
        private String reason = "";

        ExceptEncryption(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            var end = end();
            try (var client = client()) {
                var camera =
                        client.put(
                                "/api/v1/cameras/" + id + "/plain-exception",
                                Map.of("until", end.toString(), "reason", reason));
                out().println(
                                json()
                                        ? camera.toString()
                                        : Plain.text(
                                                "%s may be called in the clear until %s."
                                                        .formatted(
                                                                camera.path("name").asString(),
                                                                surroundings()
                                                                        .told(end.toString()))));
                return 0;
            }
        }

        private Instant end() {
            try {
                return until.length() == "2027-01-31".length()
                        ? LocalDate.parse(until)
                                .plusDays(1)
                                .atStartOfDay(ZoneId.systemDefault())
                                .toInstant()
                        : Instant.parse(until);
            } catch (DateTimeParseException e) {
                throw misused(
                        "--until is a day such as 2027-01-31 or a moment such as"
                                + " 2027-01-31T12:00:00Z");
            }
        }
    }

    /// `custodes camera end-exception`.
    @Command(
            name = "end-exception",
            description = "End a camera's exception from encryption before its time.")
    static final class EndException extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The camera's id (see custodes camera list).")
        private UUID id = new UUID(0, 0);

        EndException(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                client.delete("/api/v1/cameras/" + id + "/plain-exception");
                out().println(
                                "Ended. Where its site takes encrypted cameras only, it is not called any more.");
                return 0;
            }
        }
    }
}
