package org.custodes.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.custodes.audit.Action;
import org.custodes.audit.Actor;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Enclosed;
import org.custodes.audit.Event;
import org.custodes.audit.Outcome;
import org.custodes.media.Bytes;
import org.custodes.rights.Decided;
import org.custodes.rights.PolicySnapshot;

/// What decisions were made on, kept so that they can be made again: each before the entry that names it, and for as
/// long as the log has the entry. Any thread.
///
/// The entry names SHA-256 of *facts*: chance, and then the decision with its request and the hash of the policy. Chance
/// keeps whoever has the log and no key from trying who it might have been; it is sealed with the rest.
final class Decisions {
    private static final int SALT_BYTES = 32;

    private static final byte[] CONTEXT = "custodes-decided-v1".getBytes(StandardCharsets.US_ASCII);

    /// An entry is written a moment after its decision.
    private static final Duration LATER = Duration.ofHours(1);

    private final AccessTables tables;
    private final AuditLog audit;
    private final SecureRandom random;

    private volatile boolean begun;

    Decisions(AccessTables tables, AuditLog audit, SecureRandom random) {
        this.tables = tables;
        this.audit = audit;
        this.random = random;
    }

    /// Keeps a decision, and the policy that it was made by if that is not kept already.
    ///
    /// @param actor whose entry will name it
    /// @return what the entry names
    /// @throws DatabaseAwayException if the database does not answer
    /// @throws org.custodes.audit.AuditUnavailableException if it cannot be sealed
    Bytes keep(Actor actor, PolicySnapshot policy, Decided decided) {
        begin();
        var facts = facts(decided);
        var sealed = audit.enclose(actor, facts, CONTEXT);
        var decision = hash(facts);
        return tables.in(handle -> {
            DecidedTable.add(handle, decision, policy, sealed);
            return decision;
        });
    }

    private byte[] facts(Decided decided) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var content = decided.content();
        return ByteBuffer.allocate(SALT_BYTES + content.length())
                .put(salt)
                .put(content.array())
                .array();
    }

    /// Where keeping begins, the log says so: an entry after it whose decision is not kept has lost it.
    private void begin() {
        if (!begun) {
            synchronized (this) {
                if (!begun && tables.in(DecidedTable::isEmpty)) {
                    audit.append(
                            Event.of(
                                    Actor.system(),
                                    Action.DECISIONS_KEPT,
                                    "",
                                    Outcome.DONE,
                                    "From here on each decision can be made again."));
                }
                begun = true;
            }
        }
    }

    /// The facts that were sealed, or what became of them.
    Enclosed open(Bytes sealed) {
        return audit.open(sealed, CONTEXT);
    }

    /// The decision that facts are about.
    ///
    /// @param facts that hash to what an entry names
    /// @throws org.custodes.rights.MalformedDecisionException if this version cannot read them
    static Decided decided(Bytes facts) {
        return Decided.of(Bytes.of(Arrays.copyOfRange(facts.array(), SALT_BYTES, facts.length())));
    }

    /// SHA-256: what an entry names of facts, and what a policy is kept by.
    static Bytes hash(byte[] content) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// Lets go of what no entry of the log names any more.
    ///
    /// @param current the policy by which decisions are made now
    /// @throws DatabaseAwayException if the database does not answer
    void sweep(PolicySnapshot current) {
        audit.since()
                .ifPresent(oldest ->
                        tables.in(handle -> {
                            DecidedTable.removeBefore(handle, oldest.minus(LATER), current.hash());
                            return oldest;
                        }));
    }
}
