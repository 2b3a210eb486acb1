package org.custodes.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.custodes.access.Template;
import org.custodes.register.AddressRules.Allowance;
import org.custodes.vault.RootKey;
import tools.jackson.databind.JsonNode;

/// A real recorder with its door open, and the command lines and browsers of its people.
final class ServedHouse implements AutoCloseable {
    private static final String METRICS_TOKEN = "a-token-of-a-test-a-token-of-a-test";
    private static final Pattern CODE = Pattern.compile("approve the code\\s+(\\S+)");

    /// What a command printed, and the code that it ended with.
    record Ended(int code, String out, String err) {}

    final Path folder;
    private final House house;
    private final URI address;
    private final Map<Template, ApiClient> browsers = new EnumMap<>(Template.class);
    private Optional<BenchPerson> deputy = Optional.empty();

    private ServedHouse(Path folder, House house, URI address) {
        this.folder = folder;
        this.house = house;
        this.address = address;
    }

    static ServedHouse open(Path folder) {
        var house =
                House.open(
                        new HouseSettings(
                                folder.resolve("data"),
                                List.of(),
                                List.of(),
                                RootKey.file(folder.resolve("root.key")),
                                true,
                                EnumSet.of(Allowance.LOOPBACK),
                                InetAddress.getLoopbackAddress(),
                                0,
                                "localhost",
                                Optional.empty()));
        FirstSite.ensure(house, "Site North", "a test");
        var served =
                new ServedHouse(folder, house, house.start(Optional.of(METRICS_TOKEN)).address());
        var links = house.access().demoLinks();
        for (var one : links) {
            var token = one.link().token();
            var browser = BenchPerson.signIn(served.address, house.authorityPem(), token);
            if (served.browsers.putIfAbsent(one.role(), browser.client()) != null) {
                served.deputy = Optional.of(browser);
            }
        }
        return served;
    }

    /// The second security officer says yes to every widening that waits.
    void agree() {
        deputy.orElseThrow().agree();
    }

    URI address() {
        return address;
    }

    /// What a scraper is told.
    String metrics() {
        var headers = Map.of("Authorization", "Bearer " + METRICS_TOKEN);
        try (var scraper = new ApiClient(address, house.authorityPem(), headers)) {
            return scraper.text("/metrics");
        }
    }

    /// The API as somebody's browser speaks it.
    ApiClient browserOf(Template role) {
        return Objects.requireNonNull(browsers.get(role));
    }

    /// As above, of somebody who has just confirmed with a click who they are.
    private ApiClient proved(Template role) {
        try (var before = browserOf(role)) {
            var proof =
                    before.send("POST", "/api/v1/me/proof", Optional.of(Map.of("way", "nothing")));
            var headers =
                    Map.of(
                            "Cookie",
                            proof.cookie().orElseThrow(),
                            "Origin",
                            BenchPerson.origin(address));
            var after = new ApiClient(address, house.authorityPem(), headers);
            browsers.put(role, after);
            return after;
        }
    }

    /// Runs `custodes ARGUMENTS` on the command line of whoever has this role, with this piped in.
    Ended run(Template role, String piped, String... arguments) {
        var out = new StringWriter();
        var code = new StringWriter();
        var ended = run(surroundings(role.code(), piped), out, code, arguments);
        return new Ended(ended, out.toString(), code.toString());
    }

    /// Runs it on a command line that nobody is signed in at.
    Ended runAsNobody(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        return new Ended(
                run(surroundings("nobody", ""), out, err, arguments),
                out.toString(),
                err.toString());
    }

    /// `custodes login`, approved in that person's browser.
    Ended login(Template role) {
        var out = new StringWriter();
        var err = new StringWriter();
        var login =
                CompletableFuture.supplyAsync(() ->
                        run(
                                surroundings(role.code(), ""),
                                out,
                                err,
                                "login",
                                "--server",
                                address.toString(),
                                "--data",
                                folder.resolve("data").toString()));
        Waiting.until(
                "the command line shows its code",
                Duration.ofSeconds(30),
                () -> CODE.matcher(shown(out)).find());
        var found = CODE.matcher(shown(out));
        if (!found.find()) {
            throw new AssertionError(shown(out));
        }
        var path = "/api/v1/pairings/%s/approve".formatted(found.group(1));
        var _ = proved(role).send("POST", path, Optional.of(Map.of()));
        return new Ended(login.join(), out.toString(), err.toString());
    }

    /// The newest entry of the log that its reader did not make.
    JsonNode newestEntry() {
        var reader = proved(Template.DATA_PROTECTION_OFFICER);
        var self = reader.get("/api/v1/me").at("/person/id");
        for (var entry : reader.get("/api/v1/audit?limit=50").path("items")) {
            if (!entry.path("person").equals(self)) {
                return entry;
            }
        }
        throw new AssertionError("The log is empty");
    }

    private static String shown(StringWriter out) {
        synchronized (out.getBuffer()) {
            return out.toString();
        }
    }

    private Surroundings surroundings(String whose, String piped) {
        var home = folder.resolve(whose);
        return new Surroundings(
                new Folders(Map.of(), home, false),
                new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
                ZoneId.of("Europe/Helsinki"));
    }

    private static int run(
            Surroundings around, StringWriter out, StringWriter err, String... arguments) {
        return Main.run(around, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Override
    public void close() {
        browsers.values().forEach(ApiClient::close);
        house.close();
    }
}
