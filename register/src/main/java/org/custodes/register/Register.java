package org.custodes.register;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.custodes.audit.Receipt;
import org.custodes.database.Database;
import org.custodes.media.CameraId;
import org.custodes.vault.Vault;

/// What there is. Reads come from memory and never wait; any thread.
public abstract class Register implements AutoCloseable {
    Register() {}

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
        return built().orElseThrow();
    }

    /// Whether what is read comes from the sealed copy because the database did not answer.
    public abstract boolean fromSnapshot();

    /// What is wrong with the sealed copy on disk, if it could not be written after a change.
    public abstract Optional<String> snapshotFault();

    /// By name.
    public abstract List<Site> sites();

    public abstract Optional<Site> site(UUID id);

    /// Those that are in the register now, by name.
    public abstract List<Camera> cameras();

    /// Those that were removed too: their footage lives on until its retention ends.
    public abstract List<Camera> camerasEver();

    /// Also finds a camera that was removed.
    public abstract Optional<Camera> camera(CameraId id);

    /// Also finds a device that was removed.
    public abstract Device device(UUID id);

    /// Where a stream of a camera is.
    public abstract StreamAddress address(Camera camera, Stream stream);

    /// What opens this device; for `capture` alone. Empty if none is kept.
    public abstract Optional<DeviceSecret> secret(UUID device);

    /// The walls of one person, by name.
    public abstract List<Wall> walls(UUID owner);

    /// Checks an address for a test, before anything connects to it.
    public abstract Checked<AddressRules.Target> checkAddress(
            String address, Optional<String> user, Optional<String> password);

    /// May ask the name service, for seconds.
    public abstract Checked<CameraDraft> checkNew(NewCamera wanted);

    public abstract Checked<Draft<Camera>> checkChange(CameraId id, CameraChange wanted);

    public abstract Checked<Draft<Site>> checkNewSite(SiteForm wanted);

    public abstract Checked<Draft<Site>> checkSite(UUID id, SiteForm wanted);

    public abstract Checked<Draft<Wall>> checkNewWall(UUID owner, WallForm wanted);

    /// Another person's wall is unknown.
    public abstract Checked<Draft<Wall>> checkWall(UUID owner, UUID id, WallForm wanted);

    /// Adds a camera; to the device it already has at this address, or to a new one.
    public abstract Changed<Camera> addCamera(CameraDraft draft, Receipt receipt);

    public abstract Changed<Camera> changeCamera(Draft<Camera> draft, Receipt receipt);

    /// Takes a camera out; the device goes with its last camera, and its secret is destroyed.
    public abstract Changed<Camera> removeCamera(CameraId id, Receipt receipt);

    public abstract Changed<Site> saveSite(Draft<Site> draft, Receipt receipt);

    public abstract Changed<Wall> saveWall(Draft<Wall> draft, Receipt receipt);

    /// Another person's wall is unknown.
    public abstract Changed<Wall> removeWall(UUID owner, UUID id, Receipt receipt);

    /// Calls `listener` after every change, on the thread that made it, one change at a time; it
    /// must not block and must not change the register.
    public abstract void listen(Consumer<RegisterChange> listener);

    @Override
    public abstract void close();

    private static Optional<Register> built() {
        return Optional.empty();
    }
}
