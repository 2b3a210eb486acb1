package org.custodes.register;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.RegisterState.SealedSecret;

/// The bytes of the sealed copy, before they are sealed: `docs/formats/register-snapshot.md`.
final class SnapshotCodec {
    private static final int VERSION = 3;

    /// Before there were groups.
    private static final int UNGROUPED_VERSION = 2;

    /// Before there was anything to encrypt; what it does not hold is as it was then.
    private static final int PLAIN_VERSION = 1;

    private static final int MOST_ITEMS = 1_000_000;
    private static final int LONGEST_TEXT = 65_536;

    private SnapshotCodec() {}

    static byte[] write(RegisterState state) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            each(out, state.sites().values(), site -> write(out, site));
            each(out, state.devices().values(), device -> write(out, device, state));
            each(out, state.cameras().values(), camera -> write(out, camera));
            each(out, state.walls().values(), wall -> write(out, wall));
            each(out, state.groups().values(), group -> write(out, group));
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#write] wrote.
    ///
    /// @throws IOException if it is something else
    static RegisterState read(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var version = in.readUnsignedByte();
            if (version < PLAIN_VERSION || version > VERSION) {
                throw new IOException(
                        "A copy of the register has version %d to %d, but got %d"
                                .formatted(PLAIN_VERSION, VERSION, version));
            }
            var plain = version == PLAIN_VERSION;
            var sites = list(in, item -> site(item, plain));
            var devices = list(in, item -> device(item, plain));
            var cameras = list(in, item -> camera(item, plain));
            var walls = list(in, SnapshotCodec::wall);
            var groups =
                    version <= UNGROUPED_VERSION
                            ? List.<Group>of()
                            : list(in, SnapshotCodec::group);
            return new RegisterState(
                    sites.stream().collect(Collectors.toMap(Site::id, Function.identity())),
                    devices.stream()
                            .collect(
                                    Collectors.toMap(
                                            row -> row.device().id(), DeviceTable.Row::device)),
                    devices.stream()
                            .filter(row -> row.secret().isPresent())
                            .collect(
                                    Collectors.toMap(
                                            row -> row.device().id(),
                                            row -> row.secret().orElseThrow())),
                    cameras.stream().collect(Collectors.toMap(Camera::id, Function.identity())),
                    walls.stream().collect(Collectors.toMap(Wall::id, Function.identity())),
                    groups.stream().collect(Collectors.toMap(Group::id, Function.identity())));
        } catch (IllegalArgumentException e) {
            throw new IOException("A copy of the register holds what cannot be", e);
        }
    }

    private static void write(DataOutputStream out, Site site) throws IOException {
        write(out, site.id());
        write(out, site.name());
        write(out, site.zone().getId());
        write(out, site.country());
        write(out, site.controller());
        out.writeBoolean(site.encryptedOnly());
    }

    private static Site site(DataInputStream in, boolean plain) throws IOException {
        return new Site(
                uuid(in),
                text(in),
                ZoneId.of(text(in)),
                text(in),
                text(in),
                !plain && in.readBoolean());
    }

    private static void write(DataOutputStream out, Device device, RegisterState state)
            throws IOException {
        write(out, device.id());
        write(out, device.site());
        write(out, device.name());
        write(out, device.host());
        write(out, device.address().getAddress());
        out.writeShort(device.port());
        out.writeBoolean(device.encrypted());
        out.writeBoolean(device.pinnedCertificate().isPresent());
        if (device.pinnedCertificate().isPresent()) {
            write(out, device.pinnedCertificate().get().sha256());
            write(out, device.pinnedCertificate().get().since());
        }
        out.writeInt(device.channelCount());
        var secret = state.secrets().get(device.id());
        write(out, secret == null ? new byte[0] : secret.bytes().array());
    }

    private static DeviceTable.Row device(DataInputStream in, boolean plain) throws IOException {
        var id = uuid(in);
        var site = uuid(in);
        var name = text(in);
        var host = text(in);
        var address = InetAddress.getByAddress(bytes(in));
        var port = in.readUnsignedShort();
        var encrypted = !plain && in.readBoolean();
        var certificate = plain ? noCertificate(in) : certificate(in);
        var channels = in.readInt();
        var secret =
                Optional.of(bytes(in))
                        .filter(bytes -> bytes.length > 0)
                        .map(Bytes::of)
                        .map(SealedSecret::new);
        return new DeviceTable.Row(
                new Device(
                        id,
                        site,
                        name,
                        host,
                        address,
                        port,
                        encrypted,
                        secret.isPresent(),
                        certificate,
                        channels),
                secret);
    }

    /// A text that was never anything but empty.
    private static Optional<PinnedCertificate> noCertificate(DataInputStream in)
            throws IOException {
        text(in);
        return Optional.empty();
    }

    private static Optional<PinnedCertificate> certificate(DataInputStream in) throws IOException {
        return in.readBoolean()
                ? Optional.of(new PinnedCertificate(text(in), instant(in)))
                : Optional.empty();
    }

    private static void write(DataOutputStream out, Camera camera) throws IOException {
        write(out, camera.id().value());
        write(out, camera.device());
        write(out, camera.site());
        write(out, camera.name());
        out.writeInt(camera.channel());
        write(out, camera.purpose());
        write(out, camera.view().code());
        out.writeInt((int) camera.retention().toHours());
        each(out, camera.streams(), stream -> write(out, stream));
        write(out, camera.link());
        out.writeBoolean(camera.microphone());
        out.writeBoolean(camera.speaker());
        out.writeBoolean(camera.metadata());
        out.writeInt(camera.inputs());
        out.writeInt(camera.outputs());
        write(out, camera.addedAt());
        out.writeBoolean(camera.removed());
        if (camera.removed()) {
            write(out, camera.removedAt().orElseThrow());
        }
    }

    private static void write(DataOutputStream out, CameraLink link) throws IOException {
        write(out, link.transport().code());
        out.writeBoolean(link.plainException().isPresent());
        if (link.plainException().isPresent()) {
            write(out, link.plainException().get().until());
            write(out, link.plainException().get().reason());
        }
    }

    private static CameraLink link(DataInputStream in) throws IOException {
        var transport = Transport.of(text(in));
        return new CameraLink(
                transport,
                in.readBoolean()
                        ? Optional.of(new PlainException(instant(in), text(in)))
                        : Optional.empty());
    }

    private static Camera camera(DataInputStream in, boolean plain) throws IOException {
        return new Camera(
                new CameraId(uuid(in)),
                uuid(in),
                uuid(in),
                text(in),
                in.readInt(),
                text(in),
                View.of(text(in)),
                Duration.ofHours(in.readInt()),
                list(in, SnapshotCodec::stream),
                plain ? CameraLink.USUAL : link(in),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readInt(),
                in.readInt(),
                instant(in),
                in.readBoolean() ? Optional.of(instant(in)) : Optional.empty());
    }

    private static void write(DataOutputStream out, Stream stream) throws IOException {
        out.writeByte(stream.number());
        write(out, stream.role().code());
        write(out, stream.path());
    }

    private static Stream stream(DataInputStream in) throws IOException {
        return new Stream(in.readUnsignedByte(), StreamRole.of(text(in)), text(in));
    }

    private static void write(DataOutputStream out, Wall wall) throws IOException {
        write(out, wall.id());
        write(out, wall.owner());
        write(out, wall.name());
        write(out, wall.grid().code());
        for (var tile : wall.tiles()) {
            out.writeBoolean(tile.isPresent());
            if (tile.isPresent()) {
                write(out, tile.get().value());
            }
        }
    }

    private static Wall wall(DataInputStream in) throws IOException {
        var id = uuid(in);
        var owner = uuid(in);
        var name = text(in);
        var grid = Grid.of(text(in));
        var tiles = new ArrayList<Optional<CameraId>>();
        for (var place = 0; place < grid.tiles(); place++) {
            tiles.add(in.readBoolean() ? Optional.of(new CameraId(uuid(in))) : Optional.empty());
        }
        return new Wall(id, owner, name, grid, tiles);
    }

    private static void write(DataOutputStream out, Group group) throws IOException {
        write(out, group.id());
        write(out, group.site());
        write(out, group.parent());
        write(out, group.name());
        each(out, group.cameras(), camera -> write(out, camera.value()));
    }

    private static Group group(DataInputStream in) throws IOException {
        return new Group(
                uuid(in),
                uuid(in),
                uuid(in),
                text(in),
                Set.copyOf(list(in, item -> new CameraId(uuid(item)))));
    }

    private static void write(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }

    /// In microseconds since 1970, as the database keeps it.
    private static void write(DataOutputStream out, Instant when) throws IOException {
        out.writeLong(
                Math.addExact(
                        Math.multiplyExact(when.getEpochSecond(), 1_000_000L),
                        when.getNano() / 1_000));
    }

    private static Instant instant(DataInputStream in) throws IOException {
        var micros = in.readLong();
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        var length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT || length > in.available()) {
            throw new IOException(
                    "A text of a copy of the register has %d bytes".formatted(length));
        }
        return in.readNBytes(length);
    }

    private interface Writing<T> {
        void write(T item) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static <T> void each(DataOutputStream out, Collection<T> items, Writing<T> writing)
            throws IOException {
        out.writeInt(items.size());
        for (var item : items) {
            writing.write(item);
        }
    }

    private static <T> List<T> list(DataInputStream in, Reading<T> reading) throws IOException {
        var count = in.readInt();
        if (count < 0 || count > MOST_ITEMS) {
            throw new IOException("A list of a copy of the register has %d items".formatted(count));
        }
        var items = new ArrayList<T>();
        for (var i = 0; i < count; i++) {
            items.add(reading.read(in));
        }
        return items;
    }
}
