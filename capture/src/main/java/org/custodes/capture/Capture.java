package org.custodes.capture;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.custodes.audit.AuditLog;
import org.custodes.media.CameraId;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.register.Camera;
import org.custodes.register.Register;
import org.custodes.register.RegisterChange;
import org.custodes.register.Stream;
import org.custodes.signals.Signals;
import org.custodes.store.ClockState;
import org.custodes.store.Store;
import org.custodes.vault.RecordMemory;
import org.custodes.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records every camera of the register, and follows the register as it changes.
public final class Capture implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

    /// How often the wall clock is looked at when no frame arrives, and keys of tomorrow are made.
    private static final Duration ROUND = Duration.ofSeconds(1);

    private static final Duration KEYS_EVERY = Duration.ofMinutes(10);

    /// This part of the heap may lie idle between two records.
    private static final int IDLE_SHARE = 3;

    private final Roster roster;
    private final CameraLine.Caller lines;
    private final Store store;
    private final Vault vault;
    private final Signals signals;
    private final RandomGenerator random;
    private final KeyTrees trees;
    private final Certificates certificates;
    private final CameraAlarms alarms;
    private final RecorderClock clock;
    private final RecordMemory memory =
            new RecordMemory(Runtime.getRuntime().maxMemory() / IDLE_SHARE);
    private final Semaphore sealingTurns =
            new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Map<CameraId, CameraRun> runs = new ConcurrentHashMap<>();
    private final List<Consumer<StateChange>> listeners = new CopyOnWriteArrayList<>();

    /// Empty in a capture [#inTurns].
    private final Optional<ScheduledExecutorService> rounds;

    private long nextRoundNanos;
    private Instant keysMadeAt = Instant.MIN;

    private Capture(
            Outside outside,
            Store store,
            Vault vault,
            Signals signals,
            AuditLog audit,
            boolean inTurns) {
        this.roster = outside.roster();
        this.lines = outside.lines();
        this.store = store;
        this.vault = vault;
        this.signals = signals;
        this.alarms = new CameraAlarms(signals, outside.wall());
        this.random = outside.random();
        this.trees = new KeyTrees(vault);
        this.clock =
                new RecorderClock(
                        outside.wall(),
                        outside.nanos(),
                        outside.trust(),
                        eraAfter(store, outside.wall().instant()),
                        this::stepped);
        this.rounds = inTurns ? Optional.empty() : Optional.of(ownThread());
        this.certificates =
                new Certificates(roster, audit, inTurns ? Runnable::run : rounds.orElseThrow());
    }

    private static ScheduledExecutorService ownThread() {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("capture-rounds").daemon().factory());
    }

    /// Starts a run for every camera of the register.
    ///
    /// @param audit knows of each certificate that a device is known by from its first meeting on
    /// @param wall the recorder's clock
    /// @param trust how far that clock can be trusted at a moment; asked for every pack
    /// @param random spreads reconnects; need not be secret
    public static Capture start(
            Register register,
            Store store,
            Vault vault,
            Signals signals,
            AuditLog audit,
            InstantSource wall,
            Supplier<ClockState> trust,
            RandomGenerator random) {
        var outside =
                new Outside(
                        Roster.of(register), RtspLine::call, wall, System::nanoTime, trust, random);
        var capture = new Capture(outside, store, vault, signals, audit, false);
        capture.begin();
        return capture;
    }

    /// The same without threads, which works only when it is given a [#turn]: so that a simulation
    /// decides what happens when. Its lines never wait.
    public static Capture inTurns(
            Outside outside, Store store, Vault vault, Signals signals, AuditLog audit) {
        var capture = new Capture(outside, store, vault, signals, audit, true);
        capture.begin();
        return capture;
    }

    /// Does what is due for every camera, for a capture [#inTurns].
    ///
    /// @throws IllegalStateException if it has threads, which take the turns themselves
    public void turn() {
        if (rounds.isPresent()) {
            throw new IllegalStateException("This capture takes its turns itself");
        }
        if (clock.nanos() - nextRoundNanos >= 0) {
            nextRoundNanos = clock.nanos() + ROUND.toNanos();
            round();
        }
        runs.values().forEach(CameraRun::turn);
    }

    /// How each stream of the camera is doing, by stream number; empty if it has no run.
    public Map<Integer, RunState> states(CameraId camera) {
        var run = runs.get(camera);
        return run == null ? Map.of() : run.states();
    }

    /// What each stream of the camera has received, by stream number; empty if it has no run.
    public Map<Integer, StreamFigures> figures(CameraId camera) {
        var run = runs.get(camera);
        return run == null ? Map.of() : run.figures();
    }

    /// Calls `listener` on every change of state, on the run's thread; it must not block.
    public void listen(Consumer<StateChange> listener) {
        listeners.add(listener);
    }

    /// The recorder's clock now.
    public Instant now() {
        return clock.now().wallTime();
    }

    /// Stops every run and waits until their packs are ended.
    @Override
    public void close() {
        rounds.ifPresent(ScheduledExecutorService::shutdownNow);
        runs.values().forEach(CameraRun::stop);
        for (var run : runs.values()) {
            join(run);
        }
        runs.clear();
    }

    private void begin() {
        makeKeys();
        roster.cameras().forEach(camera -> startRun(camera, GapCause.RECORDER_STARTED));
        roster.listen(this::registerChanged);
        nextRoundNanos = clock.nanos() + ROUND.toNanos();
        rounds.ifPresent(own -> {
            var _ =
                    own.scheduleWithFixedDelay(
                            this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void registerChanged(RegisterChange change) {
        switch (change) {
            case RegisterChange.CameraAdded(var camera) -> startRun(camera, GapCause.CAMERA_ADDED);
            case RegisterChange.CameraRemoved(var camera) -> stopRun(camera.id());
            case RegisterChange.CameraChanged(var before, var after) -> {
                if (isReachedOtherwise(before, after)) {
                    stopRun(after.id());
                    startRun(after, GapCause.RECORDER_STARTED);
                } else {
                    each(run -> run.camera().id().equals(after.id()), CameraRun::reconsider);
                }
            }
            case RegisterChange.CertificateChanged(var device) -> {
                certificates.changed(device);
                certificates
                        .of(device)
                        .ifPresent(pinned ->
                                each(
                                        run -> run.camera().device().equals(device.id()),
                                        run -> run.knownBy(pinned)));
            }
            case RegisterChange.SiteChanged(var site) ->
                    each(run -> run.camera().site().equals(site.id()), CameraRun::reconsider);
            case RegisterChange.Regrouped() -> {
                // Who may see a camera is nothing to whoever records it.
            }
        }
    }

    private static boolean isReachedOtherwise(Camera before, Camera after) {
        return !before.streams().equals(after.streams())
                || before.link().transport() != after.link().transport();
    }

    private void each(Predicate<CameraRun> wanted, Consumer<CameraRun> what) {
        runs.values().stream().filter(wanted).forEach(what);
    }

    private void startRun(Camera camera, GapCause sincePrevious) {
        var streams = new ArrayList<Map.Entry<Integer, StreamRun>>();
        for (var stream : camera.streams()) {
            var track = new TrackId(camera.id(), stream.number(), MediaClass.ORIGINAL);
            var recorder =
                    new TrackRecorder(
                            track, store, vault, trees, clock, memory, sealingTurns, sincePrevious);
            streams.add(
                    Map.entry(
                            stream.number(),
                            new StreamRun(
                                    camera,
                                    stream,
                                    roster,
                                    lines,
                                    certificates,
                                    recorder,
                                    clock,
                                    new Backoff(random),
                                    signals,
                                    state -> stateChanged(camera, stream, state))));
        }
        var run = new CameraRun(camera, streams, rounds.isEmpty());
        if (runs.putIfAbsent(camera.id(), run) == null) {
            run.start();
        }
    }

    private void stopRun(CameraId camera) {
        var run = runs.remove(camera);
        if (run != null) {
            run.stop();
            join(run);
        }
    }

    private void stateChanged(Camera camera, Stream stream, RunState state) {
        alarms.told(camera, stream, state);
        var change = new StateChange(camera.id(), stream.number(), state);
        listeners.forEach(listener -> listener.accept(change));
    }

    private void round() {
        try {
            // An exception from encryption may have ended meanwhile.
            runs.values().forEach(CameraRun::reconsider);
            alarms.endOldSteps();
            runs.values().forEach(run -> alarms.lookForLoss(run.camera(), run.figures()));
            if (Duration.between(keysMadeAt, now()).abs().compareTo(KEYS_EVERY) > 0) {
                makeKeys();
                certificates.handOver();
            }
        } catch (RuntimeException e) {
            // A run that needs a key which could not be made says so itself, with an alarm.
            LOG.warn("Could not make the keys of the next day; trying again in {}", ROUND, e);
        }
    }

    private void makeKeys() {
        var stamp = clock.now();
        var cameras = roster.cameras().stream().map(Camera::id).toList();
        trees.prepare(cameras, stamp.wallTime(), stamp.era());
        keysMadeAt = stamp.wallTime();
    }

    private void stepped(RecorderClock.Step step) {
        LOG.warn("The recorder's clock stepped from {} to {}", step.from(), step.to());
        store.clockStepped(step.from(), step.to());
        alarms.clockStepped(step.from(), step.to());
    }

    /// The era to go on in: the last one on record, or the next if the clock now stands before what
    /// was recorded last.
    private static int eraAfter(Store store, Instant now) {
        return store.tracks().stream().mapToInt(track -> store.era(track, now)).max().orElse(0);
    }

    private static void join(CameraRun run) {
        try {
            run.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The states of all cameras, by camera.
    public Map<CameraId, Map<Integer, RunState>> states() {
        var states = new LinkedHashMap<CameraId, Map<Integer, RunState>>();
        runs.forEach((camera, run) -> states.put(camera, run.states()));
        return states;
    }
}
