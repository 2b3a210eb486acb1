package org.custodes.access;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.custodes.access.Replayed.Finding;
import org.custodes.access.Replayed.Kind;
import org.custodes.audit.Action;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Enclosed;
import org.custodes.audit.Entry;
import org.custodes.audit.Query;
import org.custodes.media.Bytes;
import org.custodes.rights.Decided;
import org.custodes.rights.MalformedDecisionException;
import org.custodes.rights.PolicySnapshot;

/// Makes the decisions of the log again, from what was kept of them, and tells which of them come out otherwise. What is
/// kept lies in the database; the log says by its hashes whether it is what was kept.
final class Replay {
    /// Longest from a decision to its entry.
    private static final Duration LATER = Duration.ofMinutes(1);

    private final AccessTables tables;
    private final Gate gate;
    private final Decisions decisions;
    private final AuditLog audit;

    /// The index of the entry from which on decisions are kept, once it was found.
    private volatile OptionalLong begun = OptionalLong.empty();

    Replay(AccessTables tables, Gate gate, Decisions decisions, AuditLog audit) {
        this.tables = tables;
        this.gate = gate;
        this.decisions = decisions;
        this.audit = audit;
    }

    Answer<Replayed> of(Session session, Query query) {
        var act = new Act(Act.Kind.READ_AUDIT, "", told(query));
        return gate.receipt(session, act).then(_ -> new Answer.Done<>(made(query)));
    }

    /// What was asked, for whoever reads the log after.
    private static String told(Query query) {
        var told = new StringBuilder("decide again");
        query.person().ifPresent(person -> told.append(" person=").append(person));
        query.from().ifPresent(from -> told.append(" from=").append(from));
        query.to().ifPresent(to -> told.append(" to=").append(to));
        query.before().ifPresent(before -> told.append(" before=").append(before));
        return told.toString();
    }

    private Replayed made(Query query) {
        var page = audit.read(query);
        var entries =
                page.entries().stream().filter(entry -> entry.decision().isPresent()).toList();
        var findings = new Stretch(sealed(entries)).findings(entries);
        return new Replayed(entries.size() - findings.size(), findings, page.next());
    }

    private Map<Bytes, Bytes> sealed(List<Entry> entries) {
        var named =
                entries.stream().flatMap(entry -> entry.decision().stream()).distinct().toList();
        return named.isEmpty() ? Map.of() : tables.in(handle -> DecidedTable.sealed(handle, named));
    }

    /// Some entries and what is kept of them. One thread's.
    private final class Stretch {
        private final Map<Bytes, Bytes> sealed;

        /// The last one, for most decisions are made by the one that the next was made by.
        private Optional<PolicySnapshot> policy = Optional.empty();

        Stretch(Map<Bytes, Bytes> sealed) {
            this.sealed = sealed;
        }

        List<Finding> findings(List<Entry> entries) {
            var findings = new ArrayList<Finding>();
            entries.forEach(entry -> finding(entry).ifPresent(findings::add));
            return findings;
        }

        private Optional<Finding> finding(Entry entry) {
            var named = entry.decision().orElseThrow();
            var kept = Optional.ofNullable(sealed.get(named));
            if (kept.isEmpty()) {
                return found(entry, isKept(entry) ? Kind.REQUEST_MISSING : Kind.BEFORE);
            }
            return switch (decisions.open(kept.get())) {
                case Enclosed.Expired(var month) ->
                        found(entry, wasOf(entry, month) ? Kind.EXPIRED : Kind.REQUEST_CHANGED);
                case Enclosed.Changed() -> found(entry, Kind.REQUEST_CHANGED);
                case Enclosed.Whole(var facts) ->
                        Decisions.hash(facts.array()).equals(named)
                                ? finding(entry, facts)
                                : found(entry, Kind.REQUEST_CHANGED);
            };
        }

        private Optional<Finding> finding(Entry entry, Bytes facts) {
            try {
                return finding(entry, Decisions.decided(facts));
            } catch (MalformedDecisionException e) {
                // As it was written, for it hashes to what the entry names: by another version.
                return found(entry, Kind.UNKNOWN);
            }
        }

        private Optional<Finding> finding(Entry entry, Decided then) {
            var known = policy.filter(last -> last.hash().equals(then.policy()));
            if (known.isEmpty()) {
                var content = tables.in(handle -> DecidedTable.policy(handle, then.policy()));
                if (content.isEmpty()) {
                    return found(entry, Kind.POLICY_MISSING);
                }
                if (!Decisions.hash(content.get().array()).equals(then.policy())) {
                    return found(entry, Kind.POLICY_CHANGED);
                }
                known = Optional.of(PolicySnapshot.of(content.get(), then.at()));
                policy = known;
            }
            var now = then.again(known.get());
            return now.equals(then)
                    ? Optional.empty()
                    : Optional.of(
                            new Finding(
                                    entry.index(),
                                    entry.time(),
                                    Kind.DIFFERENT,
                                    Optional.of(then),
                                    Optional.of(now)));
        }
    }

    private static Optional<Finding> found(Entry entry, Kind kind) {
        return Optional.of(
                new Finding(entry.index(), entry.time(), kind, Optional.empty(), Optional.empty()));
    }

    /// Whether what says that its key is gone may say so: the entry's own key is gone too, or the month ended between
    /// the decision and its entry. Else somebody has changed whose key it names.
    private static boolean wasOf(Entry entry, YearMonth month) {
        return entry.expired() || isMonthBefore(entry, month);
    }

    private static boolean isMonthBefore(Entry entry, YearMonth month) {
        var written = YearMonth.from(entry.time().atOffset(ZoneOffset.UTC));
        var decided = YearMonth.from(entry.time().minus(LATER).atOffset(ZoneOffset.UTC));
        return !decided.equals(written) && month.equals(decided);
    }

    /// Whether it was written when decisions were kept already. The first entry that says so counts: whoever empties
    /// the tables makes the recorder write another one.
    private boolean isKept(Entry entry) {
        if (begun.isEmpty()) {
            begun = oldestBeginning();
        }
        return begun.isPresent() && begun.getAsLong() < entry.index();
    }

    private OptionalLong oldestBeginning() {
        var query =
                new Query(
                        Set.of(Action.DECISIONS_KEPT.code()),
                        Optional.empty(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        OptionalLong.empty(),
                        1_000);
        var oldest = OptionalLong.empty();
        while (true) {
            var page = audit.read(query);
            if (!page.entries().isEmpty()) {
                oldest = OptionalLong.of(page.entries().getLast().index());
            }
            if (page.next().isEmpty()) {
                return oldest;
            }
            query = query.before(page.next().getAsLong());
        }
    }
}
