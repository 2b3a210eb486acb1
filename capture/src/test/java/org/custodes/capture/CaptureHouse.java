package org.custodes.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.media.Codec;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.AddressRules;
import org.custodes.register.Camera;
import org.custodes.register.Changed;
import org.custodes.register.Checked;
import org.custodes.register.NewCamera;
import org.custodes.register.Register;
import org.custodes.register.SiteForm;
import org.custodes.signals.Alarm;
import org.custodes.signals.Signals;
import org.custodes.simulator.SimulatedCameras;
import org.custodes.store.ClockState;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.store.TailListener;
import org.custodes.vault.RootKey;
import org.custodes.vault.Sealed;
import org.custodes.vault.Vault;

/// A recorder with a site, simulated cameras, and a clock that can be set forward.
final class CaptureHouse implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final SimulatedCameras cameras =
            SimulatedCameras.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    final Signals signals = new Signals();
    final AuditLog audit;
    final Register register;
    final Capture capture;

    private final Vault vault;
    private final Store store;
    private volatile Duration ahead = Duration.ZERO;

    CaptureHouse(Path folder, Database database) {
        clear(database);
        var random = new SecureRandom();
        InstantSource clock = () -> Instant.now().plus(ahead);
        vault =
                Vault.open(
                        List.of(folder.resolve("keys")),
                        RootKey.file(folder.resolve("root.key")),
                        random);
        audit = AuditLog.open(folder.resolve("audit"), vault, clock, random);
        register =
                Register.open(
                        database,
                        vault,
                        folder.resolve("register.sealed"),
                        new AddressRules(Set.of(AddressRules.Allowance.LOOPBACK)),
                        clock);
        store =
                Store.open(
                        StoreSettings.of(List.of(folder.resolve("volume")), UUID.randomUUID())
                                .withReserve(0),
                        signals,
                        clock);
        insistOnEncryption(false);
        capture =
                Capture.start(
                        register,
                        store,
                        vault,
                        signals,
                        audit,
                        clock,
                        () -> ClockState.UNKNOWN,
                        new Random(1));
    }

    private static void clear(Database database) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop schema if exists register cascade");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /// Sets the recorder's clock forward.
    void passTime(Duration time) {
        ahead = ahead.plus(time);
    }

    Instant now() {
        return capture.now();
    }

    void insistOnEncryption(boolean insists) {
        var form =
                new SiteForm("Depot", "Europe/Helsinki", "FI", "Example Oy", Optional.of(insists));
        var checked =
                register.sites().isEmpty()
                        ? register.checkNewSite(form)
                        : register.checkSite(register.sites().getFirst().id(), form);
        var _ = done(register.saveSite(fits(checked), receipt()));
    }

    Camera add(String address, String transport) {
        return add(address, transport, Optional.empty());
    }

    Camera add(String address, String transport, Optional<String> certificate) {
        var wanted =
                new NewCamera(
                        "Lobby",
                        Optional.empty(),
                        address,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "burglary at night",
                        "indoor",
                        Optional.empty(),
                        Optional.of(transport),
                        certificate);
        return done(register.addCamera(fits(register.checkNew(wanted)), receipt()));
    }

    Receipt receipt() {
        return audit.append(
                Event.of(Actor.system(), Action.CAMERA_CHANGED, "", Outcome.DONE, "a test"));
    }

    /// Waits until the camera's recorded stream is in such a state, and tells it.
    <T extends RunState> T await(Camera camera, Class<T> kind, Predicate<T> wanted) {
        var found = new AtomicReference<RunState>();
        var there = new CountDownLatch(1);
        capture.listen(change -> {
            if (change.camera().equals(camera.id()) && isWanted(change.state(), kind, wanted)) {
                found.compareAndSet(null, change.state());
                there.countDown();
            }
        });
        var now = capture.states(camera.id()).get(0);
        if (now != null && isWanted(now, kind, wanted)) {
            return kind.cast(now);
        }
        await(there, () -> "%s, but it is %s".formatted(kind, capture.states(camera.id())));
        return kind.cast(Objects.requireNonNull(found.get()));
    }

    /// Waits until these alarms stand and no others: they follow a state a moment later.
    void awaitAlarms(String... kinds) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!standing().equals(List.of(kinds)) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(standing()).containsExactly(kinds);
    }

    private List<String> standing() {
        return signals.standing().stream().map(Alarm::kind).toList();
    }

    <T extends RunState> T await(Camera camera, Class<T> kind) {
        return await(camera, kind, _ -> true);
    }

    private static <T> boolean isWanted(RunState state, Class<T> kind, Predicate<T> wanted) {
        return kind.isInstance(state) && wanted.test(kind.cast(state));
    }

    /// The next picture of the camera that is recorded, opened.
    Picture nextPicture(Camera camera) throws Exception {
        var found = new AtomicReference<Picture>();
        var there = new CountDownLatch(1);
        var opener =
                vault.opener(
                        camera.id().value(),
                        MediaClass.ORIGINAL.number(),
                        now().minus(Duration.ofMinutes(1)),
                        now().plus(Duration.ofHours(1)));
        var listener =
                new TailListener() {
                    @Override
                    public void record(Codec codec, Sealed sealed) {
                        var payload = opener.open(sealed);
                        found.set(
                                new Picture(
                                        codec,
                                        sealed.header().key(),
                                        Bytes.of(FramePayload.decodable(payload))));
                        there.countDown();
                    }

                    @Override
                    public void ended(GapCause cause) {}
                };
        try (var _ = store.tail(track(camera.id())).subscribe(listener)) {
            await(there, () -> "a picture");
        }
        return Objects.requireNonNull(found.get());
    }

    record Picture(Codec codec, boolean key, Bytes decodable) {}

    private static TrackId track(CameraId camera) {
        return new TrackId(camera, 0, MediaClass.ORIGINAL);
    }

    private static void await(CountDownLatch there, java.util.function.Supplier<String> what) {
        try {
            assertThat(there.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> "waited in vain for " + what.get())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T fits(Checked<T> checked) {
        if (checked instanceof Checked.Fits<T>(var value)) {
            return value;
        }
        throw new AssertionError("Does not fit: " + checked);
    }

    static <T> T done(Changed<T> changed) {
        if (changed instanceof Changed.Done<T>(var value)) {
            return value;
        }
        throw new AssertionError("Not done: " + changed);
    }

    @Override
    public void close() {
        capture.close();
        store.close();
        register.close();
        audit.close();
        vault.close();
        cameras.close();
    }
}
