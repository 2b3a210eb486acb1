package org.custodes.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.custodes.rights.RoleId;
import org.custodes.rights.Scope;
import org.jdbi.v3.core.Handle;

/// The table `access.gift_draft`.
final class GiftTable {
    private static final String COLUMNS =
            "select approval, gift_draft.person, role, every_camera, cameras, camera_groups, until, replaces from access.gift_draft ";

    private record Row(UUID approval, Draft.Gift gift) {}

    private GiftTable() {}

    static void add(Handle handle, UUID approval, Draft.Gift gift) {
        handle.createUpdate(
                        """
                        insert into access.gift_draft (approval, person, role, every_camera, cameras, camera_groups,
                            until, replaces)
                        values (:approval, :person, :role, :every, :cameras, :groups, :until,
                            cast(:replaces as uuid))
                        """)
                .bind("approval", approval)
                .bind("person", gift.person().value())
                .bind("role", gift.role().code())
                .bind("every", gift.on() instanceof Scope.All)
                .bindArray("cameras", UUID.class, AssignmentTable.cameras(gift.on()).toArray())
                .bindArray("groups", UUID.class, AssignmentTable.groups(gift.on()).toArray())
                .bind("until", gift.until().orElse(null))
                .bind("replaces", gift.replaces().orElse(null))
                .execute();
    }

    static Optional<Draft.Gift> of(Handle handle, UUID approval) {
        return handle.createQuery(COLUMNS + "where approval = :approval")
                .bind("approval", approval)
                .map((row, _) -> read(row).gift())
                .findOne();
    }

    /// Those that were asked for since then, by what was asked.
    static Map<UUID, Draft.Gift> since(Handle handle, Instant then) {
        return handle.createQuery(COLUMNS + ApprovalTable.ASKED_SINCE)
                .bind("then", then)
                .map((row, _) -> read(row))
                .collectToMap(Row::approval, Row::gift);
    }

    /// What everybody waits for, in the order in which it was asked.
    static Map<PersonId, List<Waiting>> waiting(Handle handle, Instant now) {
        return handle
                .createQuery(
                        COLUMNS
                                + """
                                join access.approval on approval.id = gift_draft.approval
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
                                row -> row.gift().person(),
                                Collectors.mapping(GiftTable::told, Collectors.toList())));
    }

    private static Waiting told(Row row) {
        var gift = row.gift();
        return new Waiting(row.approval(), gift.role(), gift.on(), gift.until(), gift.replaces());
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("approval", UUID.class),
                new Draft.Gift(
                        new PersonId(row.getObject("person", UUID.class)),
                        new RoleId(row.getString("role")),
                        AssignmentTable.scope(row),
                        Optional.ofNullable(row.getTimestamp("until")).map(Timestamp::toInstant),
                        Optional.ofNullable(row.getObject("replaces", UUID.class))));
    }
}
