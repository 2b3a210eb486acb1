package org.custodes.access;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// The table `access.reset_draft`.
final class ResetTable {
    private ResetTable() {}

    static void add(Handle handle, UUID approval, PersonId person) {
        handle.createUpdate(
                        "insert into access.reset_draft (approval, person) values (:approval, :person)")
                .bind("approval", approval)
                .bind("person", person.value())
                .execute();
    }

    static Optional<PersonId> of(Handle handle, UUID approval) {
        return handle.createQuery(
                        "select person from access.reset_draft where approval = :approval")
                .bind("approval", approval)
                .mapTo(UUID.class)
                .findOne()
                .map(PersonId::new);
    }

    /// Those that were asked for since then, by what was asked.
    static Map<UUID, PersonId> since(Handle handle, Instant then) {
        return handle.createQuery(
                        "select approval, person from access.reset_draft "
                                + ApprovalTable.ASKED_SINCE)
                .bind("then", then)
                .map((row, _) ->
                        Map.entry(
                                row.getObject("approval", UUID.class),
                                new PersonId(row.getObject("person", UUID.class))))
                .collectToMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /// Whether somebody is asked already about this person.
    static boolean waits(Handle handle, PersonId person, Instant now) {
        return handle.createQuery(
                                """
                                select count(*) from access.reset_draft
                                join access.approval on approval.id = reset_draft.approval
                                where reset_draft.person = :person and answered_at is null
                                    and withdrawn_at is null and used_at is null and waits_until > :now
                                """)
                        .bind("person", person.value())
                        .bind("now", now)
                        .mapTo(long.class)
                        .one()
                > 0;
    }
}
