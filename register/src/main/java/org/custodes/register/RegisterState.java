package org.custodes.register;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.vault.KeyName;

/// Everything the register knows at one moment. Immutable; a change makes another.
///
/// @param secrets what opens a device, sealed, by the device's id
record RegisterState(
        Map<UUID, Site> sites,
        Map<UUID, Device> devices,
        Map<UUID, SealedSecret> secrets,
        Map<CameraId, Camera> cameras,
        Map<UUID, Wall> walls,
        Map<UUID, Group> groups) {

    /// What opens a device, sealed by the vault.
    record SealedSecret(Bytes bytes) {

        /// The key it is sealed under: one per device, so that removing the device ends it.
        static KeyName key(UUID device) {
            return new KeyName("device-secret", device.toString());
        }
    }

    RegisterState {
        sites = Map.copyOf(sites);
        devices = Map.copyOf(devices);
        secrets = Map.copyOf(secrets);
        cameras = Map.copyOf(cameras);
        walls = Map.copyOf(walls);
        groups = Map.copyOf(groups);
    }

    static RegisterState empty() {
        return new RegisterState(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    }

    RegisterState with(Site site) {
        return new RegisterState(
                put(sites, site.id(), site), devices, secrets, cameras, walls, groups);
    }

    RegisterState with(Wall wall) {
        return new RegisterState(
                sites, devices, secrets, cameras, put(walls, wall.id(), wall), groups);
    }

    RegisterState withoutWall(UUID id) {
        var fewer = new HashMap<>(walls);
        fewer.remove(id);
        return new RegisterState(sites, devices, secrets, cameras, fewer, groups);
    }

    RegisterState with(Device device, Optional<SealedSecret> secret) {
        var sealed = new HashMap<>(secrets);
        if (secret.isPresent()) {
            sealed.put(device.id(), secret.get());
        } else {
            sealed.remove(device.id());
        }
        return new RegisterState(
                sites, put(devices, device.id(), device), sealed, cameras, walls, groups);
    }

    RegisterState with(Camera camera) {
        return new RegisterState(
                sites, devices, secrets, put(cameras, camera.id(), camera), walls, groups);
    }

    RegisterState with(Group group) {
        return new RegisterState(
                sites, devices, secrets, cameras, walls, put(groups, group.id(), group));
    }

    RegisterState withoutGroup(UUID id) {
        var fewer = new HashMap<>(groups);
        fewer.remove(id);
        return new RegisterState(sites, devices, secrets, cameras, walls, fewer);
    }

    /// A group and those that it lies in, from within; none if it lies in itself.
    List<Group> groupsAround(Group group) {
        var around = new LinkedHashSet<Group>();
        var next = group;
        while (next != null) {
            if (!around.add(next)) {
                return List.of();
            }
            next = groups.get(next.parent());
        }
        return List.copyOf(around);
    }

    Stream<Group> groupsIn(UUID place) {
        return groups.values().stream().filter(group -> group.parent().equals(place));
    }

    /// A group and all that lie in it, from without.
    Stream<Group> groupsWithin(UUID id) {
        return Stream.concat(
                Optional.ofNullable(groups.get(id)).stream(),
                groupsIn(id).flatMap(inner -> groupsWithin(inner.id())));
    }

    /// How many groups lie in each other in a place.
    int deepestIn(UUID place) {
        return groupsIn(place).mapToInt(group -> 1 + deepestIn(group.id())).max().orElse(0);
    }

    Stream<Camera> camerasOf(UUID device) {
        return cameras.values().stream()
                .filter(camera -> camera.device().equals(device) && !camera.removed());
    }

    /// The device that is meant by this place: by the name it was added with, or by its address. A
    /// device stays known by both, so that neither a second name nor a name server that has changed
    /// its mind makes a second device of it.
    Optional<Device> deviceAt(StreamAddress place) {
        return devices.values().stream()
                .filter(device -> device.port() == place.port() && device.channelCount() > 0)
                .filter(device ->
                        device.host().equals(place.host())
                                || device.address().equals(place.resolved()))
                .min(Comparator.comparing(device -> !device.host().equals(place.host())));
    }

    /// The camera that already records or shows this stream.
    Optional<Camera> cameraAt(StreamAddress place) {
        return deviceAt(place).stream()
                .flatMap(device -> camerasOf(device.id()))
                .filter(camera ->
                        camera.streams().stream()
                                .anyMatch(stream -> stream.path().equals(place.path())))
                .findFirst();
    }

    int freeChannel(UUID device) {
        var taken = camerasOf(device).map(Camera::channel).toList();
        return Stream.iterate(1, channel -> channel + 1)
                .filter(channel -> !taken.contains(channel))
                .findFirst()
                .orElseThrow();
    }

    /// What a listener must be told to come from this state to `next`.
    List<RegisterChange> changesTo(RegisterState next) {
        var sitesChanged =
                next.sites.values().stream()
                        .filter(site -> !Objects.equals(sites.get(site.id()), site))
                        .<RegisterChange>map(RegisterChange.SiteChanged::new);
        var camerasChanged =
                next.cameras.values().stream().flatMap(camera -> change(camera).stream());
        // A camera that the newer state has never heard of is gone as if it had been removed.
        var gone =
                cameras.values().stream()
                        .filter(camera ->
                                !camera.removed() && !next.cameras.containsKey(camera.id()))
                        .<RegisterChange>map(RegisterChange.CameraRemoved::new);
        var certificatesChanged =
                next.devices.values().stream()
                        .filter(this::hasAnotherCertificate)
                        .<RegisterChange>map(RegisterChange.CertificateChanged::new);
        var regrouped =
                groups.equals(next.groups)
                        ? Stream.<RegisterChange>empty()
                        : Stream.<RegisterChange>of(new RegisterChange.Regrouped());
        return Stream.of(sitesChanged, certificatesChanged, gone, camerasChanged, regrouped)
                .flatMap(each -> each)
                .toList();
    }

    private boolean hasAnotherCertificate(Device after) {
        var before = devices.get(after.id());
        return before != null && !before.pinnedCertificate().equals(after.pinnedCertificate());
    }

    private Optional<RegisterChange> change(Camera after) {
        var before = Optional.ofNullable(cameras.get(after.id())).filter(known -> !known.removed());
        if (before.isEmpty()) {
            return after.removed()
                    ? Optional.empty()
                    : Optional.of(new RegisterChange.CameraAdded(after));
        }
        if (after.removed()) {
            return Optional.of(new RegisterChange.CameraRemoved(after));
        }
        return before.get().equals(after)
                ? Optional.empty()
                : Optional.of(new RegisterChange.CameraChanged(before.get(), after));
    }

    private static <K, V> Map<K, V> put(Map<K, V> map, K key, V value) {
        var more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }
}
