package org.custodes.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Handle;

/// The tables `register.camera` and `register.stream`: a camera and its streams are one thing.
final class CameraTable {

    private record StreamRow(UUID camera, Stream stream) {}

    private CameraTable() {}

    /// Removed ones too.
    static List<Camera> all(Handle handle) {
        var streams = streams(handle);
        return handle.createQuery(
                        """
                        select id, device, site, name, channel, purpose, view, retention_hours,
                            transport, plain_until, plain_reason, microphone, speaker, metadata,
                            inputs, outputs, added_at, removed_at
                        from register.camera
                        """)
                .map((row, _) -> read(row, streams))
                .list();
    }

    private static Map<UUID, List<Stream>> streams(Handle handle) {
        return handle
                .createQuery("select camera, number, role, path from register.stream")
                .map((row, _) ->
                        new StreamRow(
                                row.getObject("camera", UUID.class),
                                new Stream(
                                        row.getInt("number"),
                                        StreamRole.of(row.getString("role")),
                                        row.getString("path"))))
                .list()
                .stream()
                .sorted(Comparator.comparingInt(row -> row.stream().number()))
                .collect(
                        Collectors.groupingBy(
                                StreamRow::camera,
                                Collectors.mapping(StreamRow::stream, Collectors.toList())));
    }

    private static Camera read(ResultSet row, Map<UUID, List<Stream>> streams) throws SQLException {
        var id = row.getObject("id", UUID.class);
        return new Camera(
                new CameraId(id),
                row.getObject("device", UUID.class),
                row.getObject("site", UUID.class),
                row.getString("name"),
                row.getInt("channel"),
                row.getString("purpose"),
                View.of(row.getString("view")),
                Duration.ofHours(row.getInt("retention_hours")),
                streams.getOrDefault(id, List.of()),
                link(row),
                row.getBoolean("microphone"),
                row.getBoolean("speaker"),
                row.getBoolean("metadata"),
                row.getInt("inputs"),
                row.getInt("outputs"),
                row.getTimestamp("added_at").toInstant(),
                Optional.ofNullable(row.getTimestamp("removed_at")).map(Timestamp::toInstant));
    }

    private static CameraLink link(ResultSet row) throws SQLException {
        var until = row.getTimestamp("plain_until");
        return new CameraLink(
                Transport.of(row.getString("transport")),
                until == null
                        ? Optional.empty()
                        : Optional.of(
                                new PlainException(
                                        until.toInstant(), row.getString("plain_reason"))));
    }

    static void add(Handle handle, Camera camera, long entry) {
        handle.createUpdate(
                        """
                        insert into register.camera
                            (id, device, site, name, channel, purpose, view, retention_hours,
                             transport, microphone, speaker, metadata, inputs, outputs, added_at,
                             entry)
                        values (:id, :device, :site, :name, :channel, :purpose, :view, :hours,
                             :transport, :microphone, :speaker, :metadata, :inputs, :outputs, :added, :entry)
                        """)
                .bind("id", camera.id().value())
                .bind("device", camera.device())
                .bind("site", camera.site())
                .bind("name", camera.name())
                .bind("channel", camera.channel())
                .bind("purpose", camera.purpose())
                .bind("view", camera.view().code())
                .bind("hours", camera.retention().toHours())
                .bind("transport", camera.link().transport().code())
                .bind("microphone", camera.microphone())
                .bind("speaker", camera.speaker())
                .bind("metadata", camera.metadata())
                .bind("inputs", camera.inputs())
                .bind("outputs", camera.outputs())
                .bind("added", camera.addedAt())
                .bind("entry", entry)
                .execute();
        camera.streams().forEach(stream -> add(handle, camera, stream));
    }

    private static void add(Handle handle, Camera camera, Stream stream) {
        handle.createUpdate(
                        """
                        insert into register.stream (camera, number, role, path, device)
                        values (:camera, :number, :role, :path, :device)
                        """)
                .bind("camera", camera.id().value())
                .bind("number", stream.number())
                .bind("role", stream.role().code())
                .bind("path", stream.path())
                .bind("device", camera.device())
                .execute();
    }

    static void change(Handle handle, Camera camera, long entry) {
        var exception = camera.link().plainException();
        handle.createUpdate(
                        """
                        update register.camera set name = :name, purpose = :purpose, view = :view,
                            retention_hours = :hours, transport = :transport, plain_until = :until,
                            plain_reason = :reason, entry = :entry
                        where id = :id
                        """)
                .bind("name", camera.name())
                .bind("purpose", camera.purpose())
                .bind("view", camera.view().code())
                .bind("hours", camera.retention().toHours())
                .bind("transport", camera.link().transport().code())
                .bind("until", exception.map(PlainException::until).orElse(null))
                .bind("reason", exception.map(PlainException::reason).orElse(null))
                .bind("entry", entry)
                .bind("id", camera.id().value())
                .execute();
    }

    static void remove(Handle handle, CameraId id, Instant when, long entry) {
        handle.createUpdate(
                        """
                        update register.camera set removed_at = :when, entry = :entry where id = :id
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id.value())
                .execute();
        handle.createUpdate("update register.stream set removed = true where camera = :id")
                .bind("id", id.value())
                .execute();
    }
}
