package org.custodes.keeping;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.custodes.audit.AuditLog;
import org.custodes.audit.Receipt;
import org.custodes.media.CameraId;
import org.custodes.media.TrackId;
import org.custodes.register.Camera;
import org.custodes.register.Register;
import org.custodes.signals.Alarm;
import org.custodes.signals.AlarmKind;
import org.custodes.signals.Signals;
import org.custodes.store.StorageUse;
import org.custodes.store.Store;
import org.custodes.vault.Vault;

/// Lets footage go when its time is up: at the start, and then every hour.
public final class Keeping implements AutoCloseable {
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
    private static final Duration AFTER_A_FAULT = Duration.ofMinutes(5);
    private static final String FAULT = AlarmKind.KEEPING_SWEEP_FAILED.code();

    private final Footage footage;
    private final RetentionSweep sweep;
    private final AuditLog audit;
    private final Signals signals;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// Of a keeping [#inTurns].
    private OptionalLong nextSweepNanos = OptionalLong.empty();

    // Both guarded by this; made at the first sweep that can read the log and the store.
    private Optional<Freeze> freeze = Optional.empty();
    private Optional<ClockWatch> watch = Optional.empty();

    Keeping(
            Footage footage,
            RetentionSweep sweep,
            AuditLog audit,
            Signals signals,
            InstantSource clock,
            LongSupplier nanos) {
        this.footage = footage;
        this.sweep = sweep;
        this.audit = audit;
        this.signals = signals;
        this.clock = clock;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().daemon().name("keeping").unstarted(this::run);
    }

    /// Begins to sweep on a thread of its own. What fails is raised as an alarm and tried again after
    /// five minutes; it never stops a recording.
    public static Keeping start(
            Register register,
            Store store,
            Vault vault,
            AuditLog audit,
            Signals signals,
            InstantSource clock) {
        var footage = Footage.of(store);
        var sweep = new RetentionSweep(register::camerasEver, footage, vault, audit);
        var keeping = new Keeping(footage, sweep, audit, signals, clock, System::nanoTime);
        keeping.thread.start();
        return keeping;
    }

    /// The same without a thread, which works only when it is given a [#turn]: so that a simulation
    /// decides what happens when.
    ///
    /// @param camerasEver as the register knows them, those that were removed too
    /// @param nanos a clock that only runs forward
    public static Keeping inTurns(
            Supplier<List<Camera>> camerasEver,
            Store store,
            Vault vault,
            AuditLog audit,
            Signals signals,
            InstantSource clock,
            LongSupplier nanos) {
        var footage = Footage.of(store);
        var sweep = new RetentionSweep(camerasEver, footage, vault, audit);
        return new Keeping(footage, sweep, audit, signals, clock, nanos);
    }

    /// Sweeps if it is time to, for a keeping [#inTurns].
    ///
    /// @return whether it swept, and nothing failed
    /// @throws IllegalStateException if it has a thread, which takes the turns itself
    public boolean turn() {
        if (thread.getState() != Thread.State.NEW) {
            throw new IllegalStateException("This keeping takes its turns itself");
        }
        if (nextSweepNanos.isPresent() && nanos.getAsLong() - nextSweepNanos.getAsLong() < 0) {
            return false;
        }
        var done = sweepAndTell();
        var pause = done ? BETWEEN_SWEEPS : AFTER_A_FAULT;
        nextSweepNanos = OptionalLong.of(nanos.getAsLong() + pause.toNanos());
        return done;
    }

    /// What the footage of every camera takes, also of those that were removed; by camera.
    public List<CameraStorage> storage() {
        return footage.tracks().stream()
                .map(TrackId::camera)
                .distinct()
                .sorted(Comparator.comparing(CameraId::value))
                .map(this::storage)
                .toList();
    }

    /// What the footage of one camera takes; all zero and empty if there is none.
    public CameraStorage storage(CameraId camera) {
        var tracks =
                footage.tracks().stream().filter(track -> track.camera().equals(camera)).toList();
        var uses = tracks.stream().map(footage::use).toList();
        var synced = tracks.stream().map(footage::syncedThrough).toList();
        return new CameraStorage(
                camera,
                uses.stream().mapToLong(StorageUse::bytes).sum(),
                uses.stream().mapToLong(StorageUse::bytesPerDay).sum(),
                uses.stream().flatMap(use -> use.oldest().stream()).min(Comparator.naturalOrder()),
                uses.stream().flatMap(use -> use.newest().stream()).max(Comparator.naturalOrder()),
                synced.stream().allMatch(Optional::isPresent)
                        ? synced.stream().flatMap(Optional::stream).min(Comparator.naturalOrder())
                        : Optional.empty());
    }

    /// How long storage lasts if these cameras are recorded on as they were.
    ///
    /// @param free bytes that recording may still take on all volumes
    public Forecast forecast(List<Camera> cameras, long free) {
        var kept =
                cameras.stream()
                        .map(camera -> new Forecast.Kept(storage(camera.id()), camera.retention()))
                        .toList();
        return Forecast.of(kept, free);
    }

    /// A person has looked at the clock and says that it is right: destruction goes on with the next
    /// sweep.
    ///
    /// @param receipt of the entry that says who
    public synchronized void confirmClock(Receipt receipt) {
        freeze.ifPresent(frozen ->
                frozen.end(
                        clock.instant(),
                        "A person confirmed the clock: entry %d.".formatted(receipt.index())));
    }

    /// Ends after the sweep that may be running.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// One sweep, unless the clock cannot be believed.
    synchronized void sweepOnce() {
        var now = clock.instant();
        var frozen = freeze.orElseGet(this::freezeAsLogged);
        frozen.endIfOver(now);
        leap(now).ifPresent(leap -> frozen.begin(now, leap));
        // Not before the leap is on record: one that could not be is found again next time.
        watch = Optional.of(ClockWatch.from(now, nanos));
        if (!frozen.holds()) {
            sweep.sweep(now);
        }
    }

    private Freeze freezeAsLogged() {
        var logged = Freeze.asLogged(audit, signals);
        freeze = Optional.of(logged);
        return logged;
    }

    private Optional<Duration> leap(Instant now) {
        return watch.isPresent()
                ? watch.get().leap(now)
                : ClockWatch.leapOverStop(newestFootage(), now);
    }

    private Optional<Instant> newestFootage() {
        return storage().stream()
                .flatMap(camera -> camera.newest().stream())
                .max(Comparator.naturalOrder());
    }

    private void run() {
        try {
            var pause = Duration.ZERO;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                pause = sweepAndTell() ? BETWEEN_SWEEPS : AFTER_A_FAULT;
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever fails: the database, the log, the key store or a disk. Footage then lives longer than it
    /// should, and somebody has to know.
    private boolean sweepAndTell() {
        try {
            sweepOnce();
            signals.end(FAULT, clock.instant());
            return true;
        } catch (RuntimeException failed) {
            signals.raise(
                    new Alarm(
                            FAULT,
                            AlarmKind.KEEPING_SWEEP_FAILED,
                            "",
                            clock.instant(),
                            "Footage whose time is up could not be destroyed: "
                                    + failed.getMessage(),
                            "Mend what the cause names; it is tried again every five minutes."));
            return false;
        }
    }
}
