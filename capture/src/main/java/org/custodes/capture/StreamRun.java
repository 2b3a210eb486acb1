package org.custodes.capture;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.custodes.media.CodecConfig;
import org.custodes.media.Frame;
import org.custodes.media.GapCause;
import org.custodes.register.Camera;
import org.custodes.register.Device;
import org.custodes.register.Stream;
import org.custodes.rtsp.CameraClock;
import org.custodes.rtsp.CertificatePin;
import org.custodes.rtsp.Credentials;
import org.custodes.rtsp.FrameReceiver;
import org.custodes.rtsp.Loss;
import org.custodes.rtsp.RtspAddress;
import org.custodes.rtsp.RtspException;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;
import org.custodes.vault.KeyStoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one stream in the recorder: call the camera, receive, and when it goes away say why
/// and call again. It owns its thread, its line, its recorder and its state; whatever happens in
/// it happens to this stream only (I11).
final class StreamRun implements Runnable {
    /// A camera that says no (wrong password, no such stream) is asked again this seldom: some lock
    /// an account after a handful of wrong passwords.
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private static final String STRANGER =
            "Its streams show two different certificates, so one of them may be somebody else's. Compare"
                    + " them with what the camera's own page shows, and accept the right one.";

    private static final String REPLACED =
            "It had shown this certificate, and somebody has accepted another one instead.";

    private static final String ENCRYPT_OR_EXCEPT =
            "Add it anew with rtsps:// if it can be encrypted, or give it an exception with an end.";

    private static final Logger LOG = LoggerFactory.getLogger(StreamRun.class);

    private final Camera camera;
    private final Stream stream;
    private final Roster roster;
    private final CameraLine.Caller lines;
    private final Certificates certificates;
    private final TrackRecorder recorder;
    private final RecorderClock clock;
    private final Backoff backoff;
    private final Signals signals;
    private final Consumer<RunState> listener;
    private final StreamMeter meter = new StreamMeter();

    /// A permit ends a pause.
    private final Semaphore woken = new Semaphore(0);

    private volatile boolean stopping;
    private volatile RunState state;
    private volatile @Nullable CameraLine line;
    private Receiver receiver = new Receiver();

    /// When a run without a thread calls again, by the monotonic clock.
    private long nextTryNanos;

    private @Nullable Instant troubledSince;

    StreamRun(
            Camera camera,
            Stream stream,
            Roster roster,
            CameraLine.Caller lines,
            Certificates certificates,
            TrackRecorder recorder,
            RecorderClock clock,
            Backoff backoff,
            Signals signals,
            Consumer<RunState> listener) {
        this.camera = camera;
        this.stream = stream;
        this.roster = roster;
        this.lines = lines;
        this.nextTryNanos = clock.nanos();
        this.certificates = certificates;
        this.recorder = recorder;
        this.clock = clock;
        this.backoff = backoff;
        this.signals = signals;
        this.listener = listener;
        this.state = new RunState.Connecting(clock.now().wallTime());
    }

    RunState state() {
        return state;
    }

    StreamFigures figures() {
        return meter.figures();
    }

    @Override
    public void run() {
        while (!stopping) {
            var cause = begin().or(this::goOn);
            if (!stopping) {
                cause.ifPresent(recorder::gap);
                pause();
            }
        }
        end();
    }

    /// The same without a thread, for a run whose lines never wait: does what is due now.
    void turn() {
        if (line == null && !woken.tryAcquire() && clock.nanos() - nextTryNanos < 0) {
            return;
        }
        woken.drainPermits();
        var cause = line == null ? begin() : goOn();
        cause.ifPresent(recorder::gap);
        if (line == null) {
            nextTryNanos = clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millisToNextTry());
        }
    }

    /// The last thing that it does, on the thread of its turns after [#stop].
    void end() {
        recorder.gap(GapCause.RECORDER_STOPPED);
        signals.end(alarmKey(), now());
        become(new RunState.Off(now()));
    }

    /// Ends the run from any thread; its thread returns soon after.
    void stop() {
        stopping = true;
        woken.release();
        hangUp();
    }

    /// Something changed that may let the camera be called: a pause ends now.
    void wake() {
        woken.release();
    }

    /// Hangs up on a camera that may not be called any more, and calls one that may be again. Any thread.
    void reconsider() {
        var barred = isBarred();
        if (barred && line != null) {
            hangUp();
        } else if (!barred && state instanceof RunState.Barred) {
            wake();
        }
    }

    /// Its device is known by this certificate from now on: a session with another ends, and the camera
    /// is called anew. Any thread.
    void knownBy(CertificatePin pinned) {
        var current = line;
        if (current != null
                && current.certificate().filter(shown -> !shown.equals(pinned)).isPresent()) {
            hangUp();
        }
        wake();
    }

    private void hangUp() {
        var current = line;
        if (current != null) {
            current.close();
        }
    }

    /// Calls the camera.
    ///
    /// @return why there is no line to it; empty if there is
    private Optional<GapCause> begin() {
        return attempt(() -> {
            if (isBarred()) {
                return Optional.of(barred());
            }
            var device = roster.device(camera.device());
            var opened = lines.call(address(device), credentials());
            line = opened;
            meter.connected();
            receiver = new Receiver();
            return stranger(device, opened).map(shown -> certificateChanged(shown, STRANGER));
        });
    }

    /// Receives on the line that stands.
    ///
    /// @return why it ended; empty if it goes on, which only a line that never waits does
    private Optional<GapCause> goOn() {
        return attempt(() -> {
            var opened = Objects.requireNonNull(line);
            // stop() and reconsider() may have found no line to close while it was being opened.
            if (!stopping && !isBarred() && opened.receive(receiver)) {
                return Optional.empty();
            }
            if (stopping) {
                return Optional.of(GapCause.RECORDER_STOPPED);
            }
            var shown = opened.certificate();
            return Optional.of(
                    isBarred() || shown.isEmpty()
                            ? barred()
                            : certificateChanged(shown.get(), REPLACED));
        });
    }

    /// Whatever ends a part of a run ends its line, and is told.
    private Optional<GapCause> attempt(Supplier<Optional<GapCause>> part) {
        try {
            var ended = part.get();
            if (ended.isPresent()) {
                leave();
            }
            return ended;
        } catch (RtspException e) {
            leave();
            return Optional.of(failed(e));
        } catch (RuntimeException | Error e) {
            // An Error too: a camera's thread must not end without an alarm and a cause.
            leave();
            return Optional.of(stumbled(e));
        }
    }

    private void leave() {
        hangUp();
        line = null;
    }

    /// What the camera showed, if it is not what its device is known by: two streams of a new device may
    /// meet it at the same time.
    private Optional<CertificatePin> stranger(Device device, CameraLine opened) {
        return opened.certificate().filter(shown -> !certificates.met(device, shown).equals(shown));
    }

    private boolean isBarred() {
        var now = now();
        return roster.camera(camera.id())
                .filter(known -> !roster.mayBeCalled(known, now))
                .isPresent();
    }

    private GapCause barred() {
        var ended = roster.camera(camera.id()).flatMap(known -> known.link().plainException());
        var why =
                ended.map(exception ->
                                "Its site takes encrypted cameras only, and its exception from that"
                                        + " ended at %s.".formatted(exception.until()))
                        .orElse(
                                "Its site takes encrypted cameras only, this one is reached in the"
                                        + " clear, and there is no exception for it.");
        become(new RunState.Barred(troubledSince(), why, ENCRYPT_OR_EXCEPT));
        return GapCause.ENCRYPTION_REQUIRED;
    }

    private GapCause certificateChanged(CertificatePin shown, String message) {
        become(
                new RunState.CertificateChanged(
                        troubledSince(), shown.sha256(), message, now().plus(AFTER_REFUSAL)));
        return GapCause.CERTIFICATE_CHANGED;
    }

    private GapCause failed(RtspException e) {
        var cause = causeOf(e.fault());
        var message = String.valueOf(e.getMessage());
        if (e.certificate().isPresent()) {
            return certificateChanged(e.certificate().get(), message);
        }
        switch (cause) {
            case CAMERA_REFUSED ->
                    become(
                            new RunState.Refused(
                                    troubledSince(),
                                    message,
                                    now().plus(AFTER_REFUSAL),
                                    whyOf(e.fault())));
            case CAMERA_SILENT ->
                    become(
                            new RunState.Stalled(
                                    troubledSince(), now().plus(backoff.afterFailure())));
            default -> backOff(cause, message);
        }
        return cause;
    }

    /// Something of our own failed: the key store cannot be written, or a fault in this program.
    private GapCause stumbled(Throwable e) {
        var cause =
                e instanceof KeyStoreUnavailableException
                        ? GapCause.KEY_STORE_UNAVAILABLE
                        : GapCause.UNKNOWN;
        LOG.error("Recording stream {} of camera {} failed", stream.number(), camera.id(), e);
        signals.raise(
                new Alarm(
                        alarmKey(),
                        AlarmKind.RECORDING_FAILED,
                        camera.id().toString(),
                        now(),
                        String.valueOf(e.getMessage()),
                        "Recording is tried again by itself; if this alarm stays, look at the"
                                + " recorder's disks and its log."));
        backOff(cause, String.valueOf(e.getMessage()));
        return cause;
    }

    private String alarmKey() {
        return "recording.failed/%s/%d".formatted(camera.id(), stream.number());
    }

    private void backOff(GapCause cause, String message) {
        become(
                new RunState.BackingOff(
                        troubledSince(), cause, message, now().plus(backoff.afterFailure())));
    }

    private long millisToNextTry() {
        var until =
                switch (state) {
                    case RunState.Refused refused -> refused.nextTryAt();
                    case RunState.Stalled stalled -> stalled.nextTryAt();
                    case RunState.BackingOff backingOff -> backingOff.nextTryAt();
                    case RunState.CertificateChanged changed -> changed.nextTryAt();
                    case RunState.Barred _ -> now().plus(AFTER_REFUSAL);
                    case RunState.Connecting _, RunState.Streaming _, RunState.Off _ -> now();
                };
        // Measured now, waited for on the monotonic clock: a step of the wall clock moves nothing.
        return Math.clamp(Duration.between(now(), until).toMillis(), 0, AFTER_REFUSAL.toMillis());
    }

    private void pause() {
        try {
            var _ = woken.tryAcquire(millisToNextTry(), TimeUnit.MILLISECONDS);
            woken.drainPermits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private Instant troubledSince() {
        var since = troubledSince;
        if (since == null) {
            since = now();
            troubledSince = since;
        }
        return since;
    }

    private void become(RunState next) {
        state = next;
        listener.accept(next);
    }

    private Instant now() {
        return clock.now().wallTime();
    }

    private RtspAddress address(Device device) {
        var address = RtspTargets.of(roster.address(camera, stream), camera.link().transport());
        return certificates.of(device).map(address::knownBy).orElse(address);
    }

    private @Nullable Credentials credentials() {
        var kept = roster.secret(camera.device());
        if (kept.isEmpty()) {
            return null;
        }
        try (var secret = kept.get()) {
            var password = secret.password();
            try {
                return Credentials.of(secret.user(), password);
            } finally {
                Arrays.fill(password, '\0');
            }
        }
    }

    private static GapCause causeOf(RtspException.Fault fault) {
        return switch (fault) {
            case UNREACHABLE, NOT_RTSP, NO_ENCRYPTION -> GapCause.CAMERA_UNREACHABLE;
            case WRONG_CREDENTIALS, REFUSED_BY_CAMERA, NOT_FOUND, NO_VIDEO, UNSUPPORTED_CODEC ->
                    GapCause.CAMERA_REFUSED;
            case CERTIFICATE_CHANGED -> GapCause.CERTIFICATE_CHANGED;
            case SILENT -> GapCause.CAMERA_SILENT;
            case ENDED_BY_CAMERA, PROTOCOL, TOO_LARGE -> GapCause.CAMERA_ENDED;
            case INTERRUPTED -> GapCause.RECORDER_STOPPED;
        };
    }

    private static RunState.Why whyOf(RtspException.Fault fault) {
        return fault == RtspException.Fault.WRONG_CREDENTIALS
                ? RunState.Why.PASSWORD
                : RunState.Why.OTHER;
    }

    /// Takes frames on the run's own thread.
    private final class Receiver implements FrameReceiver {
        private Optional<CodecConfig> config = Optional.empty();
        private Optional<Duration> clockDifference = Optional.empty();

        @Override
        public void frame(Frame frame) {
            recorder.record(frame);
            meter.frame(frame);
            if (frame.key()) {
                keyFrameCame(frame);
            }
        }

        @Override
        public void loss(Loss loss) {
            meter.loss(loss);
        }

        @Override
        public void jitter(Duration jitter) {
            meter.jitter(jitter);
        }

        @Override
        public void clock(CameraClock told) {
            var arrived = clock.at(told.arrivalNanos()).wallTime();
            clockDifference = Optional.of(Duration.between(arrived, told.cameraTime()));
        }

        private void keyFrameCame(Frame frame) {
            backoff.reset();
            signals.end(alarmKey(), now());
            var found = CodecConfig.ofKeyFrame(frame.codec(), withAdded(frame));
            var since = state instanceof RunState.Streaming streaming ? streaming.since() : now();
            var next =
                    new RunState.Streaming(
                            since, found.isPresent() ? found : config, clockDifference);
            config = next.config();
            troubledSince = null;
            if (!next.equals(state)) {
                become(next);
            }
        }

        private static byte[] withAdded(Frame frame) {
            if (frame.added().isEmpty()) {
                return frame.data().array();
            }
            var added = frame.added().array();
            var both = Arrays.copyOf(added, added.length + frame.data().length());
            System.arraycopy(frame.data().array(), 0, both, added.length, frame.data().length());
            return both;
        }
    }
}
