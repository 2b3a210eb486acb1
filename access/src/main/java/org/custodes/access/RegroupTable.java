package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.media.CameraId;
import org.custodes.register.Group;
import org.jdbi.v3.core.Handle;

/// The table `access.group_draft`.
final class RegroupTable {
    private static final String COLUMNS =
            "select approval, camera_group, site, parent, name, cameras, was from access.group_draft ";

    private record Row(UUID approval, Draft.Regroup draft) {}

    private RegroupTable() {}

    static void add(Handle handle, UUID approval, Draft.Regroup draft) {
        var group = draft.group();
        handle.createUpdate(
                        """
                        insert into access.group_draft (approval, camera_group, site, parent, name, cameras, was)
                        values (:approval, :group, :site, :parent, :name, :cameras, :was)
                        """)
                .bind("approval", approval)
                .bind("group", group.id())
                .bind("site", group.site())
                .bind("parent", group.parent())
                .bind("name", group.name())
                .bindArray(
                        "cameras",
                        UUID.class,
                        group.cameras().stream().map(CameraId::value).toArray())
                .bind("was", draft.was().array())
                .execute();
    }

    static Optional<Draft.Regroup> of(Handle handle, UUID approval) {
        return handle.createQuery(COLUMNS + "where approval = :approval")
                .bind("approval", approval)
                .map((row, _) -> read(row).draft())
                .findOne();
    }

    /// What waits, by group, in the order in which it was asked.
    static Map<UUID, List<KnownGroup.Waiting>> waiting(Handle handle, Instant now) {
        return handle
                .createQuery(
                        COLUMNS
                                + """
                                join access.approval on approval.id = group_draft.approval
                                where answered_at is null and withdrawn_at is null and used_at is null
                                    and waits_until > :now
                                order by asked_at
                                """)
                .bind("now", now)
                .map((row, _) -> read(row))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                row -> row.draft().group().id(),
                                Collectors.mapping(
                                        row ->
                                                new KnownGroup.Waiting(
                                                        row.approval(), row.draft().group()),
                                        Collectors.toList())));
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("approval", UUID.class),
                new Draft.Regroup(
                        new Group(
                                row.getObject("camera_group", UUID.class),
                                row.getObject("site", UUID.class),
                                row.getObject("parent", UUID.class),
                                row.getString("name"),
                                AssignmentTable.ids(row, "cameras").stream()
                                        .map(CameraId::new)
                                        .collect(Collectors.toSet())),
                        Bytes.of(row.getBytes("was"))));
    }
}
