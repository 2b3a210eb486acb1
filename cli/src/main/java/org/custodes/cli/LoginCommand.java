package org.custodes.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Pairs this command line with a person: shows a code, which that person approves in a browser.
@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description =
                "Pair this command line with a person, who approves a code in the browser. Afterwards it"
                        + " acts with that person's rights for 12 hours.")
final class LoginCommand implements Callable<Integer> {
    private static final Duration ASK_EVERY = Duration.ofSeconds(1);

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Default: ${DEFAULT-VALUE}",
            defaultValue = "https://localhost:8443")
    private URI server = URI.create("https://localhost:8443");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "The certificate of the server's authority (its /ca.pem). Default: that of the data"
                            + " folder on this machine.")
    private @Nullable Path authority;

    @Option(names = "--data", paramLabel = "DIR", description = "A data folder on this machine.")
    private @Nullable Path data;

    @Spec private @Nullable CommandSpec spec;

    private final Surroundings surroundings;

    LoginCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var out = commandLine.getOut();
        checkServer(commandLine);
        var pem = authorityPem();
        try (var client = new ApiClient(server, pem, Map.of())) {
            var pairing = client.post("/api/v1/pairings", Map.of("device", deviceName()));
            var code = pairing.path("code").asString();
            out.println("Open   " + pairing.path("approveAt").asString());
            out.println("and approve the code   " + code);
            out.flush();
            var until = Instant.parse(pairing.path("expiresAt").asString());
            return claim(client, code, pairing.path("secret").asString(), until, pem, out);
        }
    }

    private int claim(
            ApiClient client,
            String code,
            String secret,
            Instant until,
            String pem,
            PrintWriter out)
            throws InterruptedException {
        while (Instant.now().isBefore(until)) {
            var answer =
                    client.send(
                            "POST",
                            "/api/v1/pairings/" + code + "/claim",
                            Optional.of(Map.of("secret", secret)));
            if (answer.status() == 200) {
                var person = answer.body().path("person").path("name").asString();
                var endsAt = answer.body().path("expiresAt").asString();
                new LoginFile(server, pem, answer.body().path("token").asString(), person, endsAt)
                        .write(surroundings.folders().configuration());
                out.println(
                        "Signed in as %s until %s."
                                .formatted(Plain.text(person), surroundings.told(endsAt)));
                return 0;
            }
            Thread.sleep(ASK_EVERY);
        }
        throw new CannotStartException(
                "Nobody approved the code %s in time. Try again: custodes login".formatted(code));
    }

    private void checkServer(CommandLine commandLine) {
        var isBare =
                server.getUserInfo() == null
                        && server.getQuery() == null
                        && server.getFragment() == null
                        && (server.getPath() == null || server.getPath().matches("/?"));
        if (!"https".equals(server.getScheme()) || server.getHost() == null || !isBare) {
            throw new ParameterException(
                    commandLine,
                    "--server must be https://host[:port], but is '%s'".formatted(server));
        }
    }

    private String authorityPem() {
        var places =
                authority != null
                        ? new Path[] {authority}
                        : data != null
                                ? new Path[] {certificateIn(data)}
                                : new Path[] {
                                    certificateIn(surroundings.folders().data()),
                                    certificateIn(surroundings.folders().demoData())
                                };
        for (var place : places) {
            if (Files.isReadable(place)) {
                try {
                    return Files.readString(place);
                } catch (IOException e) {
                    throw new CannotStartException(
                            "Cannot read %s: %s".formatted(place, e.getMessage()), e);
                }
            }
        }
        throw new CannotStartException(
                "Do not know whether to trust %s: there is no data folder of it on this machine. Fetch its /ca.pem by a way you trust and give it with --ca."
                        .formatted(server));
    }

    /// Where a server of that name leaves the certificate of its authority.
    private Path certificateIn(Path folder) {
        return folder.resolve("tls").resolve("ca-" + server.getHost() + ".pem");
    }

    private static String deviceName() {
        try {
            return "command line on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "command line";
        }
    }
}
