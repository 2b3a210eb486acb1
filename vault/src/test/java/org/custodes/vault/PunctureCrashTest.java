package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.mishap.SimulatedDisk.ProcessEnded;
import org.junit.jupiter.api.Test;

/// An erasure as `keeping` does it, stopped between any two operations on files: intent on record,
/// puncture, receipt on record, settled. A start resumes it.
///
/// Never a receipt and still readable; never an acknowledged erasure lost; never a slot lost that was
/// not to be erased.
class PunctureCrashTest {
    /// `-Dcustodes.seeds=350` makes more than 100,000 crash images.
    private static final int SEEDS = Integer.getInteger("custodes.seeds", 4);

    private static final byte[] FRAME = Keys.text("frame");
    private static final TreeId YESTERDAY = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 0);
    private static final Instant MIDNIGHT = Instant.parse("2026-11-22T00:00:00Z");
    private static final UUID CASE = new UUID(1, 2);

    /// Over two days, through a tree and through what a hold keeps.
    private static final Puncture ORDER =
            new Puncture(
                    new UUID(3, 4),
                    Keys.CAMERA,
                    Set.of(0),
                    Slots.covering(MIDNIGHT.minusSeconds(60), MIDNIGHT.plusSeconds(60)));

    @Test
    void a_kill_between_any_two_steps_loses_neither_an_erasure_nor_a_slot() throws IOException {
        assertThat(everyStop(1, (_, disk) -> disk.copy())).isGreaterThan(60);
        assertThat(everyStop(2, (_, disk) -> disk.copy())).isGreaterThan(100);
    }

    @Test
    void a_power_cut_between_any_two_steps_loses_neither_an_erasure_nor_a_slot()
            throws IOException {
        for (var seed = 0; seed < SEEDS; seed++) {
            var chance = new Random(seed);
            assertThat(everyStop(1, (_, disk) -> disk.crashImage(chance))).isGreaterThan(60);
            assertThat(everyStop(2, (_, disk) -> disk.crashImage(chance))).isGreaterThan(100);
        }
    }

    @Test
    void a_power_cut_while_it_is_resumed_loses_neither_an_erasure_nor_a_slot() throws IOException {
        for (var seed = 0; seed < SEEDS; seed++) {
            var chance = new Random(seed);
            for (var copies = 1; copies <= 2; copies++) {
                everyStop(
                        copies,
                        (life, disk) -> {
                            var found = disk.crashImage(chance);
                            found.endAtStep(1 + chance.nextInt(40));
                            life.erase(found);
                            return found.crashImage(chance);
                        });
            }
        }
    }

    @Test
    void a_step_that_fails_is_made_up_for_by_giving_the_order_again() throws IOException {
        for (var n = 1; ; n++) {
            var disk = new SimulatedDisk();
            var life = new Life(2);
            life.record(disk);
            try (var vault = life.open(disk, 0)) {
                var before = disk.steps();
                disk.failStep(n);
                life.punctureIfItCan(vault);
                var reached = disk.steps() - before >= n;
                disk.heal();

                var destruction = vault.puncture(ORDER);

                assertThat(destruction.isComplete()).as("step %d", n).isTrue();
                assertThat(destruction.tookKeys()).isTrue();
                life.assertErased(vault);
                for (var seed = 0; seed < 4; seed++) {
                    try (var found = life.open(disk.crashImage(new Random(seed)), vault.epoch())) {
                        life.assertErased(found);
                        assertThat(found.check().faults()).as("step %d", n).isEmpty();
                    }
                }
                if (!reached) {
                    assertThat(n).isGreaterThan(15);
                    return;
                }
            }
        }
    }

    /// Lives the same life again and again, each time stopped one step later, until it gets through.
    private static long everyStop(int copies, Crash crash) throws IOException {
        for (var steps = 1L; ; steps++) {
            var disk = new SimulatedDisk();
            var life = new Life(copies);
            life.record(disk);
            disk.endAtStep(steps);
            var through = life.erase(disk);
            life.assertKept(crash.of(life, disk));
            if (through) {
                return steps;
            }
        }
    }

    private interface Crash {
        SimulatedDisk of(Life life, SimulatedDisk disk) throws IOException;
    }

    private static final class Life {
        private final Disk files = new Disk();
        private final int copies;
        private final List<Sealed> rest = new ArrayList<>();
        private final List<Sealed> erased = new ArrayList<>();
        private long epoch;

        Life(int copies) {
            this.copies = copies;
        }

        Vault open(SimulatedDisk disk, long leastEpoch) {
            var places = new ArrayList<Path>();
            for (var copy = 0; copy < copies; copy++) {
                places.add(disk.path("data/keys-" + copy));
            }
            var key = RootKey.file(disk.path("config/custodes/root.key"));
            return Vault.open(places, key, Keys.RANDOM, leastEpoch);
        }

        void record(SimulatedDisk disk) {
            try (var vault = open(disk, 0)) {
                vault.prepare(List.of(YESTERDAY, Keys.TREE));
                vault.hold(new Hold(CASE, Keys.CAMERA, Set.of(0), held()));
                rest.add(sealed(vault, YESTERDAY, MIDNIGHT.minusSeconds(61)));
                erased.add(sealed(vault, YESTERDAY, MIDNIGHT.minusSeconds(60)));
                erased.add(sealed(vault, Keys.TREE, MIDNIGHT.plusSeconds(59)));
                rest.add(sealed(vault, Keys.TREE, MIDNIGHT.plusSeconds(60)));
                epoch = vault.epoch();
            }
        }

        private static Slots held() {
            return Slots.covering(MIDNIGHT.minusSeconds(120), MIDNIGHT.plusSeconds(120));
        }

        private static Sealed sealed(Vault vault, TreeId tree, Instant at) {
            return vault.sealer(Keys.pack(tree), 0).seal(Keys.key(at), FRAME);
        }

        /// The six steps; two to four are the vault's. Every other thing that turns follows.
        boolean erase(SimulatedDisk disk) throws IOException {
            try (var vault = open(disk, epoch)) {
                resume(disk, vault, true);
                vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
                epoch = vault.epoch();
                vault.dropDaysBefore(Keys.OTHER_CAMERA, 0, Keys.DAY.plusDays(1));
                epoch = vault.epoch();
                return true;
            } catch (ProcessEnded e) {
                return false;
            }
        }

        /// @param ordered whether somebody asks for it now; else only what was begun is ended
        private void resume(SimulatedDisk disk, Vault vault, boolean ordered) throws IOException {
            if (ordered && noted(disk, "intent").isEmpty()) {
                note(disk, "intent", new byte[] {1});
            }
            if (noted(disk, "intent").isPresent() && noted(disk, "receipt").isEmpty()) {
                var destruction = vault.puncture(ORDER);
                epoch = Math.max(epoch, vault.epoch());
                assertThat(destruction.isComplete()).isTrue();
                note(disk, "receipt", destruction.proof().bytes());
            }
            if (noted(disk, "receipt").isPresent()) {
                vault.settle(ORDER.id());
            }
        }

        private void note(SimulatedDisk disk, String what, byte[] bytes) throws IOException {
            var log = disk.path("log");
            files.makeFolder(log);
            files.write(log.resolve(what), bytes);
            files.sync(log.resolve(what));
            files.syncFolder(log);
        }

        /// What stands in the log, as far as it is whole.
        private static Optional<byte[]> noted(SimulatedDisk disk, String what) throws IOException {
            var file = disk.path("log").resolve(what);
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            var bytes = Files.readAllBytes(file);
            if (what.equals("intent")) {
                return Optional.of(bytes).filter(b -> Arrays.equals(b, new byte[] {1}));
            }
            try {
                return Optional.of(bytes).filter(b -> DestructionProof.read(b).faults().isEmpty());
            } catch (BadProofException e) {
                return Optional.empty();
            }
        }

        void assertKept(SimulatedDisk found) throws IOException {
            try (var vault = open(found, epoch)) {
                assertThat(vault.check().faults()).isEmpty();
                rest.forEach(sealed -> assertThat(opens(vault, sealed)).isTrue());
                var known = vault.unsettled();
                if (noted(found, "receipt").isPresent() || !known.isEmpty()) {
                    assertErased(vault);
                }
                known.forEach(each -> assertThat(each.proof().faults()).isEmpty());
                var done = opens(vault, erased.getFirst()) ? 0 : 1;
                assertThat(opens(vault, erased.getLast())).isEqualTo(done == 0);
                resume(found, vault, false);
                if (noted(found, "intent").isPresent()) {
                    assertErased(vault);
                    var receipt = DestructionProof.read(noted(found, "receipt").orElseThrow());
                    assertThat(receipt.places())
                            .allSatisfy(place -> assertThat(place.removed()).isNotEmpty());
                }
            }
            try (var again = open(found, epoch)) {
                assertThat(again.check().faults()).isEmpty();
                rest.forEach(sealed -> assertThat(opens(again, sealed)).isTrue());
            }
        }

        void assertErased(Vault vault) {
            erased.forEach(sealed -> assertThat(opens(vault, sealed)).isFalse());
            rest.forEach(sealed -> assertThat(opens(vault, sealed)).isTrue());
        }

        void punctureIfItCan(Vault vault) {
            try {
                vault.puncture(ORDER);
            } catch (KeyStoreUnavailableException e) {
                assertThat(e).hasMessageContaining("Input/output error");
            }
        }

        private static boolean opens(Vault vault, Sealed sealed) {
            var opener = vault.opener(Keys.CAMERA, 0, Instant.EPOCH, Instant.MAX);
            try {
                return Arrays.equals(opener.open(sealed), FRAME);
            } catch (CannotOpenException e) {
                return false;
            }
        }
    }
}
