package org.custodes.cli;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Level;
import org.custodes.access.Access;
import org.custodes.access.AccessSettings;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.capture.Capture;
import org.custodes.capture.ConnectionTest;
import org.custodes.database.Database;
import org.custodes.database.DatabaseNews;
import org.custodes.keeping.Keeping;
import org.custodes.media.CameraId;
import org.custodes.register.AddressRules;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.NewCamera;
import org.custodes.register.Register;
import org.custodes.server.HttpServer;
import org.custodes.server.Rooms;
import org.custodes.server.Sealing;
import org.custodes.server.ServerSettings;
import org.custodes.server.TlsAuthority;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmHistory;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.AlarmSealing;
import org.custodes.signals.Signals;
import org.custodes.store.KernelClock;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.KeyName;
import org.custodes.vault.Vault;
import org.custodes.viewing.Viewing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole recorder, put together by hand from the bottom up and taken down from the top.
///
/// Recording stands before, and apart from, everything that people use: it needs vault, store and
/// register (or the register's sealed copy, while the database is away), and nothing of HTTP.
final class House implements AutoCloseable {
    private static final Duration CONNECTION_TEST = Duration.ofSeconds(10);

    private static final AlarmKind DATABASE_AWAY = AlarmKind.DATABASE_AWAY;

    private static final Logger LOG = LoggerFactory.getLogger(House.class);

    private final HouseSettings settings;
    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();
    private final Signals signals = new Signals();
    private final KernelClock kernelClock = KernelClock.ofThisMachine();

    /// What is open, last opened first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final DataFolder folder;
    private final Vault vault;
    private final Store store;
    private final AuditLog audit;
    private final Database database;
    private final Register register;
    private final Access access;

    private House(HouseSettings settings) {
        this.settings = settings;
        AlarmLog.listen(signals);
        this.folder = opened(DataFolder.open(settings.data(), settings.demo()));
        this.vault =
                opened(
                        Vault.open(
                                folder.keyStores(settings.keyCopies()),
                                settings.rootKey(),
                                random));
        // It starts beside all that follows; the register is the first to wait for it.
        this.database = opened(database());
        this.store =
                opened(
                        Store.open(
                                StoreSettings.of(
                                                folder.volumes(settings.volumes()),
                                                vault.installation())
                                        .within(Runtime.getRuntime().maxMemory()),
                                signals,
                                clock));
        this.audit = opened(AuditLog.open(folder.audit(), vault, clock, random));
        this.register =
                opened(
                        Register.open(
                                database,
                                vault,
                                folder.registerSnapshot(),
                                new AddressRules(settings.cameraAddresses()),
                                clock));
        this.access =
                opened(
                        Access.open(
                                database,
                                audit,
                                vault,
                                register,
                                AccessSettings.usual(settings.demo()),
                                clock,
                                random));
    }

    /// Opens everything up to the register and access; nothing records or listens yet.
    ///
    /// @throws CannotStartException if something is missing that a person must see to
    static House open(HouseSettings settings) {
        return new House(settings);
    }

    Register register() {
        return register;
    }

    Access access() {
        return access;
    }

    Vault vault() {
        return vault;
    }

    Store store() {
        return store;
    }

    /// Has something on record that the program itself does, before it does it.
    Receipt onRecord(Action action, String object, String text) {
        return audit.append(
                new Event(
                        Actor.system(),
                        action,
                        object,
                        Optional.empty(),
                        Optional.empty(),
                        Outcome.DONE,
                        text));
    }

    /// Registers a camera that the program itself wants, on record.
    ///
    /// @param why stands in the audit log
    CameraId addCamera(NewCamera wanted, String why) {
        return switch (register.checkNew(wanted)) {
            case Checked.Faulty(var faults) ->
                    throw new CannotStartException("A camera is refused: " + faults);
            case Checked.Fits(var draft) -> {
                var id = draft.camera().id();
                var receipt = onRecord(Action.CAMERA_ADDED, "camera/" + id, why);
                if (!(register.addCamera(draft, receipt) instanceof Changed.Done)) {
                    throw new CannotStartException(
                            "A camera could not be registered: the database does not answer.");
                }
                yield id;
            }
        };
    }

    /// Records, and opens the door.
    ///
    /// @return the door, closed together with the house
    HttpServer start() {
        return start(Optional.empty());
    }

    /// The same, with metrics for who shows this token.
    HttpServer start(Optional<String> metricsToken) {
        var _ = onRecord(Action.SERVER_STARTED, "", "version " + Main.Version.NUMBER);
        Logs.event(
                Level.INFO,
                new Logs.LogEvent("recorder.started", Map.of("version", Main.Version.NUMBER)),
                "The recorder starts.");
        var capture =
                opened(
                        Capture.start(
                                register,
                                store,
                                vault,
                                signals,
                                audit,
                                clock,
                                kernelClock::state,
                                new Random()));
        // Taken down before the cameras' runs, whose end is no mending of what was wrong with them.
        var alarms = opened(AlarmHistory.open(folder.alarms(), alarmSealing(), signals, clock));
        var keeping = opened(Keeping.start(register, store, vault, audit, signals, clock));
        var concerns =
                new Concerns(
                        settings,
                        vault,
                        store,
                        audit,
                        database,
                        register,
                        kernelClock,
                        access,
                        keeping,
                        clock);
        opened(HouseWatch.start(signals, clock, concerns.all()));
        opened(HeapWatch.start());
        var viewing = new Viewing(access, store, register, clock);
        var rooms =
                new Rooms(
                        alarms,
                        audit,
                        register,
                        access,
                        capture,
                        new ConnectionTest(CONNECTION_TEST, clock),
                        keeping,
                        viewing,
                        new HouseFacts(
                                store,
                                database,
                                kernelClock,
                                settings.outsideDatabase().isEmpty()));
        return opened(
                HttpServer.start(
                        new ServerSettings(
                                settings.listen(),
                                settings.port(),
                                settings.name(),
                                settings.demo(),
                                Main.Version.NUMBER,
                                metricsToken),
                        authority(),
                        rooms,
                        clock));
    }

    /// Takes everything down, the door first; what fails to close is told and does not keep the rest.
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.warn("Could not close cleanly", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    private AlarmSealing alarmSealing() {
        var box = vault.box(new KeyName("alarms", "acknowledgements"));
        var context = "alarms 1".getBytes(StandardCharsets.US_ASCII);
        return new AlarmSealing() {
            @Override
            public byte[] seal(byte[] plain) {
                return box.seal(plain, context);
            }

            @Override
            public byte[] open(byte[] sealed) {
                return box.open(sealed, context);
            }
        };
    }

    private Database database() {
        if (settings.outsideDatabase().isPresent()) {
            var outside = settings.outsideDatabase().get();
            return Database.outside(
                    outside.jdbcUrl(), outside.user(), outside.password().toCharArray());
        }
        var password =
                new SealedFile(
                                folder.path().resolve("database.sealed"),
                                vault.box(new KeyName("database", "superuser")))
                        .readOrMake(this::newPassword);
        return Database.embedded(
                folder.database(),
                new String(password, StandardCharsets.US_ASCII).toCharArray(),
                this::databaseSays);
    }

    private byte[] newPassword() {
        var bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encode(bytes);
    }

    private void databaseSays(DatabaseNews news) {
        switch (news) {
            case DatabaseNews.Away(var cause) ->
                    signals.raise(
                            new Alarm(
                                    DATABASE_AWAY.code(),
                                    DATABASE_AWAY,
                                    "",
                                    clock.instant(),
                                    cause,
                                    Concerns.DATABASE_NEXT_STEP));
            case DatabaseNews.Answers() -> signals.end(DATABASE_AWAY.code(), clock.instant());
            case DatabaseNews.Noted(var what) -> LOG.info(what);
        }
    }

    /// The certificate that a client has to trust.
    String authorityPem() {
        return authority().pem();
    }

    private TlsAuthority authority() {
        var box = vault.box(new KeyName("tls", settings.name()));
        var context = settings.name().getBytes(StandardCharsets.US_ASCII);
        return TlsAuthority.open(
                folder.tls(),
                settings.name(),
                new Sealing(plain -> box.seal(plain, context), kept -> box.open(kept, context)),
                clock,
                random);
    }
}
