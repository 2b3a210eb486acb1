package org.custodes.server;

import static org.custodes.server.Route.get;
import static org.custodes.server.Routes.API;
import static org.custodes.server.Who.having;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.custodes.capture.RunState;
import org.custodes.register.Camera;
import org.custodes.register.StreamRole;
import org.custodes.rights.Right;

/// What is wrong, and how the recorder is doing.
final class SystemRoutes {
    record ClockView(String state, Instant time) {}

    /// @param cameras in the register
    /// @param streaming of those, how many send frames now
    record RecordingView(int cameras, int streaming) {}

    /// All but the alarms is for those who see the system.
    record SystemView(
            List<AlarmView> alarms,
            Optional<List<SystemFacts.Volume>> volumes,
            Optional<SystemFacts.Database> database,
            Optional<ClockView> clock,
            Optional<RecordingView> recording) {}

    private final Rooms rooms;
    private final InstantSource clock;

    SystemRoutes(Rooms rooms, InstantSource clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    List<Route<?>> list() {
        return List.of(
                get(API + "/system", having(Right.SEE_ALARMS))
                        .says(
                                "The alarms that stand; for administrators also how the parts are doing.")
                        .answers(SystemView.class)
                        .polled()
                        .by(this::system));
    }

    private Reply system(Call call, Route.Nothing nothing) {
        var alarms = rooms.alarms().standing().stream().map(AlarmView::of).toList();
        if (!rooms.access().rights(call.session()).contains(Right.SEE_SYSTEM)) {
            return Reply.ok(
                    new SystemView(
                            alarms,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()));
        }
        var facts = rooms.facts();
        return Reply.ok(
                new SystemView(
                        alarms,
                        Optional.of(facts.volumes()),
                        Optional.of(facts.database()),
                        Optional.of(new ClockView(facts.clock().state(), clock.instant())),
                        Optional.of(recording())));
    }

    private RecordingView recording() {
        var cameras = rooms.register().cameras();
        return new RecordingView(
                cameras.size(), (int) cameras.stream().filter(this::streams).count());
    }

    private boolean streams(Camera camera) {
        var states = rooms.capture().states(camera.id());
        return camera.stream(StreamRole.RECORD)
                .map(stream -> states.get(stream.number()) instanceof RunState.Streaming)
                .orElse(false);
    }
}
