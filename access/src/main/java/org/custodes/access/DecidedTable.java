package org.custodes.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.custodes.media.Bytes;
import org.custodes.rights.PolicySnapshot;
import org.jdbi.v3.core.Handle;

/// The tables `access.decided` and `access.policy_kept`.
final class DecidedTable {

    /// @param decision what the entry names
    private record Row(Bytes decision, Bytes sealed) {}

    private DecidedTable() {}

    /// Keeps a decision, and the policy that it was made by unless that is kept already.
    ///
    /// @param decision what its entry will name
    static void add(Handle handle, Bytes decision, PolicySnapshot policy, Bytes sealed) {
        if (!addByKept(handle, decision, policy, sealed)) {
            keep(handle, policy);
            if (!addByKept(handle, decision, policy, sealed)) {
                throw new IllegalStateException(
                        "The policy was taken out of the database while a decision by it was kept. Ask again.");
            }
        }
    }

    /// @return whether the policy is kept
    private static boolean addByKept(
            Handle handle, Bytes decision, PolicySnapshot policy, Bytes sealed) {
        return handle.createQuery(
                        """
                        with kept as (select hash from access.policy_kept where hash = :policy),
                            added as (
                                insert into access.decided (decision, policy, decided_at, sealed)
                                select cast(:decision as bytea), hash, cast(:at as timestamptz),
                                    cast(:sealed as bytea)
                                from kept)
                        select exists (select 1 from kept)
                        """)
                .bind("decision", decision.array())
                .bind("policy", policy.hash().array())
                .bind("at", policy.takenAt())
                .bind("sealed", sealed.array())
                .mapTo(boolean.class)
                .one();
    }

    private static void keep(Handle handle, PolicySnapshot policy) {
        handle.createUpdate(
                        """
                        insert into access.policy_kept (hash, content, first_used)
                        values (:hash, :content, :used) on conflict (hash) do nothing
                        """)
                .bind("hash", policy.hash().array())
                .bind("content", policy.content().array())
                .bind("used", policy.takenAt())
                .execute();
    }

    /// Whether nothing was ever kept.
    static boolean isEmpty(Handle handle) {
        return handle.createQuery("select not exists (select 1 from access.policy_kept)")
                .mapTo(boolean.class)
                .one();
    }

    /// What is sealed, by what the entries name.
    ///
    /// @param decisions at least one
    static Map<Bytes, Bytes> sealed(Handle handle, Collection<Bytes> decisions) {
        return handle
                .createQuery(
                        "select decision, sealed from access.decided where decision in (<decisions>)")
                .bindList("decisions", decisions.stream().map(Bytes::array).toList())
                .map((row, _) ->
                        new Row(
                                Bytes.of(row.getBytes("decision")),
                                Bytes.of(row.getBytes("sealed"))))
                .stream()
                .collect(Collectors.toMap(Row::decision, Row::sealed));
    }

    static Optional<Bytes> policy(Handle handle, Bytes hash) {
        return handle.createQuery("select content from access.policy_kept where hash = :hash")
                .bind("hash", hash.array())
                .map((row, _) -> Bytes.of(row.getBytes("content")))
                .findOne();
    }

    /// Lets go of what was decided before a moment, and of policies by which nothing that is left was decided.
    ///
    /// @param current the hash of the policy by which decisions are made now
    static void removeBefore(Handle handle, Instant moment, Bytes current) {
        handle.createUpdate("delete from access.decided where decided_at < :moment")
                .bind("moment", moment)
                .execute();
        handle.createUpdate(
                        """
                        delete from access.policy_kept where hash <> :current
                            and not exists (select 1 from access.decided where policy = hash)
                        """)
                .bind("current", current.array())
                .execute();
    }
}
