package org.custodes.register;

import java.net.InetAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.Bytes;
import org.custodes.register.RegisterState.SealedSecret;
import org.jdbi.v3.core.Handle;

/// The table `register.device`.
final class DeviceTable {

    /// A device and what opens it, sealed.
    record Row(Device device, Optional<SealedSecret> secret) {}

    private DeviceTable() {}

    /// Removed ones too; the channel count is what the table `camera` says.
    static List<Row> all(Handle handle) {
        return handle.createQuery(
                        """
                        select device.id, device.site, device.name, host, host(address) as address,
                            port, encrypted, secret, pinned_certificate, pinned_at,
                            (select count(*) from register.camera
                             where camera.device = device.id and camera.removed_at is null) as channels
                        from register.device
                        """)
                .map((row, _) -> read(row))
                .list();
    }

    private static Row read(ResultSet row) throws SQLException {
        var secret =
                Optional.ofNullable(row.getBytes("secret")).map(Bytes::of).map(SealedSecret::new);
        return new Row(
                new Device(
                        row.getObject("id", UUID.class),
                        row.getObject("site", UUID.class),
                        row.getString("name"),
                        row.getString("host"),
                        InetAddress.ofLiteral(row.getString("address")),
                        row.getInt("port"),
                        row.getBoolean("encrypted"),
                        secret.isPresent(),
                        pinned(row),
                        row.getInt("channels")),
                secret);
    }

    private static Optional<PinnedCertificate> pinned(ResultSet row) throws SQLException {
        var since = row.getTimestamp("pinned_at");
        return since == null
                ? Optional.empty()
                : Optional.of(
                        new PinnedCertificate(
                                row.getString("pinned_certificate"), since.toInstant()));
    }

    static void add(Handle handle, Device device, Optional<SealedSecret> secret, long entry) {
        handle.createUpdate(
                        """
                        insert into register.device
                            (id, site, name, host, address, port, encrypted, secret,
                             pinned_certificate, pinned_at, entry)
                        values (:id, :site, :name, :host, cast(:address as inet), :port, :encrypted,
                            :secret, :certificate, :since, :entry)
                        """)
                .bind("id", device.id())
                .bind("site", device.site())
                .bind("name", device.name())
                .bind("host", device.host())
                .bind("address", device.address().getHostAddress())
                .bind("port", device.port())
                .bind("encrypted", device.encrypted())
                .bind("secret", secret.map(sealed -> sealed.bytes().array()).orElse(null))
                .bind(
                        "certificate",
                        device.pinnedCertificate().map(PinnedCertificate::sha256).orElse(null))
                .bind(
                        "since",
                        device.pinnedCertificate().map(PinnedCertificate::since).orElse(null))
                .bind("entry", entry)
                .execute();
    }

    static void setSecret(Handle handle, UUID id, SealedSecret secret, long entry) {
        handle.createUpdate(
                        "update register.device set secret = :secret, entry = :entry where id = :id")
                .bind("secret", secret.bytes().array())
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }

    static void setCertificate(Handle handle, UUID id, PinnedCertificate certificate, long entry) {
        handle.createUpdate(
                        """
                        update register.device
                        set pinned_certificate = :certificate, pinned_at = :since, entry = :entry
                        where id = :id
                        """)
                .bind("certificate", certificate.sha256())
                .bind("since", certificate.since())
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }

    static void remove(Handle handle, UUID id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update register.device set removed_at = :when, secret = null, entry = :entry
                        where id = :id
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }
}
