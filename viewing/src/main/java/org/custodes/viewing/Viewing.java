package org.custodes.viewing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.custodes.access.Access;
import org.custodes.access.Grant;
import org.custodes.access.LookDecision;
import org.custodes.access.LookKind;
import org.custodes.access.Session;
import org.custodes.access.Why;
import org.custodes.media.CameraId;
import org.custodes.media.MediaClass;
import org.custodes.media.TimeRange;
import org.custodes.media.TrackId;
import org.custodes.register.Register;
import org.custodes.rights.Right;
import org.custodes.store.Store;

/// Opens looks: asks for the Grant first, touches footage after.
public final class Viewing {
    /// Footage may outlive its retention by the rest of its UTC day and a sweep's hour.
    private static final Duration BEYOND_RETENTION = Duration.ofDays(2);

    private final Access access;
    private final Store store;
    private final Register register;
    private final InstantSource clock;

    public Viewing(Access access, Store store, Register register, InstantSource clock) {
        this.access = access;
        this.store = store;
        this.register = register;
        this.clock = clock;
    }

    /// A look at what the stream sends now.
    ///
    /// @param stream the stream's number
    public Opened<LiveLook> live(Session session, CameraId camera, int stream, Why why) {
        return switch (decide(session, camera, LookKind.LIVE, Optional.empty(), why)) {
            case LookDecision.Refused(var reason) -> new Opened.Refused<>(reason);
            case LookDecision.Granted(var grant) -> {
                var track = track(camera, stream);
                yield new Opened.Granted<>(
                        LiveLook.open(grant, new Unsealer(track, grant), store.tail(track)));
            }
        };
    }

    /// A look at everything that is kept of the stream, up to the growing end.
    ///
    /// @param stream the stream's number
    public Opened<PlaybackLook> playback(Session session, CameraId camera, int stream, Why why) {
        var decision =
                decide(session, camera, LookKind.PLAYBACK, Optional.of(kept(session, camera)), why);
        return switch (decision) {
            case LookDecision.Refused(var reason) -> new Opened.Refused<>(reason);
            case LookDecision.Granted(var grant) -> new Opened.Granted<>(played(grant, stream));
        };
    }

    /// A look at exactly what somebody else said yes to.
    ///
    /// @param stream the stream's number
    /// @param approval the id of what was asked and approved
    public Opened<PlaybackLook> approved(
            Session session, CameraId camera, int stream, UUID approval) {
        return switch (access.openApprovedLook(session, camera, MediaClass.ORIGINAL, approval)) {
            case LookDecision.Refused(var reason) -> new Opened.Refused<>(reason);
            case LookDecision.Granted(var grant) -> new Opened.Granted<>(played(grant, stream));
        };
    }

    /// Where the stream was recorded within `range`, and why not elsewhere.
    ///
    /// @param atMostSpans how many stretches to answer at most
    public Timeline timeline(
            Session session, CameraId camera, int stream, TimeRange range, int atMostSpans) {
        var refused = access.refuses(session, Right.SEE_TIMELINE, camera);
        if (refused.isPresent()) {
            return new Timeline.Refused(refused.get());
        }
        var track = track(camera, stream);
        var coverage = store.coverage(track, range, atMostSpans);
        var use = store.use(track);
        return new Timeline.Shown(
                coverage.spans().stream().map(span -> span.range()).toList(),
                coverage.gaps().stream()
                        .map(gap -> new Timeline.Gap(gap.range(), gap.cause()))
                        .toList(),
                use.oldest(),
                use.newest(),
                store.syncedThrough(track));
    }

    private PlaybackLook played(Grant grant, int stream) {
        var track = track(grant.camera(), stream);
        return new PlaybackLook(grant, new Unsealer(track, grant), store.cursor(track));
    }

    private LookDecision decide(
            Session session,
            CameraId camera,
            LookKind kind,
            Optional<TimeRange> interval,
            Why why) {
        return access.openLook(session, camera, MediaClass.ORIGINAL, kind, interval, why);
    }

    private TimeRange kept(Session session, CameraId camera) {
        var retention =
                register.camera(camera).map(found -> found.retention()).orElse(Duration.ZERO);
        Instant now = clock.instant();
        return new TimeRange(now.minus(retention).minus(BEYOND_RETENTION), session.endsAt());
    }

    private static TrackId track(CameraId camera, int stream) {
        return new TrackId(camera, stream, MediaClass.ORIGINAL);
    }
}
