package org.custodes.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// People, through the server's API.
@Command(
        name = "person",
        description = "Invite, list and remove people (after custodes login).",
        mixinStandardHelpOptions = true,
        subcommands = {
            PersonCommand.Invite.class,
            PersonCommand.ListAll.class,
            PersonCommand.Remove.class
        })
final class PersonCommand {
    private PersonCommand() {}

    /// `custodes person invite`.
    @Command(
            name = "invite",
            description =
                    "Invite a person: prints a link that works once, for 24 hours, and is not shown again.")
    static final class Invite extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The name they sign in with.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                description =
                        "system-administrator, security-officer, operator, supervisor, investigator, data-protection-officer, auditor, installer, emergency, or a role of your own")
        private String role = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "Why they are to have it; the second officer reads it.")
        private String reason = "";

        @Option(
                names = "--days",
                paramLabel = "N",
                description =
                        "The role ends after so many days; an installer's has to, after 30 at most.")
        private @Nullable Integer days;

        @Option(
                names = "--camera",
                paramLabel = "ID",
                description = "A camera that an operator may see; give it again for more.")
        private List<UUID> cameras = List.of();

        @Option(
                names = "--group",
                paramLabel = "ID",
                description =
                        "A group of cameras, or a site, that an operator may see; give it again for more.")
        private List<UUID> groups = List.of();

        @Option(names = "--all-cameras", description = "An operator may see all cameras.")
        private boolean allCameras;

        Invite(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            var body = new LinkedHashMap<String, @Nullable Object>();
            body.put("name", name);
            body.put("role", role);
            body.put("cameras", chosen());
            body.put("reason", reason);
            if (days != null) {
                body.put("until", Instant.now().plus(Duration.ofDays(days)).toString());
            }
            try (var client = client()) {
                var invitation = client.post("/api/v1/people", body);
                if (json()) {
                    out().println(invitation);
                } else {
                    out().println(invitation.path("link").asString());
                    out().println(
                                    "Give this link to %s by a way you trust. It works once, until %s."
                                            .formatted(
                                                    Plain.text(name),
                                                    surroundings()
                                                            .told(
                                                                    invitation
                                                                            .path("expiresAt")
                                                                            .asString())));
                }
                return 0;
            }
        }

        private Object chosen() {
            if (allCameras) {
                return "all";
            }
            return groups.isEmpty() ? cameras : Map.of("groups", groups);
        }
    }

    /// `custodes person list`.
    @Command(name = "list", description = "List the people and their roles.")
    static final class ListAll extends ApiCommand implements Callable<Integer> {
        ListAll(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                var people = client.get("/api/v1/people").path("items");
                if (json()) {
                    out().println(people);
                    return 0;
                }
                var rows = new ArrayList<List<String>>();
                rows.add(List.of("ID", "NAME", "ROLES", "STATE"));
                for (var person : people) {
                    rows.add(
                            List.of(
                                    person.path("id").asString(),
                                    person.path("name").asString(),
                                    roles(person),
                                    person.path("state").asString()));
                }
                print(out(), rows);
                return 0;
            }
        }

        private String roles(JsonNode person) {
            var roles = new ArrayList<String>();
            for (var held : person.path("roles")) {
                roles.add(
                        "%s (%s, to be confirmed by %s)"
                                .formatted(
                                        held.path("role").asString(),
                                        cameras(held.path("cameras")),
                                        surroundings().told(held.path("reviewBy").asString())));
            }
            return roles.isEmpty() ? "-" : String.join(", ", roles);
        }

        private static String cameras(JsonNode cameras) {
            if (cameras.isObject()) {
                return cameras.path("groups").size() + " groups";
            }
            return cameras.isArray() ? cameras.size() + " cameras" : "all cameras";
        }
    }

    /// `custodes person remove`.
    @Command(
            name = "remove",
            description = "Remove a person: their sessions end at once, their history stays.")
    static final class Remove extends ApiCommand implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The person's id (see custodes person list).")
        private UUID id = new UUID(0, 0);

        Remove(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            try (var client = client()) {
                client.delete("/api/v1/people/" + id);
                out().println("Removed. Their sessions have ended.");
                return 0;
            }
        }
    }
}
