package org.custodes.register;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.database.DatabaseException;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.RegisterState.SealedSecret;
import org.custodes.vault.Vault;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What there is. Reads come from memory and never wait; any thread.
///
/// A change is one transaction, then the picture in memory is swapped, the sealed copy on disk is
/// renewed and the listeners are told, in this order, under one lock. If the database went away in
/// between, nobody knows whether it committed: then what is read stays as it was, changes answer
/// [Changed.Unavailable], and everything is read anew as soon as the database is back.
public final class Register implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Register.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Database database;
    private final Jdbi jdbi;
    private final Vault vault;
    private final SnapshotFile snapshot;
    private final AddressRules addresses;
    private final InstantSource clock;
    private final List<Consumer<RegisterChange>> listeners = new CopyOnWriteArrayList<>();

    private volatile RegisterState state = RegisterState.empty();
    private volatile boolean fromSnapshot;
    private volatile Optional<String> snapshotFault = Optional.empty();

    private final ReentrantLock changing = new ReentrantLock();

    /// The database may say otherwise than `state`. Written under `changing`.
    private volatile boolean inDoubt;

    private final Thread reloading =
            Thread.ofVirtual().name("register-reload").unstarted(this::reloadWhenInDoubt);

    private Register(
            Database database,
            Vault vault,
            Path snapshot,
            AddressRules addresses,
            InstantSource clock) {
        this.database = database;
        this.jdbi = Jdbi.create(database.dataSource());
        this.vault = vault;
        this.snapshot = new SnapshotFile(snapshot, vault);
        this.addresses = addresses;
        this.clock = clock;
    }

    /// Opens the register of this database, or its sealed copy at `snapshot` if the database does
    /// not answer: then it can be read, not changed, until the database is back.
    ///
    /// @throws RegisterUnavailableException if there is neither
    public static Register open(
            Database database,
            Vault vault,
            Path snapshot,
            AddressRules addresses,
            InstantSource clock) {
        var register = new Register(database, vault, snapshot, addresses, clock);
        register.start();
        register.reloading.start();
        return register;
    }

    private void start() {
        changing.lock();
        try {
            // Asked first: to say no takes it three seconds, and a migration several times that.
            if (database.reachable()) {
                reload();
            } else {
                openSnapshot(Optional.empty());
            }
        } catch (DatabaseException | JdbiException away) {
            openSnapshot(Optional.of(away));
        } finally {
            changing.unlock();
        }
    }

    private void openSnapshot(Optional<RuntimeException> away) {
        try {
            state = snapshot.read();
            fromSnapshot = true;
            inDoubt = true;
        } catch (IOException none) {
            away.ifPresent(none::addSuppressed);
            throw new RegisterUnavailableException(snapshot.path(), none);
        }
    }

    /// Whether what is read comes from the sealed copy because the database did not answer.
    public boolean fromSnapshot() {
        return fromSnapshot;
    }

    /// What is wrong with the sealed copy on disk, if it could not be renewed after a change.
    public Optional<String> snapshotFault() {
        return snapshotFault;
    }

    /// By name.
    public List<Site> sites() {
        return state.sites().values().stream()
                .sorted(Comparator.comparing(Site::name).thenComparing(Site::id))
                .toList();
    }

    public Optional<Site> site(UUID id) {
        return Optional.ofNullable(state.sites().get(id));
    }

    /// Those that are in the register now, by name.
    public List<Camera> cameras() {
        return camerasEver().stream().filter(camera -> !camera.removed()).toList();
    }

    /// Those that were removed too: their footage lives on until its retention ends.
    public List<Camera> camerasEver() {
        return state.cameras().values().stream()
                .sorted(
                        Comparator.comparing(Camera::name)
                                .thenComparing(camera -> camera.id().value()))
                .toList();
    }

    /// Also finds a camera that was removed.
    public Optional<Camera> camera(CameraId id) {
        return Optional.ofNullable(state.cameras().get(id));
    }

    /// Also finds a device that was removed.
    ///
    /// @throws NoSuchElementException if no camera ever had this device
    public Device device(UUID id) {
        var device = state.devices().get(id);
        if (device == null) {
            throw new NoSuchElementException("No device %s is in the register".formatted(id));
        }
        return device;
    }

    /// Where a stream of a camera is.
    public StreamAddress address(Camera camera, Stream stream) {
        var device = device(camera.device());
        return new StreamAddress(device.host(), device.address(), device.port(), stream.path());
    }

    /// What opens this device; for `capture` alone. Empty if none is kept.
    public Optional<DeviceSecret> secret(UUID device) {
        return Optional.ofNullable(state.secrets().get(device))
                .map(sealed ->
                        DeviceSecret.read(
                                vault.box(SealedSecret.key(device))
                                        .open(sealed.bytes().array(), context(device))));
    }

    /// The walls of one person, by name.
    public List<Wall> walls(UUID owner) {
        return state.walls().values().stream()
                .filter(wall -> wall.owner().equals(owner))
                .sorted(Comparator.comparing(Wall::name).thenComparing(Wall::id))
                .toList();
    }

    /// Checks an address for a test, before anything connects to it. May ask the name service, for
    /// seconds.
    public Checked<AddressRules.Target> checkAddress(
            String address, Optional<String> user, Optional<String> password) {
        return addresses.check(address, user, password);
    }

    /// May ask the name service, for seconds.
    public Checked<CameraDraft> checkNew(NewCamera wanted) {
        var checked = forms().newCamera(wanted, now());
        if (checked instanceof Checked.Fits<CameraDraft>(var draft)) {
            var faults = conflicts(draft);
            return faults.isEmpty() ? checked : new Checked.Faulty<>(faults);
        }
        return checked;
    }

    public Checked<Draft<Camera>> checkChange(CameraId id, CameraChange wanted) {
        return forms().cameraChange(id, wanted);
    }

    public Checked<Draft<Site>> checkNewSite(SiteForm wanted) {
        return forms().site(UUID.randomUUID(), wanted);
    }

    public Checked<Draft<Site>> checkSite(UUID id, SiteForm wanted) {
        return forms().knownSite(id, wanted);
    }

    public Checked<Draft<Wall>> checkNewWall(UUID owner, WallForm wanted) {
        return forms().newWall(owner, wanted);
    }

    /// Another person's wall is unknown.
    public Checked<Draft<Wall>> checkWall(UUID owner, UUID id, WallForm wanted) {
        return forms().knownWall(owner, id, wanted);
    }

    /// Adds a camera; to the device it already has at this address, or to a new one.
    public Changed<Camera> addCamera(CameraDraft draft, Receipt receipt) {
        return change(() -> {
            var faults = conflicts(draft);
            return faults.isEmpty()
                    ? Plan.of(addition(draft, receipt))
                    : new Plan.Impossible<>(faults);
        });
    }

    private Edit<Camera> addition(CameraDraft draft, Receipt receipt) {
        var place = draft.address();
        var known = state.deviceAt(place);
        var id = known.map(Device::id).orElse(draft.camera().device());
        var kept = Optional.ofNullable(state.secrets().get(id));
        var secret = kept.or(() -> draft.secret().map(given -> seal(id, given)));
        var camera = draft.camera().placed(id, state.freeChannel(id));
        var device =
                new Device(
                        id,
                        camera.site(),
                        known.map(Device::name).orElse(place.host()),
                        known.map(Device::host).orElse(place.host()),
                        known.map(Device::address).orElse(place.resolved()),
                        place.port(),
                        secret.isPresent(),
                        known.flatMap(Device::pinnedCertificate),
                        known.map(Device::channelCount).orElse(0) + 1);
        return new Edit<>(
                camera,
                handle -> {
                    if (known.isEmpty()) {
                        DeviceTable.add(handle, device, secret, receipt.index());
                    } else if (kept.isEmpty() && secret.isPresent()) {
                        DeviceTable.setSecret(handle, id, secret.get(), receipt.index());
                    }
                    CameraTable.add(handle, camera, receipt.index());
                },
                state.with(device, secret).with(camera));
    }

    public Changed<Camera> changeCamera(Draft<Camera> draft, Receipt receipt) {
        return change(() -> {
            var camera = draft.value();
            var known = camera(camera.id()).filter(found -> !found.removed());
            return known.isEmpty()
                    ? Plan.unknown("camera")
                    : Plan.of(
                            new Edit<>(
                                    camera,
                                    handle -> CameraTable.change(handle, camera, receipt.index()),
                                    state.with(camera)));
        });
    }

    /// Takes a camera out; the device goes with its last camera, and its secret is destroyed.
    public Changed<Camera> removeCamera(CameraId id, Receipt receipt) {
        var changed =
                change(() -> {
                    var known = camera(id).filter(found -> !found.removed());
                    return known.isEmpty()
                            ? Plan.<Camera>unknown("camera")
                            : Plan.of(removal(known.get(), receipt));
                });
        // After the rows are gone, in the database and in the copy: a crash before this leaves a
        // key
        // that opens nothing.
        if (changed instanceof Changed.Done<Camera>(var camera)
                && device(camera.device()).channelCount() == 0) {
            vault.destroy(SealedSecret.key(camera.device()));
        }
        return changed;
    }

    private Edit<Camera> removal(Camera camera, Receipt receipt) {
        var when = now();
        var gone = camera.removedAt(when);
        var device = device(camera.device()).withChannels(-1);
        var last = device.channelCount() == 0;
        var secret =
                last
                        ? Optional.<SealedSecret>empty()
                        : Optional.ofNullable(state.secrets().get(device.id()));
        return new Edit<>(
                gone,
                handle -> {
                    CameraTable.remove(handle, camera.id(), when, receipt.index());
                    if (last) {
                        DeviceTable.remove(handle, device.id(), when, receipt.index());
                    }
                },
                state.with(device, secret).with(gone));
    }

    public Changed<Site> saveSite(Draft<Site> draft, Receipt receipt) {
        return change(() ->
                Plan.of(
                        new Edit<>(
                                draft.value(),
                                handle -> SiteTable.save(handle, draft.value(), receipt.index()),
                                state.with(draft.value()))));
    }

    public Changed<Wall> saveWall(Draft<Wall> draft, Receipt receipt) {
        return change(() ->
                Plan.of(
                        new Edit<>(
                                draft.value(),
                                handle -> WallTable.save(handle, draft.value(), receipt.index()),
                                state.with(draft.value()))));
    }

    /// Another person's wall is unknown.
    public Changed<Wall> removeWall(UUID owner, UUID id, Receipt receipt) {
        return change(() -> {
            var wall = state.walls().get(id);
            return wall == null || !wall.owner().equals(owner)
                    ? Plan.unknown("wall")
                    : Plan.of(
                            new Edit<>(
                                    wall,
                                    handle -> WallTable.remove(handle, id, now(), receipt.index()),
                                    state.withoutWall(id)));
        });
    }

    /// Calls `listener` after every change, on the thread that made it, one change at a time; it
    /// must not block and must not change the register.
    public void listen(Consumer<RegisterChange> listener) {
        listeners.add(listener);
    }

    /// Stops looking for the database; reads go on.
    @Override
    public void close() {
        reloading.interrupt();
    }

    /// One change, worked out: the answer, the statements, and the state after them.
    private record Edit<T>(T value, Consumer<Handle> statements, RegisterState after) {}

    /// Under the lock: what to do, or why it cannot be done any more.
    private sealed interface Plan<T> {

        record Possible<T>(Edit<T> edit) implements Plan<T> {}

        record Impossible<T>(List<Fault> faults) implements Plan<T> {}

        static <T> Plan<T> of(Edit<T> edit) {
            return new Possible<>(edit);
        }

        static <T> Plan<T> unknown(String field) {
            return new Impossible<>(List.of(RegisterForms.unknown(field)));
        }
    }

    private interface Planning<T> {
        Plan<T> plan();
    }

    private <T> Changed<T> change(Planning<T> planning) {
        changing.lock();
        try {
            if (inDoubt) {
                return new Changed.Unavailable<>();
            }
            return switch (planning.plan()) {
                case Plan.Impossible<T>(var faults) -> new Changed.Faulty<>(faults);
                case Plan.Possible<T>(var edit) -> {
                    jdbi.useTransaction(handle -> edit.statements().accept(handle));
                    become(edit.after());
                    yield new Changed.Done<>(edit.value());
                }
            };
        } catch (DatabaseException | JdbiException e) {
            if (!away(e)) {
                throw e;
            }
            LOG.warn("The database does not answer: the register is read only until it does.");
            inDoubt = true;
            return new Changed.Unavailable<>();
        } finally {
            changing.unlock();
        }
    }

    /// Guarded by `changing`.
    private void reload() {
        database.migrate("register");
        var loaded = jdbi.inTransaction(RegisterTables::load);
        become(loaded);
        inDoubt = false;
        fromSnapshot = false;
    }

    /// Guarded by `changing`.
    private void become(RegisterState next) {
        var changes = state.changesTo(next);
        state = next;
        try {
            snapshot.write(next);
            snapshotFault = Optional.empty();
        } catch (IOException e) {
            LOG.error("The sealed copy of the register could not be renewed", e);
            snapshotFault =
                    Optional.of(
                            ("The sealed copy of the register at %s could not be renewed (%s): a start"
                                            + " without the database would know what was before."
                                            + " Make room, or mend the folder's rights.")
                                    .formatted(snapshot.path(), e.getClass().getSimpleName()));
        }
        for (var change : changes) {
            listeners.forEach(listener -> tell(listener, change));
        }
    }

    /// One listener's fault is not another's, nor the change's: it is committed.
    private static void tell(Consumer<RegisterChange> listener, RegisterChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("A listener of the register failed", e);
        }
    }

    private void reloadWhenInDoubt() {
        try {
            while (true) {
                // Asked without the lock: it may take seconds to hear nothing.
                if (inDoubt && database.reachable()) {
                    reloadIfPossible();
                }
                Thread.sleep(RETRY);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void reloadIfPossible() {
        changing.lock();
        try {
            reload();
        } catch (DatabaseException | JdbiException e) {
            LOG.warn("The register could not be read anew; it is tried again in a second", e);
        } finally {
            changing.unlock();
        }
    }

    /// Whether the database did not answer, as against a statement that is wrong: no connection, or
    /// SQL states of lost connections (08), lacking resources (53) and shutdown (57).
    private static boolean away(RuntimeException e) {
        if (e instanceof DatabaseException || e instanceof ConnectionException) {
            return true;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                var kind = sql.getSQLState();
                return kind.startsWith("08") || kind.startsWith("53") || kind.startsWith("57");
            }
        }
        return false;
    }

    private List<Fault> conflicts(CameraDraft draft) {
        var device = state.deviceAt(draft.address());
        try (var kept = device.flatMap(known -> secret(known.id())).orElse(null)) {
            return forms().conflicts(draft, Optional.ofNullable(kept));
        }
    }

    private SealedSecret seal(UUID device, DeviceSecret secret) {
        var bytes = secret.bytes();
        try {
            var box = vault.box(SealedSecret.key(device));
            return new SealedSecret(Bytes.of(box.seal(bytes, context(device))));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] context(UUID device) {
        return ("device/" + device).getBytes(StandardCharsets.US_ASCII);
    }

    private RegisterForms forms() {
        return new RegisterForms(state, addresses);
    }

    /// In microseconds, as the database keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
