package org.custodes.server;

import static org.custodes.server.Route.delete;
import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.access.OwnSession;
import org.custodes.access.Session;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Query;
import org.custodes.rights.Right;

/// What is kept of whoever asks: where they are signed in, and what the log has of them (GDPR Article 15).
final class OwnRoutes {
    private static final int USUAL = 100;

    /// @param workstation what the browser or the command line called itself
    /// @param current whether it is the one that asks
    record SessionView(
            UUID id,
            String kind,
            String address,
            String workstation,
            Instant signedInAt,
            Instant lastSeen,
            Instant endsAt,
            boolean current) {
        static SessionView of(OwnSession session) {
            return new SessionView(
                    session.id(),
                    session.kind().code(),
                    session.origin().plainAddress(),
                    session.origin().workstation(),
                    session.signedInAt(),
                    session.lastSeen(),
                    session.endsAt(),
                    session.isThis());
        }
    }

    record EndedView(int ended) {}

    record EntriesQuery(
            Optional<Long> before, @Bounds(min = 1, max = 500) Optional<Integer> limit) {}

    private final Access access;
    private final AuditLog audit;

    OwnRoutes(Access access, AuditLog audit) {
        this.access = access;
        this.audit = audit;
    }

    List<Route<?>> list() {
        var who = having(Right.OWN_SESSION);
        return List.of(
                get(API + "/me/sessions", who)
                        .says("Where whoever asks is signed in, oldest first.")
                        .answersItems(SessionView.class)
                        .by(this::sessions),
                delete(API + "/me/sessions", who)
                        .says("Ends all other sessions of whoever asks, and their looks.")
                        .answers(EndedView.class)
                        .by(call -> ended(call, Optional.empty())),
                delete(API + "/me/sessions/{id}", who)
                        .says("Ends another session of whoever asks.")
                        .answers(EndedView.class)
                        .by(call -> ended(call, Optional.of(call.id("id")))),
                get(API + "/me/entries", who)
                        .says("What the log has of whoever asks, newest first.")
                        .asks(EntriesQuery.class)
                        .answers(AuditRoutes.EntryPage.class)
                        .by(this::entries));
    }

    private Reply sessions(Call call, Route.Nothing nothing) {
        return Replies.of(
                access.ownSessions(call.session()),
                own -> Reply.items(own.stream().map(SessionView::of).toList()));
    }

    private Reply ended(Call call, Optional<UUID> which) {
        return Replies.of(
                access.endOwnSessions(call.session(), which),
                count ->
                        which.isPresent() && count == 0
                                ? new Reply.Refused(Problem.notFound())
                                : Reply.ok(new EndedView(count)));
    }

    /// Everybody may know what the log has of them; that they looked is an entry, like any reading of it.
    private Reply entries(Call call, EntriesQuery query) {
        var session = call.session();
        return switch (access.decide(session, new Act(Act.Kind.READ_OWN_ENTRIES, "", ""))) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted _ ->
                    Reply.ok(AuditRoutes.EntryPage.of(audit.read(own(session, query))));
        };
    }

    private static Query own(Session session, EntriesQuery query) {
        return new Query(
                Set.of(),
                Optional.of(session.person().value()),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                query.before().map(OptionalLong::of).orElse(OptionalLong.empty()),
                query.limit().orElse(USUAL));
    }
}
