package org.custodes.register;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.media.CameraId;
import org.jdbi.v3.core.Handle;

/// The tables `register.camera_group` and `register.camera_in_group`.
final class GroupTable {

    private record Member(UUID group, CameraId camera) {}

    private GroupTable() {}

    static List<Group> all(Handle handle) {
        var members = members(handle);
        return handle.createQuery(
                        """
                        select id, site, parent, name from register.camera_group
                        where removed_at is null
                        """)
                .map((row, _) -> {
                    var id = row.getObject("id", UUID.class);
                    var site = row.getObject("site", UUID.class);
                    return new Group(
                            id,
                            site,
                            Optional.ofNullable(row.getObject("parent", UUID.class)).orElse(site),
                            row.getString("name"),
                            members.getOrDefault(id, Set.of()));
                })
                .list();
    }

    private static Map<UUID, Set<CameraId>> members(Handle handle) {
        return handle
                .createQuery("select camera_group, camera from register.camera_in_group")
                .map((row, _) ->
                        new Member(
                                row.getObject("camera_group", UUID.class),
                                new CameraId(row.getObject("camera", UUID.class))))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Member::group,
                                Collectors.mapping(Member::camera, Collectors.toSet())));
    }

    static void save(Handle handle, Group group, long entry) {
        handle.createUpdate(
                        """
                        insert into register.camera_group (id, site, parent, name, entry)
                        values (:id, :site, cast(:parent as uuid), :name, :entry)
                        on conflict (id) do update set
                            parent = excluded.parent, name = excluded.name, entry = excluded.entry
                        """)
                .bind("id", group.id())
                .bind("site", group.site())
                .bind("parent", group.outermost() ? null : group.parent())
                .bind("name", group.name())
                .bind("entry", entry)
                .execute();
        empty(handle, group.id());
        var batch =
                handle.prepareBatch(
                        """
                        insert into register.camera_in_group (camera_group, camera, site)
                        values (:id, :camera, :site)
                        """);
        group.cameras()
                .forEach(camera ->
                        batch.bind("id", group.id())
                                .bind("camera", camera.value())
                                .bind("site", group.site())
                                .add());
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    private static void empty(Handle handle, UUID id) {
        handle.createUpdate("delete from register.camera_in_group where camera_group = :id")
                .bind("id", id)
                .execute();
    }

    /// What it was called stays, for the entries and the roles of former days that name it.
    static void remove(Handle handle, UUID id, Instant when, long entry) {
        empty(handle, id);
        handle.createUpdate(
                        """
                        update register.camera_group set removed_at = :when, entry = :entry
                        where id = :id
                        """)
                .bind("when", when)
                .bind("entry", entry)
                .bind("id", id)
                .execute();
    }
}
