package org.custodes.server;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.custodes.access.Access;
import org.custodes.access.AccessSettings;
import org.custodes.access.PasswordCost;
import org.custodes.access.Template;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.capture.Capture;
import org.custodes.capture.ConnectionTest;
import org.custodes.database.Database;
import org.custodes.house.FoldersInMemory;
import org.custodes.keeping.Keeping;
import org.custodes.media.CameraId;
import org.custodes.register.AddressRules;
import org.custodes.register.Camera;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.NewCamera;
import org.custodes.register.Register;
import org.custodes.register.SiteForm;
import org.custodes.signals.AlarmHistory;
import org.custodes.signals.AlarmSealing;
import org.custodes.signals.Signals;
import org.custodes.store.ClockState;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.RootKey;
import org.custodes.vault.Vault;
import org.custodes.viewing.Viewing;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The whole house behind a real server on a free port: PostgreSQL, vault, log, store, one site, one
/// camera that nobody answers for, and one person per role. Built once for all tests.
final class House implements AutoCloseable {
    /// The server's own; the other rooms and the authority keep to the real one.
    final HeldClock clock = new HeldClock();

    static final String METRICS_TOKEN = "a-token-of-a-test-a-token-of-a-test";

    private final InstantSource real = InstantSource.system();
    final Signals signals = new Signals();
    final TlsAuthority authority;
    final HttpServer server;
    final Access access;
    final AuditLog audit;
    final Camera camera;

    private final Database database;
    private final Vault vault;
    private final Store store;
    private final Register register;
    private final Keeping keeping;
    private final Capture capture;
    final AlarmHistory alarms;
    private Instant quiet =
            clock.instant().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    private final Rooms rooms;
    private final Map<Template, Client> clients = new EnumMap<>(Template.class);
    private Optional<Client> deputy = Optional.empty();

    House(Path folder) {
        var random = new SecureRandom();
        database = Database.embedded(folder.resolve("db"), "a test".toCharArray(), _ -> {});
        vault =
                Vault.open(
                        List.of(folder.resolve("keys")),
                        RootKey.file(folder.resolve("root.key")),
                        random);
        audit = AuditLog.open(folder.resolve("audit"), vault, real, random);
        var rules = new AddressRules(Set.of(AddressRules.Allowance.LOOPBACK));
        register = Register.open(database, vault, folder.resolve("register.sealed"), rules, real);
        access =
                Access.open(
                        database,
                        audit,
                        vault,
                        register,
                        new AccessSettings(new PasswordCost(64, 1, 1), 2, true),
                        real,
                        random);
        store =
                Store.open(
                        StoreSettings.of(List.of(folder.resolve("volume")), UUID.randomUUID())
                                .withReserve(0),
                        signals,
                        real);
        addSite();
        camera = addCamera("Lobby", "rtsp://127.0.0.1:9/lobby");
        capture =
                Capture.start(
                        register,
                        store,
                        vault,
                        signals,
                        audit,
                        real,
                        () -> ClockState.UNKNOWN,
                        new Random(1));
        keeping = Keeping.start(register, store, vault, audit, signals, real);
        alarms =
                AlarmHistory.open(
                        folder.resolve("alarms"),
                        new AlarmSealing() {
                            @Override
                            public byte[] seal(byte[] plain) {
                                return plain;
                            }

                            @Override
                            public byte[] open(byte[] sealed) {
                                return sealed;
                            }
                        },
                        signals,
                        real);
        authority =
                TlsAuthority.open(
                        folder.resolve("tls"),
                        "localhost",
                        new Sealing(bytes -> bytes, bytes -> bytes),
                        real,
                        random);
        rooms =
                new Rooms(
                        alarms,
                        audit,
                        register,
                        access,
                        capture,
                        new ConnectionTest(Duration.ofSeconds(2), real),
                        keeping,
                        new Viewing(access, store, register, real),
                        new Facts());
        server = HttpServer.start(settings("localhost"), authority, rooms, clock);
        for (var one : access.demoLinks()) {
            var signedIn = client().signedInBy(one.link().token());
            if (clients.putIfAbsent(one.role(), signedIn) != null) {
                deputy = Optional.of(signedIn);
            }
        }
    }

    private static ServerSettings settings(String name) {
        return new ServerSettings(
                InetAddress.getLoopbackAddress(),
                0,
                name,
                true,
                "0.1.0",
                Optional.of(METRICS_TOKEN));
    }

    /// Another door to the same rooms, with other routes.
    HttpServer doorWith(UnaryOperator<List<Route<?>>> routes) {
        return HttpServer.start(settings("localhost"), authority, rooms, clock, routes);
    }

    /// The authority of a server of another name.
    TlsAuthority authorityOf(String name, Path folder) {
        return TlsAuthority.open(
                folder,
                name,
                new Sealing(bytes -> bytes, bytes -> bytes),
                real,
                new SecureRandom());
    }

    /// Another door to the same rooms, by that authority's name.
    HttpServer doorOf(TlsAuthority other) {
        return HttpServer.start(settings(other.name().text()), other, rooms, clock);
    }

    /// A client of this server that nobody is signed in at.
    Client client() {
        return new Client(server.address(), authority);
    }

    /// A browser with somebody of this role.
    Client as(Template role) {
        var client = clients.get(role);
        if (client == null) {
            throw new AssertionError("Nobody signed in as " + role);
        }
        return client;
    }

    /// The second security officer says yes to every widening that waits.
    void agree() {
        var officer = deputy.orElseThrow();
        for (var one : officer.get("/api/v1/approvals").json().path("items")) {
            if (one.path("mayAnswer").asBoolean()) {
                var path = "/api/v1/approvals/%s/yes".formatted(one.path("id").asString());
                var answer = officer.post(path, "{\"proof\":{\"way\":\"nothing\"}}");
                if (answer.status() != 200) {
                    throw new AssertionError(answer.toString());
                }
            }
        }
    }

    Newcomers newcomers() {
        return new Newcomers(this);
    }

    /// A moment at which nothing is recorded for a minute, in the past of the growing end: each later
    /// than the last, as records are appended in order.
    Instant nextQuietMoment() {
        quiet = quiet.plusSeconds(60);
        return quiet;
    }

    /// Footage of the camera, as if it had been recorded.
    Footage footage() {
        return footage(camera.id());
    }

    /// Footage of another camera.
    Footage footage(CameraId of) {
        return new Footage(store, vault, of);
    }

    Camera addCamera(String name, String address) {
        var wanted =
                new NewCamera(
                        name,
                        Optional.empty(),
                        address,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "burglary at night",
                        "indoor",
                        Optional.empty());
        return done(register.addCamera(fits(register.checkNew(wanted)), receipt()));
    }

    /// Stops recording it.
    void removeCamera(Camera one) {
        var _ = done(register.removeCamera(one.id(), receipt()));
    }

    private void addSite() {
        var form = new SiteForm("Depot", "Europe/Helsinki", "FI", "Example Oy");
        var _ = done(register.saveSite(fits(register.checkNewSite(form)), receipt()));
    }

    private Receipt receipt() {
        return audit.append(
                Event.of(Actor.system(), Action.CAMERA_ADDED, "", Outcome.DONE, "a test"));
    }

    private static <T> T fits(Checked<T> checked) {
        if (checked instanceof Checked.Fits<T>(var value)) {
            return value;
        }
        throw new AssertionError("Does not fit: " + checked);
    }

    private static <T> T done(Changed<T> changed) {
        if (changed instanceof Changed.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("Not done: " + changed);
    }

    @Override
    public void close() {
        server.close();
        alarms.close();
        keeping.close();
        capture.close();
        store.close();
        access.close();
        register.close();
        audit.close();
        vault.close();
        database.close();
    }

    private final class Facts implements SystemFacts {
        @Override
        public List<SystemFacts.Volume> volumes() {
            return store.volumes().stream()
                    .map(volume ->
                            new SystemFacts.Volume(
                                    "volume",
                                    volume.id(),
                                    Json.word(volume.health()),
                                    volume.totalBytes(),
                                    volume.usableBytes(),
                                    volume.reserveBytes()))
                    .toList();
        }

        @Override
        public SystemFacts.Database database() {
            return new SystemFacts.Database(true, true);
        }

        @Override
        public SystemFacts.Clock clock() {
            return new SystemFacts.Clock("unknown");
        }
    }

    /// Hands the one house to every test that asks for it.
    static final class Door implements ParameterResolver {
        private record Kept(House house, Path folder) implements AutoCloseable {
            @Override
            public void close() throws IOException {
                house.close();
                try (var files = Files.walk(folder)) {
                    files.sorted(java.util.Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == House.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(House.class))
                    .computeIfAbsent(Kept.class, _ -> built(), Kept.class)
                    .house();
        }

        private static Kept built() {
            try {
                var folder = FoldersInMemory.made();
                return new Kept(new House(folder), folder);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
