package org.custodes.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.RegisterState.SealedSecret;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
    private final RegisterState state = full();

    @Test
    void everything_comes_back() throws IOException {
        assertThat(SnapshotCodec.read(SnapshotCodec.write(state))).isEqualTo(state);
    }

    /// Written down by hand, as the first version wrote it.
    @Test
    void a_copy_of_the_first_version_is_read_as_it_was_meant() throws IOException {
        var site = state.sites().values().iterator().next();
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeInt(1);
            out.writeLong(site.id().getMostSignificantBits());
            out.writeLong(site.id().getLeastSignificantBits());
            for (var text : List.of("Depot", "Europe/Helsinki", "FI", "Oy")) {
                out.writeInt(text.length());
                out.writeBytes(text);
            }
            out.write(new byte[3 * Integer.BYTES]);
        }

        assertThat(SnapshotCodec.read(bytes.toByteArray()).sites().get(site.id()))
                .isEqualTo(
                        new Site(site.id(), site.name(), site.zone(), site.country(), "Oy", false));
    }

    @Test
    void a_copy_from_before_there_were_groups_has_none() throws IOException {
        var bytes = SnapshotCodec.write(ungrouped());
        bytes[0] = 2;

        // Without the empty list that this version ends with.
        var older = Arrays.copyOf(bytes, bytes.length - Integer.BYTES);

        assertThat(SnapshotCodec.read(older)).isEqualTo(ungrouped());
    }

    private RegisterState ungrouped() {
        return state.withoutGroup(state.groups().keySet().iterator().next());
    }

    @Test
    void every_copy_that_was_cut_is_refused() {
        var bytes = SnapshotCodec.write(state);

        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SnapshotCodec.read(cut)).isInstanceOf(IOException.class);
        }
    }

    @Property
    void whatever_the_bytes_are_they_are_read_or_refused(@ForAll byte[] bytes) {
        try {
            SnapshotCodec.read(bytes);
        } catch (IOException refused) {
            assertThat(refused).isNotNull();
        }
    }

    private static RegisterState full() {
        var site =
                new Site(
                        UUID.randomUUID(), "Depot", ZoneId.of("Europe/Helsinki"), "FI", "Oy", true);
        var device =
                new Device(
                        UUID.randomUUID(),
                        site.id(),
                        "lobby",
                        "lobby.example",
                        InetAddress.ofLiteral("2001:db8::1"),
                        65_535,
                        true,
                        true,
                        Optional.of(
                                new PinnedCertificate(
                                        "ab".repeat(32), Instant.parse("2026-11-22T09:00:00Z"))),
                        1);
        var camera =
                new Camera(
                        new CameraId(UUID.randomUUID()),
                        device.id(),
                        site.id(),
                        "入口 🎥",
                        1,
                        "why",
                        View.PUBLIC,
                        Duration.ofDays(30),
                        List.of(
                                new Stream(0, StreamRole.RECORD, "/1"),
                                new Stream(255, StreamRole.WALL, "/2?x")),
                        new CameraLink(
                                Transport.TCP_OR_UDP,
                                Optional.of(
                                        new PlainException(
                                                Instant.parse("2027-01-01T00:00:00.5Z"),
                                                "no firmware yet"))),
                        true,
                        false,
                        true,
                        3,
                        4,
                        Instant.parse("1969-01-01T00:00:00.000001Z"),
                        Optional.of(Instant.parse("2026-11-22T10:00:00.123456Z")));
        var wall =
                new Wall(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "Night",
                        Grid.ONE,
                        List.of(Optional.of(camera.id())));
        var group =
                new Group(
                        UUID.randomUUID(),
                        site.id(),
                        UUID.randomUUID(),
                        "Lobby 🛎",
                        Set.of(camera.id(), new CameraId(UUID.randomUUID())));
        return new RegisterState(
                Map.of(site.id(), site),
                Map.of(device.id(), device),
                Map.of(device.id(), new SealedSecret(Bytes.of(new byte[] {1, 2, 3}))),
                Map.of(camera.id(), camera),
                Map.of(wall.id(), wall),
                Map.of(group.id(), group));
    }
}
