package org.custodes.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.custodes.media.GapCause;
import org.custodes.register.Camera;
import org.custodes.register.Stream;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;

/// Raises and ends the alarms of cameras: one of a stream at a time, by what has to be mended.
final class CameraAlarms {
    private static final List<AlarmKind> OF_STATES =
            List.of(
                    AlarmKind.CAMERA_AWAY,
                    AlarmKind.CAMERA_SILENT,
                    AlarmKind.CAMERA_REFUSED,
                    AlarmKind.CAMERA_PASSWORD,
                    AlarmKind.CAMERA_CERTIFICATE,
                    AlarmKind.CAMERA_ENCRYPTION);

    /// How long a step of the clock is told of: long enough that somebody reads it, and steps that
    /// follow each other are one trouble.
    private static final Duration STEP_TOLD = Duration.ofMinutes(30);

    private static final Duration LOOK_FOR_LOSS = Duration.ofMinutes(1);

    /// Minutes without loss after which the alarm of a loss ends.
    private static final int QUIET = 3;

    private static final String LOST = AlarmKind.CAMERA_FRAMES_LOST.code();

    private static final String STEP = AlarmKind.CLOCK_STEPPED.code();

    /// What was lost at the last look.
    ///
    /// @param quiet how many looks have found nothing since the last loss
    private record Losses(Instant at, long lost, int quiet) {}

    /// By key; of the thread that makes the rounds.
    private final Map<String, Losses> losses = new HashMap<>();

    /// By the key of an alarm that is about a camera: which of its streams say so. Guarded by itself.
    private final Map<String, Set<Integer>> saying = new HashMap<>();

    private final Signals signals;
    private final InstantSource clock;
    private final AtomicReference<Instant> stepEndsAt = new AtomicReference<>(Instant.MAX);

    CameraAlarms(Signals signals, InstantSource clock) {
        this.signals = signals;
        this.clock = clock;
    }

    /// A stream's state has changed.
    void told(Camera camera, Stream stream, RunState state) {
        switch (state) {
            case RunState.Refused refused ->
                    raise(camera, stream, kindOf(refused.why()), refused.message());
            case RunState.BackingOff away when isOurFault(away.cause()) -> {}
            case RunState.BackingOff away ->
                    raise(camera, stream, AlarmKind.CAMERA_AWAY, away.message());
            case RunState.Stalled _ ->
                    raise(
                            camera,
                            stream,
                            AlarmKind.CAMERA_SILENT,
                            "The camera's connection stood, but it sent nothing.");
            case RunState.CertificateChanged changed ->
                    raise(camera, stream, AlarmKind.CAMERA_CERTIFICATE, changed.message());
            case RunState.Barred barred ->
                    raise(
                            camera,
                            stream,
                            AlarmKind.CAMERA_ENCRYPTION,
                            barred.message(),
                            barred.nextStep());
            case RunState.Streaming streaming -> end(camera, stream, streaming.since());
            case RunState.Off off -> {
                end(camera, stream, off.since());
                signals.end("%s/%s/%d".formatted(LOST, camera.id(), stream.number()), off.since());
            }
            case RunState.Connecting _ -> {}
        }
    }

    /// Told by an alarm of its own.
    private static boolean isOurFault(GapCause cause) {
        return cause == GapCause.KEY_STORE_UNAVAILABLE || cause == GapCause.UNKNOWN;
    }

    /// The recorder's clock was set.
    void clockStepped(Instant from, Instant to) {
        // Not the runs' clock, which is locked while it tells of its step.
        var now = clock.instant();
        stepEndsAt.set(now.plus(STEP_TOLD));
        var seconds = Duration.between(from, to).toMillis() / 1_000.0;
        signals.raise(
                new Alarm(
                        STEP,
                        AlarmKind.CLOCK_STEPPED,
                        "",
                        now,
                        "The recorder's clock was set by %.1f s, from %s to %s."
                                .formatted(seconds, from, to),
                        "Look why the clock of this machine was set; a time service keeps it right by"
                                + " small corrections.",
                        Map.of("from", from.toString(), "to", to.toString())));
    }

    /// Ends the alarm of a step that was told of for long enough.
    void endOldSteps() {
        var now = clock.instant();
        if (!now.isBefore(stepEndsAt.get())) {
            stepEndsAt.set(Instant.MAX);
            signals.end(STEP, now);
        }
    }

    /// Looks once a minute whether pictures were lost since the last look: raised by a minute with losses,
    /// ended by [#QUIET] minutes without.
    void lookForLoss(Camera camera, Map<Integer, StreamFigures> figures) {
        var now = clock.instant();
        figures.forEach((stream, figure) -> {
            var key = "%s/%s/%d".formatted(LOST, camera.id(), stream);
            var before = losses.get(key);
            var lost = figure.lostPackets() + figure.lostFrames();
            if (before == null || lost < before.lost() || now.isBefore(before.at())) {
                losses.put(key, new Losses(now, lost, 0));
            } else if (!now.isBefore(before.at().plus(LOOK_FOR_LOSS))) {
                var more = lost - before.lost();
                var quiet = more == 0 ? before.quiet() + 1 : 0;
                losses.put(key, new Losses(now, lost, quiet));
                if (more > 0) {
                    raiseLoss(key, camera, now, more);
                } else if (quiet >= QUIET) {
                    signals.end(key, now);
                }
            }
        });
    }

    private void raiseLoss(String key, Camera camera, Instant now, long lost) {
        signals.raise(
                new Alarm(
                        key,
                        AlarmKind.CAMERA_FRAMES_LOST,
                        camera.id().toString(),
                        now,
                        "%d packets or pictures did not arrive within a minute.".formatted(lost),
                        "Look at cables, switches and radio links on the camera's way; with UDP, try TCP."));
    }

    private static AlarmKind kindOf(RunState.Why why) {
        return switch (why) {
            case PASSWORD -> AlarmKind.CAMERA_PASSWORD;
            case OTHER -> AlarmKind.CAMERA_REFUSED;
        };
    }

    private void raise(Camera camera, Stream stream, AlarmKind kind, String cause) {
        raise(camera, stream, kind, cause, nextStep(kind));
    }

    private void raise(
            Camera camera, Stream stream, AlarmKind kind, String cause, String nextStep) {
        var now = clock.instant();
        for (var other : OF_STATES) {
            if (other != kind) {
                end(other, camera, stream, now);
            }
        }
        if (isOfCamera(kind)) {
            synchronized (saying) {
                saying.computeIfAbsent(key(kind, camera, stream), _ -> new HashSet<>())
                        .add(stream.number());
            }
        }
        signals.raise(
                new Alarm(
                        key(kind, camera, stream),
                        kind,
                        camera.id().toString(),
                        now,
                        cause,
                        nextStep,
                        Map.of("stream", stream.role().code())));
    }

    private void end(Camera camera, Stream stream, Instant at) {
        OF_STATES.forEach(kind -> end(kind, camera, stream, at));
    }

    /// An alarm about a camera ends with the last of its streams that says so.
    private void end(AlarmKind kind, Camera camera, Stream stream, Instant at) {
        var key = key(kind, camera, stream);
        if (!isOfCamera(kind)) {
            signals.end(key, at);
            return;
        }
        synchronized (saying) {
            var streams = saying.get(key);
            if (streams == null || !streams.remove(stream.number()) || !streams.isEmpty()) {
                return;
            }
            saying.remove(key);
        }
        signals.end(key, clock.instant());
    }

    /// Some are about the camera, however many of its streams find out.
    private static boolean isOfCamera(AlarmKind kind) {
        return kind == AlarmKind.CAMERA_CERTIFICATE || kind == AlarmKind.CAMERA_ENCRYPTION;
    }

    private static String key(AlarmKind kind, Camera camera, Stream stream) {
        var ofCamera = "%s/%s".formatted(kind.code(), camera.id());
        return isOfCamera(kind) ? ofCamera : "%s/%d".formatted(ofCamera, stream.number());
    }

    private static String nextStep(AlarmKind kind) {
        return switch (kind) {
            case CAMERA_PASSWORD ->
                    "Enter the camera's user and password anew; asked again every 30 s, which some"
                            + " cameras answer by locking the account.";
            case CAMERA_CERTIFICATE ->
                    "Compare the certificate with what the camera's own page shows, and accept it if it"
                            + " is the same; until then nothing is recorded.";
            case CAMERA_REFUSED ->
                    "Look at the camera's stream path, codec and number of viewers; it is asked again"
                            + " every 30 s.";
            default ->
                    "Look at the camera's power and network; recording goes on by itself when it"
                            + " answers.";
        };
    }
}
