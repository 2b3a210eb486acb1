package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Entry;
import org.custodes.audit.Outcome;
import org.custodes.audit.Page;
import org.custodes.audit.Query;
import org.custodes.media.Bytes;
import org.custodes.rights.Right;

/// The log, for those who oversee. That it was read is an entry too.
final class AuditRoutes {
    private static final int USUAL = 100;

    record AuditQuery(
            Optional<Long> before,
            @Bounds(min = 1, max = 500) Optional<Integer> limit,
            @Bounds(max = 60) Optional<String> action,
            Optional<UUID> person,
            @Bounds(max = 100) Optional<String> object,
            Optional<Outcome> outcome,
            Optional<Instant> from,
            Optional<Instant> to,
            @Bounds(max = 200) Optional<String> q) {}

    /// @param decision SHA-256 of what it was decided on, in hexadecimal digits
    record EntryView(
            long index,
            Instant time,
            Optional<UUID> person,
            String name,
            String address,
            String action,
            String object,
            String outcome,
            Optional<String> purpose,
            Optional<String> caseNumber,
            Optional<String> decision,
            String text,
            String hash) {
        static EntryView of(Entry entry) {
            return new EntryView(
                    entry.index(),
                    entry.time(),
                    entry.actor().person(),
                    entry.actor().name(),
                    entry.actor().address(),
                    entry.action(),
                    entry.object(),
                    entry.outcome().name().toLowerCase(Locale.ROOT),
                    entry.purpose(),
                    entry.caseId(),
                    entry.decision().map(EntryView::hexadecimal),
                    entry.text(),
                    hexadecimal(entry.hash()));
        }

        private static String hexadecimal(Bytes hash) {
            return HexFormat.of().formatHex(hash.array());
        }
    }

    /// @param next the `before` of the next page
    record EntryPage(List<EntryView> items, boolean more, Optional<Long> next) {
        static EntryPage of(Page page) {
            return new EntryPage(
                    page.entries().stream().map(EntryView::of).toList(),
                    page.next().isPresent(),
                    page.next().isPresent()
                            ? Optional.of(page.next().getAsLong())
                            : Optional.empty());
        }
    }

    private final AuditLog audit;
    private final Access access;

    AuditRoutes(AuditLog audit, Access access) {
        this.audit = audit;
        this.access = access;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/audit", having(Right.READ_AUDIT))
                        .says("Entries of the log, newest first. Reading it is an entry too.")
                        .asks(AuditQuery.class)
                        .answers(EntryPage.class)
                        .by(this::read));
    }

    private Reply read(Call call, AuditQuery query) {
        var act = new Act(Act.Kind.READ_AUDIT, "", asked(query));
        return switch (access.decide(call.session(), act)) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted _ -> Reply.ok(EntryPage.of(audit.read(query(query))));
        };
    }

    private static Query query(AuditQuery query) {
        return new Query(
                query.action().filter(code -> !code.isEmpty()).map(Set::of).orElse(Set.of()),
                query.person(),
                query.object().orElse(""),
                query.outcome(),
                query.from(),
                query.to(),
                query.q().orElse(""),
                query.before().map(OptionalLong::of).orElse(OptionalLong.empty()),
                query.limit().orElse(USUAL));
    }

    /// What was looked for, for whoever reads the log after.
    private static String asked(AuditQuery query) {
        var asked = new StringBuilder();
        query.action().ifPresent(action -> asked.append(" action=").append(action));
        query.person().ifPresent(person -> asked.append(" person=").append(person));
        query.object().ifPresent(object -> asked.append(" object=").append(object));
        query.outcome().ifPresent(outcome -> asked.append(" outcome=").append(outcome));
        query.from().ifPresent(from -> asked.append(" from=").append(from));
        query.to().ifPresent(to -> asked.append(" to=").append(to));
        query.q().ifPresent(text -> asked.append(" text=").append(text));
        query.before().ifPresent(before -> asked.append(" before=").append(before));
        return asked.isEmpty() ? "the newest" : asked.substring(1);
    }
}
