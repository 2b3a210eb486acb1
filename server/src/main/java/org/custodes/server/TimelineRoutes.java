package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.TimeRange;
import org.custodes.register.Fault;
import org.custodes.register.StreamRole;
import org.custodes.rights.Right;
import org.custodes.viewing.Timeline;
import org.custodes.viewing.Viewing;

/// What was recorded when, and why not.
final class TimelineRoutes {
    private static final int USUAL_SPANS = 1_000;

    record TimelineQuery(
            @Bounds(min = 1, max = 64) List<UUID> camera,
            Instant from,
            Instant to,
            @Bounds(min = 1, max = 10_000) Optional<Integer> spans) {}

    record SpanView(Instant start, Instant end) {}

    record GapView(Instant start, Instant end, String cause) {}

    record CoverageView(
            UUID camera,
            int stream,
            List<SpanView> spans,
            List<GapView> gaps,
            Optional<Instant> oldest,
            Optional<Instant> newest,
            Optional<Instant> syncedThrough) {}

    record TimelineView(List<CoverageView> cameras) {}

    private final Viewing viewing;
    private final LookOpening looks;

    TimelineRoutes(Viewing viewing, LookOpening looks) {
        this.viewing = viewing;
        this.looks = looks;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/timeline", having(Right.SEE_TIMELINE))
                        .says("Where cameras were recorded, and the cause of each gap.")
                        .asks(TimelineQuery.class)
                        .answers(TimelineView.class)
                        .by(this::timeline));
    }

    private Reply timeline(Call call, TimelineQuery query) {
        if (!query.from().isBefore(query.to())) {
            return new Reply.Refused(
                    Problem.badInput(
                            List.of(
                                    new Fault(
                                            "to",
                                            "form.order",
                                            "It must be later than from.",
                                            Map.of()))));
        }
        var range = new TimeRange(query.from(), query.to());
        var spans = query.spans().orElse(USUAL_SPANS);
        var cameras = new ArrayList<CoverageView>();
        for (var id : query.camera()) {
            var camera = new CameraId(id);
            var stream = looks.stream(camera, StreamRole.RECORD);
            switch (viewing.timeline(call.session(), camera, stream, range, spans)) {
                case Timeline.Refused(var reason) -> {
                    return new Reply.Refused(Refusals.of(reason));
                }
                case Timeline.Shown shown -> cameras.add(coverage(id, stream, shown));
            }
        }
        return Reply.ok(new TimelineView(cameras));
    }

    private static CoverageView coverage(UUID camera, int stream, Timeline.Shown shown) {
        return new CoverageView(
                camera,
                stream,
                shown.spans().stream().map(span -> new SpanView(span.start(), span.end())).toList(),
                shown.gaps().stream()
                        .map(gap ->
                                new GapView(
                                        gap.range().start(), gap.range().end(), gap.cause().code()))
                        .toList(),
                shown.oldest(),
                shown.newest(),
                shown.syncedThrough());
    }
}
