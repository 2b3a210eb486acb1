package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.custodes.access.Access;
import org.custodes.access.Answer;
import org.custodes.access.PersonId;
import org.custodes.access.Reason;
import org.custodes.access.Sight;
import org.custodes.media.CameraId;
import org.custodes.register.Fault;
import org.custodes.rights.Right;

/// Who can see what at a moment, and why not.
final class SightRoutes {
    /// @param at absent: now
    record SightQuery(Optional<Instant> at) {}

    /// @param live what stands against a live look, as keys of reasons; none: they may
    /// @param playback what stands against a look back; none: they may
    /// @param from from when on they may look back
    record SightView(
            UUID person,
            String name,
            UUID camera,
            List<String> live,
            List<String> playback,
            Optional<Instant> from) {
        static SightView of(Sight sight) {
            return new SightView(
                    sight.person().value(),
                    sight.name(),
                    sight.camera().value(),
                    sight.live().stream().map(Reason::key).toList(),
                    sight.playback().stream().map(Reason::key).toList(),
                    sight.from());
        }
    }

    private static final Duration FARTHEST = Duration.ofDays(3_653);

    private final Access access;
    private final InstantSource clock;

    SightRoutes(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    List<Route<?>> list() {
        var who = having(Right.SEE_RIGHTS);
        return List.of(
                get(API + "/people/{id}/sights", who)
                        .says("What a person can see of each camera at a moment, and why not.")
                        .asks(SightQuery.class)
                        .answersItems(SightView.class)
                        .by(this::ofPerson),
                get(API + "/cameras/{id}/sights", who)
                        .says("Who can see anything of a camera at a moment.")
                        .asks(SightQuery.class)
                        .answersItems(SightView.class)
                        .by(this::ofCamera));
    }

    private Reply ofPerson(Call call, SightQuery query) {
        var person = new PersonId(call.id("id"));
        return within(query, at -> access.sightsOf(call.session(), person, at));
    }

    private Reply ofCamera(Call call, SightQuery query) {
        var camera = new CameraId(call.id("id"));
        return within(query, at -> access.sightsAt(call.session(), camera, at));
    }

    private Reply within(SightQuery query, Function<Instant, Answer<List<Sight>>> sights) {
        var now = clock.instant();
        var at = query.at().orElse(now);
        if (Duration.between(now, at).abs().compareTo(FARTHEST) > 0) {
            return new Reply.Refused(
                    Problem.badInput(
                            List.of(
                                    new Fault(
                                            "at",
                                            "form.far",
                                            "'at' must lie within ten years of now.",
                                            Map.of()))));
        }
        return views(sights.apply(at));
    }

    private static Reply views(Answer<List<Sight>> answer) {
        return Replies.of(
                answer, sights -> Reply.items(sights.stream().map(SightView::of).toList()));
    }
}
