package org.custodes.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.custodes.chaos.Oracle.RecordId;
import org.custodes.media.FramePayload;
import org.custodes.media.GapCause;
import org.custodes.media.TrackId;
import org.custodes.mishap.SimulatedClock;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.signals.Signals;
import org.custodes.store.Item;
import org.custodes.store.Store;
import org.custodes.store.StoreCheck;
import org.custodes.vault.CannotOpenException;
import org.custodes.vault.Vault;

/// Starts a recorder on what a power cut has left, and holds it against the oracle: it opens, verifies,
/// plays all that was promised and nothing that was not recorded, and records on.
final class Aftermath {
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

    private final Oracle oracle;
    private final int copies;
    private final Instant now;
    private final int era;
    private final RandomGenerator chance;

    /// @param recorder whose power was cut just now
    Aftermath(MadeRecorder recorder, RandomGenerator chance) {
        this(recorder.oracle, recorder.copies(), recorder.clock.instant(), recorder.era, chance);
    }

    private Aftermath(Oracle oracle, int copies, Instant now, int era, RandomGenerator chance) {
        this.oracle = oracle;
        this.copies = copies;
        this.now = now;
        this.era = era;
        this.chance = chance;
    }

    /// @throws BrokenPromiseException if a promise was not kept
    void check(SimulatedDisk found) {
        if (chance.nextInt(16) == 0) {
            check(cutAgain(found));
            return;
        }
        var random = new SeededRandom(chance.nextLong());
        try (var vault = Machine.vault(found, copies, random, oracle.epoch())) {
            checkKeys(vault);
            checkStore(found, vault, random);
        }
        if (chance.nextInt(64) == 0 && found.holds(Machine.CLEAR_TEXT)) {
            throw new BrokenPromiseException("A picture stands in the clear in some file");
        }
    }

    /// The power fails again while the recorder starts.
    private SimulatedDisk cutAgain(SimulatedDisk found) {
        found.endAtStep(1 + chance.nextInt(24));
        var random = new SeededRandom(chance.nextLong());
        try (var _ = Machine.vault(found, copies, random, oracle.epoch())) {
            var clock = new SimulatedClock(now);
            var store = Store.inTurns(Machine.settings(found), new Signals(), clock, random, clock);
            store.turn(true);
            store.turn(true);
        } catch (SimulatedDisk.ProcessEnded e) {
            // So it was meant. If the start took fewer steps, the power fails after it.
        }
        return found.crashImage(chance);
    }

    private void checkKeys(Vault vault) {
        var check = vault.check();
        require(check.clean(), "The key store does not verify: " + check.faults());
        oracle.secrets()
                .forEach((name, secret) -> {
                    var box = vault.existingBox(name);
                    require(
                            box.isPresent()
                                    && Arrays.equals(
                                            box.get().open(secret, new byte[0]),
                                            Machine.CLEAR_TEXT),
                            "The key %s is lost".formatted(name));
                });
        for (var name : oracle.destroyedNames()) {
            require(vault.existingBox(name).isEmpty(), "%s is back".formatted(name));
        }
        if (!oracle.destroyed().isEmpty()) {
            var some = oracle.destroyed().get(chance.nextInt(oracle.destroyed().size()));
            var tree = some.pack().tree();
            var opener = vault.opener(tree.camera(), tree.mediaClass(), Instant.EPOCH, FAR);
            try {
                opener.open(some);
            } catch (CannotOpenException e) {
                return;
            } finally {
                opener.shut();
            }
            throw new BrokenPromiseException("A record opens whose key was destroyed");
        }
    }

    private void checkStore(SimulatedDisk found, Vault vault, SeededRandom random) {
        var settings = Machine.settings(found);
        var clock = new SimulatedClock(now);
        var signals = new Signals();
        var store = Store.inTurns(settings, signals, clock, random, clock);
        store.turn(true);
        require(
                signals.standing().isEmpty(),
                "An alarm stands after the start: " + signals.standing());
        // Retention asks again every hour: what a power cut interrupted goes on.
        oracle.dropped()
                .forEach((track, day) -> {
                    vault.dropDaysBefore(track.camera().value(), track.mediaClass().number(), day);
                    store.dropDaysBefore(track, day);
                });
        var tracks = new HashSet<>(store.tracks());
        tracks.addAll(oracle.promised().keySet());
        tracks.forEach(track -> checkPlayed(store, track));
        openOne(vault);
        if (chance.nextInt(8) == 0) {
            recordOn(store, vault, clock);
        }
        store.close();
        // That a record is, byte for byte, the one that was sealed was seen above, and one was
        // opened;
        // the others are opened in every eighth image only: nine tenths of the time would go there.
        var keys = chance.nextInt(8) == 0 ? Optional.of(vault) : Optional.<Vault>empty();
        var report = StoreCheck.run(settings, keys, false);
        require(report.findings().isEmpty(), "The store does not verify: " + report.findings());
    }

    private void openOne(Vault vault) {
        var all = oracle.promised().values().stream().flatMap(List::stream).toList();
        if (all.isEmpty()) {
            return;
        }
        var some = all.get(chance.nextInt(all.size()));
        var tree = some.pack().tree();
        var opener = vault.opener(tree.camera(), tree.mediaClass(), Instant.EPOCH, FAR);
        try {
            var picture = FramePayload.decodable(opener.open(some));
            var clear = Machine.CLEAR_TEXT;
            require(
                    Arrays.equals(picture, 0, clear.length, clear, 0, clear.length),
                    "A record opens to something else than was sealed");
        } finally {
            opener.shut();
        }
    }

    private void checkPlayed(Store store, TrackId track) {
        var played = played(store, track);
        for (var sealed : oracle.promised().getOrDefault(track, List.of())) {
            require(
                    played.contains(RecordId.of(sealed)),
                    "Record %d of pack %s, of %d us, was promised and is lost"
                            .formatted(
                                    sealed.header().number(),
                                    sealed.pack().packId(),
                                    sealed.header().wallMicros()));
        }
    }

    /// All records that a viewer meets, each proved to be what was recorded, each pack from its first
    /// record on without a hole.
    private Set<RecordId> played(Store store, TrackId track) {
        var played = new HashSet<RecordId>();
        Map<UUID, Long> next = new HashMap<>();
        try (var cursor = store.cursor(track)) {
            for (var item = cursor.next(); !(item instanceof Item.Edge); item = cursor.next()) {
                if (item instanceof Item.Stored(_, var sealed)) {
                    oracle.check(sealed);
                    played.add(RecordId.of(sealed));
                    var number = next.merge(sealed.pack().packId(), 1L, Long::sum) - 1;
                    require(
                            sealed.header().number() == number,
                            "Record %d of pack %s is played as number %d"
                                    .formatted(
                                            sealed.header().number(),
                                            sealed.pack().packId(),
                                            number));
                }
            }
        }
        return played;
    }

    /// The recorder goes on: what it seals now has never been sealed before, and is played too.
    private void recordOn(Store store, Vault vault, SimulatedClock clock) {
        var later = oracle.fork();
        var recorder = new MadeRecorder(store, vault, clock, era, later);
        for (var track : List.copyOf(oracle.promised().keySet())) {
            var camera = recorder.add(track);
            camera.forget(GapCause.RECORDER_STARTED);
            for (var frame = 0; frame < 3; frame++) {
                camera.frame(frame == 0, 300);
                recorder.pass(Duration.ofMillis(40));
            }
            camera.end();
        }
        recorder.settle();
        var after = new Aftermath(later, copies, now, era, chance);
        later.promised().keySet().forEach(track -> after.checkPlayed(store, track));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BrokenPromiseException(otherwise);
        }
    }
}
