package org.custodes.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.custodes.audit.AuditLog;
import org.custodes.audit.AuditUnavailableException;
import org.custodes.capture.CameraLine;
import org.custodes.capture.Capture;
import org.custodes.capture.Outside;
import org.custodes.keeping.Keeping;
import org.custodes.mishap.SimulatedClock;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.rtsp.RtspAddress;
import org.custodes.signals.Signals;
import org.custodes.store.ClockState;
import org.custodes.store.Store;
import org.custodes.store.StoreSettings;
import org.custodes.vault.Vault;
import org.jspecify.annotations.Nullable;

/// The rooms of a recorder, put together as `cli` does it, on a simulated machine and without threads.
final class DayRecorder {
    private static final UUID RECORDER = UUID.fromString("00000000-0000-4000-8000-0000000000bb");
    private static final long MIB = 1L << 20;

    final SimulatedDisk disk = new SimulatedDisk();
    private final SimulatedClock clock;
    private final DayRoster roster;
    private final List<DayCamera> cameras;
    private final SeededRandom random;
    private @Nullable Parts parts;
    private long epoch;

    /// What lives from a start to a stop.
    private record Parts(
            Signals signals,
            Vault vault,
            AuditLog audit,
            Store store,
            Capture capture,
            Keeping keeping) {}

    DayRecorder(SimulatedClock clock, DayRoster roster, List<DayCamera> cameras, long seed) {
        this.clock = clock;
        this.roster = roster;
        this.cameras = cameras;
        this.random = new SeededRandom(seed);
    }

    void start() {
        var signals = new Signals();
        var vault = vault();
        var audit = AuditLog.open(disk.path("data/audit"), vault, clock, random);
        var store = Store.inTurns(settings(), signals, clock, random, clock);
        var outside =
                new Outside(
                        roster,
                        (address, _) -> call(address),
                        clock,
                        clock,
                        () -> ClockState.UNKNOWN,
                        random);
        parts =
                new Parts(
                        signals,
                        vault,
                        audit,
                        store,
                        Capture.inTurns(outside, store, vault, signals, audit),
                        Keeping.inTurns(
                                roster::cameras, store, vault, audit, signals, clock, clock));
    }

    Vault vault() {
        return Machine.vault(disk, 1, random, epoch);
    }

    StoreSettings settings() {
        return new StoreSettings(
                List.of(disk.path("data/volume")),
                RECORDER,
                0,
                4 * MIB,
                MIB,
                4 * MIB,
                Duration.ofSeconds(2));
    }

    private CameraLine call(RtspAddress address) {
        return cameras.get(Integer.parseInt(address.uri().getPath().substring(1))).call();
    }

    boolean runs() {
        return parts != null;
    }

    private Parts parts() {
        return Objects.requireNonNull(parts, "The recorder does not run");
    }

    Store store() {
        return parts().store();
    }

    Vault keys() {
        return parts().vault();
    }

    AuditLog audit() {
        return parts().audit();
    }

    Signals signals() {
        return parts().signals();
    }

    Capture capture() {
        return parts().capture();
    }

    /// Everything that is due.
    ///
    /// @return whether retention was looked at, and nothing failed
    boolean turn() {
        var now = parts();
        now.capture().turn();
        now.store().turn(false);
        return now.keeping().turn();
    }

    /// Stops in order.
    void stop() {
        var now = parts();
        now.capture().close();
        now.keeping().close();
        now.store().close();
        now.audit().close();
        epoch = now.vault().epoch();
        now.vault().close();
        gone();
    }

    /// The process is gone, and its memory with it.
    void die() {
        var now = parts();
        epoch = now.vault().epoch();
        try {
            // Its thread is not the simulated machine's.
            now.audit().close();
        } catch (AuditUnavailableException | SimulatedDisk.ProcessEnded dead) {
            // So it is.
        }
        gone();
    }

    private void gone() {
        parts = null;
        cameras.forEach(DayCamera::forgotten);
    }
}
