package org.custodes.server;

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
import org.custodes.access.Replayed;
import org.custodes.access.Replayed.Finding;
import org.custodes.audit.Query;
import org.custodes.rights.Decided;
import org.custodes.rights.Ground;
import org.custodes.rights.Right;

/// What was decided, decided again.
final class ReplayRoutes {
    private static final int USUAL = 500;

    record ReplayQuery(
            Optional<Long> before,
            @Bounds(min = 1, max = 500) Optional<Integer> limit,
            Optional<UUID> person,
            Optional<Instant> from,
            Optional<Instant> to) {}

    /// @param then what was decided: `allowed`, or the ground that stood against it
    /// @param now what it comes out as now
    record FindingView(
            long entry, Instant time, String kind, Optional<String> then, Optional<String> now) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    finding.entry(),
                    finding.time(),
                    finding.kind().code(),
                    finding.then().map(FindingView::told),
                    finding.now().map(FindingView::told));
        }

        private static String told(Decided decided) {
            return decided.ground().map(Ground::code).orElse("allowed");
        }
    }

    /// @param same how many came out as they had
    /// @param next the `before` of the next page
    record ReplayPage(long same, List<FindingView> items, boolean more, Optional<Long> next) {
        static ReplayPage of(Replayed replayed) {
            return new ReplayPage(
                    replayed.same(),
                    replayed.findings().stream().map(FindingView::of).toList(),
                    replayed.next().isPresent(),
                    replayed.next().isPresent()
                            ? Optional.of(replayed.next().getAsLong())
                            : Optional.empty());
        }
    }

    private final Access access;

    ReplayRoutes(Access access) {
        this.access = access;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/replay", having(Right.READ_AUDIT))
                        .says(
                                "Makes decisions of the log again, newest first, and tells those that come out otherwise or cannot be made again.")
                        .asks(ReplayQuery.class)
                        .answers(ReplayPage.class)
                        .by(this::replay));
    }

    private Reply replay(Call call, ReplayQuery query) {
        return Replies.of(
                access.replay(call.session(), query(query)),
                replayed -> Reply.ok(ReplayPage.of(replayed)));
    }

    private static Query query(ReplayQuery query) {
        return new Query(
                Set.of(),
                query.person(),
                "",
                Optional.empty(),
                query.from(),
                query.to(),
                "",
                query.before().map(OptionalLong::of).orElse(OptionalLong.empty()),
                query.limit().orElse(USUAL));
    }
}
