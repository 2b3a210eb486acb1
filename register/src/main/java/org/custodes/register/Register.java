package org.custodes.register;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.RegisterState.SealedSecret;
import org.custodes.register.StateKeeper.Edit;
import org.custodes.register.StateKeeper.Plan;
import org.custodes.vault.Vault;

/// What there is. Reads come from memory and never wait; any thread. How memory, database and sealed
/// copy are kept together: [StateKeeper].
public final class Register implements AutoCloseable {
    private final StateKeeper keeper;
    private final Vault vault;
    private final AddressRules addresses;
    private final InstantSource clock;

    private Register(StateKeeper keeper, Vault vault, AddressRules addresses, InstantSource clock) {
        this.keeper = keeper;
        this.vault = vault;
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
        var keeper = new StateKeeper(database, new SnapshotFile(snapshot, vault));
        keeper.start();
        return new Register(keeper, vault, addresses, clock);
    }

    /// Whether what is read comes from the sealed copy because the database did not answer.
    public boolean fromSnapshot() {
        return keeper.fromSnapshot();
    }

    /// What is wrong with the sealed copy on disk, if it could not be renewed after a change.
    public Optional<String> snapshotFault() {
        return keeper.snapshotFault();
    }

    /// By name.
    public List<Site> sites() {
        return state().sites().values().stream()
                .sorted(Comparator.comparing(Site::name).thenComparing(Site::id))
                .toList();
    }

    public Optional<Site> site(UUID id) {
        return Optional.ofNullable(state().sites().get(id));
    }

    /// Those that are in the register now, by name.
    public List<Camera> cameras() {
        return camerasEver().stream().filter(camera -> !camera.removed()).toList();
    }

    /// Those that were removed too: their footage lives on until its retention ends.
    public List<Camera> camerasEver() {
        return state().cameras().values().stream()
                .sorted(
                        Comparator.comparing(Camera::name)
                                .thenComparing(camera -> camera.id().value()))
                .toList();
    }

    /// Also finds a camera that was removed.
    public Optional<Camera> camera(CameraId id) {
        return Optional.ofNullable(state().cameras().get(id));
    }

    /// Also finds a device that was removed.
    ///
    /// @throws NoSuchElementException if no camera ever had this device
    public Device device(UUID id) {
        var device = state().devices().get(id);
        if (device == null) {
            throw new NoSuchElementException("No device %s is in the register".formatted(id));
        }
        return device;
    }

    /// Where a stream of a camera is.
    public StreamAddress address(Camera camera, Stream stream) {
        var device = device(camera.device());
        return new StreamAddress(
                device.encrypted(), device.host(), device.address(), device.port(), stream.path());
    }

    /// Whether a camera may be called at that moment: encrypted, or at a site that does not insist, or by
    /// an exception that has not ended.
    public boolean mayBeCalled(Camera camera, Instant now) {
        var insists = site(camera.site()).map(Site::encryptedOnly).orElse(false);
        return !insists
                || device(camera.device()).encrypted()
                || camera.link().plainException().filter(e -> now.isBefore(e.until())).isPresent();
    }

    /// What opens this device; for `capture` alone. Empty if none is kept.
    public Optional<DeviceSecret> secret(UUID device) {
        return Optional.ofNullable(state().secrets().get(device))
                .map(sealed ->
                        DeviceSecret.read(
                                vault.box(SealedSecret.key(device))
                                        .open(sealed.bytes().array(), context(device))));
    }

    /// The walls of one person, by name.
    public List<Wall> walls(UUID owner) {
        return state().walls().values().stream()
                .filter(wall -> wall.owner().equals(owner))
                .sorted(Comparator.comparing(Wall::name).thenComparing(Wall::id))
                .toList();
    }

    /// The groups of cameras of all sites, by name.
    public List<Group> groups() {
        return state().groups().values().stream()
                .sorted(Comparator.comparing(Group::name).thenComparing(Group::id))
                .toList();
    }

    public Optional<Group> group(UUID id) {
        return Optional.ofNullable(state().groups().get(id));
    }

    /// A group and all that lie in it, from without; nothing if there is no such group.
    public List<Group> groupsWithin(UUID id) {
        return state().groupsWithin(id).toList();
    }

    /// Checks an address for a test, before anything connects to it. May ask the name service, for
    /// seconds.
    ///
    /// @param transport a [Transport]'s code; empty means `tcp`
    /// @param certificate the SHA-256 by which an encrypted device is taken for the one that is meant
    public Checked<Trial> checkTrial(
            String address,
            Optional<String> user,
            Optional<String> password,
            Optional<String> transport,
            Optional<String> certificate) {
        return cameraForms()
                .trial(addresses.check(address, user, password), transport, certificate, now());
    }

    /// A test of every stream of a new camera, by the addresses that were found for it: no name is asked
    /// for again.
    public Checked<List<Trial>> checkTrials(CameraDraft draft) {
        return cameraForms().trials(draft, secret(draft.camera().device()).or(draft::secret));
    }

    /// May ask the name service, for seconds.
    public Checked<CameraDraft> checkNew(NewCamera wanted) {
        var checked = cameraForms().newCamera(wanted, now());
        if (checked instanceof Checked.Fits<CameraDraft>(var draft)) {
            var faults = conflicts(draft);
            return faults.isEmpty() ? checked : new Checked.Faulty<>(faults);
        }
        return checked;
    }

    public Checked<Draft<Camera>> checkChange(CameraId id, CameraChange wanted) {
        return cameraForms().cameraChange(id, wanted);
    }

    public Checked<Draft<Camera>> checkPlainException(CameraId id, PlainExceptionForm wanted) {
        return cameraForms().plainException(id, wanted, now());
    }

    /// The end of an exception before its time; no fault if there is none.
    public Checked<Draft<Camera>> checkNoPlainException(CameraId id) {
        return cameraForms().noPlainException(id);
    }

    /// Another certificate by which a camera's device is to be known.
    ///
    /// @param sha256 64 hexadecimal digits, with or without colons
    public Checked<Draft<Device>> checkCertificate(CameraId id, String sha256) {
        return cameraForms().certificate(id, sha256, now());
    }

    public Checked<Draft<Site>> checkNewSite(SiteForm wanted) {
        return new SiteForms(state()).newSite(wanted);
    }

    public Checked<Draft<Site>> checkSite(UUID id, SiteForm wanted) {
        return new SiteForms(state()).knownSite(id, wanted);
    }

    public Checked<Draft<Group>> checkNewGroup(GroupForm wanted) {
        return new GroupForms(state()).newGroup(wanted);
    }

    public Checked<Draft<Group>> checkGroup(UUID id, GroupForm wanted) {
        return new GroupForms(state()).knownGroup(id, wanted);
    }

    /// What stands against the removal of a group: that others lie in it.
    public List<Fault> checkNoGroup(UUID id) {
        return new GroupForms(state()).againstRemoval(id);
    }

    public Checked<Draft<Wall>> checkNewWall(UUID owner, WallForm wanted) {
        return new WallForms(state()).newWall(owner, wanted);
    }

    /// Another person's wall is unknown.
    public Checked<Draft<Wall>> checkWall(UUID owner, UUID id, WallForm wanted) {
        return new WallForms(state()).knownWall(owner, id, wanted);
    }

    /// Adds a camera; to the device it already has at this address, or to a new one.
    public Changed<Camera> addCamera(CameraDraft draft, Receipt receipt) {
        return keeper.change(() -> {
            var faults = conflicts(draft);
            return faults.isEmpty()
                    ? Plan.of(addition(draft, receipt))
                    : new Plan.Impossible<>(faults);
        });
    }

    private Edit<Camera> addition(CameraDraft draft, Receipt receipt) {
        var place = draft.address();
        var known = state().deviceAt(place);
        var id = known.map(Device::id).orElse(draft.camera().device());
        var kept = Optional.ofNullable(state().secrets().get(id));
        var secret = kept.or(() -> draft.secret().map(given -> seal(id, given)));
        var camera = draft.camera().placed(id, state().freeChannel(id));
        var device =
                new Device(
                        id,
                        camera.site(),
                        known.map(Device::name).orElse(place.host()),
                        known.map(Device::host).orElse(place.host()),
                        known.map(Device::address).orElse(place.resolved()),
                        place.port(),
                        place.encrypted(),
                        secret.isPresent(),
                        known.flatMap(Device::pinnedCertificate).or(draft::certificate),
                        known.map(Device::channelCount).orElse(0) + 1);
        return new Edit<>(
                camera,
                handle -> {
                    if (known.isEmpty()) {
                        DeviceTable.add(handle, device, secret, receipt.index());
                    } else if (kept.isEmpty() && secret.isPresent()) {
                        DeviceTable.setSecret(handle, id, secret.get(), receipt.index());
                    }
                    if (known.filter(d -> d.pinnedCertificate().isEmpty()).isPresent()) {
                        draft.certificate()
                                .ifPresent(pin ->
                                        DeviceTable.setCertificate(
                                                handle, id, pin, receipt.index()));
                    }
                    CameraTable.add(handle, camera, receipt.index());
                },
                state().with(device, secret).with(camera));
    }

    /// Changes a camera, but not what it is excepted from: that may have been changed since the draft.
    public Changed<Camera> changeCamera(Draft<Camera> draft, Receipt receipt) {
        return changeCamera(
                draft,
                receipt,
                (known, wanted) ->
                        wanted.linked(wanted.link().with(known.link().plainException())));
    }

    /// Gives a camera its exception from encryption, or takes it away, and changes nothing else.
    public Changed<Camera> changePlainException(Draft<Camera> draft, Receipt receipt) {
        return changeCamera(
                draft,
                receipt,
                (known, wanted) -> known.linked(known.link().with(wanted.link().plainException())));
    }

    private Changed<Camera> changeCamera(
            Draft<Camera> draft, Receipt receipt, BinaryOperator<Camera> merged) {
        return keeper.change(() -> {
            var known = camera(draft.value().id()).filter(found -> !found.removed());
            if (known.isEmpty()) {
                return Plan.unknown("camera");
            }
            var camera = merged.apply(known.get(), draft.value());
            return Plan.of(
                    new Edit<>(
                            camera,
                            handle -> CameraTable.change(handle, camera, receipt.index()),
                            state().with(camera)));
        });
    }

    /// Knows a device by another certificate from now on.
    public Changed<Device> acceptCertificate(Draft<Device> draft, Receipt receipt) {
        var certificate = draft.value().pinnedCertificate().orElseThrow();
        return keeper.change(() -> {
            var device = state().devices().get(draft.value().id());
            return device == null || device.channelCount() == 0
                    ? Plan.unknown("camera")
                    : Plan.of(certified(device, certificate, receipt));
        });
    }

    /// Knows a device that was met for the first time by the certificate that it showed. If it is known
    /// by one already, that stands, and is the answer.
    ///
    /// @param sha256 64 hexadecimal digits in lower case
    public Changed<Device> pinCertificate(UUID id, String sha256, Receipt receipt) {
        return keeper.change(() -> {
            var device = state().devices().get(id);
            if (device == null || device.channelCount() == 0 || !device.encrypted()) {
                return Plan.unknown("device");
            }
            return Plan.of(
                    device.pinnedCertificate().isPresent()
                            ? new Edit<>(device, _ -> {}, state())
                            : certified(device, new PinnedCertificate(sha256, now()), receipt));
        });
    }

    private Edit<Device> certified(Device device, PinnedCertificate certificate, Receipt receipt) {
        var known = device.knownBy(certificate);
        return new Edit<>(
                known,
                handle ->
                        DeviceTable.setCertificate(
                                handle, device.id(), certificate, receipt.index()),
                state().with(known, Optional.ofNullable(state().secrets().get(device.id()))));
    }

    /// Takes a camera out; the device goes with its last camera, and its secret is destroyed.
    public Changed<Camera> removeCamera(CameraId id, Receipt receipt) {
        var changed =
                keeper.change(() -> {
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
                        : Optional.ofNullable(state().secrets().get(device.id()));
        return new Edit<>(
                gone,
                handle -> {
                    CameraTable.remove(handle, camera.id(), when, receipt.index());
                    if (last) {
                        DeviceTable.remove(handle, device.id(), when, receipt.index());
                    }
                },
                state().with(device, secret).with(gone));
    }

    public Changed<Site> saveSite(Draft<Site> draft, Receipt receipt) {
        return keeper.change(() ->
                Plan.of(
                        new Edit<>(
                                draft.value(),
                                handle -> SiteTable.save(handle, draft.value(), receipt.index()),
                                state().with(draft.value()))));
    }

    public Changed<Group> addGroup(Draft<Group> draft, Receipt receipt) {
        return keeper.change(() -> saving(draft.value(), receipt));
    }

    /// Changes what a group is called, where it lies and what lies in it.
    public Changed<Group> changeGroup(Draft<Group> draft, Receipt receipt) {
        return keeper.change(() ->
                group(draft.value().id()).isEmpty()
                        ? Plan.unknown("group")
                        : saving(draft.value(), receipt));
    }

    private Plan<Group> saving(Group group, Receipt receipt) {
        var faults = new GroupForms(state()).conflicts(group);
        return faults.isEmpty()
                ? Plan.of(
                        new Edit<>(
                                group,
                                handle -> GroupTable.save(handle, group, receipt.index()),
                                state().with(group)))
                : new Plan.Impossible<>(faults);
    }

    /// Takes a group away that no other lies in; its cameras stay where they are.
    public Changed<Group> removeGroup(UUID id, Receipt receipt) {
        return keeper.change(() -> {
            var faults = checkNoGroup(id);
            return faults.isEmpty()
                    ? Plan.of(
                            new Edit<>(
                                    group(id).orElseThrow(),
                                    handle -> GroupTable.remove(handle, id, now(), receipt.index()),
                                    state().withoutGroup(id)))
                    : new Plan.Impossible<>(faults);
        });
    }

    public Changed<Wall> saveWall(Draft<Wall> draft, Receipt receipt) {
        return keeper.change(() ->
                Plan.of(
                        new Edit<>(
                                draft.value(),
                                handle -> WallTable.save(handle, draft.value(), receipt.index()),
                                state().with(draft.value()))));
    }

    /// Another person's wall is unknown.
    public Changed<Wall> removeWall(UUID owner, UUID id, Receipt receipt) {
        return keeper.change(() -> {
            var wall = state().walls().get(id);
            return wall == null || !wall.owner().equals(owner)
                    ? Plan.unknown("wall")
                    : Plan.of(
                            new Edit<>(
                                    wall,
                                    handle -> WallTable.remove(handle, id, now(), receipt.index()),
                                    state().withoutWall(id)));
        });
    }

    /// Calls `listener` after every change, on the thread that made it, one change at a time; it
    /// must not block and must not change the register.
    public void listen(Consumer<RegisterChange> listener) {
        keeper.listen(listener);
    }

    /// Stops looking for the database; reads go on.
    @Override
    public void close() {
        keeper.close();
    }

    private List<Fault> conflicts(CameraDraft draft) {
        var device = state().deviceAt(draft.address());
        try (var kept = device.flatMap(known -> secret(known.id())).orElse(null)) {
            return cameraForms().conflicts(draft, Optional.ofNullable(kept));
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

    private RegisterState state() {
        return keeper.state();
    }

    private CameraForms cameraForms() {
        return new CameraForms(state(), addresses);
    }

    /// In microseconds, as the database keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
