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
    private static final String COLUMNS = "select group_draft.* from access.group_draft ";

    private record Row(UUID approval, Draft.Regroup draft) {}

    private RegroupTable() {}

    static void add(Handle handle, UUID approval, Draft.Regroup draft) {
        var group = draft.group();
        var before = draft.before();
        handle.createUpdate(
                        """
                        insert into access.group_draft (approval, camera_group, site, parent, name, cameras,
                            parent_before, name_before, cameras_before, was)
                        values (:approval, :group, :site, :parent, :name, :cameras, :parentBefore,
                            :nameBefore, :camerasBefore, :was)
                        """)
                .bind("approval", approval)
                .bind("group", group.id())
                .bind("site", group.site())
                .bind("parent", group.parent())
                .bind("name", group.name())
                .bindArray("cameras", UUID.class, ids(group))
                .bind("parentBefore", before.parent())
                .bind("nameBefore", before.name())
                .bindArray("camerasBefore", UUID.class, ids(before))
                .bind("was", draft.was().array())
                .execute();
    }

    private static Object[] ids(Group group) {
        return group.cameras().stream().map(CameraId::value).toArray();
    }

    static Optional<Draft.Regroup> of(Handle handle, UUID approval) {
        return handle.createQuery(COLUMNS + "where approval = :approval")
                .bind("approval", approval)
                .map((row, _) -> read(row).draft())
                .findOne();
    }

    /// Those that were asked for since then, by what was asked.
    static Map<UUID, Draft.Regroup> since(Handle handle, Instant then) {
        return handle.createQuery(COLUMNS + ApprovalTable.ASKED_SINCE)
                .bind("then", then)
                .map((row, _) -> read(row))
                .collectToMap(Row::approval, Row::draft);
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
                        group(row, ""), group(row, "_before"), Bytes.of(row.getBytes("was"))));
    }

    /// @param when what the names of the columns end with
    private static Group group(ResultSet row, String when) throws SQLException {
        return new Group(
                row.getObject("camera_group", UUID.class),
                row.getObject("site", UUID.class),
                row.getObject("parent" + when, UUID.class),
                row.getString("name" + when),
                AssignmentTable.ids(row, "cameras" + when).stream()
                        .map(CameraId::new)
                        .collect(Collectors.toSet()));
    }
}
