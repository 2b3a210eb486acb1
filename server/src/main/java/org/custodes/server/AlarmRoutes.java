package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Route.post;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Act;
import org.custodes.access.Decision;
import org.custodes.access.Session;
import org.custodes.rights.Right;
import org.custodes.signals.Acknowledgement;
import org.custodes.signals.AlarmEpisode;
import org.custodes.signals.AlarmHistory;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.AlarmQuery;

/// What was wrong and what is, and who has seen it.
final class AlarmRoutes {
    private static final int USUAL = 50;

    /// Which of the two.
    enum Shown {
        OPEN,
        ENDED
    }

    /// @param state without it both
    /// @param camera whose alarms
    record HistoryQuery(
            Optional<Long> before,
            @Bounds(min = 1, max = 500) Optional<Integer> limit,
            Optional<Shown> state,
            @Bounds(max = 60) Optional<String> kind,
            Optional<UUID> camera,
            Optional<Instant> from,
            Optional<Instant> to,
            @Bounds(max = 200) Optional<String> q) {}

    /// @param next the `before` of the next page
    record AlarmPage(List<AlarmView> items, boolean more, Optional<Long> next) {}

    record AcknowledgeForm(@Bounds(max = Acknowledgement.LONGEST_NOTE) Optional<String> note) {}

    private final AlarmHistory alarms;
    private final Access access;
    private final InstantSource clock;

    AlarmRoutes(AlarmHistory alarms, Access access, InstantSource clock) {
        this.alarms = alarms;
        this.access = access;
        this.clock = clock;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/alarms", having(Right.SEE_ALARMS))
                        .says("Alarms that stand and that have ended, newest first.")
                        .asks(HistoryQuery.class)
                        .answers(AlarmPage.class)
                        .polled()
                        .by(this::read),
                post(API + "/alarms/{id}/acknowledge", having(Right.ACKNOWLEDGE_ALARMS))
                        .says(
                                "Somebody has seen an alarm and takes it on; whoever came first stays.")
                        .takes(AcknowledgeForm.class)
                        .answers(AlarmView.class)
                        .by(this::acknowledge));
    }

    private Reply read(Call call, HistoryQuery query) {
        var kind = query.kind().filter(code -> !code.isEmpty());
        if (kind.isPresent() && AlarmKind.of(kind.get()).isEmpty()) {
            // Of another version: there are none of these here.
            return Reply.ok(new AlarmPage(List.of(), false, Optional.empty()));
        }
        var page =
                alarms.page(
                        new AlarmQuery(
                                query.before(),
                                query.limit().orElse(USUAL),
                                query.state().map(shown -> shown == Shown.OPEN),
                                kind.flatMap(AlarmKind::of),
                                query.camera().map(UUID::toString),
                                query.from(),
                                query.to(),
                                query.q().orElse("")));
        return Reply.ok(
                new AlarmPage(
                        page.episodes().stream().map(AlarmView::of).toList(),
                        page.next().isPresent(),
                        page.next().isPresent()
                                ? Optional.of(page.next().getAsLong())
                                : Optional.empty()));
    }

    private Reply acknowledge(Call call, AcknowledgeForm form) {
        var episode = number(call.word("id")).flatMap(alarms::find);
        if (episode.isEmpty()) {
            return new Reply.Refused(Problem.notFound());
        }
        return acknowledge(call.session(), episode.get(), form.note().orElse("").strip());
    }

    private Reply acknowledge(Session session, AlarmEpisode episode, String note) {
        var act =
                new Act(
                        Act.Kind.ACKNOWLEDGE_ALARM,
                        "alarm/" + episode.number(),
                        "%s of %s%s"
                                .formatted(
                                        episode.alarm().kind(),
                                        episode.alarm().since(),
                                        note.isEmpty() ? "" : ": " + note));
        return switch (access.decide(session, act)) {
            case Decision.Refused(var reason) -> new Reply.Refused(Refusals.of(reason));
            case Decision.Granted _ ->
                    alarms.acknowledge(
                                    episode.number(),
                                    new Acknowledgement(
                                            clock.instant(),
                                            session.person().value(),
                                            session.name(),
                                            note))
                            .<Reply>map(now -> Reply.ok(AlarmView.of(now)))
                            .orElseGet(() -> new Reply.Refused(Problem.notFound()));
        };
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }
}
