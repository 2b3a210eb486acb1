package org.custodes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.custodes.mishap.SimulatedDisk;
import org.custodes.mishap.SimulatedDisk.ProcessEnded;
import org.junit.jupiter.api.Test;

/// A turn of the key store, stopped between any two of its steps.
class TurnTest {
    private static final byte[] FRAME = Keys.text("frame");
    private static final KeyName NAME = new KeyName("device-secret", "front door");
    private static final TreeId YESTERDAY = new TreeId(Keys.CAMERA, 0, Keys.DAY.minusDays(1), 0);

    private final SimulatedDisk disk = new SimulatedDisk();

    @Test
    void a_kill_between_any_two_steps_leaves_a_key_store_that_opens() throws IOException {
        assertThat(everyStop(1, SimulatedDisk::copy)).isGreaterThan(60);
        assertThat(everyStop(2, SimulatedDisk::copy)).isGreaterThan(100);
    }

    @Test
    void a_power_cut_between_any_two_steps_leaves_a_key_store_that_opens() throws IOException {
        for (var seed = 0; seed < 5; seed++) {
            var chance = new Random(seed);
            assertThat(everyStop(1, disk -> disk.crashImage(chance))).isGreaterThan(60);
            assertThat(everyStop(2, disk -> disk.crashImage(chance))).isGreaterThan(100);
        }
    }

    /// Lives the same life again and again, each time stopped one step later, until it gets through.
    private static long everyStop(int copies, UnaryOperator<SimulatedDisk> crash)
            throws IOException {
        for (var steps = 1L; ; steps++) {
            var disk = new SimulatedDisk();
            disk.endAtStep(steps);
            var life = new Life(copies);
            var through = life.live(disk);
            life.assertKept(crash.apply(disk));
            if (through) {
                return steps;
            }
        }
    }

    private static Vault open(int copies, SimulatedDisk disk) {
        var key = RootKey.file(disk.path("config/custodes/root.key"));
        return Vault.open(places(copies, disk), key, Keys.RANDOM);
    }

    private static List<Path> places(int copies, SimulatedDisk disk) {
        var places = new ArrayList<Path>();
        for (var copy = 0; copy < copies; copy++) {
            places.add(disk.path("data/keys-" + copy));
        }
        return places;
    }

    /// A few turns of every sort, and what they had promised when they were stopped.
    private static final class Life {
        private final int copies;
        private final List<Sealed> mustOpen = new ArrayList<>();
        private final List<Sealed> mustStayShut = new ArrayList<>();
        private final List<byte[]> secrets = new ArrayList<>();
        private long epoch;

        Life(int copies) {
            this.copies = copies;
        }

        boolean live(SimulatedDisk disk) {
            try (var vault = open(copies, disk)) {
                vault.prepare(List.of(YESTERDAY));
                var old = sealed(vault, YESTERDAY);
                vault.prepare(List.of(Keys.TREE));
                epoch = vault.epoch();
                mustOpen.add(sealed(vault, Keys.TREE));
                secrets.add(vault.box(NAME).seal(FRAME, FRAME));
                vault.dropDaysBefore(Keys.CAMERA, 0, Keys.DAY);
                mustStayShut.add(old);
                epoch = vault.epoch();
                return true;
            } catch (ProcessEnded e) {
                return false;
            }
        }

        void assertKept(SimulatedDisk found) {
            try (var vault = open(copies, found)) {
                assertThat(vault.check().faults()).isEmpty();
                assertThat(vault.epoch()).isGreaterThanOrEqualTo(epoch);
                var opener =
                        vault.opener(
                                Keys.CAMERA,
                                0,
                                Keys.NOON.minusSeconds(90000),
                                Keys.NOON.plusSeconds(60));
                mustOpen.forEach(s -> assertThat(opener.open(s)).isEqualTo(FRAME));
                mustStayShut.forEach(s ->
                        assertThatThrownBy(() -> opener.open(s))
                                .isInstanceOf(CannotOpenException.class));
                secrets.forEach(s -> assertThat(vault.box(NAME).open(s, FRAME)).isEqualTo(FRAME));
                vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
            }
            try (var again = open(copies, found)) {
                assertThat(again.check().faults()).isEmpty();
                assertThat(again.days(Keys.OTHER_CAMERA, 0)).containsExactly(Keys.DAY);
            }
        }

        private static Sealed sealed(Vault vault, TreeId tree) {
            var at = tree.equals(Keys.TREE) ? Keys.NOON : Keys.NOON.minusSeconds(86400);
            return vault.sealer(Keys.pack(tree), 0).seal(Keys.key(at), FRAME);
        }
    }

    @Test
    void a_full_disk_changes_nothing_and_is_got_over() {
        try (var vault = open(1, disk)) {
            vault.prepare(List.of(Keys.TREE));
            var epoch = vault.epoch();
            failOn("pages");

            assertThatThrownBy(() -> vault.prepare(List.of(YESTERDAY)))
                    .isInstanceOf(KeyStoreUnavailableException.class)
                    .hasMessageContaining("No space left");
            assertThat(vault.epoch()).isEqualTo(epoch);
            assertThat(vault.copies().getFirst().turned()).isFalse();

            disk.heal();
            vault.prepare(List.of(YESTERDAY));
            assertThat(vault.days(Keys.CAMERA, 0)).hasSize(2);
            assertThat(vault.check().faults()).isEmpty();
            assertThat(vault.copies().getFirst().turned()).isTrue();
        }
    }

    @Test
    void a_root_file_that_cannot_be_written_changes_nothing() {
        try (var vault = open(1, disk)) {
            failOn("keys-0/root");
            assertThatThrownBy(() -> vault.prepare(List.of(YESTERDAY)))
                    .isInstanceOf(KeyStoreUnavailableException.class);
            disk.heal();
            assertThat(vault.days(Keys.CAMERA, 0)).isEmpty();
            vault.prepare(List.of(Keys.TREE));
            assertThat(vault.check().faults()).isEmpty();
        }
    }

    @Test
    void one_broken_copy_stops_nothing_and_is_renewed_when_it_comes_back() {
        try (var vault = open(2, disk)) {
            vault.prepare(List.of(Keys.TREE));
            failOn("keys-1");

            vault.prepare(List.of(YESTERDAY));
            vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(true, false);

            disk.heal();
            vault.box(NAME);
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(true, true);
            assertThat(vault.check().faults()).isEmpty();
        }
        failOn("keys-0");
        disk.readFault(step -> refuse(step, "keys-0"));
        try (var vault = open(2, disk)) {
            assertThat(vault.days(Keys.CAMERA, 0)).hasSize(2);
            assertThat(vault.copies()).extracting(CopyState::turned).containsExactly(false, true);
        }
    }

    @Test
    void whichever_step_fails_the_next_turn_makes_all_copies_whole_and_they_survive_a_power_cut() {
        for (var n = 1; ; n++) {
            var failing = new SimulatedDisk();
            try (var vault = open(2, failing)) {
                vault.prepare(List.of(YESTERDAY));
                failing.failStep(n);
                var before = failing.steps();
                turnIfItCan(vault);
                var reached = failing.steps() - before >= n;
                failing.heal();
                vault.prepare(List.of(new TreeId(Keys.OTHER_CAMERA, 0, Keys.DAY, 0)));

                assertThat(vault.copies()).as("step %d", n).allMatch(CopyState::turned);
                for (var seed = 0; seed < 12; seed++) {
                    try (var found = open(2, failing.crashImage(new Random(seed)))) {
                        assertThat(found.check().faults()).as("step %d", n).isEmpty();
                        assertThat(found.epoch()).isEqualTo(vault.epoch());
                    }
                }
                if (!reached) {
                    assertThat(n).isGreaterThan(20);
                    return;
                }
            }
        }
    }

    private static void turnIfItCan(Vault vault) {
        try {
            vault.prepare(List.of(Keys.TREE));
        } catch (KeyStoreUnavailableException e) {
            assertThat(e).hasMessageContaining("Input/output error");
        }
    }

    /// From now on steps on files below this fail as on a full disk.
    private void failOn(String part) {
        disk.fault(step -> refuse(step, part));
    }

    private static void refuse(SimulatedDisk.Step step, String part) throws IOException {
        if (step.path().toString().contains(part)) {
            throw new IOException("No space left on device");
        }
    }
}
