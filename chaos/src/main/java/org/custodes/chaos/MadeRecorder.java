package org.custodes.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.custodes.media.CameraId;
import org.custodes.media.GapCause;
import org.custodes.media.MediaClass;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedClock;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.Signals;
import org.custodes.store.Store;
import org.custodes.vault.KeyName;
import org.custodes.vault.RecordMemory;
import org.custodes.vault.TreeId;
import org.custodes.vault.Vault;
import org.jspecify.annotations.Nullable;

/// A recorder on a simulated machine. One thread; the store works when it is given a turn.
final class MadeRecorder {
    final SimulatedDisk disk;
    final SimulatedClock clock;
    final Oracle oracle;
    final Signals signals = new Signals();
    final List<MadeCamera> cameras = new ArrayList<>();
    int era;

    /// Shared by all cameras, as in the real recorder.
    final RecordMemory memory = new RecordMemory(1 << 20);

    private final int copies;
    private final SeededRandom random;
    private @Nullable Vault vault;
    private @Nullable Store store;

    /// @param copies of the key store
    MadeRecorder(SimulatedDisk disk, int copies, Instant start, Oracle oracle, long seed) {
        this.disk = disk;
        this.copies = copies;
        this.clock = new SimulatedClock(start);
        this.oracle = oracle;
        this.random = new SeededRandom(seed);
    }

    /// One that runs already.
    MadeRecorder(Store store, Vault vault, SimulatedClock clock, int era, Oracle oracle) {
        this.disk = new SimulatedDisk();
        this.copies = 1;
        this.clock = clock;
        this.era = era;
        this.oracle = oracle;
        this.random = new SeededRandom(0);
        this.store = store;
        this.vault = vault;
    }

    int copies() {
        return copies;
    }

    MadeCamera add(int number) {
        var id = new CameraId(new UUID(0x1111_1111_1111_4111L, 0x8111_1111_1111_0000L + number));
        return add(new TrackId(id, 0, MediaClass.ORIGINAL));
    }

    MadeCamera add(TrackId track) {
        var camera = new MadeCamera(track, this);
        cameras.add(camera);
        return camera;
    }

    Vault vault() {
        return Objects.requireNonNull(vault, "The recorder does not run");
    }

    Store store() {
        return Objects.requireNonNull(store, "The recorder does not run");
    }

    void start() {
        vault = Machine.vault(disk, copies, random, oracle.epoch());
        oracle.turned(vault().epoch());
        store = Store.inTurns(Machine.settings(disk), signals, clock, random, clock);
    }

    /// Time passes, and the store gets its turn.
    void pass(Duration time) {
        clock.pass(time);
        store().turn(false);
        promise();
    }

    /// Has everything written and synced.
    void settle() {
        store().turn(true);
        promise();
    }

    /// Tells the oracle what the store has promised by now.
    void promise() {
        if (store != null) {
            for (var camera : cameras) {
                camera.tellFailures();
                oracle.synced(camera.track(), store().syncedThrough(camera.track()));
            }
        }
    }

    /// Stops in order.
    void stop() {
        cameras.forEach(MadeCamera::end);
        store().close();
        promise();
        oracle.stopped();
        vault().close();
        cameras.forEach(camera -> camera.forget(GapCause.RECORDER_STOPPED));
        store = null;
    }

    /// The process is killed.
    void kill() {
        promise();
        oracle.killed();
        disk.kill();
        cameras.forEach(camera -> camera.forget(GapCause.RECORDER_STARTED));
        store = null;
    }

    void prepare(Collection<TreeId> trees) {
        vault().prepare(trees);
        oracle.turned(vault().epoch());
    }

    void keepSecret(KeyName name) {
        var secret = vault().box(name).seal(Machine.CLEAR_TEXT, new byte[0]);
        oracle.kept(name, secret);
        oracle.turned(vault().epoch());
    }

    void destroySecret(KeyName name) {
        oracle.destroying(name);
        vault().destroy(name);
        oracle.destroyed(name);
        oracle.turned(vault().epoch());
    }

    /// Retention, as `keeping` does it: keys before bytes.
    void dropDaysBefore(MadeCamera camera) {
        var day = camera.today();
        var track = camera.track();
        oracle.dropping(track, day);
        vault().dropDaysBefore(track.camera().value(), track.mediaClass().number(), day);
        oracle.droppedKeys(track, day);
        oracle.turned(vault().epoch());
        store().dropDaysBefore(track, day);
    }

    /// Somebody sets the clock back, and the recorder begins an era.
    void stepBack(Duration far) {
        var before = clock.instant();
        clock.step(far.negated());
        era++;
        store().clockStepped(before, clock.instant());
    }
}
